#ifndef COMMAND_CHECK_HERE_H
#define COMMAND_CHECK_HERE_H

#include "peerline/base/diag.h"
#include "peerline/catalogue/study.h"
#include "peerline/intake/fetch.h"

/** The part of a study whose data are on this machine. `check` asks no publisher: a study that was
 *  never fetched can be checked too, as far as its definitions go. */
typedef struct {
    Study study;       /**< a copy of the struct: all it points to is the whole study's, but for the
                            arrays below, which leave out what needs a source that is not here */
    gboolean readable; /**< the register of areas is here, without which nothing can be read */
    Indicator *indicators;
    PeerGrouping *peers;
    MapDefinition *maps;
    Composition *compositions;
} StudyHere;

/** Looks for every source that has to be fetched in the cache and the mirror, and tells of those
 * that are in neither (note source-not-here). Whatever else is wrong with a source is left for the
 * reading to tell. Where the options allow the network, nothing is left out. */
StudyHere *study_here_new(const Study *study, const FetchOptions *options, Diagnostics *diags);
void study_here_free(StudyHere *h);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StudyHere, study_here_free)

#endif
