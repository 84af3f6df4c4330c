#include "guard.h"

#include <math.h>
#include <string.h>

static gboolean is_suppressed(const QuantityCells *cells, Period when, int area)
{
    const guint n_bands = cells && cells->bands ? cells->bands->len : 1;
    for (guint band = 0; cells && band < n_bands; band++) {
        const QuantityCell *cell = quantity_find_band(cells, when, area, band);
        if (cell && cell->missing == STATUS_SUPPRESSED)
            return TRUE;
    }
    return FALSE;
}

guint32 guard_hidden(const Filling *f, Period when, int area)
{
    return (is_suppressed(f->numerator, when, area) ? HIDDEN_NUMERATOR : 0) |
           (is_suppressed(f->denominator, when, area) ? HIDDEN_DENOMINATOR : 0) |
           (is_suppressed(f->value, when, area) ? HIDDEN_VALUE : 0);
}

Observation *guard_cell(const Guard *g, guint indicator, guint period, int area)
{
    const Series *s = &g->set->series[indicator];
    return area < 0 ? &s->national[period]
                    : &s->grid[(gsize)period * g->set->n_areas + (guint)area];
}

/* Shares of one former area that is suppressed: whoever knows their sum knows each. */
static gboolean of_one_area(const Guard *g, guint indicator, guint period, guint a, guint b)
{
    const char *why_a = observation_reason(g->set, indicator, period, a);
    const char *why_b = observation_reason(g->set, indicator, period, b);
    /* other reasons can read alike, such as a band that two areas suppress */
    return why_a && why_b && strcmp(why_a, why_b) == 0 && strstr(why_a, ", a part of it: ");
}

int guard_only_hidden(const Guard *g, guint indicator, guint period)
{
    int found = -1;
    for (guint a = 0; a < g->set->n_areas; a++) {
        if (!guard_cell(g, indicator, period, (int)a)->hidden ||
            !observation_in_force(g->set, &g->set->series[indicator], period, a))
            continue;
        if (found >= 0 && !of_one_area(g, indicator, period, (guint)found, a))
            return -1;
        found = found < 0 ? (int)a : found;
    }
    return found;
}

double guard_number(const Observation *o, guint part)
{
    return part == HIDDEN_NUMERATOR     ? o->numerator
           : part == HIDDEN_DENOMINATOR ? o->denominator
                                        : o->value;
}

int guard_period(const Guard *g, guint series, const char *label)
{
    const Series *s = &g->set->series[series];
    for (guint p = 0; p < s->n_periods; p++)
        if (strcmp(s->period_labels[p], label) == 0)
            return (int)p;
    return -1;
}

/* ---- reasons ----------------------------------------------------------------------------------
 */

static gboolean same_cell(const Reason *r, guint indicator, guint period, guint area)
{
    return r->indicator == indicator && r->period == period && r->area == area;
}

void guard_reason(Guard *g, guint indicator, guint period, guint area, const char *because)
{
    if (observation_reason(g->set, indicator, period, area))
        return;
    for (guint i = 0; i < g->reasons->len; i++)
        if (same_cell(&g_array_index(g->reasons, Reason, i), indicator, period, area))
            return;
    const Reason reason = {indicator, period, area, observation_set_string(g->set, because)};
    g_array_append_val(g->reasons, reason);
}

static int compare_reasons(gconstpointer va, gconstpointer vb)
{
    const Reason *a = va, *b = vb;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return (a->area > b->area) - (a->area < b->area);
}

/* The set's reasons and the new ones, in the order that finding them needs. */
static void keep_reasons(Guard *g)
{
    ObservationSet *set = g->set;
    if (g->reasons->len == 0)
        return;
    if (set->n_reasons)
        g_array_append_vals(g->reasons, set->reasons, set->n_reasons);
    g_array_sort(g->reasons, compare_reasons);
    g_free(set->reasons);
    set->n_reasons = g->reasons->len;
    set->reasons = (Reason *)(void *)g_array_free(g_steal_pointer(&g->reasons), FALSE);
}

void guard_set(const Study *study, ObservationSet *set, Diagnostics *diags)
{
    Guard g = {study, set, diags, g_array_new(FALSE, FALSE, sizeof(Reason))};
    guard_disclosure(&g);
    guard_compositions(&g);
    guard_sums(&g);
    guard_slips(&g);
    keep_reasons(&g);
    if (g.reasons)
        g_array_unref(g.reasons);
}
