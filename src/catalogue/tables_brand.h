#ifndef PEERLINE_CATALOGUE_TABLES_BRAND_H
#define PEERLINE_CATALOGUE_TABLES_BRAND_H

#include "yaml_map.h"

extern const YamlRecord BRAND_RECORD;

/** Reads and checks the file that `logo` names; faults go to the mapper's diagnostics. */
void brand_read_logo(YamlMapper *m, Brand *b);
/** Reads and checks the fonts, whose paths are resolved. */
void brand_read_fonts(YamlMapper *m, Brand *b);

#endif
