#include "xlsx_book.h"

/* An em of Arial 12 is 16 pixels at 96 per inch; a unit of width is a digit of Excel's standard
 * font, 7 pixels. Letters fall into a few classes of width: near enough to size a column with, the
 * same on every machine, and no font has to be there. */
#define UNITS_PER_EM (16.0 / 7.0)

#define NARROW  0.25
#define SLIM    0.33
#define PLAIN   0.556
#define CAPITAL 0.71
#define BROAD   0.87

/* What is not named is PLAIN. */
static const double em_of_ascii[128] = {
    ['A'] = CAPITAL, ['B'] = CAPITAL, ['C'] = CAPITAL, ['D'] = CAPITAL, ['E'] = CAPITAL,
    ['F'] = CAPITAL, ['G'] = CAPITAL, ['H'] = CAPITAL, ['I'] = SLIM,    ['J'] = PLAIN,
    ['K'] = CAPITAL, ['L'] = PLAIN,   ['M'] = BROAD,   ['N'] = CAPITAL, ['O'] = CAPITAL,
    ['P'] = CAPITAL, ['Q'] = CAPITAL, ['R'] = CAPITAL, ['S'] = CAPITAL, ['T'] = CAPITAL,
    ['U'] = CAPITAL, ['V'] = CAPITAL, ['W'] = BROAD,   ['X'] = CAPITAL, ['Y'] = CAPITAL,
    ['Z'] = CAPITAL, ['i'] = NARROW,  ['j'] = NARROW,  ['l'] = NARROW,  ['f'] = SLIM,
    ['r'] = SLIM,    ['t'] = SLIM,    ['m'] = BROAD,   ['w'] = BROAD,   [' '] = SLIM,
    ['.'] = SLIM,    [','] = SLIM,    [':'] = SLIM,    [';'] = SLIM,    ['!'] = SLIM,
    ['/'] = SLIM,    ['('] = SLIM,    [')'] = SLIM,    ['['] = SLIM,    [']'] = SLIM,
    ['-'] = SLIM,    ['\''] = NARROW, ['|'] = NARROW,  ['"'] = SLIM,    ['%'] = BROAD,
    ['@'] = BROAD,
};

static double em_of(gunichar c)
{
    if (c < 128)
        return em_of_ascii[c] > 0 ? em_of_ascii[c] : PLAIN;
    if (g_unichar_iswide(c))
        return 1;
    return g_unichar_isupper(c) ? CAPITAL : PLAIN;
}

double xlsx_text_width(const char *text)
{
    double em = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        em += em_of(g_utf8_get_char(p));
    return em * UNITS_PER_EM;
}

double xlsx_word_width(const char *text)
{
    double word = 0, longest = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        word = *p == ' ' || *p == '\n' ? 0 : word + em_of(g_utf8_get_char(p));
        longest = MAX(longest, word);
    }
    return longest * UNITS_PER_EM;
}
