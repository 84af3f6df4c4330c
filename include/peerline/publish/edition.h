#ifndef PEERLINE_PUBLISH_EDITION_H
#define PEERLINE_PUBLISH_EDITION_H

#include <glib.h>

/** An edition is built beside its target and swapped in whole: readers see the old one or the new
 *  one, never half of either; a failed or killed run leaves the earlier edition untouched.
 *
 *  Life cycle: edition_open() checks the target (absent, empty, or an edition of ours; else
 *  PEERLINE_ERROR_USAGE; "/" and "." are refused), takes a lock (a run already under way on the
 *  same target: PEERLINE_ERROR_FAILED) and clears what killed runs left behind. Where an edition
 *  lies there, nothing is made or changed so far, not even the time of the directory above: a run
 *  that finds nothing new leaves no trace. edition_prepare() makes the building directory and
 *  checks that the file system can exchange directories (refused with the way out).
 *  edition_commit() exchanges it with the target by renameat2() and removes the old one, or puts it
 *  on the shelf. edition_free() without commit removes the building directory.
 *
 *  The shelf is TARGET.editions, beside the target: earlier editions, whole, in directories
 *  "0001_2017-10-25" (a number that rises, and the edition's date or "undated"). */
typedef struct Edition Edition;

/** Earlier editions are removed, and the shelf is left as it is. */
#define EDITION_KEEP_NONE (-1)

/** `keep`: so many earlier editions stay on the shelf (0: none do); or EDITION_KEEP_NONE. */
Edition *edition_open(const char *target, int keep, GError **error);
/** The absolute path of the edition that lies at the target now; NULL if none does. */
const char *edition_earlier(const Edition *e);
gboolean edition_prepare(Edition *e, GError **error);
/** The edition that lies there is a damaged copy of the one to come: it is not worth keeping. */
void edition_repairs(Edition *e);
/** edition_open() and edition_prepare(), keeping nothing. */
Edition *edition_begin(const char *target, GError **error);
const char *edition_directory(const Edition *e); /**< write here */
gboolean edition_commit(Edition *e, GError **error);
/** After the commit: why the earlier edition could not be put on the shelf; NULL if all is well. */
const char *edition_trouble(const Edition *e);
void edition_free(Edition *e);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edition, edition_free)

#endif
