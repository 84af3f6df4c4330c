#ifndef PEERLINE_STATS_RANK_H
#define PEERLINE_STATS_RANK_H

#include <stddef.h>
#include <glib.h>

/** Ranks, percentiles, standard scores and intervals for ranks. A missing value has no rank and is
 *  not counted. Ties are equality of the doubles. */

/** All ranks of one value; NAN where it is missing. N = values present. */
typedef struct {
    double min;          /**< competition, ascending: 1 2 2 4 */
    double max;          /**< 1 3 3 4 */
    double average;      /**< 1 2.5 2.5 4 */
    double min_desc;     /**< competition, highest = 1 */
    double dense;        /**< 1 2 2 3 */
    double percent_rank; /**< (min - 1)/(N - 1), NAN for N = 1 */
    double cume_dist;    /**< max/N */
    double midrank_pct;  /**< 100 (average - 0.5)/N */
} Rank;

void rank_all(const double *v, size_t n, Rank *out);
/** Competition rank only. */
void rank_competition(const double *v, size_t n, gboolean descending, double *out);
/** Mid-rank percentile only. */
void rank_percentile(const double *v, size_t n, double *out);

/** (v - mean)/sd; all NAN where sd is 0 or undefined. */
void rank_z(const double *v, size_t n, double *out);
/** (v - median)/(1.4826 MAD); all NAN where the MAD is 0. */
void rank_robust_z(const double *v, size_t n, double *out);

/** Intervals for ranks. Source: Klein, Wright & Wieczorek 2020. Each area's interval est -/+ z se
 *  is laid against all others: lower = 1 + how many lie wholly below, upper = N - how many lie
 *  wholly above. Sidak and Bonferroni make the whole set of ranks right at once with at least that
 *  confidence; the individual level holds for one area picked beforehand, and not even then
 *  exactly. */
typedef enum { RANK_INDIVIDUAL, RANK_SIDAK, RANK_BONFERRONI } RankLevel;

/** Normal quantile of each interval for `k` areas at joint (or individual) confidence c. */
double rank_critical(RankLevel level, size_t k, double confidence);
/** Ranks 1..N ascending, N = areas with an estimate. An area without se (NAN) gets no interval and
 *  may lie anywhere for the others; se = 0 is allowed. `critical` from rank_critical() with k =
 *  rank_interval_areas(). */
void rank_interval(const double *est, const double *se, size_t n, double critical,
                   double (*interval)[2]);
/** How many areas have both an estimate and an se. */
size_t rank_interval_areas(const double *est, const double *se, size_t n);

#endif
