#ifndef PEERLINE_BASE_TEXT_H
#define PEERLINE_BASE_TEXT_H

#include <glib.h>

/** Trims and folds every run of white space (newlines and no-break spaces too) to one blank, and
 * drops other control characters, which neither a page nor a worksheet can show; newly allocated.
 */
char *text_squeeze(const char *s);
/** The candidate nearest to `word`, or NULL: for "did you mean". Near is few insertions, deletions,
 *  substitutions and swaps of neighbouring characters (at most a third of its length), capitals
 *  aside. `candidates` is NULL-terminated. */
const char *text_nearest(const char *word, const char *const *candidates);
/** Up to `most` of the nearest into `out`, nearest first, each within half the word's length; how
 *  many. */
guint text_nearest_few(const char *word, const char *const *candidates, const char **out,
                       guint most);
/** "a, b and c"; newly allocated. */
char *text_list(const char *const *items, guint n, const char *conjunction);
/** TRUE if usable as a file name and area code: letters, digits, '-' and '_', 1 to 64 bytes. */
gboolean text_is_code(const char *s);
/** Lower-case hexadecimal SHA-256 of bytes; newly allocated. */
char *text_sha256(const void *data, gsize n);
/** Appends a CSV field to `out`, quoted where RFC 4180 asks for it. */
void text_append_csv(GString *out, const char *field);

#endif
