#include "peerline/stats/opportunity.h"

#include <glib.h>
#include <math.h>

#include "peerline/stats/peers.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/tau.h"

/* The counterpart of s = width/3.92: an area against exact peers gets its own limits back. */
#define SE_IN_HALF_WIDTH 1.96

/* Variance of the gap; NAN where the area or too few peers have an error. */
static double gap_variance(OpportunityArea area, OpportunityPeers peers)
{
    if (peers.s == NULL || !isfinite(area.s) || area.s <= 0)
        return NAN;
    double squares = 0;
    size_t k = 0;
    for (size_t j = 0; j < peers.n; j++) {
        if (isfinite(peers.value[j]) && isfinite(peers.s[j]) && peers.s[j] > 0) {
            squares += peers.s[j] * peers.s[j];
            k++;
        }
    }
    if (k < PEERS_MIN)
        return NAN;
    double tau2 = tau_robust(peers.value, peers.s, peers.n, NAN).tau2, count = (double)k;
    /* pi/2: the variance of a median against that of a mean */
    return area.s * area.s + G_PI_2 * (squares / count + tau2) / count;
}

static size_t with_value(OpportunityPeers peers)
{
    size_t k = 0;
    for (size_t j = 0; j < peers.n; j++)
        k += !isnan(peers.value[j]);
    return k;
}

Opportunity opportunity_of(OpportunityArea area, OpportunityPeers peers)
{
    Opportunity out = {NAN, NAN, NAN, NAN};
    double scale = area.denominator / area.per;
    if (area.good == 0 || with_value(peers) < PEERS_MIN || !isfinite(area.value) ||
        !isfinite(scale) || scale <= 0)
        return out;
    double difference = area.value - quantile_median(peers.value, peers.n);
    out.gap = area.good > 0 ? -difference : difference;
    out.amount = fmax(0, out.gap) * scale;
    double half = SE_IN_HALF_WIDTH * sqrt(gap_variance(area, peers));
    if (isfinite(half)) {
        out.lower95 = fmax(0, out.gap - half) * scale;
        out.upper95 = fmax(0, out.gap + half) * scale;
    }
    return out;
}
