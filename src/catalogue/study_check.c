#include "study_tables.h"

/* Rules between the parts of a study. They need the references, so they come last. */

typedef struct {
    YamlMapper *mapper;
    const Study *study;
    gboolean *used;   /* by source */
    gboolean *mapped; /* by source: a map is drawn from it */
} Check;

static void use_source(Check *c, int source)
{
    if (source >= 0)
        c->used[source] = TRUE;
}

/* A source that gives numbers must say which area and which period they are about. */
static void check_number_source(Check *c, const Source *s, const Quantity *q)
{
    gboolean by_area = s->shape == SHAPE_WIDE_BY_AREA, by_period = s->shape == SHAPE_WIDE_BY_PERIOD;
    gboolean has_period =
        s->period.column || s->period.has_constant || s->period.file_pattern || by_period;
    if (!by_area && !s->area.column)
        yaml_fault_at(c->mapper, q->where, "missing-key",
                      "a source that does not say which column is the area: %s (area: {column: …})",
                      s->id);
    if (!has_period)
        yaml_fault_at(c->mapper, q->where, "missing-key",
                      "a source that does not say what period it is about: %s "
                      "(period: {column, constant or file: …})",
                      s->id);
    if ((by_area || by_period) && q->columns)
        yaml_fault_at(c->mapper, q->where, "bad-value",
                      "columns chosen in a table with a column per %s: %s (rows alone)",
                      by_area ? "area" : "period", s->id);
    if (!by_area && !by_period && !q->columns)
        yaml_fault_at(c->mapper, q->where, "missing-key",
                      "missing key in quantity: columns (the pattern of the column that holds the "
                      "number in source %s)",
                      s->id);
}

/* A price index is found by its period alone. */
static void check_deflator(Check *c, const Deflator *d)
{
    const Source *s = &c->study->sources[d->source];
    use_source(c, d->source);
    if (s->shape == SHAPE_WIDE_BY_PERIOD) {
        if (d->index)
            yaml_fault_at(c->mapper, d->where, "bad-value",
                          "index chosen in a table with a column per period: %s (the rows of the "
                          "source alone)",
                          s->id);
        return;
    }
    if (!d->index)
        yaml_fault_at(c->mapper, d->where, "missing-key",
                      "missing key in deflate: index (the column of the price index in source %s)",
                      s->id);
    if (!s->period.column)
        yaml_fault_at(c->mapper, d->where, "missing-key",
                      "a price index in a source that does not say which column is the period: %s "
                      "(period: {column: …}, or shape: wide_by_period)",
                      s->id);
}

static void check_quantity(Check *c, const Quantity *q)
{
    if (!quantity_is_declared(q))
        return;
    if (q->source < 0) {
        yaml_fault_at(c->mapper, q->where, "missing-key",
                      "missing key in quantity: source (the id of a source)");
        return;
    }
    use_source(c, q->source);
    check_number_source(c, &c->study->sources[q->source], q);
    if (q->deflates)
        check_deflator(c, &q->deflate);
    for (guint i = 0; i < q->n_further; i++)
        if (q->further[i].source >= 0) {
            use_source(c, q->further[i].source);
            check_number_source(c, &c->study->sources[q->further[i].source], &q->further[i]);
        }
}

/* Numbers by age are asked for by a measure that needs them; there the age is in a cell, or in the
 * header of a column, which a table with a column per area does not have. */
static void check_age_rule(Check *c, const Quantity *q, gboolean wanted)
{
    if (!quantity_is_declared(q) || q->source < 0 || !q->by_age)
        return;
    if (!wanted)
        yaml_fault_at(
            c->mapper, q->where, "bad-value",
            "age in a quantity that is not by age (it has a use only in the numerator and "
            "denominator of measures dsr, isr and life_expectancy)");
    else if (!q->columns && !q->age.column)
        yaml_fault_at(c->mapper, q->where, "missing-key",
                      "missing key in quantity: age (in a table with a column per area or period "
                      "the age is in a cell: age: {column: …})");
}

static void check_tables_by_age(Check *c, const Indicator *i)
{
    if (i->standard.declared)
        use_source(c, i->standard.source);
    if (i->reference.declared)
        use_source(c, i->reference.source);
}

static void check_indicators(Check *c)
{
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const Indicator *i = &c->study->indicators[k];
        const Quantity *const quantities[] = {&i->numerator, &i->denominator, &i->value,
                                              &i->lower95,   &i->upper95,     &i->lower99_8,
                                              &i->upper99_8};
        for (guint q = 0; q < G_N_ELEMENTS(quantities); q++) {
            check_quantity(c, quantities[q]);
            check_age_rule(c, quantities[q], q < 2 && measure_by_age(i->measure));
        }
        check_tables_by_age(c, i);
        if (i->boundaries == BOUNDARIES_RESTATE && !c->study->areas.changes.declared)
            yaml_fault_at(c->mapper, i->where, "bad-reference",
                          "indicator %s restates, but the areas have no changes (areas: {changes: "
                          "{source: …}})",
                          i->id);
    }
}

static void check_peers(Check *c)
{
    for (guint k = 0; k < c->study->n_peers; k++) {
        const PeerGrouping *p = &c->study->peers[k];
        use_source(c, p->source);
        for (guint v = 0; v < p->n_variables; v++) {
            check_quantity(c, &p->variables[v].numerator);
            check_quantity(c, &p->variables[v].denominator);
            check_age_rule(c, &p->variables[v].numerator, FALSE);
            check_age_rule(c, &p->variables[v].denominator, FALSE);
        }
    }
}

