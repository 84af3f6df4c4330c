#include "peerline/stats/peers.h"

#include <math.h>
#include <Rmath.h>

#include "peerline/stats/limits.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/tau.h"

PeerBasis peers_basis(const double *y, const double *s, size_t n)
{
    Tau tau = tau_robust(y, s, n, NAN);
    if (tau.k < PEERS_MIN)
        return (PeerBasis){tau.k, FALSE, NAN, NAN, NAN, NAN};
    return (PeerBasis){tau.k, FALSE, tau.mean, tau.var_mean, tau.tau2, NAN};
}

PeerBasis peers_robust(const double *y, size_t n)
{
    size_t k;
    g_autofree double *sorted = quantile_sort(y, n, &k);
    double spread = quantile_mad(sorted, k);
    if (k < PEERS_MIN_ROBUST || !(spread > 0))
        return (PeerBasis){k, TRUE, NAN, NAN, NAN, NAN};
    return (PeerBasis){k, TRUE, quantile_median(sorted, k), 0, NAN, spread};
}

/* Median and MAD of a handful of peers are themselves uncertain, and a normal p would call 9 to 20
 * % of ordinary areas unusual instead of 5 (docs/CALIBRATION.md). The MAD of k values is too small
 * by k/(k - 0.8) (Croux & Rousseeuw 1992), has 37 % of the efficiency of a standard deviation,
 * hence 0.37 (k - 1) degrees of freedom, and a new value differs from a median of variance pi/2k
 * too. */
static double robust_p(double z, double k)
{
    const double bias = k / (k - 0.8), spread = sqrt(1 + M_PI_2 / k);
    return 2 * pt(-fabs(z) / (bias * spread), 0.37 * (k - 1), 1, 0);
}

PeerPosition peers_position(const PeerBasis *b, double y, double s)
{
    if (!isfinite(b->mu) || !isfinite(y))
        return (PeerPosition){NAN, NAN};
    if (b->robust) {
        const double z = (y - b->mu) / b->spread;
        return (PeerPosition){z, robust_p(z, (double)b->k)};
    }
    if (!isfinite(s) || s <= 0)
        return (PeerPosition){NAN, NAN};
    double z = (y - b->mu) / sqrt(s * s + b->tau2 + b->var_mu);
    return (PeerPosition){z, 2 * pt(-fabs(z), (double)b->k - 1, 1, 0)};
}

PeerPosition peers_pair(PeerFigure area, PeerFigure peer, int good)
{
    double se = hypot(area.s, peer.s), difference = peer.y - area.y;
    if (!isfinite(difference) || !isfinite(se) || !(area.s > 0) || !(peer.s > 0) || good == 0)
        return (PeerPosition){NAN, NAN};
    double z = difference / se;
    return (PeerPosition){z, pnorm(good > 0 ? -z : z, 0, 1, 1, 0)};
}
