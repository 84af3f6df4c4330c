#ifndef PEERLINE_STATS_OVERDISPERSION_H
#define PEERLINE_STATS_OVERDISPERSION_H

#include <stddef.h>
#include <glib.h>
#include "peerline/stats/limits.h"

/** Funnels as the field's packages draw them: `calc funnel`. The product's own rule is funnel.h.
 *
 *  Sources: Spiegelhalter 2005, 2012; DerSimonian & Laird 1986; NHS Digital's SHMI method. Limits
 *  are the corrected ones: squared back for CQC, angles clipped for proportions, each row's own
 *  delta-method s for ratios of counts. */

typedef enum {
    OVERDISPERSION_SR_SHMI, /**< ln(O/E), s = 1/sqrt E, z truncated */
    OVERDISPERSION_SR_CQC,  /**< sqrt(O/E), s = 1/(2 sqrt E), z winsorised */
    OVERDISPERSION_PR,      /**< asin sqrt(x/n), s = 1/(2 sqrt n), winsorised */
    OVERDISPERSION_RC,      /**< ln((a+.5)/(b+.5)), delta-method s, winsorised */
} OverdispersionType;

typedef struct {
    double rr; /**< num/den */
    double z;  /**< NAN where it is infinite (SHMI with no event) */
    gboolean trimmed;
    double z_winsorised;         /**< NAN for a truncated row */
    Limits unadjusted, adjusted; /**< times per */
    gboolean outlier95, outlier99_8;
} OverdispersionRow;

typedef struct {
    double phi;
    double tau2;   /**< 0 where not estimable (one area) */
    double target; /**< plain ratio */
} Overdispersion;

typedef struct {
    const double *num, *den;
    size_t n;
    OverdispersionType type;
    double trim; /**< share at each end, in (0, 0.5) */
    double per;
} OverdispersionInput;

/** TRUE if num and den are in the domain of the type (num >= 0, den > 0; num <= den for PR). */
gboolean overdispersion_valid(OverdispersionType type, double num, double den);
/** Rows with a missing num or den take no part and come out missing. Where there is no target on
 *  the scale (ratios of counts without a single event), only rr is there. */
Overdispersion overdispersion_funnel(const OverdispersionInput *in, OverdispersionRow *out);

#endif
