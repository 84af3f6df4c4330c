#include "peerline/stats/limits.h"

#include <math.h>
#include <Rmath.h>

Limits limits_none(void)
{
    return (Limits){NAN, NAN, NAN, NAN};
}

Limits limits_scaled(Limits l, double factor)
{
    return (Limits){l.lower95 * factor, l.upper95 * factor, l.lower99_8 * factor,
                    l.upper99_8 * factor};
}

Limits limits_normal(double centre, double se)
{
    if (!isfinite(centre) || !isfinite(se))
        return limits_none();
    return (Limits){centre - LIMITS_Z95 * se, centre + LIMITS_Z95 * se, centre - LIMITS_Z99_8 * se,
                    centre + LIMITS_Z99_8 * se};
}

double limits_p(double z)
{
    return isnan(z) ? NAN : 2 * pnorm(-fabs(z), 0, 1, 1, 0);
}
