#ifndef PEERLINE_STATS_PROPORTION_H
#define PEERLINE_STATS_PROPORTION_H

#include <glib.h>
#include "peerline/stats/limits.h"

/** Proportions with Wilson's score interval, no continuity correction, no switch for small counts.
 *
 *  Source: Wilson 1927; Newcombe & Altman 2000. Written so that nothing cancels near 0 and 1: the
 *  limits lie within [0, per], and bracket the value. */

/** TRUE if 0 <= x <= n and n > 0, both finite. */
gboolean proportion_valid(double x, double n);
/** x of n (fractions allowed), value and limits times `per`. All NAN unless proportion_valid(). */
Estimate proportion_of(double x, double n, double per);

#endif
