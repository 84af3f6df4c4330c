#include "font_set.h"

#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>

#include "font_file.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"

static const char *const FACES[] = {"Inter-Regular.otf", "Inter-SemiBold.otf"};

/* ---- fontconfig and Pango ----------------------------------------------------------------------
 */

static gboolean add_inter(FcConfig *config, const char *directory, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(FACES); i++) {
        g_autofree char *path = g_build_filename(directory, FACES[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
            FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
            continue;
        }
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the report font cannot be read (install the package fonts-inter)", path);
        return FALSE;
    }
    return TRUE;
}

FcConfig *font_set_inter(const char *directory, GError **error)
{
    FcConfig *config = FcConfigCreate();
    if (add_inter(config, directory, error)) {
        return config;
    }
    FcConfigDestroy(config);
    return NULL;
}

PangoContext *font_set_context(FcConfig *config)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72.0);
    PangoContext *context = pango_font_map_create_context(map);
    g_object_unref(map);

    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);

    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en-gb"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

static const char *pattern_file(const FcPattern *pattern)
{
    FcChar8 *file = NULL;
    return FcPatternGetString(pattern, FC_FILE, 0, &file) == FcResultMatch ? (const char *)file
                                                                           : NULL;
}

char *font_set_file(PangoContext *context, const char *family, PangoWeight weight)
{
    PangoFontDescription *wanted = pango_font_description_new();
    pango_font_description_set_family_static(wanted, family);
    pango_font_description_set_weight(wanted, weight);
    PangoFont *font = pango_context_load_font(context, wanted);
    pango_font_description_free(wanted);
    char *file =
        font ? g_strdup(pattern_file(pango_fc_font_get_pattern(PANGO_FC_FONT(font)))) : NULL;
    g_clear_object(&font);
    return file;
}

/* ---- a study's own -----------------------------------------------------------------------------
 */

/* What every font has to have itself. */
static gboolean has_ascii(const FontFile *f, const char *path, GError **error)
{
    for (gunichar c = 0x21; c < 0x7F; c++) {
        if (font_file_has(f, c)) {
            continue;
        }
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the font cannot be used: %s: it lacks %c (all letters, figures and marks of "
                    "ASCII)",
                    path, (char)c);
        return FALSE;
    }
    return TRUE;
}

/* Only such names go to Pango, which parts families at commas, and into style sheets. */
static gboolean name_is_plain(const char *name)
{
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isalnum(c) && c != ' ' && c != '-') {
            return FALSE;
        }
    }
    return *name != '\0';
}

/* A file may have several names for its family: the typographic one, and one with the weight. */
static const char *common_family(const FontFile *a, const FontFile *b)
{
    for (int i = 0; font_file_family(a, i); i++) {
        const char *name = font_file_family(a, i);
        for (int k = 0; name_is_plain(name) && font_file_family(b, k); k++) {
            if (g_str_equal(name, font_file_family(b, k))) {
                return name;
            }
        }
    }
    return NULL;
}

static gboolean add_file(Fonts *f, const char *path, GError **error)
{
    if (FcConfigAppFontAddFile(f->config, (const FcChar8 *)path)) {
        return TRUE;
    }
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "cannot read the font: %s", path);
    return FALSE;
}

static void add_to_digest(Fonts *f, const FontFile *file)
{
    g_autofree char *both = g_strconcat(f->digest ? f->digest : "", file->sha256, NULL);
    g_free(f->digest);
    f->digest = text_sha256(both, strlen(both));
}

static void add_to_families(Fonts *f, const char *family)
{
    char *longer = f->families ? g_strconcat(f->families, ",", family, NULL) : g_strdup(family);
    g_free(f->families);
    f->families = longer;
}

/* Pango asks for a weight; each must lead to the file that was meant. */
static gboolean weights_differ(const Fonts *f, const FontFiles *files, GError **error)
{
    PangoContext *context = font_set_context(f->config);
    g_autofree char *plain = font_set_file(context, f->family, PANGO_WEIGHT_NORMAL);
    g_autofree char *bold = font_set_file(context, f->family, PANGO_WEIGHT_SEMIBOLD);
    g_object_unref(context);
    if (g_strcmp0(plain, files->regular) == 0 && g_strcmp0(bold, files->bold) == 0 &&
        g_strcmp0(plain, bold) != 0) {
        return TRUE;
    }
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "the fonts cannot be told apart by the weights they say they have: %s and %s (one "
                "near regular, one near semi-bold or bold)",
                files->regular, files->bold);
    return FALSE;
}

