#ifndef PEERLINE_PUBLISH_PDF_FONT_H
#define PEERLINE_PUBLISH_PDF_FONT_H

#include "pdf_file.h"
#include "peerline/base/font_face.h"

/** The fonts of a report inside a PDF. Each face becomes fonts of up to 255 glyphs with codes of
 * one byte, given out as glyphs are first used: where it can be, a character has its ASCII code. A
 * glyph that stands for two characters has two codes, so that text can be copied out as it was.
 *  Source: ISO 32000-1, 9.6.2 (simple fonts), 9.9 (font programs), 9.10.3 (ToUnicode). */

typedef struct PdfFonts PdfFonts;

typedef struct {
    guint16 font; /**< resource F<font> */
    guint8 code;
} PdfCode;

PdfFonts *pdf_fonts_new(void);
void pdf_fonts_free(PdfFonts *f);
PdfCode pdf_fonts_code(PdfFonts *f, const FontFace *face, guint16 glyph, gunichar text);
/** Writes the fonts, each with the glyphs it was asked for, and appends them to a dictionary of
 *  resources: "/F0 12 0 R /F1 15 0 R". */
void pdf_fonts_write(PdfFonts *f, PdfFile *file, GString *resources);

#endif
