#ifndef COMMAND_SUMMARY_H
#define COMMAND_SUMMARY_H

#include "options.h"

/** What a run came to, for whoever watches over runs that nobody looks at: one line at the end of
 *  stderr (not with --quiet), and a file for Prometheus' node exporter (--summary FILE). */
typedef struct {
    const char *study;  /**< its id, or how it was called where it could not be read */
    const char *target; /**< where it is published; NULL: that is not known */
    const char *result; /**< "published", "up-to-date" or "failed" */
    int exit_status;
    guint areas, indicators;           /**< in the edition; 0 where nothing was read */
    guint reports_drawn, reports_kept; /**< PDF files */
    guint files_written, files_kept;   /**< all files */
    guint new_figures, revised_figures, withdrawn_figures, new_outliers, resolved_outliers, moved;
    guint warnings; /**< sentences on what was left out or is stale */
    gint64 started; /**< g_get_monotonic_time() */
} Summary;

void summary_tell(const Summary *s, const CommonOptions *options);
/** For a run that ended before there was a study: tells of it under the name it was called by.
 *  Returns its exit status. */
int summary_failed(const char *name, int exit_status, const CommonOptions *options);
/** Seconds since it began. */
double summary_seconds(const Summary *s);

#endif
