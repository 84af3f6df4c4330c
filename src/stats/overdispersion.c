#include "peerline/stats/overdispersion.h"

#include <math.h>

#include "peerline/base/number.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rank.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/scale.h"
#include "peerline/stats/tau.h"

gboolean overdispersion_valid(OverdispersionType type, double num, double den)
{
    return rate_valid(num, den) && (type != OVERDISPERSION_PR || num <= den);
}

/* Figure, error and target on the scale of the type. */
static ScalePoint point_of(OverdispersionType type, double num, double den)
{
    double top = num + 0.5, bottom = den + 0.5;
    switch (type) {
    case OVERDISPERSION_SR_SHMI: return (ScalePoint){log(num / den), 1 / sqrt(den)};
    case OVERDISPERSION_SR_CQC: return scale_counts(SCALE_SQRT, num, den);
    case OVERDISPERSION_PR: return scale_counts(SCALE_ARCSINE, num, den);
    case OVERDISPERSION_RC:
        return (ScalePoint){log(top / bottom), sqrt(num / (top * top) + den / (bottom * bottom))};
    }
    return (ScalePoint){NAN, NAN};
}

static double target_y(OverdispersionType type, double target)
{
    switch (type) {
    case OVERDISPERSION_SR_SHMI: return 0;
    case OVERDISPERSION_SR_CQC: return 1;
    case OVERDISPERSION_PR: return scale_y(SCALE_ARCSINE, target);
    case OVERDISPERSION_RC: return log(target);
    }
    return NAN;
}

static double back(OverdispersionType type, double y)
{
    switch (type) {
    case OVERDISPERSION_SR_SHMI:
    case OVERDISPERSION_RC: return exp(y);
    case OVERDISPERSION_SR_CQC: return y < 0 ? 0 : y * y;
    case OVERDISPERSION_PR: return scale_back(SCALE_ARCSINE, y);
    }
    return NAN;
}

static gboolean is_ratio(OverdispersionType type)
{
    return type == OVERDISPERSION_SR_SHMI || type == OVERDISPERSION_SR_CQC;
}

static double target_of(const OverdispersionInput *in)
{
    Sum num = {0}, den = {0};
    for (size_t i = 0; i < in->n; i++) {
        if (!overdispersion_valid(in->type, in->num[i], in->den[i]))
            continue;
        sum_add(&num, in->num[i]);
        sum_add(&den, in->den[i]);
    }
    return is_ratio(in->type) ? 1 : sum_total(&num) / sum_total(&den);
}

/* SHMI: ranks in 1/trim buckets, the first and the last dropped. */
static void truncate_z(const double *z, size_t n, double trim, OverdispersionRow *out)
{
    g_autofree Rank *ranks = g_new(Rank, n + 1);
    double present = 0, buckets = 1 / trim;
    rank_all(z, n, ranks);
    for (size_t i = 0; i < n; i++)
        present += !isnan(z[i]);
    for (size_t i = 0; i < n; i++) {
        double bucket = floor(ranks[i].average * buckets / (present + 1));
        out[i].trimmed = trim > 0 && !(bucket > 0 && bucket < buckets - 1);
        out[i].z_winsorised = out[i].trimmed ? NAN : z[i];
    }
}

static void winsorise_z(const double *z, size_t n, double trim, OverdispersionRow *out)
{
    double low = quantile_of(z, n, trim), high = quantile_of(z, n, 1 - trim);
    for (size_t i = 0; i < n; i++) {
        out[i].trimmed = trim > 0 && (z[i] <= low || z[i] >= high);
        out[i].z_winsorised = isnan(z[i]) ? NAN : CLAMP(z[i], low, high);
    }
}

/* Mean square of the z kept, and their errors. A ratio without events has an infinite z on the
 * logarithmic scale, which the compensated sum cannot hold. */
