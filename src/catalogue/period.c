#include "peerline/catalogue/period.h"

#include <string.h>

#include "peerline/base/text.h"

/* A text is cut into tokens, and the tokens are written down as a shape, one character each:
 *   Y year of four digits   y two digits   L "20160000"   M name of a month
 *   Q quarter, "Q2"         t "to"         blank - /      themselves
 * The table of spellings says which shapes are understood, and as what. */

enum { YEAR_MIN = 1800, YEAR_MAX = 2199, MAX_TOKENS = 8, ABSENT = -1 };

/* The parts from which a period is built, whether they came from a spelling or from a pattern. */
typedef struct {
    int start, end, month, quarter; /* end: full year, or two digits to be completed from start */
} Parts;

typedef struct {
    const char *shape;
    PeriodKind kind;
    const char *parts; /* of each token that has a value: s start, e end, m month, q quarter */
    enum { ALWAYS, WHEN_TOLD } use; /* WHEN_TOLD: only if the kind was declared */
} Spelling;

static const Spelling SPELLINGS[] = {
    {"Y", PERIOD_CALENDAR_YEAR, "s", ALWAYS},
    {"L", PERIOD_CALENDAR_YEAR, "s", ALWAYS},
    {"L", PERIOD_FINANCIAL_YEAR, "s", WHEN_TOLD},
    {"Y-y", PERIOD_FINANCIAL_YEAR, "se", ALWAYS}, /* before the month: "2011-12" is a year */
    {"Y/y", PERIOD_FINANCIAL_YEAR, "se", ALWAYS},
    {"Y-Y", PERIOD_FINANCIAL_YEAR, "se", ALWAYS},
    {"Y/Y", PERIOD_FINANCIAL_YEAR, "se", ALWAYS},
    {"Y-y", PERIOD_MONTH, "sm", ALWAYS},
    {"M Y", PERIOD_MONTH, "ms", ALWAYS},
    {"M-Y", PERIOD_MONTH, "ms", ALWAYS},
    {"M-y", PERIOD_MONTH, "ms", ALWAYS},
    {"Y M", PERIOD_MONTH, "sm", ALWAYS},
    {"Y Q", PERIOD_QUARTER, "sq", ALWAYS},
    {"Y-Q", PERIOD_QUARTER, "sq", ALWAYS},
    {"YQ", PERIOD_QUARTER, "sq", ALWAYS},
    {"Q Y", PERIOD_QUARTER, "qs", ALWAYS},
    {"Y t Y", PERIOD_RANGE, "se", ALWAYS},
    {"Y t y", PERIOD_RANGE, "se", ALWAYS},
    {"Y - Y", PERIOD_RANGE, "se", ALWAYS},
    {"Y - y", PERIOD_RANGE, "se", ALWAYS},
    {"Y-y", PERIOD_RANGE, "se", WHEN_TOLD}, /* untold, "2008-10" would be a month */
    {"Y-Y", PERIOD_RANGE, "se", WHEN_TOLD},
};

static const char *const KIND_NAMES[N_PERIOD_KINDS] = {
    [PERIOD_CALENDAR_YEAR] = "calendar_year",
    [PERIOD_FINANCIAL_YEAR] = "financial_year",
    [PERIOD_QUARTER] = "quarter",
    [PERIOD_MONTH] = "month",
    [PERIOD_RANGE] = "range",
};

static const char *const MONTHS[12] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};

const char *period_kind_name(PeriodKind kind)
{
    g_return_val_if_fail((guint)kind < N_PERIOD_KINDS, "");
    return KIND_NAMES[kind];
}

char *period_label(Period p)
{
    int year = p.start / 12, month = p.start % 12;
    switch (p.kind) {
    case PERIOD_CALENDAR_YEAR: return g_strdup_printf("%04d", year);
    case PERIOD_FINANCIAL_YEAR: return g_strdup_printf("%04d-%02d", year, (year + 1) % 100);
    case PERIOD_QUARTER: return g_strdup_printf("%04d-Q%d", year, month / 3 + 1);
    case PERIOD_MONTH: return g_strdup_printf("%04d-%02d", year, month + 1);
    case PERIOD_RANGE: return g_strdup_printf("%04d to %04d", year, year + p.months / 12 - 1);
    case N_PERIOD_KINDS: break;
    }
    g_return_val_if_reached(g_strdup(""));
}

int period_compare(Period a, Period b)
{
    if (a.start != b.start)
        return a.start < b.start ? -1 : 1;
    if (a.months != b.months)
        return a.months < b.months ? -1 : 1;
    return (a.kind > b.kind) - (a.kind < b.kind);
}

gboolean period_equal(Period a, Period b)
{
    return period_compare(a, b) == 0;
}

/* ---- from parts to a period --------------------------------------------------------------- */

