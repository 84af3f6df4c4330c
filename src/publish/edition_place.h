#ifndef PEERLINE_PUBLISH_EDITION_PLACE_H
#define PEERLINE_PUBLISH_EDITION_PLACE_H

#include <glib.h>

/** Where an edition goes: the target with every link resolved, and what lies there now. */
typedef struct {
    char *target;        /**< absolute, no links, no trailing slash */
    char *parent, *name; /**< its directory and its last part */
    gboolean earlier;    /**< an edition of ours lies there */
    GPtrArray *made;     /**< directories that had to be made above it, outermost first */
} Place;

/** Resolves and checks `text`: absent (the directories above it are made), empty, or an edition of
 *  ours; else PEERLINE_ERROR_USAGE. */
Place *place_find(const char *text, GError **error);
/** Looks again at what lies at the target: what was true before a lock was taken may be so no more.
 */
gboolean place_check(Place *place, const char *text, GError **error);
/** Removes the directories that were made, as far as nothing came to lie in them. */
void place_undo(const Place *place);
void place_free(Place *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Place, place_free)

#endif
