#ifndef PEERLINE_STATS_FUNNEL_H
#define PEERLINE_STATS_FUNNEL_H

#include <stddef.h>
#include <glib.h>
#include "peerline/stats/limits.h"
#include "peerline/stats/scale.h"

/** Funnels: every area against all of them, what is chance and what is not.
 *
 *  The product's own rule. First a basis from all ranked areas of one indicator and period (target,
 *  phi, tau2), then a position for each area, and limits for any size (to draw the curves).
 *  Targets and limits are plain ratios: multiply by `per`. tau2 is on the scale of comparison
 *  (for counts over a population relative to the target: sqrt(x/E)).
 *  Sources: Spiegelhalter 2005, 2012; Paule & Mandel 1982 made robust (tau.h). */

#define FUNNEL_MIN_AREAS 10

typedef enum {
    FUNNEL_OK,
    FUNNEL_FEW_AREAS, /**< fewer than FUNNEL_MIN_AREAS areas have what their kind needs */
    FUNNEL_ALL_EQUAL, /**< every area has the same value */
    FUNNEL_NO_SPREAD, /**< over half of the areas have the same value: no robust spread (MAD = 0) */
} FunnelStatus;

typedef enum { FUNNEL_NONE, FUNNEL_ALERT, FUNNEL_ALARM, FUNNEL_NOT_ESTIMABLE } FunnelOutlier;

typedef struct {
    ScaleKind scale;
    gboolean counts; /**< from counts (numerator and denominator) rather than from y and s */
    FunnelStatus status;
    size_t k;        /**< areas that took part */
    double target;   /**< plain ratio; NAN if no area took part */
    double target_y; /**< on the scale */
    double phi;      /**< winsorised (10 % each end) mean square of z; NAN for the robust kind */
    double tau2;     /**< NAN for the robust kind */
    double spread;   /**< robust kind: 1.4826 MAD of Y; else NAN */
} FunnelBasis;

typedef struct {
    double z, z_adjusted;
    double p; /**< two-sided, from z_adjusted */
    Limits unadjusted, adjusted;
    FunnelOutlier outlier;
    int direction; /**< -1 lower, 0 similar, 1 higher */
} FunnelPosition;

/** Counts x of n (n = expected for a standardised ratio). SCALE_SQRT: T0 = sum x/sum n and the
 *  relative form sqrt(x/E) - 1, E = n T0. SCALE_ARCSINE: proportions. Rows that are not valid
 *  (missing, n <= 0, x < 0, x > n of a proportion) take no part. */
FunnelBasis funnel_counts(ScaleKind scale, const double *x, const double *n, size_t k);
/** Position of one area; everything NAN and FUNNEL_NOT_ESTIMABLE where it or the basis is not. */
FunnelPosition funnel_counts_position(const FunnelBasis *b, double x, double n);

/** Published figures on SCALE_LOG, SCALE_LOGIT or SCALE_PLAIN with standard errors (scale.h); the
 *  target is the inverse-variance mean with tau2. */
FunnelBasis funnel_published(ScaleKind scale, const double *y, const double *s, size_t k);
FunnelPosition funnel_published_position(const FunnelBasis *b, double y, double s);

/** Figures without a sampling error: robust z = (y - median)/(1.4826 MAD), in z_adjusted; no z, no
 *  limits; "unusual among areas". */
FunnelBasis funnel_robust(ScaleKind scale, const double *y, size_t k);
FunnelPosition funnel_robust_position(const FunnelBasis *b, double y);

/** Limits for an area of size n (denominator, counts only) as plain ratios. Unadjusted: exact
 *  Poisson (SCALE_SQRT), else back-transformed T -/+ Z s. Adjusted: with tau2; where tau2 is 0 the
 *  unadjusted ones. */
Limits funnel_unadjusted(const FunnelBasis *b, double n);
Limits funnel_adjusted(const FunnelBasis *b, double n);
/** How many of k areas are expected outside the 95 % limits by chance: k/20. */
double funnel_chance_alerts(size_t k);

#endif
