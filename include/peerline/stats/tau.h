#ifndef PEERLINE_STATS_TAU_H
#define PEERLINE_STATS_TAU_H

#include <stddef.h>

/** Variance between areas, beyond chance. */

/** Mean square of a standard normal winsorised at its 10th and 90th centiles. */
#define TAU_WINSOR_MEAN_SQUARE 0.678655

typedef struct {
    double tau2;     /**< >= 0; 0 also for fewer than two areas */
    double mean;     /**< the target: as given, or the inverse-variance mean at this tau2 */
    double var_mean; /**< 1/sum w at this tau2; 0 where the target was given */
    size_t k;        /**< areas with y and s */
} Tau;

/** Robust Paule-Mandel. tau2 >= 0 solves
 *      mean(clip(z; q10, q90)^2)/0.678655 = (k - 1)/k,   z_i = (y_i - T)/sqrt(s_i^2 + tau2),
 *  q10 and q90 the type 7 quantiles of those z; 0 if the left side is not above the right at 0.
 *  Bisection to 1e-12 relative. `target` NAN: T is the inverse-variance mean, recomputed at each
 *  trial tau2 with weights 1/(s^2 + tau2). Areas without y or s > 0 are skipped.
 *  Sources: Paule & Mandel 1982; winsorising as Spiegelhalter 2005, corrected for what it removes.
 */
Tau tau_robust(const double *y, const double *s, size_t n, double target);
/** DerSimonian & Laird 1986 from winsorised z and phi (the field's usual rule): 0 if k phi < k - 1.
 *  `s` of the areas kept, `phi` as reported. 0 for fewer than two areas. */
double tau_dersimonian_laird(const double *s, size_t k, double phi);

#endif
