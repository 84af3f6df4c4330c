#ifndef PEERLINE_BASE_FONT_FACE_H
#define PEERLINE_BASE_FONT_FACE_H

#include <glib.h>
#include <hb.h>
#include <pango/pango.h>

/** A face of a font file, as a PDF needs it: its outlines and measures. Read once, and constant and
 *  shared by all threads from then on; never freed. Lengths in thousandths of the type size. */
typedef struct {
    char *key;  /**< path and index: no two faces have the same */
    char *name; /**< PostScript name; ASCII without blanks */
    hb_font_t *font;
    guint n_glyphs, units_per_em;
    float *widths; /**< by glyph, to a hundredth */
    double box[4]; /**< that all glyphs are in: xMin, yMin, xMax, yMax */
    double ascent, descent, cap_height;
    guint16 *usual; /**< glyphs of ASCII with the features of report text, ascending */
    guint n_usual;
} FontFace;

/** The face that Pango chose. */
const FontFace *font_face_of(PangoFont *font);

#endif
