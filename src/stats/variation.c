#include "peerline/stats/variation.h"

#include <math.h>
#include <stdlib.h>
#include <Rmath.h>

#include "peerline/base/number.h"
#include "peerline/stats/quantile.h"

/* The areas that take part: rate and size of each. */
typedef struct {
    double *r, *n;
    size_t k;
    double pooled;
} Areas;

static void areas_clear(Areas *a)
{
    g_free(a->r);
    g_free(a->n);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Areas, areas_clear)

static gboolean usable(double r, double n)
{
    return isfinite(r) && isfinite(n) && n > 0;
}

/* From counts o of n, or with o = NULL from values r with weights n (NULL = all 1). */
static Areas areas_of(const double *o, const double *r, const double *n, size_t k)
{
    Areas a = {g_new(double, k + 1), g_new(double, k + 1), 0, NAN};
    Sum events = {0}, size = {0};
    for (size_t i = 0; i < k; i++) {
        // cppcheck-suppress nullPointer ; one of o and r is given
        double weight = n ? n[i] : 1, rate = o ? o[i] / weight : r[i];
        if (!usable(rate, weight) || (o && rate < 0))
            continue;
        a.r[a.k] = rate;
        a.n[a.k++] = weight;
        sum_add(&events, o ? o[i] : rate * weight);
        sum_add(&size, weight);
    }
    a.pooled = a.k ? sum_total(&events) / sum_total(&size) : NAN;
    return a;
}

static double ratio(double top, double bottom)
{
    double r = top / bottom;
    return bottom > 0 && isfinite(r) ? r : NAN;
}

static double weighted_cv(const Areas *a)
{
    Sum squares = {0}, size = {0};
    for (size_t i = 0; i < a->k; i++) {
        double d = a->r[i] - a->pooled;
        sum_add(&squares, a->n[i] * d * d);
        sum_add(&size, a->n[i]);
    }
    return ratio(sqrt(sum_total(&squares) / sum_total(&size)), a->pooled);
}

/* Shares of a whole: not where an amount is negative. */
static gboolean has_shares(const Areas *a)
{
    for (size_t i = 0; i < a->k; i++) {
        if (a->r[i] < 0)
            return FALSE;
    }
    return a->k > 0 && a->pooled > 0;
}

static double theil(const Areas *a)
{
    Sum total = {0}, size = {0};
    for (size_t i = 0; i < a->k; i++)
        sum_add(&size, a->n[i]);
    for (size_t i = 0; i < a->k; i++) {
        double relative = a->r[i] / a->pooled;
        if (relative > 0)
            sum_add(&total, a->n[i] / sum_total(&size) * relative * log(relative));
    }
    return fmax(0, sum_total(&total));
}

typedef struct {
    double r, n;
} RateAndSize;

static int by_rate(const void *a, const void *b)
{
    const RateAndSize *x = a, *y = b;
    return x->r < y->r ? -1 : x->r > y->r;
}

/* 1 - twice the area under the Lorenz curve, by trapezia. */
static double gini(const Areas *a)
{
    g_autofree RateAndSize *items = g_new(RateAndSize, a->k + 1);
    Sum size = {0};
    for (size_t i = 0; i < a->k; i++) {
        items[i] = (RateAndSize){a->r[i], a->n[i]};
        sum_add(&size, a->n[i]);
    }
    qsort(items, a->k, sizeof *items, by_rate);
    Sum under = {0}, lorenz = {0};
    double all = sum_total(&size), before = 0;
    for (size_t i = 0; i < a->k; i++) {
        sum_add(&lorenz, items[i].r * items[i].n / a->pooled / all);
        double now = sum_total(&lorenz);
        sum_add(&under, items[i].n / all * (before + now));
        before = now;
    }
    double g = 1 - sum_total(&under);
    return fabs(g) < 1e-15 ? 0 : g;
}

