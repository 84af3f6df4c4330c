#ifndef PEERLINE_BASE_PATTERN_H
#define PEERLINE_BASE_PATTERN_H

#include <glib.h>

/** PCRE2 patterns from definitions: always UTF-8, always anchored at both ends, with match, depth
 *  and heap limits, so that no pattern in a study can hang a run. Compiled patterns are immutable
 *  and may be shared between threads. */
typedef struct Pattern Pattern;

/** Compiles; on error the message says what is wrong at which offset. `caseless` ignores case. */
Pattern *pattern_new(const char *text, gboolean caseless, GError **error);
Pattern *pattern_ref(Pattern *p);
void pattern_unref(Pattern *p);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_unref)

const char *pattern_text(const Pattern *p);

typedef enum { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT } PatternResult;
/** Whole-string match. PATTERN_LIMIT: the pattern ran into a limit (a fault of the definition). */
PatternResult pattern_match(const Pattern *p, const char *subject);
/** Match and copy the named groups: `names` is NULL-terminated; out[i] is newly allocated, or NULL
 *  where the group does not exist or took no part. */
PatternResult pattern_capture(const Pattern *p, const char *subject, const char *const *names,
                              char **out);
/** TRUE if the pattern has a group of that name. */
gboolean pattern_has_group(const Pattern *p, const char *name);

#endif
