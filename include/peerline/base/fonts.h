#ifndef PEERLINE_BASE_FONTS_H
#define PEERLINE_BASE_FONTS_H

#include <glib.h>
#include <pango/pango.h>

/** The report font: Inter from Debian's package fonts-inter, and nothing else. A private fontconfig
 *  set-up built in memory sees two files only, so that no other font can slip in, reports look the
 *  same on every machine, and no system font cache is read. */

#define FONTS_DIRECTORY "/usr/share/fonts/opentype/inter"
#define FONTS_FAMILY    "Inter"

/** The OpenType features of all report text: no ligatures or contextual forms (they break copying
 *  text out of a PDF); figures: tabular, for tables and charts. */
#define FONTS_FEATURES_TEXT    "liga=0,clig=0,calt=0"
#define FONTS_FEATURES_FIGURES "liga=0,clig=0,calt=0,tnum=1"

/** FALSE, with an error that names the package to install, when the font is not there. */
gboolean fonts_check(GError **error);
/** The same for another directory: what fonts_check() does, for tests. */
gboolean fonts_check_directory(const char *directory, GError **error);

/** This thread's Pango context (font map of its own, one point = one unit, no hinting); owned by
 * the thread, NULL with an error when the font is missing. Never hand it to another thread. */
PangoContext *fonts_context(GError **error);

/** Width in points of one line of text with tabular figures. Remembered per thread, because labels
 *  repeat from report to report. Without the font: an estimate (the writers refuse to write then).
 */
double fonts_text_width(const char *text, double size, gboolean bold);

/** The size that fonts_label() shapes at; scale by size / FONTS_LABEL_SIZE when drawing. */
#define FONTS_LABEL_SIZE 100.0
/** The text as one shaped line with tabular figures, remembered per thread. Borrowed, and valid
 * only until this thread's next call of a function of this header; NULL without the font. */
PangoLayout *fonts_label(const char *text, gboolean bold);

#endif
