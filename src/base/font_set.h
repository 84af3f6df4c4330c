#ifndef PEERLINE_SRC_BASE_FONT_SET_H
#define PEERLINE_SRC_BASE_FONT_SET_H

#include <fontconfig/fontconfig.h>

#include "peerline/base/fonts.h"

/** What Fonts hold. Nothing changes once they are made; fontconfig's configurations may be read by
 *  all threads. */
struct Fonts {
    gint count;       /**< of references */
    FcConfig *config; /**< sees the files and nothing else: the study's, then Inter's */
    char *family;     /**< of the study's own files; NULL: Inter */
    char *families;   /**< for Pango, in the order in which they are asked for a character */
    char *digest;
    gboolean figures_align;
};

/** A configuration with Inter from that directory. */
FcConfig *font_set_inter(const char *directory, GError **error);
/** A Pango context with a font map of its own. */
PangoContext *font_set_context(FcConfig *config);
/** The file that Pango takes for that family in this weight. New. */
char *font_set_file(PangoContext *context, const char *family, PangoWeight weight);

#endif