static gboolean take_own(Fonts *f, const FontFiles *files, GError **error)
{
    g_autoptr(FontFile) regular = font_file_read(files->regular, FALSE, error);
    g_autoptr(FontFile) bold = regular ? font_file_read(files->bold, FALSE, error) : NULL;
    if (!bold || !has_ascii(regular, files->regular, error) ||
        !has_ascii(bold, files->bold, error)) {
        return FALSE;
    }
    const char *family = common_family(regular, bold);
    if (!family) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the fonts are not of one family: %s is of %s, %s of %s (two weights of one "
                    "family, whose name has letters, figures, blanks and hyphens)",
                    files->regular, font_file_family(regular, 0), files->bold,
                    font_file_family(bold, 0));
        return FALSE;
    }
    f->family = g_strdup(family);
    f->figures_align = regular->figures_align && bold->figures_align;
    add_to_families(f, family);
    add_to_digest(f, regular);
    add_to_digest(f, bold);
    return add_file(f, files->regular, error) && add_file(f, files->bold, error) &&
           weights_differ(f, files, error);
}

static gboolean take_more(Fonts *f, const char *path, GError **error)
{
    g_autoptr(FontFile) file = font_file_read(path, TRUE, error);
    if (!file) {
        return FALSE;
    }
    const char *family = font_file_family(file, 0);
    if (g_str_equal(family, f->family ? f->family : FONTS_FAMILY)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the font cannot be used: %s: it is of the same family as the text, %s (a font "
                    "that has other characters)",
                    path, family);
        return FALSE;
    }
    if (!name_is_plain(family)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the font cannot be used: %s: its family is called %s (letters, figures, "
                    "blanks and hyphens)",
                    path, family);
        return FALSE;
    }
    add_to_families(f, family);
    add_to_digest(f, file);
    return add_file(f, path, error);
}

/* Another version or other weights of it: the program's would be mixed in. */
static gboolean has_own_inter(const Fonts *f)
{
    return g_strcmp0(f->family, FONTS_FAMILY) == 0;
}

Fonts *fonts_new(const FontFiles *files, GError **error)
{
    if (!fonts_check(error)) {
        return NULL;
    }
    Fonts *f = g_new0(Fonts, 1);
    f->count = 1;
    f->config = FcConfigCreate();
    f->figures_align = TRUE;
    gboolean good = TRUE;
    if (files->regular) {
        good = take_own(f, files, error);
    } else {
        add_to_families(f, FONTS_FAMILY);
    }
    for (guint k = 0; good && files->more && files->more[k]; k++) {
        good = take_more(f, files->more[k], error);
    }
    if (good && files->regular && !has_own_inter(f)) {
        add_to_families(f, FONTS_FAMILY);
    }
    if (good && !has_own_inter(f)) {
        good = add_inter(f->config, FONTS_DIRECTORY, error);
    }
    if (!good) {
        fonts_unref(f);
        return NULL;
    }
    return f;
}

Fonts *fonts_ref(const Fonts *f)
{
    Fonts *own = (Fonts *)f;
    if (own) {
        g_atomic_int_inc(&own->count);
    }
    return own;
}

void fonts_unref(gpointer fonts)
{
    Fonts *f = fonts;
    if (!f || !g_atomic_int_dec_and_test(&f->count)) {
        return;
    }
    FcConfigDestroy(f->config);
    g_free(f->family);
    g_free(f->families);
    g_free(f->digest);
    g_free(f);
}

const char *fonts_family(const Fonts *f)
{
    return f ? f->family : NULL;
}

const char *fonts_digest(const Fonts *f)
{
    return f ? f->digest : NULL;
}

gboolean fonts_figures_align(const Fonts *f)
{
    return !f || f->figures_align;
}
