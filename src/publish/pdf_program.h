#ifndef PEERLINE_PUBLISH_PDF_PROGRAM_H
#define PEERLINE_PUBLISH_PDF_PROGRAM_H

#include "peerline/base/font_face.h"

/** A font program with some glyphs of a face, whatever kind of file the face is from: outlines as
 *  Type 2 charstrings in the Compact Font Format, without hints, of which printers and screens of
 *  today make no use.
 *  Source: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings). */

/** Glyphs are called pdf_program_glyph_name(); glyph 0 is always there. `glyphs` ascending. */
GByteArray *pdf_program_new(const FontFace *face, const guint16 *glyphs, guint n, const char *name);
/** "g12" */
void pdf_program_glyph_name(guint16 glyph, char name[8]);

#endif
