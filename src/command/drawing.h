#ifndef COMMAND_DRAWING_H
#define COMMAND_DRAWING_H

#include "peerline/base/diag.h"
#include "peerline/base/progress.h"
#include "peerline/publish/manifest.h"
#include "peerline/publish/site.h"

/** PDF files; counted by several threads. */
typedef struct {
    gint drawn, kept;
} DrawingCounts;

/** What to draw into an edition. */
typedef struct {
    const ReportContext *context;
    const char *directory; /**< of the edition being built */
    guint formats;         /**< FORMAT_ bits */
    const gboolean *areas; /**< per area: draw its report */
    guint jobs;            /**< threads; at least 1 */
    Progress *progress;
    Diagnostics *diags;     /**< problems of single pages */
    Manifest *manifest;     /**< of the edition being built: learns what reports were drawn from */
    const Earlier *earlier; /**< reports that would come out the same are taken from it; or NULL */
    DrawingCounts *counts;  /**< filled in */
    const Site *site;       /**< set by drawing_write() where web pages are wanted */
} Drawing;

/** Writes every file of the edition, on `jobs` threads. FALSE with the first error (in a fixed
 * order of tasks, whatever the threads did). */
gboolean drawing_write(const Drawing *d, GError **error);

#endif
