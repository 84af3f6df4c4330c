#include "guard.h"

#include <math.h>

/* That whole = part + part is an accident in one cell; in this many it is what they are. */
#define FEWEST_CELLS 10
#define SAME         1e-9

static gboolean has_part(const Guard *g, guint series, guint part)
{
    const Measure m = g->study->indicators[series].measure;
    /* a published value may be an amount; one that was computed follows from its counts */
    return part != HIDDEN_VALUE || m == MEASURE_PUBLISHED;
}

static GArray *columns_new(const Guard *g)
{
    static const guint PARTS[] = {HIDDEN_NUMERATOR, HIDDEN_DENOMINATOR, HIDDEN_VALUE};
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(GuardColumn));
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint k = 0; k < G_N_ELEMENTS(PARTS); k++) {
            const GuardColumn column = {i, PARTS[k]};
            if (has_part(g, i, PARTS[k]))
                g_array_append_val(columns, column);
        }
    return columns;
}

static gboolean any_hidden(const Guard *g, GuardColumn c)
{
    const Series *s = &g->set->series[c.series];
    for (gsize i = 0; i < (gsize)s->n_periods * g->set->n_areas; i++)
        if (s->grid[i].hidden & c.part)
            return TRUE;
    return FALSE;
}

/* How many cells of a period bear the relation out; -1 where one contradicts it. */
static int borne_out(const Guard *g, const GuardRelation *r, const int *periods)
{
    int n = 0;
    for (guint a = 0; a < g->set->n_areas; a++) {
        double parts = 0;
        gboolean proof = TRUE;
        for (guint k = 0; k < r->n_parts; k++) {
            const double x = guard_number(
                guard_cell(g, r->parts[k].series, (guint)periods[k + 1], (int)a), r->parts[k].part);
            proof = proof && x != 0;
            parts += x;
        }
        const double whole =
            guard_number(guard_cell(g, r->whole.series, (guint)periods[0], (int)a), r->whole.part);
        if (isnan(whole) || isnan(parts))
            continue;
        if (fabs(whole - parts) > SAME * fabs(whole))
            return -1;
        n += proof && whole != 0;
    }
    return n;
}

static gboolean holds(const Guard *g, const GuardRelation *r)
{
    const Series *s = &g->set->series[r->whole.series];
    int n = 0;
    for (guint p = 0; p < s->n_periods; p++) {
        int periods[3] = {(int)p, 0, 0};
        gboolean all = TRUE;
        for (guint k = 0; k < r->n_parts && all; k++) {
            periods[k + 1] = r->parts[k].series == r->whole.series
                                 ? (int)p
                                 : guard_period(g, r->parts[k].series, s->period_labels[p]);
            all = periods[k + 1] >= 0;
        }
        const int found = all ? borne_out(g, r, periods) : 0;
        if (found < 0)
            return FALSE;
        n += found;
    }
    return n >= FEWEST_CELLS;
}

static void try_relation(const Guard *g, const GuardRelation *r, GArray *out)
{
    if (holds(g, r))
        g_array_append_val(out, *r);
}

GArray *guard_relations(const Guard *g)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(GuardRelation));
    g_autoptr(GArray) columns = columns_new(g);
    g_autofree gboolean *hidden = g_new(gboolean, columns->len + 1);
    const GuardColumn *c = (const GuardColumn *)(gpointer)columns->data;
    for (guint i = 0; i < columns->len; i++)
        hidden[i] = any_hidden(g, c[i]);
    for (guint i = 0; i < columns->len; i++)
        for (guint k = i + 1; k < columns->len; k++) {
            if (hidden[i] || hidden[k])
                try_relation(g, &(GuardRelation){c[i], {c[k]}, 1}, out);
            for (guint w = 0; w < columns->len; w++)
                if (w != i && w != k && (hidden[i] || hidden[k] || hidden[w]))
                    try_relation(g, &(GuardRelation){c[w], {c[i], c[k]}, 2}, out);
        }
    return out;
}
