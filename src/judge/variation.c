#include "peerline/judge/variation.h"

#include "peerline/stats/quantile.h"
#include "variation_case.h"

static double chance_share(const VariationCase *c, guint period)
{
    const guint n = c->set->n_areas;
    g_autofree double *x = g_new(double, n + 1), *people = g_new(double, n + 1);
    guint k = 0;
    for (guint a = 0; a < n; a++) {
        const Observation *o = variation_counted(c, period, a);
        if (!o)
            continue;
        x[k] = o->numerator;
        people[k++] = o->denominator;
    }
    const Variation v = variation_of(x, people, k, variation_kind(c));
    const double left = variation_kind(c) == VARIATION_PROPORTION ? 1 - v.overall_rate : 1;
    const double share = left * v.df / v.chisq;
    return v.df > 0 && v.chisq > 0 && isfinite(share) ? MIN(share, 1) : NAN;
}

/* ---- age ---- */

/* Events per person of all ages, of an area with figures for every band. */
static double crude_rate(const VariationCase *c, guint period, guint area)
{
    const AgeFigures *ages = c->set->series[c->indicator].ages;
    const gsize at = ((gsize)period * c->set->n_areas + area) * ages->n_bands;
    double x = 0, people = 0;
    for (guint b = 0; b < ages->n_bands; b++) {
        x += ages->x[at + b];
        people += ages->n[at + b];
    }
    return people > 0 ? x / people : NAN;
}

static double fold_of(const double *values, guint n)
{
    const double low = quantile_of(values, n, 0.1);
    return low > 0 ? quantile_of(values, n, 0.9) / low : NAN;
}

static void compare_ages(const VariationCase *c, guint period, VariationFacts *out)
{
    const Series *series = &c->set->series[c->indicator];
    const Measure measure = c->study->indicators[c->indicator].measure;
    const guint n = c->set->n_areas;
    if (!series->ages || (measure != MEASURE_DSR && measure != MEASURE_ISR))
        return;
    g_autofree double *crude = g_new(double, n + 1), *standardised = g_new(double, n + 1);
    guint k = 0;
    for (guint a = 0; a < n; a++) {
        crude[k] = crude_rate(c, period, a);
        standardised[k] = series_at(series, n, period, a)->value;
        k += verdict_at(c->assessment, c->indicator, period, a)->ranked && isfinite(crude[k]);
    }
    out->crude_fold = fold_of(crude, k);
    out->standardised_fold = fold_of(standardised, k);
}

VariationFacts judge_variation(const Study *study, const ObservationSet *set, const Assessment *a,
                               guint indicator, guint period)
{
    const VariationCase c = {study, set, a, indicator};
    VariationFacts out = {
        .chance = NAN,
        .trend = judge_variation_trend(study, set, a, indicator, period),
        .crude_fold = NAN,
        .standardised_fold = NAN,
    };
    compare_ages(&c, period, &out);
    if (a->indicators[indicator].kind == KIND_COUNTS &&
        study->indicators[indicator].measure != MEASURE_DSR)
        out.chance = chance_share(&c, period);
    return out;
}
