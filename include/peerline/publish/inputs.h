#ifndef PEERLINE_PUBLISH_INPUTS_H
#define PEERLINE_PUBLISH_INPUTS_H

#include "peerline/observe/observe.h"
#include "peerline/report/document.h"

/** What an edition comes from, as hashes: with the same ones it would be the same edition. */

typedef struct {
    const Study *study;
    const SourceFiles *files;  /**< as fetched; or NULL, and … */
    const ObservationSet *set; /**< … the sources as they were read */
    const char *choices;       /**< what the call asks for that shows in the edition */
    const char *program;       /**< program_digest() */
} Inputs;

/** Choices, definition files, SOURCE_DATE_EPOCH, and of every source that is used its bytes,
 * address, date and whether an older copy serves. Not: where bytes came from this time, nor where
 * anything lies. New; NULL with error if a definition file is gone. */
char *inputs_digest(const Inputs *in, GError **error);

/** The sources that the program was built from, the fonts, and the versions of the libraries that
 * draw. New. */
char *program_digest(void);

/** Everything a document holds: with the same hash the same program draws the same pages. New. */
char *document_digest(const Document *d);

#endif
