#ifndef OBSERVE_STANDARDISED_H
#define OBSERVE_STANDARDISED_H

#include "filling.h"

/** Figures standardised for age (METHODS 1.4 to 1.6): directly standardised rates, indirectly
 *  standardised ratios, life expectancies.
 *
 *  numerator and denominator of an observation: events and people (for a ratio: events and expected
 *  events). A figure without one of its age bands is missing, never partial; the reason says which
 *  band. Limits of a rate and of a life expectancy are computed here, from the bands, and from then
 *  on treated like published ones; those of a ratio follow from its counts. */

/** Fits the bands, gathers the numbers by band and the rates of the reference. FALSE and
 *  diagnostics where that cannot be. */
gboolean standardised_begin(Filling *f);
Observation standardised_observe(Filling *f, guint period, int area);
/** Does nothing for other measures. */
void standardised_end(Filling *f);

#endif
