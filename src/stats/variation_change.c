#include "peerline/stats/variation.h"

#include <math.h>
#include <Rmath.h>

#define FEWEST_AREAS 3

typedef struct {
    double r, n;
} Area;

/* SCV of all areas but `skip` (skip = k: of all). Plain sums, because this is done for each area
 * and all terms are of one size. */
static double scv_without(const Area *areas, size_t k, size_t skip, gboolean proportion)
{
    double events = 0, size = 0, total = 0;
    for (size_t i = 0; i < k; i++) {
        if (i == skip)
            continue;
        events += areas[i].r * areas[i].n;
        size += areas[i].n;
    }
    double m = events / size, chance = proportion ? 1 - m : 1;
    for (size_t i = 0; i < k; i++) {
        if (i == skip)
            continue;
        double relative = (areas[i].r - m) / m;
        total += relative * relative - chance / (m * areas[i].n);
    }
    return total / (double)(skip < k ? k - 1 : k);
}

static gboolean usable(VariationPeriod p, size_t i)
{
    return isfinite(p.o[i]) && isfinite(p.n[i]) && p.o[i] >= 0 && p.n[i] > 0;
}

/* ln of the ratio without area `skip`; NAN unless both are positive. */
static double log_ratio(const Area *before, const Area *after, size_t k, size_t skip,
                        gboolean proportion)
{
    double a = scv_without(before, k, skip, proportion);
    double b = scv_without(after, k, skip, proportion);
    return a > 0 && b > 0 ? log(b / a) : NAN;
}

VariationChange variation_change(VariationPeriod earlier, VariationPeriod later, size_t k,
                                 VariationKind kind)
{
    VariationChange out = {NAN, NAN, NAN, NAN};
    g_autofree Area *before = g_new(Area, k + 1);
    g_autofree Area *after = g_new(Area, k + 1);
    g_autofree double *left_out = g_new(double, k + 1);
    gboolean proportion = kind == VARIATION_PROPORTION;
    size_t m = 0;
    for (size_t i = 0; i < k; i++) {
        if (!usable(earlier, i) || !usable(later, i))
            continue;
        before[m] = (Area){earlier.o[i] / earlier.n[i], earlier.n[i]};
        after[m++] = (Area){later.o[i] / later.n[i], later.n[i]};
    }
    if (m < FEWEST_AREAS || kind == VARIATION_AMOUNTS)
        return out;
    double whole = log_ratio(before, after, m, m, proportion), mean = 0, squares = 0;
    for (size_t i = 0; i < m; i++) {
        left_out[i] = log_ratio(before, after, m, i, proportion);
        mean += left_out[i] / (double)m;
    }
    if (isnan(whole) || isnan(mean))
        return out;
    for (size_t i = 0; i < m; i++)
        squares += (left_out[i] - mean) * (left_out[i] - mean);
    double df = (double)m - 1, se = sqrt(df / (double)m * squares);
    double half = qt(0.025, df, 0, 0) * se;
    out.ratio = exp(whole);
    out.lower95 = exp(whole - half);
    out.upper95 = exp(whole + half);
    if (se > 0)
        out.p = 2 * pt(-fabs(whole / se), df, 1, 0);
    return out;
}
