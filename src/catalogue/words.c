#include "peerline/catalogue/words.h"

#include "peerline/catalogue/templates.h"

#include <stdarg.h>
#include <string.h>

/* More than any sentence has; a longer list is a fault of the program. */
#define MAX_PARAMETERS 16

/* What marked-up text has behind a backslash where it is no mark-up. */
static const char MARKUP[] = "\\*[]()";

typedef struct {
    const char *name, *value;
    gboolean marked_up;
    char count[12]; /* the value of one that is a count */
} Parameter;

typedef struct {
    const Study *study;
    gboolean plain; /* without mark-up, so that nothing need be escaped */
    Parameter given[MAX_PARAMETERS];
    guint n;
} Parameters;

static void collect(Parameters *p, va_list list)
{
    for (const char *name; (name = va_arg(list, const char *));) {
        const char *value = va_arg(list, const char *);
        if (p->n == MAX_PARAMETERS)
            g_error("words: more than %d parameters", MAX_PARAMETERS);
        Parameter *given = &p->given[p->n++];
        *given = (Parameter){name, value ? value : "", *name == '+', ""};
        if (*name == '#') {
            g_snprintf(given->count, sizeof given->count, "%u", GPOINTER_TO_UINT(value));
            given->value = given->count;
        }
        given->name += *name == '+' || *name == '#';
    }
}

static const Parameter *find(const Parameters *p, const char *name)
{
    for (guint i = 0; i < p->n; i++)
        if (g_str_equal(p->given[i].name, name))
            return &p->given[i];
    return NULL;
}

char *words_escape(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *c = text; *c; c++) {
        if (strchr(MARKUP, *c))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *c);
    }
    return g_string_free(out, FALSE);
}

static void append_escaped(GString *out, const Parameters *p, const char *text)
{
    g_autofree char *escaped = p->plain ? NULL : words_escape(text);
    g_string_append(out, escaped ? escaped : text);
}

/* Whether a name that ends in a full stop ("learning dis.") has brought that of the sentence. */
static gboolean has_full_stop(const GString *out)
{
    gsize n = out->len;
    while (n > 0 && out->str[n - 1] == '*')
        n--;
    return n > 0 && out->str[n - 1] == '.';
}

/* Text of a template. Its brackets are escaped, so that its parentheses need not be: only behind a
 * bracket would they be mark-up. */
static void append_written(GString *out, const Parameters *p, const char *text)
{
    for (const char *c = text + (*text == '.' && has_full_stop(out)); *c; c++) {
        if (!p->plain && strchr("\\*[]", *c))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *c);
    }
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

static void append_capital(GString *out, const Parameters *p, const char *text)
{
    gunichar first = g_unichar_toupper(g_utf8_get_char(text));
    g_string_append_unichar(out, first);
    append_escaped(out, p, g_utf8_next_char(text));
}

/* The study's own words. FALSE if `name` is none of them. */
static gboolean append_noun(GString *out, const Parameters *p, const char *name)
{
    const AreaRegister *areas = p->study ? &p->study->areas : NULL;
    const struct {
        const char *name, *text;
        gboolean capital;
    } nouns[] = {
        {"area", or_else(areas ? areas->singular : NULL, "area"), FALSE},
        {"areas", or_else(areas ? areas->plural : NULL, "areas"), FALSE},
        {"Area", or_else(areas ? areas->singular : NULL, "area"), TRUE},
        {"Areas", or_else(areas ? areas->plural : NULL, "areas"), TRUE},
        {"nation", or_else(areas ? areas->nation : NULL, "the nation"), FALSE},
        {"space", " ", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(nouns); i++) {
        if (!g_str_equal(nouns[i].name, name))
            continue;
        if (nouns[i].capital)
            append_capital(out, p, nouns[i].text);
        else
            append_escaped(out, p, nouns[i].text);
        return TRUE;
    }
    return FALSE;
}

static void append_choice(GString *out, const Parameters *p, const TemplatePart *part,
                          const Parameter *given)
{
    const gboolean one = g_str_equal(given->value, "1");
    if (!part->many) /* the noun */
        append_noun(out, p, one ? "area" : "areas");
    else
        append_escaped(out, p, one ? part->one : part->many);
}

static void append_value(GString *out, const Parameters *p, const TemplatePart *part)
{
    const Parameter *given = find(p, part->text);
    if (!given) {
        if (part->kind == TEMPLATE_CHOICE || !append_noun(out, p, part->text))
            g_critical("words: no value for {{%s}}", part->text);
        return;
    }
    if (part->kind == TEMPLATE_CHOICE)
        append_choice(out, p, part, given);
    else if (given->marked_up)
        g_string_append(out, given->value);
    else
        append_escaped(out, p, given->value);
}

static const Template *template_of(const Study *study, Word id)
{
    return templates_get(study && study->templates ? study->templates : templates_builtin(), id);
}

static char *render(const Parameters *p, Word id)
{
    GString *out = g_string_new(NULL);
    const Template *t = template_of(p->study, id);
    gboolean in_address = FALSE;
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *part = &t->parts[i];
        if (part->kind == TEMPLATE_MARK)
            in_address = g_str_equal(part->text, "](");
        if (p->plain && (in_address || part->kind == TEMPLATE_MARK))
            continue;
        if (part->kind == TEMPLATE_TEXT)
            append_written(out, p, part->text);
        else if (part->kind == TEMPLATE_MARK)
            g_string_append(out, part->text);
        else
            append_value(out, p, part);
    }
    return g_string_free(out, FALSE);
}

char *words_va(const Study *study, Word id, va_list list)
{
    Parameters p = {.study = study};
    collect(&p, list);
    return render(&p, id);
}

char *words(const Study *study, Word id, ...)
{
    va_list list;
    va_start(list, id);
    char *text = words_va(study, id, list);
    va_end(list);
    return text;
}

char *words_plain(const Study *study, Word id, ...)
{
    Parameters p = {.study = study, .plain = TRUE};
    va_list list;
    va_start(list, id);
    collect(&p, list);
    va_end(list);
    return render(&p, id);
}

const char *words_label(const Study *study, Word id)
{
    const Parameters p = {.study = study, .plain = TRUE};
    g_autofree char *text = render(&p, id);
    return g_intern_string(text);
}

/* ---- numbers ---- */

/* A figure in digits, with the marks of the study. */
static char *with_marks(const Study *study, const char *figure)
{
    const char *thousands = words_label(study, WORD_THOUSANDS_MARK);
    const char *decimal = words_label(study, WORD_DECIMAL_MARK);
    GString *out = g_string_new(NULL);
    for (const char *c = figure; *c; c++) {
        if (*c == ',')
            g_string_append(out, thousands);
        else if (*c == '.')
            g_string_append(out, decimal);
        else
            g_string_append_c(out, *c);
    }
    return g_string_free(out, FALSE);
}

char *words_number(const Study *study, char *number)
{
    static const struct {
        const char *end;
        Word word;
    } large[] = {{" million", WORD_MILLIONS}, {" billion", WORD_BILLIONS}};
    if (!study || !study->templates)
        return number;
    g_autofree char *english = number;
    for (guint i = 0; i < G_N_ELEMENTS(large); i++) {
        if (!g_str_has_suffix(english, large[i].end))
            continue;
        english[strlen(english) - strlen(large[i].end)] = '\0';
        g_autofree char *figure = with_marks(study, english);
        return words_plain(study, large[i].word, "n", figure, NULL);
    }
    return with_marks(study, english);
}
