#ifndef PEERLINE_STATS_OPPORTUNITY_H
#define PEERLINE_STATS_OPPORTUNITY_H

#include <stddef.h>

/** What an area would gain at the level of its peers' median: events or pounds. Never negative.
 *  gap = (value - peer median) in the bad direction; opportunity = max(0, gap) denominator/per;
 *  var(gap) = s_i^2 + (pi/2)(mean s_j^2 + tau2_p)/k on the scale of value; the interval is the
 *  gap's, gap -/+ 1.96 sqrt(var) as s is width/3.92, each end cut at 0. Raw gaps of the most
 * extreme areas regress to the mean. */

typedef struct {
    double gap;                      /**< on the scale of value, positive = in the bad direction */
    double amount, lower95, upper95; /**< in units of the numerator */
} Opportunity;

typedef struct {
    const double *value, *s; /**< of the peers, scale of value; s NAN or NULL where unknown */
    size_t n;
} OpportunityPeers;

typedef struct {
    double value, s, denominator, per;
    int good; /**< +1 high is good, -1 low is good; 0 gives all NAN */
} OpportunityArea;

/** All NAN below 5 peers with a value or without the area's value or denominator; interval NAN if
 *  the area or fewer than 5 peers have an s. */
Opportunity opportunity_of(OpportunityArea area, OpportunityPeers peers);

#endif
