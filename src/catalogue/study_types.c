#include "study_tables.h"

#include <string.h>

/* Types of values that only studies have. */

static gboolean reject(YamlMapper *m, const YamlField *field, const YamlNode *node)
{
    yaml_fault(m, node, "bad-value", "bad value for %s: %s (%s)", field->key, node->text,
               field->type->accepts);
    return FALSE;
}

static gboolean keep(YamlMapper *m, const char *text, gpointer member)
{
    *(char **)member = store_text(m->store, text);
    return TRUE;
}

/* ---- addresses ------------------------------------------------------------------------------- */

/* 127.0.0.0/8 in full, ::1 or localhost: never a name like 127.0.0.1.example.org. */
static gboolean is_loopback(const char *host)
{
    static const char *const NAMES[] = {"localhost", "::1", NULL};
    g_auto(GStrv) parts = g_strsplit(host, ".", 0);
    if (g_strv_contains(NAMES, host))
        return TRUE;
    if (g_strv_length(parts) != 4 || !g_str_equal(parts[0], "127"))
        return FALSE;
    for (guint i = 1; i < 4; i++)
        if (!g_ascii_string_to_unsigned(parts[i], 10, 0, 255, NULL, NULL))
            return FALSE;
    return TRUE;
}

/* The host of an address whose scheme is https or http, and which of the two; or NULL. */
static char *web_host(const char *text, gboolean *secure)
{
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
    const char *host = uri ? g_uri_get_host(uri) : NULL;
    if (!host || !*host)
        return NULL;
    *secure = g_str_equal(g_uri_get_scheme(uri), "https");
    return *secure || g_str_equal(g_uri_get_scheme(uri), "http") ? g_strdup(host) : NULL;
}

static gboolean set_url(YamlMapper *m, const YamlField *field, const YamlNode *node,
                        gpointer member)
{
    gboolean secure = FALSE;
    g_autofree char *host = web_host(node->text, &secure);
    if (!host || (!secure && !is_loopback(host)))
        return reject(m, field, node);
    return keep(m, node->text, member);
}

static gboolean set_page(YamlMapper *m, const YamlField *field, const YamlNode *node,
                         gpointer member)
{
    gboolean secure;
    g_autofree char *host = web_host(node->text, &secure);
    return host ? keep(m, node->text, member) : reject(m, field, node);
}

/* ---- small texts ----------------------------------------------------------------------------- */

static gboolean set_sha256(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    g_autofree char *lower = g_ascii_strdown(node->text, -1);
    if (strlen(lower) != 64 || strspn(lower, "0123456789abcdef") != 64)
        return reject(m, field, node);
    return keep(m, lower, member);
}

static gboolean set_delimiter(YamlMapper *m, const YamlField *field, const YamlNode *node,
                              gpointer member)
{
    const char *text = g_str_equal(node->text, "tab") ? "\t" : node->text;
    static const char *const DELIMITERS[] = {",", ";", "|", ":", "\t", NULL};
    if (!g_strv_contains(DELIMITERS, text))
        return reject(m, field, node);
    *(char *)member = text[0];
    return TRUE;
}

/* ---- missing markers ------------------------------------------------------------------------- */

static const YamlChoice MISSING_STATUSES[] = {
    {"not_reported", STATUS_NOT_REPORTED},
    {"suppressed", STATUS_SUPPRESSED},
    {"not_applicable", STATUS_NOT_APPLICABLE},
    {"boundary_change", STATUS_BOUNDARY_CHANGE},
    {NULL, 0},
};

static const YamlField MISSING_STATUS = {
    .key = "missing", .type = &YAML_CHOICE, .with = MISSING_STATUSES};

/* Cells are trimmed when they are read, so a marker with blanks around it would never be met. */
static gboolean read_marker(YamlMapper *m, const YamlNode *text, MissingMarker *marker)
{
    g_autofree char *trimmed = text->kind == YAML_TEXT ? g_strstrip(g_strdup(text->text)) : NULL;
    if (!trimmed || !*trimmed) {
        yaml_fault(m, text, "bad-value",
                   "not a missing marker: %s (the text of a cell; blank: for "
                   "empty cells)",
                   yaml_describe(text));
        return FALSE;
    }
    marker->text = store_text(m->store, trimmed);
    return TRUE;
}

