#include "yaml_map.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/base/text.h"

/* The types that are one text in YAML. A text is read as a whole or not at all. */

static gboolean reject(YamlMapper *m, const YamlField *field, const YamlNode *node,
                       const char *accepts)
{
    yaml_fault(m, node, "bad-value", "bad value for %s: %s (%s)", field->key, node->text, accepts);
    return FALSE;
}

static gboolean set_nothing(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    (void)m, (void)field, (void)node, (void)member;
    return TRUE;
}

static gboolean set_string(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    gsize n = strlen(node->text);
    while (n > 0 && node->text[n - 1] == '\n') /* of a block scalar */
        n--;
    if (n == 0)
        return reject(m, field, node, "text that is not empty; or leave the key out");
    g_autofree char *text = g_strndup(node->text, n);
    *(char **)member = store_text(m->store, text);
    return TRUE;
}

static gboolean set_column(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    g_autofree char *name = text_squeeze(node->text);
    if (*name == '\0')
        return reject(m, field, node, field->type->accepts);
    *(char **)member = store_text(m->store, name);
    return TRUE;
}

static gboolean read_number(const YamlField *field, const YamlNode *node, double *out)
{
    const YamlRange *range = field->with;
    return number_parse(node->text, FALSE, out) && isfinite(*out) && *out <= range->most &&
           (range->above ? *out > range->least : *out >= range->least);
}

static gboolean set_number(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    double number;
    if (!read_number(field, node, &number))
        return reject(m, field, node, ((const YamlRange *)field->with)->accepts);
    *(double *)member = number;
    return TRUE;
}

static gboolean set_whole(YamlMapper *m, const YamlField *field, const YamlNode *node,
                          gpointer member)
{
    double number;
    if (!read_number(field, node, &number) || number != floor(number))
        return reject(m, field, node, ((const YamlRange *)field->with)->accepts);
    *(int *)member = (int)number;
    return TRUE;
}

static gboolean boolean_of(const char *text, gboolean *out)
{
    *out = g_str_equal(text, "true") || g_str_equal(text, "yes");
    return *out || g_str_equal(text, "false") || g_str_equal(text, "no");
}

static gboolean set_boolean(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    return boolean_of(node->text, member) || reject(m, field, node, field->type->accepts);
}

gboolean yaml_read_boolean(YamlMapper *m, const YamlNode *node, gboolean *out)
{
    if (node->kind == YAML_TEXT && boolean_of(node->text, out))
        return TRUE;
    yaml_fault(m, node, "bad-value", "neither true nor false: %s (%s)",
               node->kind == YAML_TEXT ? node->text : yaml_describe(node), YAML_BOOLEAN.accepts);
    return FALSE;
}

static gboolean set_choice(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const YamlChoice *c = field->with; c->name; c++) {
        if (g_str_equal(c->name, node->text)) {
            memcpy(member, &c->value, sizeof c->value); /* enums are as large as an int */
            return TRUE;
        }
        g_ptr_array_add(names, (gpointer)c->name);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *suggestion = yaml_suggest(node->text, (const char *const *)names->pdata);
    yaml_fault(m, node, "bad-value", "bad value for %s: %s %s", field->key, node->text, suggestion);
    return FALSE;
}

static gboolean is_date(const char *text)
{
    static const char SHAPE[] = "dddd-dd-dd";
    for (gsize i = 0; i < sizeof SHAPE; i++)
        if (SHAPE[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != SHAPE[i])
            return FALSE;
    guint year = (guint)g_ascii_strtoull(text, NULL, 10);
    guint month = (guint)g_ascii_strtoull(text + 5, NULL, 10);
    guint day = (guint)g_ascii_strtoull(text + 8, NULL, 10);
    return g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static gboolean set_date(YamlMapper *m, const YamlField *field, const YamlNode *node,
                         gpointer member)
{
    if (!is_date(node->text))
        return reject(m, field, node, field->type->accepts);
    *(char **)member = store_text(m->store, node->text);
    return TRUE;
}

static void pattern_destroy(gpointer p)
{
    pattern_unref(p);
}

static gboolean set_pattern(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    g_autoptr(GError) error = NULL;
    Pattern *p = pattern_new(node->text, FALSE, &error);
    if (!p) {
        yaml_fault(m, node, "bad-pattern", "%s: %s", field->key, error->message);
        return FALSE;
    }
    *(Pattern **)member = store_take(m->store, p, pattern_destroy);
    return TRUE;
}

static gboolean set_period(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    return period_parse(node->text, member) || reject(m, field, node, field->type->accepts);
}

const YamlType YAML_ANY = {set_nothing, YAML_TEXT | YAML_LIST | YAML_MAP, "a value"};
const YamlType YAML_STRING = {set_string, YAML_TEXT, "text"};
const YamlType YAML_COLUMN = {set_column, YAML_TEXT, "the name of a column"};
const YamlType YAML_NUMBER = {set_number, YAML_TEXT, "a number"};
const YamlType YAML_WHOLE = {set_whole, YAML_TEXT, "a whole number"};
const YamlType YAML_BOOLEAN = {set_boolean, YAML_TEXT, "true, false, yes or no"};
const YamlType YAML_CHOICE = {set_choice, YAML_TEXT, "one of a list of words"};
const YamlType YAML_DATE = {set_date, YAML_TEXT, "a date as YYYY-MM-DD"};
const YamlType YAML_PATTERN = {set_pattern, YAML_TEXT, "a PCRE2 pattern for the whole text"};
const YamlType YAML_PERIOD = {set_period, YAML_TEXT, "a period such as 2016-17, 2016 or 2016-04"};
