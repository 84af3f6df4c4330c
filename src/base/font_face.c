#include "peerline/base/font_face.h"

#include "peerline/base/fonts.h"

#include <hb-ot.h>
#include <math.h>
#include <pango/pangofc-font.h>
#include <string.h>

static const char ASCII[] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                            "abcdefghijklmnopqrstuvwxyz{|}~\xC2\xA3\xE2\x80\x93\xE2\x80\x99";

static void add_shaped(hb_font_t *font, const char *features, hb_set_t *into)
{
    hb_feature_t wanted[8];
    guint n = 0, n_glyphs = 0;
    g_auto(GStrv) names = g_strsplit(features, ",", -1);
    for (guint i = 0; names[i] && n < G_N_ELEMENTS(wanted); i++) {
        n += hb_feature_from_string(names[i], -1, &wanted[n]) ? 1 : 0;
    }
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, ASCII, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, wanted, n);
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &n_glyphs);
    for (guint i = 0; i < n_glyphs; i++) {
        hb_set_add(into, glyphs[i].codepoint);
    }
    hb_buffer_destroy(buffer);
}

static void find_usual(FontFace *f)
{
    hb_set_t *set = hb_set_create();
    add_shaped(f->font, FONTS_FEATURES_TEXT, set);
    add_shaped(f->font, FONTS_FEATURES_FIGURES, set);
    f->usual = g_new(guint16, MAX(hb_set_get_population(set), 1));
    for (hb_codepoint_t g = HB_SET_VALUE_INVALID; hb_set_next(set, &g);) {
        f->usual[f->n_usual++] = (guint16)g;
    }
    hb_set_destroy(set);
}

static void find_measures(FontFace *f, hb_face_t *face)
{
    const double unit = 1000.0 / f->units_per_em;
    f->widths = g_new(float, MAX(f->n_glyphs, 1));
    for (guint i = 0; i < f->n_glyphs; i++) {
        f->widths[i] = (float)(round(hb_font_get_glyph_h_advance(f->font, i) * unit * 100) / 100);
    }
    hb_font_extents_t e = {0};
    hb_font_get_h_extents(f->font, &e);
    f->ascent = e.ascender * unit;
    f->descent = e.descender * unit;
    hb_position_t cap = 0;
    f->cap_height = hb_ot_metrics_get_position(f->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap)
                        ? cap * unit
                        : f->ascent;
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    guint n = 0;
    const guint8 *bytes = (const guint8 *)hb_blob_get_data(head, &n);
    for (guint i = 0; i < 4 && n >= 44; i++) {
        f->box[i] = (gint16)(bytes[36 + 2 * i] << 8 | bytes[37 + 2 * i]) * unit;
    }
    hb_blob_destroy(head);
}

static char *name_of(hb_face_t *face, const char *path)
{
    char name[64] = "";
    guint n = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n, name);
    char *copy = *name ? g_strdup(name) : g_path_get_basename(path);
    return g_strcanon(copy, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '-');
}

static FontFace *face_read(const char *path, guint index, char *key)
{
    FontFace *f = g_new0(FontFace, 1);
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    hb_face_make_immutable(face);
    f->key = key;
    f->name = name_of(face, path);
    f->font = hb_font_create(face);
    f->n_glyphs = MIN(hb_face_get_glyph_count(face), 0xFFFF);
    f->units_per_em = hb_face_get_upem(face);
    find_measures(f, face);
    find_usual(f);
    hb_font_make_immutable(f->font);
    hb_face_destroy(face);
    return f;
}

static const FontFace *face_at(const char *path, guint index)
{
    static GMutex mutex;
    static GHashTable *faces;
    g_mutex_lock(&mutex);
    if (!faces) {
        faces = g_hash_table_new(g_str_hash, g_str_equal);
    }
    char *key = g_strdup_printf("%s %u", path, index);
    FontFace *f = g_hash_table_lookup(faces, key);
    if (f) {
        g_free(key);
    } else {
        f = face_read(path, index, key);
        g_hash_table_insert(faces, key, f);
    }
    g_mutex_unlock(&mutex);
    return f;
}

/* Pango's fonts carry their face, so that it is looked for once. */
static gpointer quark_new(gpointer unused)
{
    (void)unused;
    return GUINT_TO_POINTER(g_quark_from_static_string("peerline-font-face"));
}

const FontFace *font_face_of(PangoFont *font)
{
    static GOnce once = G_ONCE_INIT;
    const GQuark quark = GPOINTER_TO_UINT(g_once(&once, quark_new, NULL));
    const FontFace *f = g_object_get_qdata(G_OBJECT(font), quark);
    if (!f) {
        const FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
        FcChar8 *path = NULL;
        int index = 0;
        FcPatternGetString(pattern, FC_FILE, 0, &path);
        FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
        f = face_at((const char *)path, (guint)index & 0xFFFF);
        g_object_set_qdata(G_OBJECT(font), quark, (gpointer)f);
    }
    return f;
}
