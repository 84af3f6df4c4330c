#ifndef PEERLINE_STATS_SCALE_H
#define PEERLINE_STATS_SCALE_H

#include <glib.h>

/** The scale Y on which areas are compared, and the standard error s of a figure on it.
 *
 *  The scale makes the error (nearly) independent of the level, so that one between-area variance
 *  serves all areas. `r` below is the plain ratio: value/per, without the multiplier.
 *  Source: Spiegelhalter et al. 2012 and the delta method. */

typedef enum {
    SCALE_SQRT,    /**< counts over population, standardised ratio: sqrt(x/n), s = 1/(2 sqrt n) */
    SCALE_ARCSINE, /**< counts, proportion: asin sqrt(x/n), s = 1/(2 sqrt n) */
    SCALE_LOG,     /**< published rate, amounts: ln value, s from ln-scale width/3.92 or se/value */
    SCALE_LOGIT,   /**< published percentage: logit, s = se/(r (1 - r)) */
    SCALE_PLAIN,   /**< the value itself */
} ScaleKind;

typedef struct {
    double y; /**< NAN outside the domain of the scale */
    double s; /**< NAN where unknown */
} ScalePoint;

/** r on the scale: NAN for r < 0 (sqrt, arcsine), r > 1 (arcsine), r <= 0 (log), r outside the
 *  open unit interval (logit). */
double scale_y(ScaleKind kind, double r);
/** Back to r: y below 0 gives 0 (sqrt); the angle is clipped to [0, pi/2] (arcsine). */
double scale_back(ScaleKind kind, double y);
/** Counts on SCALE_SQRT or SCALE_ARCSINE; n is E for a standardised ratio. */
ScalePoint scale_counts(ScaleKind kind, double x, double n);
/** A published figure with its 95 % limits, all divided by per, on SCALE_LOG, SCALE_LOGIT or
 *  SCALE_PLAIN. LOG: (ln upper - ln lower)/3.92 where lower > 0, else (upper - lower)/3.92/value.
 *  s is NAN where limits are missing or not of positive width. */
ScalePoint scale_published(ScaleKind kind, double r, double lower95, double upper95);
/** (upper - lower)/3.92, NAN unless positive. */
double scale_se(double lower95, double upper95);

#endif
