#include "peerline/report/words.h"

#include "peerline/catalogue/templates.h"
#include "peerline/report/document.h"

#include <stdarg.h>
#include <string.h>

/* More than any sentence has; a longer list is a fault of the program. */
#define MAX_PARAMETERS 16

typedef struct {
    const char *name, *value;
    gboolean marked_up;
} Parameter;

typedef struct {
    const Study *study;
    Parameter given[MAX_PARAMETERS];
    guint n;
} Parameters;

static void collect(Parameters *p, va_list list)
{
    for (const char *name; (name = va_arg(list, const char *));) {
        const char *value = va_arg(list, const char *);
        if (p->n == MAX_PARAMETERS)
            g_error("words: more than %d parameters", MAX_PARAMETERS);
        gboolean marked_up = *name == '+';
        p->given[p->n++] = (Parameter){name + marked_up, value ? value : "", marked_up};
    }
}

static const Parameter *find(const Parameters *p, const char *name)
{
    for (guint i = 0; i < p->n; i++)
        if (g_str_equal(p->given[i].name, name))
            return &p->given[i];
    return NULL;
}

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = document_escape(text);
    g_string_append(out, escaped);
}

/* Text of a template. Its brackets are escaped, so that its parentheses need not be: only behind a
 * bracket would they be mark-up. */
static void append_written(GString *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (strchr("\\*[]", *c))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *c);
    }
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

static void append_capital(GString *out, const char *text)
{
    gunichar first = g_unichar_toupper(g_utf8_get_char(text));
    g_string_append_unichar(out, first);
    append_escaped(out, g_utf8_next_char(text));
}

/* The study's own words. FALSE if `name` is none of them. */
static gboolean append_noun(GString *out, const Study *study, const char *name)
{
    const struct {
        const char *name, *text;
        gboolean capital;
    } nouns[] = {
        {"area", or_else(study->areas.singular, "area"), FALSE},
        {"areas", or_else(study->areas.plural, "areas"), FALSE},
        {"Area", or_else(study->areas.singular, "area"), TRUE},
        {"Areas", or_else(study->areas.plural, "areas"), TRUE},
        {"nation", or_else(study->areas.nation, "the nation"), FALSE},
        {"space", " ", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(nouns); i++) {
        if (!g_str_equal(nouns[i].name, name))
            continue;
        if (nouns[i].capital)
            append_capital(out, nouns[i].text);
        else
            append_escaped(out, nouns[i].text);
        return TRUE;
    }
    return FALSE;
}

static void append_choice(GString *out, const Parameters *p, const TemplatePart *part,
                          const Parameter *given)
{
    const gboolean one = g_str_equal(given->value, "1");
    if (!part->many) /* the noun */
        append_noun(out, p->study, one ? "area" : "areas");
    else
        append_escaped(out, one ? part->one : part->many);
}

static void append_value(GString *out, const Parameters *p, const TemplatePart *part)
{
    const Parameter *given = find(p, part->text);
    if (!given) {
        if (part->kind == TEMPLATE_CHOICE || !append_noun(out, p->study, part->text))
            g_critical("words: no value for {{%s}}", part->text);
        return;
    }
    if (part->kind == TEMPLATE_CHOICE)
        append_choice(out, p, part, given);
    else if (given->marked_up)
        g_string_append(out, given->value);
    else
        append_escaped(out, given->value);
}

static const Template *template_of(const Study *study, Word id)
{
    return templates_get(study->templates ? study->templates : templates_builtin(), id);
}

char *words_va(const Study *study, Word id, va_list list)
{
    Parameters p = {.study = study};
    collect(&p, list);
    GString *out = g_string_new(NULL);
    const Template *t = template_of(study, id);
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *part = &t->parts[i];
        if (part->kind == TEMPLATE_TEXT)
            append_written(out, part->text);
        else if (part->kind == TEMPLATE_MARK)
            g_string_append(out, part->text);
        else
            append_value(out, &p, part);
    }
    return g_string_free(out, FALSE);
}

char *words(const Study *study, Word id, ...)
{
    va_list list;
    va_start(list, id);
    char *text = words_va(study, id, list);
    va_end(list);
    return text;
}