static Variation shape(const Areas *a)
{
    size_t m;
    double mean, sd;
    g_autofree double *sorted = quantile_sort(a->r, a->k, &m);
    quantile_mean_sd(a->r, a->k, &mean, &sd);
    Variation v = {.k = (double)a->k, .overall_rate = a->pooled};
    v.eq = m ? ratio(sorted[m - 1], sorted[0]) : NAN;
    v.p90_p10 = ratio(quantile_sorted(sorted, m, 0.9), quantile_sorted(sorted, m, 0.1));
    v.iq_ratio = ratio(quantile_sorted(sorted, m, 0.75), quantile_sorted(sorted, m, 0.25));
    v.cv = m > 1 && sorted[0] == sorted[m - 1] && mean > 0 ? 0 : ratio(sd, mean);
    v.cv_pop_weighted = m ? weighted_cv(a) : NAN;
    v.gini_pop_weighted = has_shares(a) ? gini(a) : NAN;
    v.theil_pop_weighted = has_shares(a) ? theil(a) : NAN;
    v.scv_diehr = v.chisq = v.df = v.p = NAN;
    return v;
}

/* Mean of ((o - e)/e)^2 less what chance adds to it. */
static double scv(const Areas *a, VariationKind kind)
{
    double m = a->pooled, chance = kind == VARIATION_PROPORTION ? 1 - m : 1;
    if (!(m > 0))
        return NAN;
    Sum total = {0};
    for (size_t i = 0; i < a->k; i++) {
        double relative = (a->r[i] - m) / m;
        sum_add(&total, relative * relative - chance / (m * a->n[i]));
    }
    return sum_total(&total) / (double)a->k;
}

static double chi_square(const Areas *a)
{
    if (!(a->pooled > 0))
        return NAN;
    Sum total = {0};
    for (size_t i = 0; i < a->k; i++) {
        double d = a->r[i] - a->pooled;
        sum_add(&total, d * d * a->n[i] / a->pooled);
    }
    return sum_total(&total);
}

Variation variation_of(const double *o, const double *n, size_t k, VariationKind kind)
{
    g_auto(Areas) a = areas_of(o, NULL, n, k);
    Variation v = shape(&a);
    if (kind == VARIATION_AMOUNTS || a.k == 0)
        return v;
    v.scv_diehr = scv(&a, kind);
    v.chisq = chi_square(&a);
    v.df = v.k - 1;
    if (a.k > 1 && !isnan(v.chisq))
        v.p = pchisq(v.chisq, v.df, 0, 0);
    return v;
}

Variation variation_of_values(const double *r, const double *n, size_t k)
{
    g_auto(Areas) a = areas_of(NULL, r, n, k);
    return shape(&a);
}

size_t variation_trim(const double *r, size_t k, double share, gboolean *keep)
{
    size_t m, kept = 0;
    g_autofree double *sorted = quantile_sort(r, k, &m);
    double low = quantile_sorted(sorted, m, share / 2);
    double high = quantile_sorted(sorted, m, 1 - share / 2);
    for (size_t i = 0; i < k; i++) {
        keep[i] = r[i] >= low && r[i] <= high;
        kept += keep[i] ? 1 : 0;
    }
    return kept;
}

void variation_shrink(const double *o, const double *n, size_t k, double *raw, double *shrunk)
{
    g_auto(Areas) a = areas_of(o, NULL, n, k);
    Sum squares = {0}, size = {0};
    for (size_t i = 0; i < a.k; i++) {
        double d = a.r[i] - a.pooled;
        sum_add(&squares, a.n[i] * d * d);
        sum_add(&size, a.n[i]);
    }
    double all = sum_total(&size), mean_size = all / (double)a.k;
    double between = fmax(0, sum_total(&squares) / all - a.pooled / mean_size);
    for (size_t i = 0; i < k; i++) {
        raw[i] = usable(o[i] / n[i], n[i]) && o[i] >= 0 ? o[i] / n[i] : NAN;
        double weight = between > 0 ? between / (between + a.pooled / n[i]) : 0;
        shrunk[i] = isnan(raw[i]) ? NAN : weight * raw[i] + (1 - weight) * a.pooled;
    }
}
