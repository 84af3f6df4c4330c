#ifndef PEERLINE_PUBLISH_EDITION_H
#define PEERLINE_PUBLISH_EDITION_H

#include <glib.h>

/** An edition is built beside its target and swapped in whole: readers see the old one or the new
 *  one, never half of either; a failed or killed run leaves the earlier edition untouched.
 *
 *  Life cycle: edition_begin() checks the target (absent, empty, or an edition of ours; else
 *  PEERLINE_ERROR_USAGE; "/" and "." are refused), takes a lock (a run already under way on the
 * same target: PEERLINE_ERROR_FAILED), checks that the file system can exchange directories
 * (refused before anything is built, with the way out), clears what killed runs left behind, and
 * makes the building directory. edition_commit() exchanges it with the target by renameat2() and
 * removes the old one. edition_free() without commit removes the building directory. */
typedef struct Edition Edition;

Edition *edition_begin(const char *target, GError **error);
const char *edition_directory(const Edition *e); /**< write here */
gboolean edition_commit(Edition *e, GError **error);
void edition_free(Edition *e);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edition, edition_free)

#endif
