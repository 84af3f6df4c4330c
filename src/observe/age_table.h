#ifndef OBSERVE_AGE_TABLE_H
#define OBSERVE_AGE_TABLE_H

#include "reading.h"

/** Numbers by age band that hold for all areas: weights of a standard population, events and people
 *  of a reference population, or only the bands of a life table. */

typedef struct {
    AgeBand band;
    double weight;         /**< of a standard; else NAN */
    double events, people; /**< of a reference; else NAN */
} AgeEntry;

/** The European standard population of 2013 (Eurostat, Revision of the European Standard
 *  Population, 2013): 19 bands 0-4 to 90+, 100,000 people. AgeEntry, ascending; the caller's. */
GArray *age_table_esp2013(void);
/** The 20 bands of an abridged life table: under 1, 1-4, 5-9, ..., 90+. */
GArray *age_table_life(void);
/** Reads the file of a declared standard or reference; NULL and diagnostics where a row is no band
 *  or no number, bands overlap, or nothing has a weight. */
GArray *age_table_read(Reading *r, const AgeTable *t);

#endif
