#ifndef PEERLINE_SRC_BASE_FONT_FILE_H
#define PEERLINE_SRC_BASE_FONT_FILE_H

#include <fontconfig/fontconfig.h>
#include <glib.h>

/** A font file as it was found. */
typedef struct {
    FcPattern *pattern;     /**< what fontconfig makes of its first face */
    char *sha256;           /**< of the bytes */
    gboolean figures_align; /**< see fonts_figures_align() */
} FontFile;

/** Reads and checks a file; `collection`: several fonts in one file will do, and the first one
 *  names the family. NULL with an error. */
FontFile *font_file_read(const char *path, gboolean collection, GError **error);
void font_file_free(FontFile *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FontFile, font_file_free)

/** The n-th name of its family, or NULL. */
const char *font_file_family(const FontFile *f, int n);
gboolean font_file_has(const FontFile *f, gunichar c);

#endif
