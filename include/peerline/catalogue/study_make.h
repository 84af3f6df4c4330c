#ifndef PEERLINE_CATALOGUE_STUDY_MAKE_H
#define PEERLINE_CATALOGUE_STUDY_MAKE_H

#include "peerline/catalogue/study.h"

/** A study made in memory, where there are no definitions to read (`assess`). Freed by
 *  study_free() like any other, with everything that was taken from it here. */

/** Empty: no sources, areas, peers or indicators. */
Study *study_make(void);
/** A copy of the text that the study owns; NULL gives NULL. */
char *study_make_text(Study *s, const char *text);
/** n zeroed items of `size` bytes that the study owns; NULL for none. */
gpointer study_make_array(Study *s, guint n, gsize size);
/** A quantity that is not declared (source -1, scale 1). */
Quantity study_make_no_quantity(void);

#endif
