#ifndef PEERLINE_STATS_SLIP_H
#define PEERLINE_STATS_SLIP_H

#include <stddef.h>

/** Figures that seem to be in another unit than those beside them: pounds among thousands of
 *  pounds, a share among percentages.
 *
 *  All comparisons are of decimal logarithms, so only figures above 0 take part. A figure is off by
 *  the power k (2, 3, 4, -2, -3, -4) where its distance from the usual one lies within a band
 *  around k, and where so large a distance does not occur among the others. Own method; the bands
 *  were set so that none of 230,000 figures of sound files is named (docs/METHODS.md). */

enum { SLIP_FEWEST = 10, /**< figures that make a usual one */ SLIP_MOST_POWER = 4 };

/** The usual figure of many areas, of those above 0: how many there are and their median; median
 *  and 1.4826 x MAD of their log10. */
typedef struct {
    double median, centre, spread;
    size_t n;
} SlipUsual;

SlipUsual slip_usual(const double *values, size_t n);
/** How many powers of ten `value` is off, 0 = none. The band is 3 spreads, at least a factor of
 *  1.6 and at most 2.5; the distance is at least 6 spreads; SLIP_FEWEST figures or more. */
int slip_among(const SlipUsual *usual, double value);
/** Against the same area's other periods: at least two above 0, two thirds of which lie within a
 *  factor of 3 of their median, which `*median` gives; the band is a factor of 2. */
int slip_in_history(const double *others, size_t n, double value, double *median);
/** The power of a ratio that lies within a factor of 1.6 of one, 0 = none. */
int slip_of_ratio(double ratio);

#endif
