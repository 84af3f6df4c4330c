#include "peerline/report/words.h"

#include "peerline/report/document.h"

#include <stdarg.h>
#include <string.h>

static const char *const TEMPLATES[N_WORDS] = {
#define WORD(id, text) [WORD_##id] = text,
#include "peerline/report/words_list.h"
#undef WORD
};

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

const char *words_template(Word id)
{
    g_return_val_if_fail((guint)id < N_WORDS, "");
    return TEMPLATES[id];
}

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

static const Parameter *find(const Parameters *p, const char *name, gsize length)
{
    for (guint i = 0; i < p->n; i++)
        if (strlen(p->given[i].name) == length && memcmp(p->given[i].name, name, length) == 0)
            return &p->given[i];
    return NULL;
}

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = document_escape(text);
    g_string_append(out, escaped);
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

/* The register's own words. FALSE if `name` is none of them. */
static gboolean append_noun(GString *out, const Study *study, const char *name, gsize length)
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
    };
    for (guint i = 0; i < G_N_ELEMENTS(nouns); i++) {
        if (strlen(nouns[i].name) != length || memcmp(nouns[i].name, name, length) != 0)
            continue;
        if (nouns[i].capital)
            append_capital(out, nouns[i].text);
        else
            append_escaped(out, nouns[i].text);
        return TRUE;
    }
    return FALSE;
}

/* "one|many" or "area", after the colon of a placeholder. */
static void append_choice(GString *out, const Parameters *p, const char *choice, gsize length,
                          gboolean one)
{
    if (length == 4 && memcmp(choice, "area", 4) == 0) {
        const char *noun = one ? "area" : "areas";
        append_noun(out, p->study, noun, strlen(noun));
        return;
    }
    const char *bar = memchr(choice, '|', length);
    gsize first = bar ? (gsize)(bar - choice) : length;
    if (one)
        g_string_append_len(out, choice, (gssize)first);
    else if (bar)
        g_string_append_len(out, bar + 1, (gssize)(length - first - 1));
}

static void append_placeholder(GString *out, const Parameters *p, const char *from, gsize length)
{
    const char *colon = memchr(from, ':', length);
    gsize name_length = colon ? (gsize)(colon - from) : length;
    const Parameter *given = find(p, from, name_length);
    if (!given) {
        if (colon || !append_noun(out, p->study, from, length))
            g_critical("words: no value for {%.*s}", (int)length, from);
        return;
    }
    if (colon)
        append_choice(out, p, colon + 1, length - name_length - 1, g_str_equal(given->value, "1"));
    else if (given->marked_up)
        g_string_append(out, given->value);
    else
        append_escaped(out, given->value);
}

char *words_va(const Study *study, Word id, va_list list)
{
    Parameters p = {.study = study};
    collect(&p, list);
    GString *out = g_string_new(NULL);
    for (const char *c = words_template(id); *c;) {
        const char *close = *c == '{' ? strchr(c, '}') : NULL;
        if (close) {
            append_placeholder(out, &p, c + 1, (gsize)(close - c - 1));
            c = close + 1;
        } else {
            const char *next = strchr(c + 1, '{');
            gsize length = next ? (gsize)(next - c) : strlen(c);
            g_string_append_len(out, c, (gssize)length);
            c += length;
        }
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
