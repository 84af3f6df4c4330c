#ifndef PEERLINE_INTAKE_SOURCE_FETCH_H
#define PEERLINE_INTAKE_SOURCE_FETCH_H

#include "peerline/base/diag.h"
#include "peerline/catalogue/study.h"
#include "peerline/intake/fetch.h"

/** Between a study's source and the fetcher, the same for every command. */

/** What to ask the fetcher for; it borrows the source's strings. */
FetchRequest source_request(const Source *s);
/** Tells that a source cannot be read (cannot-read), at the place where it is declared. */
void source_tell_error(const Source *s, const GError *error, Diagnostics *diags);
/** Tells that an older copy serves (stale-source); nothing if all is well. */
void source_tell_stale(const Source *s, const Fetched *fetched, Diagnostics *diags);

#endif
