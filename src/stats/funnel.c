#include "peerline/stats/funnel.h"

#include <math.h>

#include "peerline/base/number.h"
#include "peerline/stats/proportion.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/tau.h"
#include "select.h"

#define WINSOR 0.1

/* Distances from the target in standard errors, and the pieces they are made of. */
typedef struct {
    double *y, *s, *z;
    size_t k;
} Figures;

static gboolean takes_part(ScaleKind scale, double x, double n)
{
    return scale == SCALE_ARCSINE ? proportion_valid(x, n) : rate_valid(x, n);
}

static FunnelStatus status_of(const double *values, size_t k)
{
    if (k < FUNNEL_MIN_AREAS)
        return FUNNEL_FEW_AREAS;
    for (size_t i = 1; i < k; i++) {
        if (values[i] != values[0])
            return FUNNEL_OK;
    }
    return FUNNEL_ALL_EQUAL;
}

/* Mean square of z winsorised at 10 % each end; puts f->z into another order. */
static double winsorised_phi(Figures *f)
{
    double low = select_quantile(f->z, f->k, WINSOR);
    double high = select_quantile(f->z, f->k, 1 - WINSOR);
    double squares = 0;
    for (size_t i = 0; i < f->k; i++) {
        double z = CLAMP(f->z[i], low, high);
        squares += z * z;
    }
    return squares / (double)f->k;
}

static void set_dispersion(FunnelBasis *b, Figures *f, double target)
{
    Tau tau = tau_robust(f->y, f->s, f->k, target);
    for (size_t i = 0; i < f->k; i++)
        f->z[i] = (f->y[i] - tau.mean) / f->s[i];
    b->phi = winsorised_phi(f);
    b->tau2 = tau.tau2;
    b->target_y = tau.mean;
}

static FunnelBasis basis_new(ScaleKind scale, gboolean counts)
{
    return (FunnelBasis){.scale = scale,
                         .counts = counts,
                         .status = FUNNEL_FEW_AREAS,
                         .target = NAN,
                         .target_y = NAN,
                         .phi = NAN,
                         .tau2 = NAN,
                         .spread = NAN};
}

static ScalePoint relative_point(double x, double expected)
{
    return (ScalePoint){sqrt(x / expected), 1 / (2 * sqrt(expected))};
}

/* The scale of comparison of counts: relative to the target for rates and ratios. */
static ScalePoint counts_point(const FunnelBasis *b, double x, double n)
{
    return b->scale == SCALE_SQRT ? relative_point(x, n * b->target) : scale_counts(b->scale, x, n);
}

FunnelBasis funnel_counts(ScaleKind scale, const double *x, const double *n, size_t k)
{
    FunnelBasis b = basis_new(scale, TRUE);
    g_autofree double *room = g_new(double, 3 * k + 1);
    Figures f = {room, room + k, room + 2 * k, 0};
    Sum events = {0}, size = {0};
    for (size_t i = 0; i < k; i++) {
        if (!takes_part(scale, x[i], n[i]))
            continue;
        sum_add(&events, x[i]);
        sum_add(&size, n[i]);
        f.z[f.k++] = x[i] / n[i];
    }
    b.k = f.k;
    b.status = status_of(f.z, f.k);
    if (b.k == 0)
        return b;
    b.target = sum_total(&events) / sum_total(&size);
    b.target_y = scale == SCALE_SQRT ? 1 : scale_y(scale, b.target);
    if (b.status != FUNNEL_OK)
        return b;
    f.k = 0;
    for (size_t i = 0; i < k; i++) {
        if (!takes_part(scale, x[i], n[i]))
            continue;
        ScalePoint point = counts_point(&b, x[i], n[i]);
        f.y[f.k] = point.y;
        f.s[f.k++] = point.s;
    }
    set_dispersion(&b, &f, b.target_y);
    return b;
}

FunnelBasis funnel_published(ScaleKind scale, const double *y, const double *s, size_t k)
{
    FunnelBasis b = basis_new(scale, FALSE);
    g_autofree double *room = g_new(double, 3 * k + 1);
    Figures f = {room, room + k, room + 2 * k, 0};
    for (size_t i = 0; i < k; i++) {
        if (isfinite(y[i]) && isfinite(s[i]) && s[i] > 0) {
            f.y[f.k] = y[i];
            f.s[f.k++] = s[i];
        }
    }
    b.k = f.k;
    b.status = status_of(f.y, f.k);
    if (b.k == 0)
        return b;
    if (b.status == FUNNEL_OK)
        set_dispersion(&b, &f, NAN);
    else
        b.target_y = tau_robust(f.y, f.s, f.k, NAN).mean;
    b.target = scale_back(scale, b.target_y);
    return b;
}

