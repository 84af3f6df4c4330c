#ifndef PEERLINE_STATS_QUANTILE_H
#define PEERLINE_STATS_QUANTILE_H

#include <stddef.h>
#include <glib.h>

/** Quantiles, groups of equal number, and robust centre and spread. Missing values are skipped.
 *
 *  Quantiles are type 7 of Hyndman & Fan 1996 (the default of R): with v sorted and h = (n-1)p,
 *  k = floor h: v[k] + (h - k)(v[k+1] - v[k]). */

/** Type 7 of values already sorted ascending and without a missing one; NAN for n = 0. */
double quantile_sorted(const double *sorted, size_t n, double p);
/** Type 7 of values in any order; NAN if none is present. */
double quantile_of(const double *v, size_t n, double p);
/** The present values, sorted ascending, newly allocated (g_free); *m how many. */
double *quantile_sort(const double *v, size_t n, size_t *m);
double quantile_median(const double *v, size_t n);
/** 1.4826 x median absolute deviation from the median; 0 when over half are equal. */
double quantile_mad(const double *v, size_t n);
/** Sample mean and standard deviation (n - 1, two passes) of the values present; sd NAN below two.
 */
void quantile_mean_sd(const double *v, size_t n, double *mean, double *sd);

/** Group 1..groups of each value, NAN where missing. Tied values share a group, so sizes can be
 *  uneven. With `invert` the highest values are group 1. All NAN if fewer values than groups.
 *  Source: the rule of the public health practice of England, on competition ranks. */
void quantile_groups(const double *v, size_t n, unsigned groups, gboolean invert, double *out);

#endif
