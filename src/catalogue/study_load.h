#ifndef PEERLINE_CATALOGUE_STUDY_LOAD_H
#define PEERLINE_CATALOGUE_STUDY_LOAD_H

#include "peerline/catalogue/study.h"

/** study_load() for a study.yaml that is in memory; files it names are read from beside `path`. */
Study *study_parse(const char *path, const char *data, gsize n, Diagnostics *diags);

#endif
