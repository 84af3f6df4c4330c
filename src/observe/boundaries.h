#ifndef OBSERVE_BOUNDARIES_H
#define OBSERVE_BOUNDARIES_H

#include "reading.h"

/** Areas over time: which there have been, and what became of them. Private to this folder.
 *
 *  A place is a row of the register. Codes that the changes declare to be the same council under
 *  another code are one place. The study's areas are all places, or, with `as_of`, those in force
 * on that day; the others serve only to restate figures. An index of a place is the index of its
 * area where it is one, and counts on from there for the others. */
typedef struct {
    Area area;        /**< strings are the set's; classes are only the areas' own */
    guint32 from, to; /**< first and last day, as in GDate; 0: there is no such day */
    gboolean foreign; /**< named by a change alone: no row of the register */
    int same_as;      /**< while loading: the place that this is under another code, or -1 */
} Ground;

/** One part of one place's way into another. */
typedef struct {
    guint from, to;    /**< indices of places */
    double share;      /**< of `from` that went to `to`; NAN: not stated */
    const char *basis; /**< of the share, or "" */
} Change;

struct BoundaryMap {
    GArray *places;    /**< Ground */
    GArray *changes;   /**< Change */
    GHashTable *codes; /**< code, also of the same council under another one -> index + 1 */
};

static inline const Ground *boundary_place(const BoundaryMap *b, guint i)
{
    return &g_array_index(b->places, Ground, i);
}

/** Takes the register's places (Ground, same_as -1) and makes the map, and the areas of the set. */
void boundaries_take(Reading *r, GArray *places);
/** Reads a day; FALSE where the text is neither blank (0) nor YYYY-MM-DD. */
gboolean boundaries_day(const char *text, guint32 *day);
/** "31 March 2019"; newly allocated. */
char *boundaries_day_words(guint32 day);
/** "Dorset (E06000059) and Bournemouth, Christchurch and Poole (E06000058)"; newly allocated. */
char *boundaries_names(const BoundaryMap *b, const GArray *places);
/** What became of a place that ended, in a sentence, or NULL; newly allocated. */
char *boundaries_fate(const BoundaryMap *b, guint place);

#endif
