#include "font_file.h"

#include <fontconfig/fcfreetype.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ot.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/text.h"

enum { MOST_FONT = 64 << 20 };

/* FT_Get_FSType_Flags(): OpenType, table OS/2, fsType. */
enum {
    EMBEDDING_RESTRICTED = 0x0002,
    EMBEDDING_FOR_PREVIEW = 0x0004,
    EMBEDDING_EDITABLE = 0x0008,
    EMBEDDING_WHOLE_ONLY = 0x0100,
    EMBEDDING_BITMAPS_ONLY = 0x0200,
};

void font_file_free(FontFile *f)
{
    if (!f) {
        return;
    }
    if (f->pattern) {
        FcPatternDestroy(f->pattern);
    }
    g_free(f->sha256);
    g_free(f);
}

const char *font_file_family(const FontFile *f, int n)
{
    FcChar8 *name = NULL;
    return FcPatternGetString(f->pattern, FC_FAMILY, n, &name) == FcResultMatch ? (const char *)name
                                                                                : NULL;
}

gboolean font_file_has(const FontFile *f, gunichar c)
{
    FcCharSet *set = NULL;
    return FcPatternGetCharSet(f->pattern, FC_CHARSET, 0, &set) == FcResultMatch &&
           FcCharSetHasChar(set, c);
}

/* ---- what will not do ---- */

static const char *fault_of_beginning(const char *data, gsize n, gboolean collection)
{
    static const struct {
        const char *tag;
        gboolean many;
    } known[] = {{"OTTO", FALSE}, {"true", FALSE}, {"\0\1\0\0", FALSE}, {"ttcf", TRUE}};
    if (n > MOST_FONT) {
        return "it is larger than 64 MiB";
    }
    for (guint k = 0; n >= 12 && k < G_N_ELEMENTS(known); k++) {
        if (memcmp(data, known[k].tag, 4) == 0) {
            return known[k].many && !collection ? "it is a collection of fonts" : NULL;
        }
    }
    return "it is no OpenType or TrueType file";
}

static const char *fault_of_licence(FT_UShort type)
{
    if ((type & EMBEDDING_RESTRICTED) && !(type & (EMBEDDING_FOR_PREVIEW | EMBEDDING_EDITABLE))) {
        return "its maker does not allow it to be embedded in documents (fsType)";
    }
    if (type & EMBEDDING_WHOLE_ONLY) {
        return "its maker does not allow a part of it to be embedded in documents (fsType)";
    }
    return type & EMBEDDING_BITMAPS_ONLY
               ? "its maker does not allow its outlines to be embedded in documents (fsType)"
               : NULL;
}

static const char *fault_of_face(FT_Face face)
{
    if (!FT_IS_SCALABLE(face)) {
        return "it has no outlines";
    }
    if (FT_HAS_MULTIPLE_MASTERS(face)) {
        return "it is a variable font, of which a PDF would show one weight only";
    }
    if (FT_HAS_COLOR(face)) {
        return "it is a font of coloured pictures";
    }
    return fault_of_licence(FT_Get_FSType_Flags(face));
}

/* ---- figures ---- */

static gboolean figures_have_one_width(FT_Face face)
{
    FT_Pos width = -1;
    for (FT_ULong c = '0'; c <= '9'; c++) {
        const FT_UInt glyph = FT_Get_Char_Index(face, c);
        if (glyph == 0 || FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0 ||
            (width >= 0 && face->glyph->metrics.horiAdvance != width)) {
            return FALSE;
        }
        width = face->glyph->metrics.horiAdvance;
    }
    return TRUE;
}

static gboolean has_tabular_figures(const char *data, gsize n)
{
    hb_blob_t *blob = hb_blob_create(data, (unsigned)n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    gboolean found = FALSE;
    hb_tag_t tags[64];
    unsigned total = 1;
    for (unsigned at = 0; !found && at < total; at += G_N_ELEMENTS(tags)) {
        unsigned count = G_N_ELEMENTS(tags);
        total = hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, at, &count, tags);
        for (unsigned k = 0; k < count; k++) {
            found = found || tags[k] == HB_TAG('t', 'n', 'u', 'm');
        }
    }
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return found;
}

/* ---- reading ---- */

static const char *look_at_face(FontFile *f, FT_Face face, const char *path)
{
    const char *fault = fault_of_face(face);
    if (fault) {
        return fault;
    }
    f->pattern = FcFreeTypeQueryFace(face, (const FcChar8 *)path, 0, NULL);
    f->figures_align = figures_have_one_width(face);
    return f->pattern && font_file_family(f, 0) ? NULL : "it does not say of which family it is";
}

static const char *look_at(FontFile *f, const char *path, const char *data, gsize n)
{
    FT_Library library;
    FT_Face face;
    if (FT_Init_FreeType(&library) != 0) {
        return "FreeType does not start";
    }
    const char *fault = "it is damaged";
    if (FT_New_Memory_Face(library, (const FT_Byte *)data, (FT_Long)n, 0, &face) == 0) {
        fault = look_at_face(f, face, path);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    f->figures_align = f->figures_align || (!fault && has_tabular_figures(data, n));
    return fault;
}

FontFile *font_file_read(const char *path, gboolean collection, GError **error)
{
    g_autofree char *data = NULL;
    gsize n = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &data, &n, &cause)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "cannot read the font: %s",
                    cause->message);
        return NULL;
    }
    g_autoptr(FontFile) f = g_new0(FontFile, 1);
    const char *fault = fault_of_beginning(data, n, collection);
    if (!fault) {
        fault = look_at(f, path, data, n);
    }
    if (fault) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the font cannot be used: %s: %s (an OTF or TTF file with outlines, of one "
                    "weight, that may be embedded)",
                    path, fault);
        return NULL;
    }
    f->sha256 = text_sha256(data, n);
    return g_steal_pointer(&f);
}
