#ifndef PEERLINE_PUBLISH_PROVENANCE_H
#define PEERLINE_PUBLISH_PROVENANCE_H

#include "peerline/report/context.h"

/** provenance.json: program and method versions, study and definition files with their hashes,
 * every source (URL, file, SHA-256, bytes, when first retrieved, licence, rows read and rejected),
 * method settings, and the edition that the changes are told against. Marks a directory as an
 * edition of ours. No absolute paths, no clock time. */
gboolean provenance_write(const ReportContext *context, const char *path, GError **error);

/** Reads the id of the study from DIR/provenance.json; NULL if DIR is no edition of ours. New. */
char *provenance_study(const char *directory);
/** Reads the edition's date from there; NULL if it has none. New. */
char *provenance_edition(const char *directory);

#endif