static void check_role(Check *c, const Pair *pair, int indicator, Role role)
{
    const Indicator *i = &c->study->indicators[indicator];
    /* what people say of a service is an outcome of it too */
    const gboolean fits = i->role == role || (role == ROLE_OUTCOME && i->role == ROLE_EXPERIENCE);
    if (!fits)
        yaml_fault_at(c->mapper, pair->where, "bad-reference",
                      "the %s of a pair is an indicator of role %s: %s (role %s%s)",
                      role_name(role), role_name(i->role), i->id, role_name(role),
                      role == ROLE_OUTCOME ? " or experience" : "");
    if (i->measure == MEASURE_TOTAL)
        yaml_fault_at(c->mapper, pair->where, "bad-reference",
                      "the %s of a pair is a total, which is not compared: %s (any other measure)",
                      role_name(role), i->id);
}

static void check_pairs(Check *c)
{
    for (guint k = 0; k < c->study->n_pairs; k++) {
        const Pair *pair = &c->study->pairs[k];
        check_role(c, pair, pair->spend, ROLE_SPEND);
        check_role(c, pair, pair->outcome, ROLE_OUTCOME);
        for (guint j = 0; j < k; j++)
            if (c->study->pairs[j].spend == pair->spend &&
                c->study->pairs[j].outcome == pair->outcome)
                yaml_fault_at(c->mapper, pair->where, "duplicate",
                              "duplicate pair: %s and %s (each pair once)",
                              c->study->indicators[pair->spend].id,
                              c->study->indicators[pair->outcome].id);
    }
}

static gboolean joins_use(const Study *s, guint lookup)
{
    for (guint i = 0; i < s->n_sources; i++)
        for (guint k = 0; k < s->sources[i].area.n_joins; k++)
            if (s->sources[i].area.joins[k] == (int)lookup)
                return TRUE;
    return FALSE;
}

static void check_compositions(Check *c)
{
    for (guint k = 0; k < c->study->n_compositions; k++) {
        const Composition *whole = &c->study->compositions[k];
        check_quantity(c, &whole->denominator);
        check_age_rule(c, &whole->denominator, FALSE);
        for (guint p = 0; p < whole->n_parts; p++) {
            check_quantity(c, &whole->parts[p].amount);
            check_age_rule(c, &whole->parts[p].amount, FALSE);
        }
    }
}

static void check_maps(Check *c)
{
    for (guint k = 0; k < c->study->n_maps; k++) {
        const MapDefinition *map = &c->study->maps[k];
        const Source *s = &c->study->sources[map->source];
        c->mapped[map->source] = TRUE;
        if (!source_format_is_map(s->format))
            yaml_fault_at(c->mapper, map->where, "bad-reference",
                          "the source of a map is a table: %s (format: geojson or hexjson)", s->id);
        else if (s->format == SOURCE_GEOJSON && !map->code)
            yaml_fault_at(c->mapper, map->where, "missing-key",
                          "missing key in map: code (the property of %s that holds an area's code)",
                          s->id);
        for (guint r = 0; r < map->n_recodes; r++)
            if (map->recodes[r].has_since || map->recodes[r].has_until)
                yaml_fault_at(c->mapper, map->recodes[r].where, "bad-value",
                              "a change of a map's codes with periods (a map has none)");
    }
}

/* A map gives shapes; whatever asks it for rows or columns would find none. */
static void check_tables(Check *c)
{
    for (guint i = 0; i < c->study->n_sources; i++) {
        const Source *s = &c->study->sources[i];
        if (c->used[i] && source_format_is_map(s->format))
            yaml_fault_at(c->mapper, s->where, "bad-reference",
                          "a map is read as a table: %s (a source of another format)", s->id);
        c->used[i] = c->used[i] || c->mapped[i];
    }
}

static void warn_unused(Check *c, Where where, const char *what, const char *id)
{
    diag_add(c->mapper->diags, DIAG_WARNING, "unused", where.file, where.line, where.column,
             "a %s that nothing uses: %s (use it or leave it out)", what, id);
}

static void check_unused(Check *c)
{
    const Study *s = c->study;
    for (guint i = 0; i < s->n_lookups; i++) {
        use_source(c, s->lookups[i].source);
        if (!joins_use(s, i))
            warn_unused(c, s->lookups[i].where, SPACE_LOOKUP, s->lookups[i].id);
    }
    check_tables(c);
    for (guint i = 0; i < s->n_sources; i++)
        if (!c->used[i])
            warn_unused(c, s->sources[i].where, SPACE_SOURCE, s->sources[i].id);
}

void study_check(YamlMapper *m, const Study *s)
{
    g_autofree gboolean *used = g_new0(gboolean, s->n_sources + 1);
    g_autofree gboolean *mapped = g_new0(gboolean, s->n_sources + 1);
    Check c = {m, s, used, mapped};
    use_source(&c, s->areas.source);
    if (s->areas.changes.declared)
        use_source(&c, s->areas.changes.source);
    check_indicators(&c);
    check_peers(&c);
    check_pairs(&c);
    check_compositions(&c);
    check_maps(&c);
    check_unused(&c);
}
