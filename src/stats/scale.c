#include "peerline/stats/scale.h"

#include <math.h>

#define WIDTH_IN_SE 3.92 /* two-sided 95 % width, as the published standard errors are computed */

double scale_y(ScaleKind kind, double r)
{
    if (!isfinite(r))
        return NAN;
    switch (kind) {
    case SCALE_SQRT: return r < 0 ? NAN : sqrt(r);
    case SCALE_ARCSINE: return r < 0 || r > 1 ? NAN : atan2(sqrt(r), sqrt(1 - r));
    case SCALE_LOG: return r <= 0 ? NAN : log(r);
    case SCALE_LOGIT: return r <= 0 || r >= 1 ? NAN : log(r) - log1p(-r);
    case SCALE_PLAIN: return r;
    }
    return NAN;
}

static double sine_squared(double angle)
{
    if (angle <= 0)
        return 0;
    if (angle >= G_PI_2)
        return 1;
    return sin(angle) * sin(angle);
}

double scale_back(ScaleKind kind, double y)
{
    if (!isfinite(y))
        return NAN;
    switch (kind) {
    case SCALE_SQRT: return y < 0 ? 0 : y * y;
    case SCALE_ARCSINE: return sine_squared(y);
    case SCALE_LOG: return isfinite(exp(y)) ? exp(y) : NAN;
    case SCALE_LOGIT: return y < 0 ? exp(y) / (1 + exp(y)) : 1 / (1 + exp(-y));
    case SCALE_PLAIN: return y;
    }
    return NAN;
}

ScalePoint scale_counts(ScaleKind kind, double x, double n)
{
    if (!isfinite(x) || !isfinite(n) || n <= 0 || x < 0)
        return (ScalePoint){NAN, NAN};
    if (kind == SCALE_ARCSINE && x > n)
        return (ScalePoint){NAN, NAN};
    /* For proportions from x and n - x: nothing cancels near 1. */
    double y = kind == SCALE_ARCSINE ? atan2(sqrt(x), sqrt(n - x)) : sqrt(x / n);
    return (ScalePoint){y, 1 / (2 * sqrt(n))};
}

double scale_se(double lower95, double upper95)
{
    double width = upper95 - lower95;
    return isfinite(width) && width > 0 ? width / WIDTH_IN_SE : NAN;
}

static double se_on_scale(ScaleKind kind, double r, double lower95, double upper95)
{
    double se = scale_se(lower95, upper95);
    switch (kind) {
    case SCALE_LOG: return lower95 > 0 ? scale_se(log(lower95), log(upper95)) : se / r;
    case SCALE_LOGIT: return se / (r * (1 - r));
    case SCALE_PLAIN: return se;
    default: return NAN;
    }
}

ScalePoint scale_published(ScaleKind kind, double r, double lower95, double upper95)
{
    ScalePoint point = {scale_y(kind, r), NAN};
    if (!isnan(point.y) && !isnan(scale_se(lower95, upper95)))
        point.s = se_on_scale(kind, r, lower95, upper95);
    if (!isfinite(point.s))
        point.s = NAN;
    return point;
}
