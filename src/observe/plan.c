#include "plan.h"

#include "reading.h"

/** Of one source. */
typedef struct {
    TablePlan table;
    gboolean used;
    GHashTable *names;   /**< of columns */
    GPtrArray *patterns; /**< Pattern: of columns */
    GArray *rows;        /**< RowTest, each with items of its own */
} Wanted;

struct SourcePlans {
    const Study *study;
    Wanted *of; /**< per source */
};

static gboolean wants(gconstpointer data, const char *column)
{
    const Wanted *w = data;
    gboolean yes = g_hash_table_contains(w->names, column);
    for (guint i = 0; i < w->patterns->len && !yes; i++)
        yes = pattern_match(w->patterns->pdata[i], column) == PATTERN_YES;
    return yes;
}

/* ---- what one use of a source asks for ------------------------------------------------------- */

static void want_column(Wanted *w, const char *name)
{
    if (name)
        g_hash_table_add(w->names, (gpointer)name);
}

static void want_columns(Wanted *w, Pattern *pattern)
{
    if (!pattern)
        return;
    g_ptr_array_add(w->patterns, pattern);
    want_column(w, pattern_text(pattern));
}

/** The rows that all of these lists keep; NULL lists keep all. */
static void want_rows(Wanted *w, const RowFilters *a, const RowFilters *b)
{
    const RowFilters *lists[] = {a, b};
    GArray *tests = g_array_new(FALSE, FALSE, sizeof(CellTest));
    for (guint l = 0; l < G_N_ELEMENTS(lists); l++)
        for (guint i = 0; lists[l] && i < lists[l]->n; i++) {
            const CellTest test = {.column = lists[l]->items[i].column,
                                   .holds = filter_holds,
                                   .data = &lists[l]->items[i]};
            g_array_append_val(tests, test);
            want_column(w, test.column);
        }
    const guint n = tests->len;
    const RowTest rows = {.items = (CellTest *)(void *)g_array_free(tests, FALSE), .n = n};
    g_array_append_val(w->rows, rows);
}

static Wanted *use(SourcePlans *p, int source)
{
    p->of[source].used = TRUE;
    return &p->of[source];
}

static void want_deflator(SourcePlans *p, const Deflator *d)
{
    const Source *s = &p->study->sources[d->source];
    Wanted *w = use(p, d->source);
    want_column(w, d->index);
    want_column(w, s->period.column);
    want_columns(w, s->period_columns);
    want_rows(w, &s->rows, NULL);
}

static void want_quantity(SourcePlans *p, const Quantity *q)
{
    for (guint i = 0; i < q->n_further; i++)
        want_quantity(p, &q->further[i]);
    if (q->source < 0)
        return;
    const Source *s = &p->study->sources[q->source];
    Wanted *w = use(p, q->source);
    want_column(w, s->area.column);
    want_column(w, s->period.column);
    want_columns(w, s->area_columns);
    want_columns(w, s->period_columns);
    want_columns(w, q->columns);
    want_column(w, q->age.column);
    want_rows(w, &s->rows, &q->rows);
    if (q->deflates)
        want_deflator(p, &q->deflate);
}

static void want_age_table(SourcePlans *p, const AgeTable *t)
{
    if (!t->declared)
        return;
    Wanted *w = use(p, t->source);
    want_column(w, t->band);
    want_column(w, t->weight);
    want_column(w, t->events);
    want_column(w, t->people);
    want_rows(w, &p->study->sources[t->source].rows, &t->rows);
}

static void want_lookup(SourcePlans *p, const Lookup *l)
{
    Wanted *w = use(p, l->source);
    want_column(w, l->key);
    want_column(w, l->value);
    want_rows(w, &p->study->sources[l->source].rows, &l->rows);
}

static void want_register(SourcePlans *p, const AreaRegister *a)
{
    Wanted *w = use(p, a->source);
    want_column(w, a->code);
    want_column(w, a->name);
    want_column(w, a->short_name);
    for (guint i = 0; i < a->n_classes; i++)
        want_column(w, a->classes[i].column);
    want_column(w, a->valid_from);
    want_column(w, a->valid_to);
    want_rows(w, &a->rows, NULL);
}