static gboolean year_is_usable(int year)
{
    return year >= YEAR_MIN && year <= YEAR_MAX;
}

/* The end year in full: of two digits, the first such year after `start`. */
static int complete_end(int start, int end)
{
    if (end >= 100)
        return end;
    int full = start - start % 100 + end;
    return full > start ? full : full + 100;
}

static Period period_of(PeriodKind kind, int year, int month, int months)
{
    return (Period){.kind = kind, .start = year * 12 + month, .months = months};
}

static gboolean build(PeriodKind kind, Parts parts, Period *out)
{
    if (kind == PERIOD_FINANCIAL_YEAR && parts.start == ABSENT && parts.end != ABSENT) {
        parts.end = parts.end < 100 ? 2000 + parts.end : parts.end;
        parts.start = parts.end - 1;
    }
    if (!year_is_usable(parts.start))
        return FALSE;
    int end = parts.end == ABSENT ? ABSENT : complete_end(parts.start, parts.end);

    switch (kind) {
    case PERIOD_CALENDAR_YEAR:
        *out = period_of(kind, parts.start, 0, 12);
        return end == ABSENT || end == parts.start;
    case PERIOD_FINANCIAL_YEAR:
        *out = period_of(kind, parts.start, 3, 12);
        return end == ABSENT || end == parts.start + 1;
    case PERIOD_QUARTER:
        *out = period_of(kind, parts.start, 3 * (parts.quarter - 1), 3);
        return parts.quarter >= 1 && parts.quarter <= 4;
    case PERIOD_MONTH:
        *out = period_of(kind, parts.start, parts.month - 1, 1);
        return parts.month >= 1 && parts.month <= 12;
    case PERIOD_RANGE:
        *out = period_of(kind, parts.start, 0, 12 * (end - parts.start + 1));
        return end > parts.start && year_is_usable(end);
    case N_PERIOD_KINDS: break;
    }
    return FALSE;
}

/* ---- from text to parts ------------------------------------------------------------------- */

/* 1 to 12 for a month's name or its first letters (three or more), or ABSENT. */
static int month_from_name(const char *word, gsize n)
{
    for (int i = 0; n >= 3 && i < 12; i++)
        if (n <= strlen(MONTHS[i]) && g_ascii_strncasecmp(word, MONTHS[i], n) == 0)
            return i + 1;
    return ABSENT;
}

