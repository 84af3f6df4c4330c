#include "peerline/stats/standardise.h"

#include <math.h>
#include <Rmath.h>

#include "peerline/base/number.h"
#include "peerline/stats/quantile.h"

#define DIRECT_FEWEST_EVENTS 10

Mean standardise_mean(const double *v, size_t n)
{
    Mean out = {NAN, (double)n, NAN, NAN, limits_none()};
    Sum sum = {0};
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            return out;
        sum_add(&sum, v[i]);
    }
    if (n == 0)
        return out;
    out.sum = sum_total(&sum);
    quantile_mean_sd(v, n, &out.value, &out.sd);
    if (n < 2)
        return out;
    double df = (double)n - 1, se = out.sd / sqrt((double)n);
    double two = se * qt(0.025, df, 0, 0), three = se * qt(0.001, df, 0, 0);
    out.limits = (Limits){out.value - two, out.value + two, out.value - three, out.value + three};
    return out;
}

static double or_zero(double x)
{
    return isnan(x) ? 0 : x;
}

DirectRate standardise_direct(const DirectStrata *s, double per)
{
    Sum events = {0}, pop = {0}, weights = {0}, weighted = {0}, variance = {0};
    for (size_t i = 0; i < s->strata; i++) {
        double x = or_zero(s->x[i]), share = s->w[i] / s->n[i];
        sum_add(&events, x);
        sum_add(&pop, s->n[i]);
        sum_add(&weights, s->w[i]);
        sum_add(&weighted, x * share);
        sum_add(&variance, x * share * share);
    }
    DirectRate out = {sum_total(&events), sum_total(&pop), NAN, limits_none()};
    double total = sum_total(&weights);
    if (!(out.total_count >= DIRECT_FEWEST_EVENTS) || !(total > 0))
        return out;
    out.value = per * sum_total(&weighted) / total;
    double factor = per * sqrt(sum_total(&variance) / out.total_count) / total;
    Limits byar = rate_count_byar(out.total_count);
    out.limits = (Limits){
        out.value + factor * (byar.lower95 - out.total_count),
        out.value + factor * (byar.upper95 - out.total_count),
        out.value + factor * (byar.lower99_8 - out.total_count),
        out.value + factor * (byar.upper99_8 - out.total_count),
    };
    return out;
}

/* O, E and the reference's crude rate; value and limits as O/E. */
static IndirectRate indirect(const IndirectStrata *s)
{
    Sum observed = {0}, expected = {0}, events = {0}, pop = {0};
    for (size_t i = 0; i < s->strata; i++) {
        sum_add(&observed, or_zero(s->x[i]));
        sum_add(&expected, or_zero(s->n[i]) * or_zero(s->x_ref[i]) / s->n_ref[i]);
        sum_add(&events, or_zero(s->x_ref[i]));
        sum_add(&pop, s->n_ref[i]);
    }
    Rate ratio = rate_of(sum_total(&observed), sum_total(&expected), 1);
    return (IndirectRate){
        .observed = sum_total(&observed),
        .expected = sum_total(&expected),
        .ref_rate = sum_total(&events) / sum_total(&pop),
        .value = ratio.value,
        .limits = ratio.limits,
        .method = ratio.method,
    };
}

IndirectRate standardise_ratio(const IndirectStrata *s, double per)
{
    IndirectRate out = indirect(s);
    out.ref_rate *= per;
    out.value *= per;
    out.limits = limits_scaled(out.limits, per);
    return out;
}

IndirectRate standardise_rate(const IndirectStrata *s, double per)
{
    IndirectRate out = indirect(s);
    out.ref_rate *= per;
    out.value *= out.ref_rate;
    out.limits = limits_scaled(out.limits, out.ref_rate);
    return out;
}

Rate standardise_smr(double observed, double expected, double per)
{
    return rate_of(observed, expected, per);
}
