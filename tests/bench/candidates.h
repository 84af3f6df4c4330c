#ifndef TESTS_BENCH_CANDIDATES_H
#define TESTS_BENCH_CANDIDATES_H

#include <glib.h>
#include <math.h>
#include <Rmath.h>

#include "peerline/stats/limits.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/tau.h"

/** Rules that the product does not use, simulated beside those it does. */

/** Whether x events lie outside exact prediction limits around E: the exact interval for x does
 *  not hold E. 0 = inside, 1 = outside 95 %, 2 = outside 99.8 %. */
static inline int candidate_exact(double x, double expected)
{
    Limits at = rate_poisson_limits(x > 0 ? x : 1);
    if (x <= 0) /* the interval of no events begins at 0 */
        at = (Limits){0, -log(0.025), 0, -log(0.001)};
    if (expected < at.lower99_8 || expected > at.upper99_8)
        return 2;
    return expected < at.lower95 || expected > at.upper95 ? 1 : 0;
}

/** Normal score of a mid-p value given the logarithms of the probabilities of fewer, of as many and
 *  of more than were seen (logarithms, so that far tails keep their distance). */
static inline double candidate_score(double fewer, double same, double more)
{
    double lower = logspace_add(fewer, same - M_LN2), upper = logspace_add(more, same - M_LN2);
    return lower < upper ? qnorm(lower, 0, 1, 1, 1) : qnorm(upper, 0, 1, 0, 1);
}

static inline double candidate_poisson_score(double x, double mean)
{
    return candidate_score(x > 0 ? ppois(x - 1, mean, 1, 1) : -INFINITY, dpois(x, mean, 1),
                           ppois(x, mean, 0, 1));
}

/** Negative binomial: mean E, and a gamma distributed level whose square root has variance tau2. */
static inline double candidate_gamma_poisson_score(double x, double mean, double tau2)
{
    if (!(tau2 > 1e-9))
        return candidate_poisson_score(x, mean);
    double size = 1 / (4 * tau2);
    return candidate_score(x > 0 ? pnbinom_mu(x - 1, size, mean, 1, 1) : -INFINITY,
                           dnbinom_mu(x, size, mean, 1), pnbinom_mu(x, size, mean, 0, 1));
}

/** tau2 of the product's equation from mid-p scores in place of (Y - T)/s. */
static inline double candidate_tau2(const double *x, const double *expected, int k)
{
    g_autofree double *y = g_new(double, (gsize)k + 1);
    g_autofree double *s = g_new(double, (gsize)k + 1);
    for (int i = 0; i < k; i++) {
        s[i] = 1 / (2 * sqrt(expected[i]));
        y[i] = s[i] * candidate_poisson_score(x[i], expected[i]);
    }
    return tau_robust(y, s, (size_t)k, 0).tau2;
}

/** p of a robust z among k values with few degrees of freedom (MAD of few is too small by k/(k -
 * 0.8), Croux & Rousseeuw 1992; its efficiency of 37 % leaves 0.37 (k - 1) df): used among peers,
 * not against all areas. */
static inline double candidate_robust_p(double z, double k)
{
    double bias = k / (k - 0.8);
    return 2 * pt(-fabs(z) / bias, fmax(1, 0.37 * (k - 1)), 1, 0);
}

#endif
