#include "peerline/stats/rate.h"

#include <math.h>

#include "gamma_limits.h"

#define BYAR_FROM 10

gboolean rate_valid(double x, double n)
{
    return isfinite(x) && isfinite(n) && x >= 0 && n > 0;
}

const char *rate_method_name(RateMethod method)
{
    return method == RATE_EXACT ? "Exact" : "Byars";
}

static double byar_lower(double x, double z)
{
    double root = 1 - 1 / (9 * x) - z / (3 * sqrt(x));
    return root < 0 ? NAN : x * root * root * root;
}

static double byar_upper(double x, double z)
{
    double y = x + 1, root = 1 - 1 / (9 * y) + z / (3 * sqrt(y));
    return y * root * root * root;
}

/* X2(p, 2a)/2 is the quantile of a gamma distribution with shape a. */
static Limits exact_limits(double x)
{
    return (Limits){x > 0 ? gamma_limit(GAMMA_LOWER95, x) : 0, gamma_limit(GAMMA_UPPER95, x + 1),
                    x > 0 ? gamma_limit(GAMMA_LOWER99_8, x) : 0,
                    gamma_limit(GAMMA_UPPER99_8, x + 1)};
}

Limits rate_count_byar(double x)
{
    if (!isfinite(x) || x <= 0)
        return limits_none();
    return (Limits){byar_lower(x, LIMITS_Z95), byar_upper(x, LIMITS_Z95),
                    byar_lower(x, LIMITS_Z99_8), byar_upper(x, LIMITS_Z99_8)};
}

Limits rate_count_limits(double x)
{
    if (!isfinite(x) || x < 0)
        return limits_none();
    if (x >= BYAR_FROM)
        return rate_count_byar(x);
    return exact_limits(x);
}

Rate rate_of(double x, double n, double per)
{
    if (!rate_valid(x, n))
        return (Rate){NAN, limits_none(), RATE_EXACT};
    return (Rate){per * x / n, limits_scaled(rate_count_limits(x), per / n),
                  x < BYAR_FROM ? RATE_EXACT : RATE_BYAR};
}

Limits rate_poisson_limits(double expected)
{
    if (!isfinite(expected) || expected <= 0)
        return limits_none();
    return exact_limits(expected);
}