static gboolean read_marker_status(YamlMapper *m, const YamlNode *node, MissingMarker *marker)
{
    if (node->kind == YAML_TEXT)
        return YAML_CHOICE.set(m, &MISSING_STATUS, node, &marker->status);
    yaml_fault(m, node, "wrong-type", "wrong type for a missing marker's meaning: %s (%s)",
               yaml_describe(node), "not_reported, suppressed, not_applicable or boundary_change");
    return FALSE;
}

/* Either a mapping from text to status, or a list of texts that mean "not reported". */
static gboolean set_missing(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    MissingMarker *markers = store_array(m->store, node->n, sizeof(MissingMarker));
    gboolean ok = TRUE;
    for (guint i = 0; i < node->n; i++) {
        gboolean map = node->kind == YAML_MAP;
        markers[i].status = STATUS_NOT_REPORTED;
        ok = read_marker(m, map ? node->keys[i] : node->items[i], &markers[i]) && ok;
        ok = (!map || read_marker_status(m, node->items[i], &markers[i])) && ok;
    }
    *(MissingMarker **)member = markers;
    *yaml_count(field, member) = node->n;
    return ok;
}

/* ---- recodes -----------------------------------------------------------------------------------
 */

static const YamlField RECODE_FIELDS[] = {
    {"from", STRING(Recode, from), REQUIRED},
    {"to", STRING(Recode, to), REQUIRED},
    {"since", PERIOD(Recode, since), GIVEN(Recode, has_since)},
    {"until", PERIOD(Recode, until), GIVEN(Recode, has_until)},
    END_OF_FIELDS,
};

static void recode_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    const Recode *r = record;
    if (r->has_since && r->has_until && period_compare(r->since, r->until) > 0)
        yaml_fault(m, node, "bad-value", "a recode that is never in force: %s (since before until)",
                   r->from);
}

static const YamlRecord RECODE_RECORD = {
    .name = "recode", .fields = RECODE_FIELDS, WHERE(Recode), .finish = recode_finish};

/* Either a mapping from key to key, or a list of {from, to, since, until}. */
static gboolean set_recodes(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    *yaml_count(field, member) = node->n;
    if (node->kind == YAML_LIST) {
        *(gpointer *)member = yaml_map_records(m, &RECODE_RECORD, node->items, node->n);
        return TRUE;
    }
    Recode *recodes = *(Recode **)member = store_array(m->store, node->n, sizeof(Recode));
    for (guint i = 0; i < node->n; i++) {
        const YamlNode *to = node->items[i];
        if (to->kind != YAML_TEXT || yaml_is_null(to)) {
            yaml_fault(m, to, "wrong-type", "wrong type for the new key of %s: %s (text)",
                       node->keys[i]->text, yaml_describe(to));
            return FALSE;
        }
        recodes[i].from = store_text(m->store, node->keys[i]->text);
        recodes[i].to = store_text(m->store, to->text);
        recodes[i].where = yaml_where(node->keys[i]);
    }
    return TRUE;
}

/* ---- areas that are not covered
 * ------------------------------------------------------------------ */

typedef struct {
    char **areas;
    Status status;
    char *because;
    Where where;
} Gap;

static const YamlField GAP_FIELDS[] = {
    {"area", STRINGS(Gap, areas)},
    {"areas", STRINGS(Gap, areas)},
    {"status", CHOICE(Gap, status, MISSING_STATUSES), REQUIRED},
    {"because", STRING(Gap, because), REQUIRED},
    END_OF_FIELDS,
};

static void gap_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    (void)record;
    if (!yaml_get(node, "area") == !yaml_get(node, "areas"))
        yaml_fault(m, node, "missing-key",
                   "an entry of not_covered without its areas (area: a "
                   "code, or areas: a list of codes)");
}

static const YamlRecord GAP_RECORD = {
    .name = "not_covered", .fields = GAP_FIELDS, WHERE(Gap), .finish = gap_finish};

