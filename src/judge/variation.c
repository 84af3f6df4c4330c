#include "peerline/judge/variation.h"

#include "peerline/stats/quantile.h"
#include "peerline/stats/variation.h"

#include <math.h>

/** One indicator among all that was judged. */
typedef struct {
    const Study *study;
    const ObservationSet *set;
    const Assessment *assessment;
    guint indicator;
} Case;

static const Observation *counted(const Case *c, guint period, guint area)
{
    const Series *series = &c->set->series[c->indicator];
    const Observation *o = series_at(series, c->set->n_areas, period, area);
    const Verdict *v = verdict_at(c->assessment, c->indicator, period, area);
    return v->ranked && o->numerator >= 0 && o->denominator > 0 ? o : NULL;
}

static VariationKind kind_of(const Case *c)
{
    return c->study->indicators[c->indicator].measure == MEASURE_PROPORTION ? VARIATION_PROPORTION
                                                                            : VARIATION_COUNTS;
}

static double chance_share(const Case *c, guint period)
{
    const guint n = c->set->n_areas;
    g_autofree double *x = g_new(double, n + 1), *people = g_new(double, n + 1);
    guint k = 0;
    for (guint a = 0; a < n; a++) {
        const Observation *o = counted(c, period, a);
        if (!o)
            continue;
        x[k] = o->numerator;
        people[k++] = o->denominator;
    }
    const Variation v = variation_of(x, people, k, kind_of(c));
    const double left = kind_of(c) == VARIATION_PROPORTION ? 1 - v.overall_rate : 1;
    const double share = left * v.df / v.chisq;
    return v.df > 0 && v.chisq > 0 && isfinite(share) ? MIN(share, 1) : NAN;
}

static int first_period(const Case *c, guint before)
{
    const IndicatorAssessment *judged = &c->assessment->indicators[c->indicator];
    for (guint p = 0; p < before; p++)
        if (judged->periods[p].areas_ranked > 0)
            return (int)p;
    return -1;
}

static VariationChange change_since(const Case *c, guint from, guint to)
{
    const guint n = c->set->n_areas;
    g_autofree double *all = g_new(double, 4 * (gsize)n + 1);
    double *x0 = all, *n0 = x0 + n, *x1 = n0 + n, *n1 = x1 + n;
    guint k = 0;
    for (guint a = 0; a < n; a++) {
        const Observation *before = counted(c, from, a), *after = counted(c, to, a);
        if (!before || !after)
            continue;
        x0[k] = before->numerator;
        n0[k] = before->denominator;
        x1[k] = after->numerator;
        n1[k++] = after->denominator;
    }
    return variation_change((VariationPeriod){x0, n0}, (VariationPeriod){x1, n1}, k, kind_of(c));
}

/* ---- age ---- */

/* Events per person of all ages, of an area with figures for every band. */
static double crude_rate(const Case *c, guint period, guint area)
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

static void compare_ages(const Case *c, guint period, VariationFacts *out)
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
    const Case c = {study, set, a, indicator};
    VariationFacts out = {.chance = NAN,
                          .change = NAN,
                          .change_p = NAN,
                          .from = first_period(&c, period),
                          .crude_fold = NAN,
                          .standardised_fold = NAN};
    compare_ages(&c, period, &out);
    if (a->indicators[indicator].kind != KIND_COUNTS ||
        study->indicators[indicator].measure == MEASURE_LIFE_EXPECTANCY ||
        study->indicators[indicator].measure == MEASURE_DSR)
        return out;
    out.chance = chance_share(&c, period);
    if (out.from >= 0) {
        const VariationChange change = change_since(&c, (guint)out.from, period);
        out.change = change.ratio;
        out.change_p = change.p;
    }
    return out;
}
