#ifndef PEERLINE_STATS_VARIATION_H
#define PEERLINE_STATS_VARIATION_H

#include <stddef.h>
#include <glib.h>

/** Variation among areas. o events in n, r = o/n, m = sum o/sum n, e = m n; or plain values r with
 *  weights n. Areas with a missing or impossible figure (n <= 0, o < 0) take no part. Values may be
 *  negative (amounts after income): then Gini and Theil, which are about shares, are NAN.
 *
 *  Sources: McPherson et al. 1982; Diehr et al. 1990; Coory & Gibberd 1998; Marshall 1991. */

typedef struct {
    double k; /**< areas */
    double overall_rate;
    double eq;              /**< largest r over smallest */
    double p90_p10;         /**< type 7 */
    double iq_ratio;        /**< P75/P25 */
    double cv;              /**< sd/mean, unweighted */
    double cv_pop_weighted; /**< sqrt(sum n (r - m)^2/sum n)/m */
    double scv_diehr;       /**< mean(((o - e)/e)^2 - 1/e): may be negative; NAN without counts */
    double chisq, df, p;    /**< sum (o - e)^2/e on k - 1; NAN without counts */
    double gini_pop_weighted;
    double theil_pop_weighted;
} Variation;

typedef enum {
    VARIATION_COUNTS,     /**< Poisson counts */
    VARIATION_PROPORTION, /**< binomial: the SCV subtracts (1 - m)/e */
    VARIATION_AMOUNTS,    /**< no sampling error known: scv, chisq and p stay NAN */
} VariationKind;

/** Everything of one set. A ratio with a zero bottom is NAN; one area: cv and p NAN. */
Variation variation_of(const double *o, const double *n, size_t k, VariationKind kind);
/** Values r (published figures) with weights n; n may be NULL for equal weights. */
Variation variation_of_values(const double *r, const double *n, size_t k);
/** keep[i] = r within the type 7 quantiles [share/2, 1 - share/2] of all r (share 0.1: without the
 *  5 % extremes at each end). Returns how many are kept. */
size_t variation_trim(const double *r, size_t k, double share, gboolean *keep);

/** Marshall's global empirical Bayes: each rate shrunk to the pooled one. */
void variation_shrink(const double *o, const double *n, size_t k, double *raw, double *shrunk);

/** Ratio of the SCV of two periods, areas paired by index, with a jackknife over areas on its
 *  logarithm. All NAN if either SCV (or one left out) is not positive or below three areas. */
typedef struct {
    const double *o, *n;
} VariationPeriod;
typedef struct {
    double ratio; /**< SCV of the later over the earlier period */
    double lower95, upper95;
    double p;
} VariationChange;
VariationChange variation_change(VariationPeriod earlier, VariationPeriod later, size_t k,
                                 VariationKind kind);

#endif
