#ifndef PEERLINE_BASE_PROGRESS_H
#define PEERLINE_BASE_PROGRESS_H

#include <glib.h>

/** Progress on stderr: a live bar on a terminal, plain lines otherwise, nothing when quiet. */
typedef struct Progress Progress;

Progress *progress_new(gboolean quiet);
void progress_free(Progress *p);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

/** Begins a stage: "Reading sources", with how many steps it has (0 = not known). */
void progress_stage(Progress *p, const char *what, guint steps);
/** One step done; may be called from any thread. */
void progress_step(Progress *p);
/** A line of its own that stays, printed above the bar. */
void progress_say(Progress *p, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
