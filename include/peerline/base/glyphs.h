#ifndef PEERLINE_BASE_GLYPHS_H
#define PEERLINE_BASE_GLYPHS_H

#include "peerline/base/font_face.h"

/** Set text as plain arrays: what is left of a PangoLayout once its lines are broken and its glyphs
 *  shaped. Takes a tenth of the memory, and is read without a call of Pango. Lengths are in
 *  thousandths of the type size, so that one set text serves every size it is drawn at. */

typedef struct {
    gunichar text; /**< the character that it stands for; 0: none of its own */
    guint16 id;    /**< in the font's file */
    float x, y;    /**< from the start of its run; y upwards */
} Glyph;

/** Glyphs of one face. */
typedef struct {
    guint first, n; /**< of the glyphs */
    guint offset;   /**< byte of the text where it begins */
    const FontFace *face;
    double width;
} GlyphRun;

typedef struct {
    guint first, n; /**< of the runs */
    double width;   /**< without the blanks at its end */
} GlyphLine;

typedef struct {
    Glyph *glyphs;
    GlyphRun *runs;
    GlyphLine *lines;
    guint n_lines;
    gboolean unknown; /**< the font lacks a character */
    guint references;
} GlyphText;

/** The lines of a layout whose type has this size. Blanks at the end of a line are left out, but
 * for the one that it was wrapped at: that one stays, without a width, so that who has the text
 * read out, or copies it, finds two words and not one. */
GlyphText *glyph_text_new(PangoLayout *layout, double size);
/** Not safe across threads: a text belongs to the thread that set it. */
GlyphText *glyph_text_ref(GlyphText *t);
void glyph_text_unref(GlyphText *t);

#endif
