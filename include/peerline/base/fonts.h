#ifndef PEERLINE_BASE_FONTS_H
#define PEERLINE_BASE_FONTS_H

#include <glib.h>
#include <pango/pango.h>

/** The fonts of a report: Inter from Debian's package fonts-inter, or files that a study brings,
 *  and nothing else. A private fontconfig set-up built in memory sees these files only, so that no
 *  other font can slip in, reports look the same on every machine, and no system font cache is
 *  read. */

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

/* ---- fonts of a study's own ---- */

/** Constant, counted, and read by all threads. NULL stands for Inter alone wherever a Fonts is
 *  taken. */
typedef struct Fonts Fonts;

typedef struct {
    const char *regular, *bold; /**< paths; both, or neither: Inter */
    char *const *more; /**< paths, ended by NULL: fonts for characters that those before lack, in
                            this order; or NULL. Inter is the last of all */
} FontFiles;

/** Reads the files and checks that reports can be set in them: OpenType or TrueType with outlines,
 *  one width and weight per file, that may be embedded in part (OS/2 fsType); the first two are of
 *  one family, which tells them apart by their weight, and have the letters and figures of ASCII.
 *  NULL with an error that names the file. */
Fonts *fonts_new(const FontFiles *files, GError **error);
Fonts *fonts_ref(const Fonts *f);
void fonts_unref(gpointer fonts);

/** The family's name as its file says it: letters, figures, blanks, hyphens. NULL: Inter's own. */
const char *fonts_family(const Fonts *f);
/** SHA-256 of what the files hold, in their order; NULL for Inter alone. */
const char *fonts_digest(const Fonts *f);
/** Whether all figures are of one width, or the font has such ones as the feature tnum. */
gboolean fonts_figures_align(const Fonts *f);
/** The first character of the text that no font has, as "漢 (U+6F22)"; NULL if there is none. New.
 */
char *fonts_lacking(const Fonts *f, const char *text);
/** The same for a character that the study's own font lacks, and another one stands in for. */
char *fonts_stood_in_for(const Fonts *f, const char *text);

/* ---- of this thread ---- */

/** What this thread measures and sets text in from now on. The others go on with theirs. */
void fonts_use(const Fonts *f);
/** What this thread uses. Borrowed; NULL: Inter alone. */
const Fonts *fonts_used(void);
/** For Pango: the families that this thread uses, "Lato,Noto Sans CJK JP,Inter". Valid until the
 *  thread uses others. */
const char *fonts_families(void);

/** This thread's Pango context (font map of its own, one point = one unit, no hinting); owned by
 * the thread until it uses other fonts, NULL with an error when the font is missing. Never hand it
 * to another thread. */
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
