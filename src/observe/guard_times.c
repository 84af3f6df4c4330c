#include "guard.h"

#include <math.h>

/* Years beside the months, quarters or shorter years that they are made of. */

#define FEWEST_CELLS 10
#define SAME         1e-9

static gboolean any_hidden(const Guard *g, GuardColumn c)
{
    const Series *s = &g->set->series[c.series];
    for (gsize i = 0; i < (gsize)s->n_periods * g->set->n_areas; i++)
        if (s->grid[i].hidden & c.part)
            return TRUE;
    return FALSE;
}

/* The periods of `length` months in `s` that make up `whole` without gap or overlap; periods are
 * ascending by their start. */
static gboolean tile(const Series *s, Period whole, gint32 length, GuardTimes *out)
{
    gint32 next = whole.start;
    out->n = 0;
    for (guint p = 0; p < s->n_periods && next < whole.start + whole.months; p++) {
        if (s->periods[p].months != length || s->periods[p].start != next)
            continue;
        if (out->n == GUARD_MOST_PARTS)
            return FALSE;
        out->parts[out->n++] = p;
        next += length;
    }
    return out->n > 1 && next == whole.start + whole.months;
}

/* How many areas bear one sum out; -1 where one contradicts it. */
static int borne_out(const Guard *g, const GuardTimes *t)
{
    int n = 0;
    for (guint a = 0; a < g->set->n_areas; a++) {
        double parts = 0;
        for (guint k = 0; k < t->n; k++)
            parts += guard_number(guard_cell(g, t->part.series, t->parts[k], (int)a), t->part.part);
        const double whole =
            guard_number(guard_cell(g, t->whole.series, t->period, (int)a), t->whole.part);
        if (isnan(whole) || isnan(parts))
            continue;
        if (fabs(whole - parts) > SAME * fabs(whole))
            return -1;
        n += whole != 0;
    }
    return n;
}

/* All sums of one column by parts of one length, if the data bear them out. */
static void try_length(const Guard *g, GuardColumn whole, GuardColumn part, gint32 length,
                       GArray *out)
{
    const Series *w = &g->set->series[whole.series], *s = &g->set->series[part.series];
    const guint before = out->len;
    int proof = 0;
    for (guint p = 0; p < w->n_periods; p++) {
        GuardTimes t = {.whole = whole, .part = part, .period = p};
        if (w->periods[p].months <= length || !tile(s, w->periods[p], length, &t))
            continue;
        const int n = borne_out(g, &t);
        if (n < 0) {
            g_array_set_size(out, before);
            return;
        }
        proof += n;
        g_array_append_val(out, t);
    }
    if (proof < FEWEST_CELLS)
        g_array_set_size(out, before);
}

static void try_pair(const Guard *g, GuardColumn whole, GuardColumn part, GArray *out)
{
    const Series *s = &g->set->series[part.series];
    g_autoptr(GHashTable) tried = g_hash_table_new(NULL, NULL);
    for (guint p = 0; s->periods && p < s->n_periods; p++)
        if (s->periods[p].months > 0 &&
            g_hash_table_add(tried, GINT_TO_POINTER(s->periods[p].months)))
            try_length(g, whole, part, s->periods[p].months, out);
}

GArray *guard_times(const Guard *g)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(GuardTimes));
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint k = 0; k < g->set->n_indicators; k++) {
            const GuardColumn whole = {i, HIDDEN_NUMERATOR}, part = {k, HIDDEN_NUMERATOR};
            if (g->set->series[i].periods && (any_hidden(g, whole) || any_hidden(g, part)))
                try_pair(g, whole, part, out);
        }
    return out;
}