static void want_changes(SourcePlans *p, const AreaChanges *c)
{
    if (!c->declared)
        return;
    Wanted *w = use(p, c->source);
    want_column(w, c->date);
    want_column(w, c->from);
    want_column(w, c->to);
    want_column(w, c->share ? c->share : "share");
    want_column(w, c->kind ? c->kind : "kind");
    want_column(w, c->basis ? c->basis : "basis");
    want_rows(w, &c->rows, NULL);
}

static void want_peer_list(SourcePlans *p, int source)
{
    static const char *const COLUMNS[] = {"area_code", "peer_code", "rank", "distance"};
    Wanted *w = use(p, source);
    for (guint i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        want_column(w, COLUMNS[i]);
    want_rows(w, NULL, NULL);
}

/* ---- the study --------------------------------------------------------------------------------
 */

static void want_indicator(SourcePlans *p, const Indicator *d)
{
    const Quantity *all[] = {&d->numerator, &d->denominator, &d->value,    &d->lower95,
                             &d->upper95,   &d->lower99_8,   &d->upper99_8};
    for (guint k = 0; k < G_N_ELEMENTS(all); k++)
        want_quantity(p, all[k]);
    want_age_table(p, &d->standard);
    want_age_table(p, &d->reference);
}

static void want_peers(SourcePlans *p, const PeerGrouping *g)
{
    if (g->source >= 0)
        want_peer_list(p, g->source);
    for (guint v = 0; v < g->n_variables; v++) {
        want_quantity(p, &g->variables[v].numerator);
        want_quantity(p, &g->variables[v].denominator);
    }
}

static void want_composition(SourcePlans *p, const Composition *c)
{
    want_quantity(p, &c->denominator);
    for (guint k = 0; k < c->n_parts; k++)
        want_quantity(p, &c->parts[k].amount);
}

/** A lookup makes its source a used one where a used source joins it; but it is read too where its
 *  source is used for something else. */
static void want_lookups(SourcePlans *p)
{
    const Study *s = p->study;
    for (guint i = 0; i < s->n_sources; i++)
        for (guint j = 0; p->of[i].used && j < s->sources[i].area.n_joins; j++)
            use(p, s->lookups[s->sources[i].area.joins[j]].source);
    for (guint i = 0; i < s->n_lookups; i++)
        if (p->of[s->lookups[i].source].used)
            want_lookup(p, &s->lookups[i]);
}

SourcePlans *source_plans_new(const Study *s)
{
    SourcePlans *p = g_new(SourcePlans, 1);
    *p = (SourcePlans){.study = s, .of = g_new0(Wanted, s->n_sources + 1)};
    for (guint i = 0; i < s->n_sources; i++) {
        p->of[i].names = g_hash_table_new(g_str_hash, g_str_equal);
        p->of[i].patterns = g_ptr_array_new();
        p->of[i].rows = g_array_new(FALSE, FALSE, sizeof(RowTest));
    }
    want_register(p, &s->areas);
    want_changes(p, &s->areas.changes);
    for (guint i = 0; i < s->n_indicators; i++)
        want_indicator(p, &s->indicators[i]);
    for (guint g = 0; g < s->n_peers; g++)
        want_peers(p, &s->peers[g]);
    for (guint i = 0; i < s->n_compositions; i++)
        want_composition(p, &s->compositions[i]);
    for (guint i = 0; i < s->n_maps; i++)
        use(p, s->maps[i].source);
    want_lookups(p);
    for (guint i = 0; i < s->n_sources; i++) {
        Wanted *w = &p->of[i];
        w->table = (TablePlan){.wants = wants,
                               .data = w,
                               .rows = (const RowTest *)(const void *)w->rows->data,
                               .n_rows = w->rows->len};
    }
    return p;
}

void source_plans_free(SourcePlans *p)
{
    if (!p)
        return;
    for (guint i = 0; i < p->study->n_sources; i++) {
        Wanted *w = &p->of[i];
        for (guint k = 0; k < w->rows->len; k++)
            g_free((gpointer)g_array_index(w->rows, RowTest, k).items);
        g_array_unref(w->rows);
        g_ptr_array_unref(w->patterns);
        g_hash_table_unref(w->names);
    }
    g_free(p->of);
    g_free(p);
}

const TablePlan *source_plan(const SourcePlans *p, guint source)
{
    return p->of[source].used ? &p->of[source].table : NULL;
}
