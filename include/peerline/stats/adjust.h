#ifndef PEERLINE_STATS_ADJUST_H
#define PEERLINE_STATS_ADJUST_H

#include <stddef.h>

/** p values adjusted for how many there are; N = those present, a missing one stays missing.
 *  `out` may be `p`. Sources: Benjamini & Hochberg 1995; Holm 1979; Bonferroni. */

/** False discovery rate: running minimum of p N/rank from the largest down, at most 1. */
void adjust_bh(const double *p, size_t n, double *out);
/** Family-wise error: running maximum of p (N - rank + 1), at most 1. */
void adjust_holm(const double *p, size_t n, double *out);
/** p N, at most 1. */
void adjust_bonferroni(const double *p, size_t n, double *out);

#endif
