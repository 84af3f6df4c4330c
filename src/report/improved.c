#include "improved.h"

#include "peerline/stats/limits.h"
#include "peerline/stats/scale.h"

#include <math.h>

#define FIFTH        20.0 /* percent of the areas */
#define LEAST_CHANGE 0.05

static gboolean is_comparable(const ReportContext *c, guint i, guint p, guint area)
{
    return verdict_of(c, i, p, area)->ranked && isfinite(observed(c, i, p, area)->value);
}

/* A series that begins anew within the years is no change of practice. */
static gboolean has_break(const ReportContext *c, guint i, guint from, guint to, guint area)
{
    for (guint p = from; p <= to; p++)
        if (observed(c, i, p, area)->status == STATUS_BOUNDARY_CHANGE)
            return TRUE;
    return FALSE;
}

static gboolean began_in_last_fifth(const Verdict *v, int good)
{
    return isfinite(v->percentile) &&
           (good > 0 ? v->percentile <= FIFTH : v->percentile >= 100 - FIFTH);
}

/* The first period with a figure, and the latest of the indicator. */
static gboolean span_of(const ReportContext *c, guint i, guint area, Improved *out)
{
    const int latest = latest_of(c, i);
    if (latest < 1 || !is_comparable(c, i, (guint)latest, area))
        return FALSE;
    guint from = 0;
    while (from < (guint)latest && !is_comparable(c, i, from, area))
        from++;
    *out = (Improved){.indicator = i,
                      .area = area,
                      .from = from,
                      .to = (guint)latest,
                      .before = observed(c, i, from, area)->value,
                      .after = observed(c, i, (guint)latest, area)->value};
    return from < out->to && !has_break(c, i, from, out->to, area);
}

static gboolean has_improved(const ReportContext *c, guint i, guint area, Improved *out)
{
    const int good = report_good_sign(indicator_of(c, i));
    if (good == 0 || !is_compared(indicator_of(c, i)) || !span_of(c, i, area, out))
        return FALSE;
    const Verdict *first = verdict_of(c, i, out->from, area),
                  *last = verdict_of(c, i, out->to, area);
    const double change = (out->after - out->before) * good;
    const double s =
        hypot(scale_se(first->lower95, first->upper95), scale_se(last->lower95, last->upper95));
    out->z = change / s;
    return began_in_last_fifth(first, good) && change >= LEAST_CHANGE * fabs(out->before) &&
           (out->after - summary_of(c, i, out->to)->median) * good > 0 && isfinite(out->z) &&
           out->z > LIMITS_Z95;
}

static int compare_improved(gconstpointer a, gconstpointer b)
{
    const Improved *x = a, *y = b;
    if (x->z != y->z)
        return x->z > y->z ? -1 : 1;
    if (x->indicator != y->indicator)
        return x->indicator < y->indicator ? -1 : 1;
    return x->area < y->area ? -1 : x->area > y->area;
}

GArray *improved_peers(const ReportContext *c, guint area)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Improved));
    const PeerSet *peers = assessment_peers(c->assessment, 0, area);
    for (guint k = 0; peers && k < peers->n; k++)
        for (guint i = 0; i < c->study->n_indicators; i++) {
            Improved one;
            if (has_improved(c, i, peers->areas[k], &one))
                g_array_append_val(found, one);
        }
    g_array_sort(found, compare_improved);
    return found;
}
