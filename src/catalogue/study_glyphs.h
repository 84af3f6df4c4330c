#ifndef PEERLINE_CATALOGUE_STUDY_GLYPHS_H
#define PEERLINE_CATALOGUE_STUDY_GLYPHS_H

#include "yaml_map.h"

/** Tells of characters that the fonts of the reports lack: an error for a message of the study's
 *  templates that no font can show; notes for texts of the definitions (YamlTree *), which may be
 *  nothing that is printed, such as the name of a column, and for characters that another font
 *  stands in for. Each character is told once. */
void glyphs_check(YamlMapper *m, const Study *study, const GPtrArray *trees);

#endif