FunnelBasis funnel_robust(ScaleKind scale, const double *y, size_t k)
{
    FunnelBasis b = basis_new(scale, FALSE);
    size_t m;
    g_autofree double *sorted = quantile_sort(y, k, &m);
    b.k = m;
    b.status = status_of(sorted, m);
    if (m == 0)
        return b;
    b.target_y = quantile_median(sorted, m);
    b.target = scale_back(scale, b.target_y);
    b.spread = quantile_mad(sorted, m);
    if (b.status == FUNNEL_OK && !(b.spread > 0))
        b.status = FUNNEL_NO_SPREAD;
    return b;
}

/* Target -/+ Z se, back on the plain scale. */
static Limits limits_back(const FunnelBasis *b, double se)
{
    if (!isfinite(se) || !isfinite(b->target_y))
        return limits_none();
    Limits l = limits_normal(b->target_y, se);
    double factor = b->counts && b->scale == SCALE_SQRT ? b->target : 1;
    return (Limits){
        factor * scale_back(b->scale, l.lower95), factor * scale_back(b->scale, l.upper95),
        factor * scale_back(b->scale, l.lower99_8), factor * scale_back(b->scale, l.upper99_8)};
}

static double with_tau(const FunnelBasis *b, double s)
{
    return sqrt(s * s + b->tau2);
}

static double counts_error(const FunnelBasis *b, double n)
{
    return 1 / (2 * sqrt(b->scale == SCALE_SQRT ? n * b->target : n));
}

Limits funnel_unadjusted(const FunnelBasis *b, double n)
{
    if (!b->counts || b->status != FUNNEL_OK || !isfinite(n) || n <= 0)
        return limits_none();
    if (b->scale == SCALE_SQRT)
        return limits_scaled(rate_poisson_limits(n * b->target), 1 / n);
    return limits_back(b, counts_error(b, n));
}

Limits funnel_adjusted(const FunnelBasis *b, double n)
{
    if (!b->counts || b->status != FUNNEL_OK || !isfinite(n) || n <= 0)
        return limits_none();
    if (!(b->tau2 > 0))
        return funnel_unadjusted(b, n);
    return limits_back(b, with_tau(b, counts_error(b, n)));
}

static FunnelPosition nowhere(void)
{
    return (FunnelPosition){NAN, NAN, NAN, limits_none(), limits_none(), FUNNEL_NOT_ESTIMABLE, 0};
}

static int side(double value, double lower, double upper)
{
    return value < lower ? -1 : value > upper ? 1 : 0;
}

/* Alert and alarm from a value and the limits it is held against. */
static void judge(FunnelPosition *p, double value, Limits l)
{
    p->direction = side(value, l.lower95, l.upper95);
    p->outlier = FUNNEL_NONE;
    if (p->direction != 0)
        p->outlier = side(value, l.lower99_8, l.upper99_8) ? FUNNEL_ALARM : FUNNEL_ALERT;
}

static FunnelPosition scores(const FunnelBasis *b, ScalePoint at)
{
    FunnelPosition p = nowhere();
    p.z = (at.y - b->target_y) / at.s;
    p.z_adjusted = b->tau2 > 0 ? (at.y - b->target_y) / with_tau(b, at.s) : p.z;
    p.p = limits_p(p.z_adjusted);
    return p;
}

FunnelPosition funnel_counts_position(const FunnelBasis *b, double x, double n)
{
    if (b->status != FUNNEL_OK || !takes_part(b->scale, x, n))
        return nowhere();
    FunnelPosition p = scores(b, counts_point(b, x, n));
    p.unadjusted = funnel_unadjusted(b, n);
    p.adjusted = b->tau2 > 0 ? funnel_adjusted(b, n) : p.unadjusted;
    judge(&p, x / n, p.adjusted);
    return p;
}

FunnelPosition funnel_published_position(const FunnelBasis *b, double y, double s)
{
    if (b->status != FUNNEL_OK || !isfinite(y) || !isfinite(s) || s <= 0)
        return nowhere();
    FunnelPosition p = scores(b, (ScalePoint){y, s});
    double se = b->tau2 > 0 ? with_tau(b, s) : s;
    p.unadjusted = limits_back(b, s);
    p.adjusted = limits_back(b, se);
    judge(&p, y, limits_normal(b->target_y, se));
    return p;
}

FunnelPosition funnel_robust_position(const FunnelBasis *b, double y)
{
    if (b->status != FUNNEL_OK || !isfinite(y))
        return nowhere();
    FunnelPosition p = nowhere();
    p.z_adjusted = (y - b->target_y) / b->spread;
    p.p = limits_p(p.z_adjusted);
    judge(&p, p.z_adjusted, limits_normal(0, 1));
    return p;
}

double funnel_chance_alerts(size_t k)
{
    return (double)k / 20;
}
