#ifndef PEERLINE_BASE_DIAG_H
#define PEERLINE_BASE_DIAG_H

#include <glib.h>

/** Diagnostics: faults are collected, sorted and told in one go, not one per run.
 *
 *  A diagnostic has a stable rule id ("duplicate-key", "unknown-column", …) that scripts and
 *  study definitions may rely on, the place where it was found, and a message of the form
 *  "what is wrong: what was found (what is accepted)". Bad data is a result, not a GError:
 *  readers add it here and go on. */

typedef enum {
    DIAG_NOTE,    /**< worth knowing, changes nothing */
    DIAG_WARNING, /**< something was left out or is doubtful: exit status 3 */
    DIAG_ERROR,   /**< cannot go on: exit status 1 */
} DiagSeverity;

typedef struct {
    DiagSeverity severity;
    const char *rule; /**< interned */
    const char *file; /**< interned; NULL where there is none */
    guint line;       /**< 1-based; 0 = none */
    guint column;     /**< 1-based; 0 = none */
    char *message;
} Diag;

typedef struct Diagnostics Diagnostics;

Diagnostics *diagnostics_new(void);
void diagnostics_free(Diagnostics *d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Diagnostics, diagnostics_free)

/** Adds one; `file` and `rule` are interned, the message is formatted. One that is already there,
 * as where a numerator and a denominator meet the same fault, is not added again. Thread-safe. */
void diag_add(Diagnostics *d, DiagSeverity severity, const char *rule, const char *file, guint line,
              guint column, const char *format, ...) G_GNUC_PRINTF(7, 8);

guint diagnostics_count(const Diagnostics *d, DiagSeverity at_least);
/** Stable order: file, line, column, rule, message. The pointer lives until the next add. */
const Diag *diagnostics_sorted(Diagnostics *d, guint *n);
/** "file:line:col: message [rule]", without the parts that are absent; newly allocated. */
char *diag_text(const Diag *diag);
/** Writes all of at least this severity to stderr, sorted, one per line. */
void diagnostics_print(Diagnostics *d, DiagSeverity at_least);

#endif
