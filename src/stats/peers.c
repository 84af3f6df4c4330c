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

PeerPosition peers_position(const PeerBasis *b, double y, double s)
{
    if (!isfinite(b->mu) || !isfinite(y))
        return (PeerPosition){NAN, NAN};
    if (b->robust) {
        double z = (y - b->mu) / b->spread;
        return (PeerPosition){z, limits_p(z)};
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
