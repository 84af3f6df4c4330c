#ifndef OBSERVE_SET_H
#define OBSERVE_SET_H

#include "peerline/observe/observation.h"

/** Building an ObservationSet; used by `observe` and by the readers of `assess`, nobody else. */

/** Empty set; every array that is put into it must come from g_new*, every string from
 *  observation_set_string(). */
ObservationSet *observation_set_new(void);
/** The one copy of this text that the set owns; NULL gives NULL. */
char *observation_set_string(ObservationSet *set, const char *text);
/** The same of a name for people, on one line: text_squeeze(). */
char *observation_set_line(ObservationSet *set, const char *text);
/** Takes the areas, sorts them by code. */
void observation_set_areas(ObservationSet *set, GArray *areas);
/** Makes the grid of a series: all cells missing with `status`. Periods and labels are the
 * caller's. */
void series_make_grid(Series *series, guint n_areas, Status status);
/** An observation with nothing in it. */
Observation observation_missing(Status status);
/** Appends a reject of a source: names the source, copies the text and counts the row. */
void rejects_add(GArray *rejects, ObservationSet *set, guint source, Reject reject);
/** Orders by file, line, rule and takes the array over. */
void observation_set_rejects(ObservationSet *set, GArray *rejects);

#endif
