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
/** Ends the present stage; its last state stays on the screen. */
void progress_stage_end(Progress *p);

/** One of several things of a stage that go on at the same time, such as the download of a file: a
 *  line of its own below the stage's on a terminal, one line at its end elsewhere. */
typedef struct ProgressBar ProgressBar;

/** `name` is copied. NULL where nothing is shown; every function takes that. */
ProgressBar *progress_bar_new(Progress *p, const char *name);
/** How many bytes are there, of how many (0 = not known). */
void progress_bar_set(ProgressBar *b, guint64 bytes, guint64 of);
/** Takes the bar away and leaves the line "name: outcome"; counts as a step of the stage. Frees. */
void progress_bar_end(ProgressBar *b, const char *outcome);

#endif
