#ifndef PEERLINE_STATS_LIMITS_H
#define PEERLINE_STATS_LIMITS_H

/** What the whole of stats/ shares: levels of confidence and the pair of intervals that goes with
 *  every published figure.
 *
 *  Conventions of stats/ (they hold in every header of this folder unless it says otherwise):
 *  - pure functions: no input or output, no globals, safe to call from any thread;
 *  - a missing number is NAN, in and out; an infinity never comes out;
 *  - arrays are `const double *` with a length; results go to arrays of the caller of that length;
 *  - "2 sigma" means 95 % and "3 sigma" means 99.8 %, by their exact normal quantiles. */

#define LIMITS_Z95   1.959963984540054 /**< standard normal quantile at 0.975 */
#define LIMITS_Z99_8 3.090232306167813 /**< standard normal quantile at 0.999 */

/** Both intervals of a figure, on the scale of that figure. NAN where there is none. */
typedef struct {
    double lower95, upper95;
    double lower99_8, upper99_8;
} Limits;

/** A figure with its intervals. */
typedef struct {
    double value;
    Limits limits;
} Estimate;

/** All four NAN. */
Limits limits_none(void);
/** Each limit times `factor` (factor > 0 keeps them in order). */
Limits limits_scaled(Limits l, double factor);
/** centre -/+ Z se at both levels; all NAN unless both are finite. */
Limits limits_normal(double centre, double se);
/** Two-sided normal p value of z; NAN for NAN. */
double limits_p(double z);

#endif
