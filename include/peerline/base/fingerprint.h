#ifndef PEERLINE_BASE_FINGERPRINT_H
#define PEERLINE_BASE_FINGERPRINT_H

#include <glib.h>

/** SHA-256 over values rather than bytes, to tell whether two things are the same. Every value is
 *  added with its length or kind, so that "ab", "c" and "a", "bc" differ. */
typedef struct Fingerprint Fingerprint;

Fingerprint *fingerprint_new(void);
/** NULL and "" differ. */
void fingerprint_text(Fingerprint *f, const char *text);
void fingerprint_count(Fingerprint *f, guint64 count);
/** Bit by bit, but for NAN, which is always the same, and -0, which is 0. */
void fingerprint_number(Fingerprint *f, double x);
/** Lower-case hexadecimal, newly allocated; frees `f`. */
char *fingerprint_end(Fingerprint *f);

/** Plain SHA-256 of a file's bytes, newly allocated; NULL with error if it cannot be read. */
char *fingerprint_file(const char *path, guint64 *bytes, GError **error);

#endif
