#ifndef COMMAND_PIPELINE_H
#define COMMAND_PIPELINE_H

#include "options.h"
#include "peerline/base/diag.h"
#include "peerline/catalogue/study.h"
#include "peerline/observe/observation.h"

/** Judging and publishing, the same for `run` and `assess`. */

/** How to get the observations, once the target is known to be writable. Returns NULL when the
 *  diagnostics say why. */
typedef ObservationSet *(*PipelineRead)(gpointer user, Diagnostics *diags);

/** The digest of what the edition will be made from, once the sources are there (inputs.h); NULL,
 *  with or without an error, where that cannot be told. New. */
typedef char *(*PipelineInputs)(gpointer user, const char *choices, const char *program,
                                GError **error);

typedef struct {
    const char *command; /**< for messages */
    const Study *study;
    const CommonOptions *options;
    const char *default_out;
    PipelineInputs inputs; /**< asked before `read` */
    PipelineRead read;
    gpointer user;
    Diagnostics *diags; /**< what was found so far; more is added */
    DiagSeverity tell;  /**< diagnostics of at least this severity go to stderr */
} Pipeline;

/** Publishes an edition, unless the one that is there was made from the same; tells everything on
 * stderr; returns the exit status. */
int pipeline_publish(const Pipeline *p);

/** Tells a GError on stderr and returns the exit status that it stands for. */
int pipeline_fail(const char *command, const GError *error);

#endif