static double mean_square(const OverdispersionRow *rows, const double *s, size_t n, double *kept,
                          size_t *k)
{
    Sum squares = {0};
    gboolean infinite = FALSE;
    *k = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(rows[i].z_winsorised))
            continue;
        infinite = infinite || isinf(rows[i].z_winsorised);
        sum_add(&squares, rows[i].z_winsorised * rows[i].z_winsorised);
        kept[(*k)++] = s[i];
    }
    if (infinite)
        return INFINITY;
    return *k ? sum_total(&squares) / (double)*k : NAN;
}

static void dispersion(const OverdispersionRow *rows, const double *s, size_t n,
                       Overdispersion *out)
{
    g_autofree double *kept = g_new(double, n + 1);
    size_t k;
    out->phi = mean_square(rows, s, n, kept, &k);
    out->tau2 = k ? tau_dersimonian_laird(kept, k, out->phi) : NAN;
}

static Limits limits_at(OverdispersionType type, double centre, double se)
{
    return (Limits){back(type, centre - LIMITS_Z95 * se), back(type, centre + LIMITS_Z95 * se),
                    back(type, centre - LIMITS_Z99_8 * se), back(type, centre + LIMITS_Z99_8 * se)};
}

static gboolean outside(double value, double lower, double upper)
{
    return !(lower <= value && value <= upper);
}

static double or_missing(double x)
{
    return isfinite(x) ? x : NAN;
}

static Limits finite_limits(Limits l)
{
    return (Limits){or_missing(l.lower95), or_missing(l.upper95), or_missing(l.lower99_8),
                    or_missing(l.upper99_8)};
}

static void set_limits(const OverdispersionInput *in, const Overdispersion *all, size_t i, double s,
                       OverdispersionRow *row)
{
    double centre = target_y(in->type, all->target), se = sqrt(s * s + all->tau2);
    Limits plain = is_ratio(in->type)
                       ? limits_scaled(rate_poisson_limits(in->den[i]), 1 / in->den[i])
                       : limits_at(in->type, centre, s);
    Limits adjusted = limits_at(in->type, centre, se);
    Limits used = all->phi > 1 ? adjusted : plain;
    row->outlier95 = outside(row->rr, used.lower95, used.upper95);
    row->outlier99_8 = outside(row->rr, used.lower99_8, used.upper99_8);
    row->unadjusted = finite_limits(limits_scaled(plain, in->per));
    row->adjusted = finite_limits(limits_scaled(adjusted, in->per));
}

static void clear_row(OverdispersionRow *row)
{
    *row = (OverdispersionRow){.rr = NAN,
                               .z = NAN,
                               .z_winsorised = NAN,
                               .unadjusted = limits_none(),
                               .adjusted = limits_none()};
}

Overdispersion overdispersion_funnel(const OverdispersionInput *in, OverdispersionRow *out)
{
    g_autofree double *z = g_new(double, in->n + 1);
    g_autofree double *s = g_new(double, in->n + 1);
    Overdispersion all = {NAN, NAN, target_of(in)};
    double centre = target_y(in->type, all.target);
    for (size_t i = 0; i < in->n; i++) {
        clear_row(&out[i]);
        z[i] = s[i] = NAN;
        if (!overdispersion_valid(in->type, in->num[i], in->den[i]))
            continue;
        ScalePoint at = point_of(in->type, in->num[i], in->den[i]);
        out[i].rr = in->num[i] / in->den[i];
        z[i] = (at.y - centre) / at.s;
        s[i] = at.s;
    }
    if (in->type == OVERDISPERSION_SR_SHMI)
        truncate_z(z, in->n, in->trim, out);
    else
        winsorise_z(z, in->n, in->trim, out);
    dispersion(out, s, in->n, &all);
    for (size_t i = 0; i < in->n; i++) {
        if (!isnan(out[i].rr) && isfinite(centre))
            set_limits(in, &all, i, s[i], &out[i]);
        out[i].z = or_missing(z[i]);
        out[i].z_winsorised = or_missing(out[i].z_winsorised);
    }
    all.phi = or_missing(all.phi);
    all.tau2 = or_missing(all.tau2);
    return all;
}