static int number_of(const char *digits, gsize n)
{
    int value = 0;
    for (gsize i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

typedef struct {
    char shape[MAX_TOKENS + 1];
    int values[MAX_TOKENS];
    guint n, n_values;
} Tokens;

static void token_add(Tokens *t, char shape, int value)
{
    t->shape[t->n++] = shape;
    t->shape[t->n] = '\0';
    if (value != ABSENT)
        t->values[t->n_values++] = value;
}

static gboolean token_digits(Tokens *t, const char *s, gsize n)
{
    switch (n) {
    case 2: token_add(t, 'y', number_of(s, 2)); return TRUE;
    case 4: token_add(t, 'Y', number_of(s, 4)); return TRUE;
    case 8: token_add(t, 'L', number_of(s, 4)); return g_str_has_prefix(s + 4, "0000");
    default: return FALSE;
    }
}

static gboolean token_word(Tokens *t, const char *s, gsize n)
{
    int month = month_from_name(s, n);
    if (month != ABSENT)
        token_add(t, 'M', month);
    else if (n == 2 && g_ascii_strncasecmp(s, "to", 2) == 0)
        token_add(t, 't', ABSENT);
    else
        return FALSE;
    return TRUE;
}

/* Adds the token at `s`; its length, or 0 if there is none. */
static gsize token_next(Tokens *t, const char *s)
{
    static const char EN_DASH[] = "\xe2\x80\x93";
    gsize digits = strspn(s, "0123456789");
    if (digits > 0)
        return token_digits(t, s, digits) ? digits : 0;
    if ((s[0] == 'Q' || s[0] == 'q') && g_ascii_isdigit(s[1]) && !g_ascii_isdigit(s[2])) {
        token_add(t, 'Q', s[1] - '0');
        return 2;
    }
    if (g_str_has_prefix(s, EN_DASH)) {
        token_add(t, '-', ABSENT);
        return strlen(EN_DASH);
    }
    if (strchr(" -/", s[0])) {
        token_add(t, s[0], ABSENT);
        return 1;
    }
    gsize letters = 0;
    while (g_ascii_isalpha(s[letters]))
        letters++;
    return letters > 0 && token_word(t, s, letters) ? letters : 0;
}

static gboolean tokens_read(const char *text, Tokens *t)
{
    g_autofree char *squeezed = text_squeeze(text);
    *t = (Tokens){.n = 0};
    for (const char *s = squeezed; *s;) {
        gsize n = t->n < MAX_TOKENS ? token_next(t, s) : 0;
        if (n == 0)
            return FALSE;
        s += n;
    }
    return t->n > 0;
}

static Parts parts_of(const Spelling *spelling, const Tokens *t)
{
    Parts parts = {ABSENT, ABSENT, ABSENT, ABSENT};
    for (guint i = 0; i < t->n_values && spelling->parts[i]; i++) {
        switch (spelling->parts[i]) {
        case 's': parts.start = t->values[i]; break;
        case 'e': parts.end = t->values[i]; break;
        case 'm': parts.month = t->values[i]; break;
        case 'q': parts.quarter = t->values[i]; break;
        }
    }
    if (parts.start >= 0 && parts.start < 100) /* "Apr-16" */
        parts.start += 2000;
    return parts;
}

/* The first spelling that fits; `kind` NULL: of any kind. */
static gboolean read_spelling(const char *text, const PeriodKind *kind, Period *out)
{
    Tokens tokens;
    if (!text || !tokens_read(text, &tokens))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(SPELLINGS); i++) {
        const Spelling *s = &SPELLINGS[i];
        gboolean wanted = kind ? s->kind == *kind : s->use == ALWAYS;
        if (wanted && g_str_equal(s->shape, tokens.shape) &&
            build(s->kind, parts_of(s, &tokens), out))
            return TRUE;
    }
    return FALSE;
}

gboolean period_parse(const char *text, Period *out)
{
    return read_spelling(text, NULL, out);
}

/* ---- with a pattern ------------------------------------------------------------------------ */

enum { GROUP_START, GROUP_YEAR, GROUP_END, GROUP_MONTH, GROUP_QUARTER, N_GROUPS };
static const char *const GROUPS[N_GROUPS + 1] = {"start", "year", "end", "month", "quarter", NULL};

/* A captured group as a number of at most `digits` digits; ABSENT stays, anything else is wrong. */
static gboolean read_group(const char *text, gsize digits, int *out)
{
    *out = ABSENT;
    if (!text)
        return TRUE;
    gsize n = strlen(text);
    if (n == 0 || n > digits || strspn(text, "0123456789") != n)
        return FALSE;
    *out = number_of(text, n);
    return TRUE;
}

static gboolean read_year_group(const char *text, int *out)
{
    gsize n = text ? strlen(text) : 0;
    return (!text || n == 2 || n == 4) && read_group(text, 4, out);
}

static gboolean read_groups(char *const *captured, Parts *parts)
{
    const char *start = captured[GROUP_START] ? captured[GROUP_START] : captured[GROUP_YEAR];
    const char *month = captured[GROUP_MONTH];
    int named = month ? month_from_name(month, strlen(month)) : ABSENT;

    if (!read_year_group(start, &parts->start) ||
        !read_year_group(captured[GROUP_END], &parts->end))
        return FALSE;
    if (parts->start >= 0 && parts->start < 100)
        parts->start += 2000;
    if (named != ABSENT)
        parts->month = named;
    else if (!read_group(month, 2, &parts->month))
        return FALSE;
    return read_group(captured[GROUP_QUARTER], 1, &parts->quarter);
}

gboolean period_read(const char *text, PeriodKind kind, const Pattern *pattern, Period *out)
{
    if (!pattern)
        return read_spelling(text, &kind, out);
    char *captured[N_GROUPS] = {NULL};
    Parts parts;
    gboolean fits = text && pattern_capture(pattern, text, GROUPS, captured) == PATTERN_YES &&
                    read_groups(captured, &parts) && build(kind, parts, out);
    for (guint i = 0; i < N_GROUPS; i++)
        g_free(captured[i]);
    return fits;
}

gboolean period_containing(Period p, PeriodKind into, Period *out, guint *part)
{
    if (into == p.kind) {
        *out = p;
        *part = 0;
        return TRUE;
    }
    int length = into == PERIOD_QUARTER ? 3 : into == PERIOD_MONTH ? 1 : 12;
    int phase = into == PERIOD_FINANCIAL_YEAR ? 3 : 0; /* years begin in April */
    if (into == PERIOD_RANGE || p.months > length)
        return FALSE;
    int offset = (p.start - phase) % length;
    if (offset + p.months > length)
        return FALSE;
    *out = (Period){.kind = into, .start = p.start - offset, .months = length};
    *part = (guint)offset;
    return TRUE;
}

guint32 period_last_day(Period p)
{
    const gint32 next = p.start + p.months; /* the month after it */
    const GDateYear year = (GDateYear)(next / 12);
    if (!g_date_valid_dmy(1, (GDateMonth)(next % 12 + 1), year))
        return 0;
    GDate day;
    g_date_clear(&day, 1);
    g_date_set_dmy(&day, 1, (GDateMonth)(next % 12 + 1), year);
    return g_date_get_julian(&day) - 1;
}
