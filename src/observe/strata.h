#ifndef OBSERVE_STRATA_H
#define OBSERVE_STRATA_H

#include "filling.h"

/** The age bands of one indicator, and how those of its sources go into them. */
struct Strata {
    GArray *entries;     /**< AgeEntry, ascending */
    guint *of_numerator; /**< by band of the source: index of the entry, or STRATA_OUTSIDE */
    guint *of_denominator;
};
#define STRATA_OUTSIDE G_MAXUINT

/** The bands: of the standard, the reference or the life table, or, for a ratio against all areas,
 *  those of the numerator; all within the indicator's ages. Each band of a source must lie within
 *  one of them, and together they must make up all of it. NULL and diagnostics where they do not.
 */
Strata *strata_new(Filling *f);
void strata_free(Strata *s);

/** The numbers of a quantity for one area and period. */
typedef struct {
    Status status; /**< STATUS_OK: all bands are there */
    char *because; /**< which band is not, in words; NULL where nothing is there at all */
    const QuantityCell *first; /**< the one on the earliest line; NULL = none */
    guint rows;                /**< how many rows took part */
    Basis basis;               /**< of the band that is least the area's own */
} StrataNumbers;

/** Fills out[] by stratum; NAN where the status is not STATUS_OK. */
StrataNumbers strata_numbers(const Filling *f, gboolean denominator, Period period, int area,
                             double *out);

#endif
