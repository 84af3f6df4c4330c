#ifndef PEERLINE_PUBLISH_EDITION_SHELF_H
#define PEERLINE_PUBLISH_EDITION_SHELF_H

#include "edition_place.h"

/** Earlier editions beside the target: TARGET.editions/0001_2017-10-25. */

/** Makes the shelf, so that a run which could not keep anything fails before it publishes. */
gboolean shelf_prepare(const Place *place, GError **error);
/** Moves a directory that holds an earlier edition to the shelf, in one step. */
gboolean shelf_put(const Place *place, const char *directory, GError **error);
/** Removes all but the `keep` latest. What does not look like ours stays. */
void shelf_prune(const Place *place, guint keep);
/** Whether `directory` holds the edition that the one at the target replaced: what a run leaves
 *  that is killed between the exchange and the shelf. */
gboolean shelf_is_predecessor(const Place *place, const char *directory);

/** Removes a directory with all that is in it; links are not followed. */
void shelf_remove_tree(const char *path);

#endif
