#include "calc_arguments.h"

#include <math.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"

#define MOST_GROUPS     1000
#define MOST_NEIGHBOURS 100000

/* Where the text of an option goes, and what it may be. */
typedef struct {
    const char *name;
    gsize at;             /* offset of a char * in CalcArguments */
    const char *accepted; /* words separated by '|', or NULL */
} Option;

#define AT(field) G_STRUCT_OFFSET(CalcArguments, field)
static const Option options[] = {
    {"by", AT(by), NULL},
    {"per", AT(per), NULL},
    {"type", AT(type), "sr|pr|rc"},
    {"form", AT(form), "shmi|cqc"},
    {"method", AT(method), "general|proportion"},
    {"measure", AT(measure), "rate|proportion"},
    {"key", AT(key), NULL},
    {"trim", AT(trim), NULL},
    {"groups", AT(groups), NULL},
    {"k", AT(k), NULL},
};

static gboolean usage(GError **error, const char *format, const char *what, const char *accepted)
{
    g_autofree char *message = g_strdup_printf("%s: found %s (%s)", format, what, accepted);
    g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE, message);
    return FALSE;
}

static gboolean taken_by(const CalcMethod *method, const char *name, gsize length)
{
    g_auto(GStrv) names = g_strsplit(method->options, ",", -1);
    for (guint i = 0; names[i]; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return TRUE;
    }
    return FALSE;
}

static const Option *find_option(const char *name, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return &options[i];
    }
    return NULL;
}

static gboolean is_word_of(const char *value, const char *accepted)
{
    g_auto(GStrv) words = g_strsplit(accepted, "|", -1);
    return g_strv_contains((const char *const *)words, value);
}

/* One option; *at moves on where the value is an argument of its own. */
static gboolean take(CalcArguments *a, const CalcMethod *method, char **argv, int *at,
                     GError **error)
{
    const char *name = argv[*at] + 2, *equals = strchr(name, '=');
    gsize length = equals ? (gsize)(equals - name) : strlen(name);
    if (strncmp(argv[*at], "--", 2) != 0 || !taken_by(method, name, length))
        return usage(error, "unknown argument", argv[*at], method->options);
    if (strcmp(name, "invert") == 0) {
        a->options.invert = TRUE;
        return TRUE;
    }
    const Option *option = find_option(name, length);
    const char *value = equals ? equals + 1 : argv[*at + 1];
    if (option == NULL || value == NULL || *value == '\0')
        return usage(error, "an option lacks its value", argv[*at], "--name value");
    if (option->accepted && !is_word_of(value, option->accepted))
        return usage(error, option->name, value, option->accepted);
    *at += equals ? 0 : 1;
    char **to = G_STRUCT_MEMBER_P(a, option->at);
    g_free(*to);
    *to = g_strdup(value);
    return TRUE;
}

/* `text` (NULL = leave *out) as a number within [low, high]. */
static gboolean number_within(const char *text, double low, double high, double *out)
{
    double x;
    if (text == NULL)
        return TRUE;
    if (!number_parse(text, FALSE, &x) || !(x >= low && x <= high))
        return FALSE;
    *out = x;
    return TRUE;
}

static gboolean whole_within(const char *text, int high, int *out)
{
    double x = *out;
    if (!number_within(text, 1, high, &x) || x != floor(x))
        return FALSE;
    *out = (int)x;
    return TRUE;
}

static gboolean numbers(CalcArguments *a, GError **error)
{
    CalcOptions *o = &a->options;
    if (!number_within(a->per, G_MINDOUBLE, G_MAXDOUBLE, &o->per))
        return usage(error, "per", a->per, "a number above 0");
    if (!number_within(a->trim, 0, 0.5, &o->trim) || o->trim >= 0.5)
        return usage(error, "trim", a->trim, "a number from 0 to below 0.5");
    if (!whole_within(a->groups, MOST_GROUPS, &o->groups))
        return usage(error, "groups", a->groups, "a whole number from 1 to 1000");
    if (!whole_within(a->k, MOST_NEIGHBOURS, &o->k))
        return usage(error, "k", a->k, "a whole number from 1 to 100000");
    return TRUE;
}

gboolean calc_arguments_parse(CalcArguments *a, const CalcMethod *method, int argc, char **argv,
                              GError **error)
{
    a->options = (CalcOptions){.per = NAN, .trim = 0.1, .groups = 5, .k = 15};
    for (int i = 1; i < argc; i++) {
        if (!take(a, method, argv, &i, error))
            return FALSE;
    }
    if (!numbers(a, error))
        return FALSE;
    a->options.by = a->by;
    a->options.type = a->type;
    a->options.form = a->form;
    a->options.method = a->method;
    a->options.measure = a->measure;
    a->options.key = a->key;
    if (method->shape == CALC_PAIRS && a->key == NULL)
        return usage(error, "no key", "nothing", "--key COLUMN");
    return TRUE;
}

void calc_arguments_clear(CalcArguments *a)
{
    g_free(a->by);
    g_free(a->per);
    g_free(a->type);
    g_free(a->form);
    g_free(a->method);
    g_free(a->measure);
    g_free(a->key);
    g_free(a->trim);
    g_free(a->groups);
    g_free(a->k);
}