/* Declared by reason, kept by area. */
static gboolean set_not_covered(YamlMapper *m, const YamlField *field, const YamlNode *node,
                                gpointer member)
{
    const Gap *gaps = yaml_map_records(m, &GAP_RECORD, node->items, node->n);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint n = 0;
    for (guint i = 0; i < node->n; i++)
        n += gaps[i].areas ? g_strv_length(gaps[i].areas) : 0;
    NotCovered *all = *(NotCovered **)member = store_array(m->store, n, sizeof(NotCovered));
    *yaml_count(field, member) = n;
    for (guint i = 0, k = 0; i < node->n; i++) {
        for (char **area = gaps[i].areas; area && *area; area++) {
            if (!g_hash_table_add(seen, *area))
                yaml_fault_at(m, gaps[i].where, "duplicate",
                              "duplicate area in not_covered: %s (each area once)", *area);
            all[k++] = (NotCovered){*area, gaps[i].status, gaps[i].because, gaps[i].where};
        }
    }
    return TRUE;
}

/* ---- row filters --------------------------------------------------------------------------------
 */

static gboolean set_filters(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    (void)field;
    RowFilters *filters = member;
    filters->n = node->n;
    filters->items = yaml_map_records(m, &FILTER_RECORD, node->items, node->n);
    return TRUE;
}

/* ---- ages --------------------------------------------------------------------------------------
 */

static gboolean set_ages(YamlMapper *m, const YamlField *field, const YamlNode *node,
                         gpointer member)
{
    return age_read(node->text, NULL, member) || reject(m, field, node);
}

/* A pattern without these groups could never say an age. */
static gboolean set_age_pattern(YamlMapper *m, const YamlField *field, const YamlNode *node,
                                gpointer member)
{
    if (!YAML_PATTERN.set(m, field, node, member))
        return FALSE;
    const Pattern *p = *(Pattern **)member;
    if (pattern_has_group(p, "age") || pattern_has_group(p, "from"))
        return TRUE;
    yaml_fault(m, node, "bad-pattern", "a pattern that does not give an age: %s (%s)", node->text,
               "a group (?<age>…), or (?<from>…) and (?<to>…)");
    return FALSE;
}

static gboolean set_standard(YamlMapper *m, const YamlField *field, const YamlNode *node,
                             gpointer member)
{
    AgeTable *standard = member;
    if (node->kind == YAML_TEXT)
        return g_str_equal(node->text, "esp2013") || reject(m, field, node);
    standard->declared = TRUE;
    return yaml_map_record(m, &STANDARD_RECORD, node, standard);
}

const YamlType STUDY_AGES = {set_ages, YAML_TEXT, "ages such as 65+, 0-74 or under 18"};
const YamlType STUDY_AGE_PATTERN = {set_age_pattern, YAML_TEXT, "a pattern"};
const YamlType STUDY_STANDARD = {set_standard, YAML_TEXT | YAML_MAP,
                                 "esp2013, or {source, band, weight}"};
const YamlType STUDY_URL = {set_url, YAML_TEXT,
                            "an address that begins with https://; http:// only on this machine"};
const YamlType STUDY_PAGE = {set_page, YAML_TEXT,
                             "an address that begins with https:// or http://"};
const YamlType STUDY_SHA256 = {set_sha256, YAML_TEXT, "64 hexadecimal digits"};
const YamlType STUDY_DELIMITER = {set_delimiter, YAML_TEXT, "one of , ; | : and tab"};
const YamlType STUDY_MISSING = {set_missing, YAML_MAP | YAML_LIST,
                                "a mapping from text to status, or a list of texts"};
const YamlType STUDY_RECODES = {set_recodes, YAML_MAP | YAML_LIST,
                                "a mapping from key to key, or a list of {from, to, since, until}"};
const YamlType STUDY_ALTERNATIVES = {set_recodes, YAML_MAP,
                                     "a mapping from another spelling to the key"};
const YamlType STUDY_NOT_COVERED = {set_not_covered, YAML_LIST,
                                    "a list of {areas, status, because}"};
const YamlType STUDY_FILTERS = {set_filters, YAML_LIST,
                                "a list of {column, match, not, in or blank}"};
