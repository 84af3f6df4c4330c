#ifndef PEERLINE_OBSERVE_OBSERVE_H
#define PEERLINE_OBSERVE_OBSERVE_H

#include "peerline/intake/fetch.h"
#include "peerline/observe/observation.h"

/** The files of a study's sources, fetched and not yet read: whoever wants to know whether there is
 *  anything new asks here first, and the publisher is asked once. */
typedef struct {
    FetchResult *results; /**< of the sources that the study uses */
    guint n;
    guint n_sources;
    int *place; /**< per source: which result; -1 where nothing in the study refers to the source */
} SourceFiles;

SourceFiles *source_files_fetch(const Study *study, const FetchOptions *options);
/** NULL where the source is not used, or could not be got. */
const Fetched *source_files_get(const SourceFiles *files, guint source);
/** Whether every source that is used could be got. */
gboolean source_files_complete(const SourceFiles *files);
void source_files_free(SourceFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SourceFiles, source_files_free)

/** Reads every source of a study and normalises it: rows to observations per indicator, period and
 *  area. Faults that make a definition or a file unusable (missing file, no such column, truncated
 *  file, no area in the register) are DIAG_ERROR, collected over all sources; rows that cannot be
 * used become rejects and a DIAG_WARNING unless the study expects them. Returns NULL if there was
 * an error. The set belongs to the caller; the study must outlive it. */
ObservationSet *observe_files(const Study *study, const SourceFiles *files, Diagnostics *diags);
/** Both steps in one, for who does not ask in between whether anything is new. */
ObservationSet *observe(const Study *study, const FetchOptions *options, Diagnostics *diags);

#endif
