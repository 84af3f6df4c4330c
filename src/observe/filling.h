#ifndef OBSERVE_FILLING_H
#define OBSERVE_FILLING_H

#include "reading.h"

/** Filling one indicator's series: what its kinds of figures share. Private to this folder. */

typedef struct Strata Strata;

/** The quantities of one indicator, as read. */
typedef struct {
    Reading *r;
    const Indicator *d;
    guint indicator;
    Series *s;
    QuantityCells *numerator, *denominator, *value, *limits[4];
    Strata *strata; /**< measures by age */
} Filling;

/** Notes in words why a cell is as it is; once per cell. NULL notes nothing. */
void filling_reason(Filling *f, guint period, guint area, const char *because);
/** Why a quantity is not there: what the study declares about the area, else what was found. Gives
 *  the reason in words where there is one; area AREA_NATIONAL has none. */
Status filling_gap(Filling *f, const Quantity *q, const QuantityCell *cell, Status found,
                   guint period, int area);
/** Whether a quantity is the place's own, and if not, what it is made of. */
typedef struct {
    Status status;       /**< STATUS_OK, STATUS_RESTATED, STATUS_ESTIMATED */
    const char *because; /**< or NULL */
} Basis;
/** Marks a figure that is there as restated or estimated, with what it is made of. `n` may be NULL.
 */
void filling_basis(Filling *f, Observation *o, guint period, int area, const Basis *x,
                   const Basis *n);
/** Figures that no formula can use: the observation and its row are rejected. */
void filling_reject(Filling *f, Observation *o, const char *what);

#endif
