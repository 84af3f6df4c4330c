#ifndef PEERLINE_PUBLISH_PROVENANCE_FILES_H
#define PEERLINE_PUBLISH_PROVENANCE_FILES_H

#include "peerline/catalogue/study.h"

/** A definition file as seen from the study's directory: where the study lies on a disk is nobody's
 *  business. A part of `path`. */
const char *provenance_relative_name(const Study *study, const char *path);

#endif
