#include "boundaries.h"
#include "peerline/base/text.h"

#include <string.h>

/** Columns of the register. */
typedef struct {
    int code, name, short_name;
    int from, to; /* -1: areas have no days */
    int *classes;
} RegisterColumns;

static gboolean register_columns(Reading *r, RegisterColumns *c)
{
    const AreaRegister *a = &r->study->areas;
    c->code = reading_column(r, a->source, a->code, &a->where);
    c->name = reading_column(r, a->source, a->name, &a->where);
    c->short_name =
        a->short_name ? reading_column(r, a->source, a->short_name, &a->where) : c->name;
    c->from = a->valid_from ? reading_column(r, a->source, a->valid_from, &a->where) : -1;
    c->to = a->valid_to ? reading_column(r, a->source, a->valid_to, &a->where) : -1;
    gboolean good = c->code >= 0 && c->name >= 0 && c->short_name >= 0 &&
                    (c->from >= 0) == (a->valid_from != NULL) &&
                    (c->to >= 0) == (a->valid_to != NULL);
    c->classes = g_new(int, a->n_classes + 1);
    for (guint i = 0; i < a->n_classes; i++) {
        c->classes[i] = reading_column(r, a->source, a->classes[i].column, &a->classes[i].where);
        good = good && c->classes[i] >= 0;
    }
    return good;
}

static Area read_area(Reading *r, guint row, const RegisterColumns *c)
{
    const AreaRegister *a = &r->study->areas;
    const Table *t = r->tables[a->source];
    const char *short_name = table_cell(t, row, (guint)c->short_name);
    const char *name = table_cell(t, row, (guint)c->name);
    Area area = {.code = observation_set_string(r->set, table_cell(t, row, (guint)c->code)),
                 .name = observation_set_line(r->set, name),
                 .short_name = observation_set_line(r->set, *short_name ? short_name : name),
                 .classes = g_new0(char *, a->n_classes + 1)};
    for (guint i = 0; i < a->n_classes; i++)
        area.classes[i] = observation_set_line(r->set, table_cell(t, row, (guint)c->classes[i]));
    return area;
}

/** Codes name files: they must be plain, and no two alike but for case. */
static gboolean code_is_good(Reading *r, guint row, const char *code, GHashTable *seen)
{
    const int source = r->study->areas.source;
    const Table *t = r->tables[source];
    if (!text_is_code(code)) {
        g_autofree char *text =
            g_strdup_printf("area code cannot name a file: '%s' (letters, digits, - and _)", code);
        reading_reject(r, source, row, "bad-area-code", code, text);
        return FALSE;
    }
    char *folded = g_ascii_strdown(code, -1);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(seen, folded));
    if (before) {
        g_autofree char *text =
            g_strdup_printf("area code stands twice: %s also on line %u (codes must differ in more "
                            "than case)",
                            code, before);
        reading_reject(r, source, row, "duplicate-area", code, text);
        g_free(folded);
        return FALSE;
    }
    g_hash_table_insert(seen, folded, GUINT_TO_POINTER(t->line[row]));
    return TRUE;
}

/* An area whose days cannot be read would be ranked when it was not there. */
static gboolean read_days(Reading *r, guint row, const RegisterColumns *c, Ground *place)
{
    const Table *t = r->tables[r->study->areas.source];
    if (c->from < 0)
        return TRUE;
    const char *from = table_cell(t, row, (guint)c->from);
    const char *to = table_cell(t, row, (guint)c->to);
    if (boundaries_day(from, &place->from) && boundaries_day(to, &place->to) &&
        (!place->from || !place->to || place->from <= place->to))
        return TRUE;
    g_autofree char *text = g_strdup_printf(
        "days of an area cannot be read: from '%s' to '%s' (YYYY-MM-DD or blank, the "
        "first before the last)",
        from, to);
    reading_reject(r, r->study->areas.source, row, "bad-validity", place->area.code, text);
    return FALSE;
}

void reading_load_areas(Reading *r)
{
    const AreaRegister *a = &r->study->areas;
    const Table *t = r->tables[a->source];
    GArray *places = g_array_new(FALSE, TRUE, sizeof(Ground));
    RegisterColumns columns = {0};
    g_autoptr(BoundFilters) rows = t ? filters_bind(r, a->source, &a->rows) : NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (t && register_columns(r, &columns) && rows) {
        for (guint row = 0; row < t->n_rows; row++) {
            const char *code = table_cell(t, row, (guint)columns.code);
            if (!filters_keep(rows, t, row) || !code_is_good(r, row, code, seen))
                continue;
            Ground place = {.area = read_area(r, row, &columns), .same_as = -1};
            if (read_days(r, row, &columns, &place))
                g_array_append_val(places, place);
            else
                g_free(place.area.classes);
        }
        if (places->len == 0)
            diag_add(
                r->diags, DIAG_ERROR, "no-areas", t->file, 0, 0,
                "the register of areas is empty: no row is left (at least one area is needed)");
    }
    g_free(columns.classes);
    boundaries_take(r, places);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static const char *recode(const AreaRule *rule, const char *key, Period period)
{
    for (guint i = 0; i < rule->n_recodes; i++) {
        const Recode *c = &rule->recodes[i];
        if (strcmp(c->from, key) != 0)
            continue;
        if (c->has_since && period.start < c->since.start)
            continue;
        if (c->has_until && period.start + period.months > c->until.start + c->until.months)
            continue;
        return c->to;
    }
    return key;
}

static int resolve(Reading *r, int source, const char *key, Period period)
{
    const AreaRule *rule = &r->study->sources[source].area;
    if (rule->national && pattern_match(rule->national, key) == PATTERN_YES)
        return AREA_NATIONAL;
    if (rule->ignore && pattern_match(rule->ignore, key) == PATTERN_YES)
        return AREA_IGNORED;
    key = recode(rule, key, period);
    for (guint j = 0; j < rule->n_joins; j++) {
        const char *next = lookup_find(r->lookups[rule->joins[j]], key);
        key = next ? next : key;
    }
    const int area = boundaries_find(r->boundaries, recode(rule, key, period));
    return area >= 0 ? area : AREA_UNKNOWN;
}

/** Recodes bounded in time make the answer depend on the period: no memo for those. */
static gboolean depends_on_period(const AreaRule *rule)
{
    for (guint i = 0; i < rule->n_recodes; i++)
        if (rule->recodes[i].has_since || rule->recodes[i].has_until)
            return TRUE;
    return FALSE;
}

int reading_area(Reading *r, int source, const char *key, Period period)
{
    enum { OFFSET = 4 }; /* so that no answer is a null pointer */
    if (depends_on_period(&r->study->sources[source].area))
        return resolve(r, source, key, period);
    GHashTable *memo = r->resolved[source];
    const gpointer known = g_hash_table_lookup(memo, key);
    if (known)
        return GPOINTER_TO_INT(known) - OFFSET;
    const int area = resolve(r, source, key, period);
    g_hash_table_insert(memo, (gpointer)key, GINT_TO_POINTER(area + OFFSET));
    return area;
}

static const NotCovered *find_not_covered(const NotCovered *items, guint n, const char *code)
{
    for (guint i = 0; i < n; i++)
        if (strcmp(items[i].area, code) == 0)
            return &items[i];
    return NULL;
}

const NotCovered *reading_not_covered(const Reading *r, int source, const char *area_code)
{
    if (source < 0)
        return NULL;
    const AreaRule *rule = &r->study->sources[source].area;
    return find_not_covered(rule->not_covered, rule->n_not_covered, area_code);
}
