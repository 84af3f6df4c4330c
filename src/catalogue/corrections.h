#ifndef PEERLINE_CATALOGUE_CORRECTIONS_H
#define PEERLINE_CATALOGUE_CORRECTIONS_H

#include "yaml_map.h"

/** The register of corrections: a section like others, or a CSV file, which those who keep it can
 *  edit as a table. */

extern const YamlRecord CORRECTION_RECORD;

/** The rows of a CSV file (RFC 4180, UTF-8) as the mappings that they would be in YAML: the header
 *  has the keys, an empty field is a key that is not there, several indicators, areas or periods
 *  stand in one field, apart by ";". Faults go to the mapper. The nodes are the store's, the array
 *  is the caller's. */
GPtrArray *corrections_read_csv(YamlMapper *m, const char *file, const char *data, gsize n);

/** The latest first; those of one day stay in the order in which they were declared. */
void corrections_sort(Correction *corrections, guint n);

#endif
