#include "peerline/stats/proportion.h"

#include <math.h>

gboolean proportion_valid(double x, double n)
{
    return isfinite(x) && isfinite(n) && x >= 0 && n > 0 && x <= n;
}

/* The limits are the roots of (n + z^2) p^2 - (2x + z^2) p + x^2/n = 0. The lower one comes from
 * the product of the roots, because the difference cancels for small x. */
static void wilson(double x, double n, double z, double out[2])
{
    double sum = 2 * x + z * z + z * sqrt(z * z + 4 * x * ((n - x) / n));
    out[0] = x == n ? n / (n + z * z) : 2 * x * (x / n) / sum;
    out[1] = x == n ? 1 : fmin(1, sum / (2 * (n + z * z)));
}

Estimate proportion_of(double x, double n, double per)
{
    if (!proportion_valid(x, n))
        return (Estimate){NAN, limits_none()};
    double two[2], three[2];
    wilson(x, n, LIMITS_Z95, two);
    wilson(x, n, LIMITS_Z99_8, three);
    Limits limits = {two[0], two[1], three[0], three[1]};
    return (Estimate){per * x / n, limits_scaled(limits, per)};
}
