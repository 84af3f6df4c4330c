#ifndef PEERLINE_STATS_LIFE_H
#define PEERLINE_STATS_LIFE_H

#include <glib.h>
#include "peerline/stats/limits.h"

/** Life expectancy from an abridged life table: 20 bands 0, 1, 5, 10, ..., 90+.
 *  Sources: Chiang 1968; Silcocks, Jenner & Reza 2001. */

#define LIFE_BANDS 20
extern const double life_startage[LIFE_BANDS];

/** Expectancy at the start of each band. Suppressed as a whole (FALSE, all NAN) if a figure is
 *  missing, a population is not above 0, deaths are negative or exceed the population, or fewer
 *  than 5,001 people in all. The value alone is NAN at an age where 1.96 SE exceeds 10 years. */
gboolean life_table(const double pop[LIFE_BANDS], const double deaths[LIFE_BANDS],
                    Estimate out[LIFE_BANDS]);

#endif
