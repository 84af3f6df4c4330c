#ifndef PEERLINE_OBSERVE_OBSERVE_H
#define PEERLINE_OBSERVE_OBSERVE_H

#include "peerline/intake/fetch.h"
#include "peerline/observe/observation.h"

/** Reads every source of a study and normalises it: rows to observations per indicator, period and
 *  area. Faults that make a definition or a file unusable (missing file, no such column, truncated
 *  file, no area in the register) are DIAG_ERROR, collected over all sources; rows that cannot be
 * used become rejects and a DIAG_WARNING unless the study expects them. Returns NULL if there was
 * an error. The set belongs to the caller; the study must outlive it. */
ObservationSet *observe(const Study *study, const FetchOptions *options, Diagnostics *diags);

#endif
