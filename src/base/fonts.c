#include "peerline/base/fonts.h"
#include "peerline/base/error.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/* Labels kept per thread; emptied when full, which costs a little time and changes nothing. */
enum { LABELS_KEPT = 4096 };

typedef struct {
    PangoLayout *layout;
    double width; /* at size 1 */
} Label;

typedef struct {
    PangoContext *context;
    PangoAttrList *features;
    PangoFontDescription *faces[2]; /* plain and bold, at FONTS_LABEL_SIZE */
    GHashTable *labels[2];          /* text -> Label */
} ThreadFonts;

static const char *const FACES[] = {"Inter-Regular.otf", "Inter-SemiBold.otf"};

static FcConfig *config_from(const char *directory, GError **error)
{
    FcConfig *config = FcConfigCreate();
    for (guint i = 0; i < G_N_ELEMENTS(FACES); i++) {
        g_autofree char *path = g_build_filename(directory, FACES[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
            FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
            continue;
        }
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the report font cannot be read (install the package fonts-inter)", path);
        FcConfigDestroy(config);
        return NULL;
    }
    return config;
}

typedef struct {
    FcConfig *config;
    GError *error;
} Shared;

/* Made once for the whole process; fontconfig's configurations may be read by all threads. */
static gpointer shared_new(gpointer unused)
{
    (void)unused;
    Shared *s = g_new0(Shared, 1);
    s->config = config_from(FONTS_DIRECTORY, &s->error);
    if (s->config) {
        /* Pango loads fontconfig's current configuration in the background: let that be ours, so
         * that the machine's own fonts are not scanned. */
        FcConfigSetCurrent(s->config);
    }
    return s;
}

static const Shared *shared(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, shared_new, NULL);
}

gboolean fonts_check(GError **error)
{
    const Shared *s = shared();
    if (s->config) {
        return TRUE;
    }
    g_propagate_error(error, g_error_copy(s->error));
    return FALSE;
}

gboolean fonts_check_directory(const char *directory, GError **error)
{
    FcConfig *config = config_from(directory, error);
    if (!config) {
        return FALSE;
    }
    FcConfigDestroy(config);
    return TRUE;
}

static PangoContext *context_new(FcConfig *config)
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

static gboolean is_report_font(PangoContext *context)
{
    g_autoptr(PangoFontDescription) wanted = pango_font_description_from_string(FONTS_FAMILY);
    PangoFont *font = pango_context_load_font(context, wanted);
    if (!font) {
        return FALSE;
    }
    g_autoptr(PangoFontDescription) got = pango_font_describe(font);
    gboolean same = g_strcmp0(pango_font_description_get_family(got), FONTS_FAMILY) == 0;
    g_object_unref(font);
    return same;
}

static void label_free(gpointer data)
{
    Label *l = data;
    g_object_unref(l->layout);
    g_free(l);
}

static void thread_fonts_free(gpointer data)
{
    ThreadFonts *t = data;
    for (int bold = 0; bold < 2; bold++) {
        g_hash_table_unref(t->labels[bold]);
        pango_font_description_free(t->faces[bold]);
    }
    pango_attr_list_unref(t->features);
    g_object_unref(t->context);
    g_free(t);
}

static GPrivate thread_key = G_PRIVATE_INIT(thread_fonts_free);

static ThreadFonts *thread_fonts(GError **error)
{
    ThreadFonts *t = g_private_get(&thread_key);
    if (t) {
        return t;
    }
    if (!fonts_check(error)) {
        return NULL;
    }
    PangoContext *context = context_new(shared()->config);
    if (!is_report_font(context)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: another font came instead of " FONTS_FAMILY
                    " (install the package fonts-inter)",
                    FONTS_DIRECTORY);
        g_object_unref(context);
        return NULL;
    }
    t = g_new0(ThreadFonts, 1);
    t->context = context;
    t->features = pango_attr_list_new();
    pango_attr_list_insert(t->features, pango_attr_font_features_new(FONTS_FEATURES_FIGURES));
    for (int bold = 0; bold < 2; bold++) {
        t->labels[bold] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, label_free);
        t->faces[bold] = pango_font_description_new();
        pango_font_description_set_family_static(t->faces[bold], FONTS_FAMILY);
        pango_font_description_set_weight(t->faces[bold],
                                          bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(t->faces[bold], FONTS_LABEL_SIZE * PANGO_SCALE);
    }
    g_private_set(&thread_key, t);
    return t;
}

PangoContext *fonts_context(GError **error)
{
    ThreadFonts *t = thread_fonts(error);
    return t ? t->context : NULL;
}

static PangoLayout *label_new(ThreadFonts *t, const char *text, gboolean bold)
{
    PangoLayout *layout = pango_layout_new(t->context);
    pango_layout_set_font_description(layout, t->faces[bold ? 1 : 0]);
    pango_layout_set_attributes(layout, t->features);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static const Label *label_get(ThreadFonts *t, const char *text, gboolean bold)
{
    GHashTable *labels = t->labels[bold ? 1 : 0];
    Label *known = g_hash_table_lookup(labels, text);
    if (!known) {
        if (g_hash_table_size(labels) >= LABELS_KEPT) {
            g_hash_table_remove_all(labels);
        }
        known = g_new(Label, 1);
        known->layout = label_new(t, text, bold);
        int width;
        pango_layout_get_size(known->layout, &width, NULL);
        known->width = (double)width / PANGO_SCALE / FONTS_LABEL_SIZE;
        g_hash_table_insert(labels, g_strdup(text), known);
    }
    return known;
}

PangoLayout *fonts_label(const char *text, gboolean bold)
{
    ThreadFonts *t = thread_fonts(NULL);
    return t ? label_get(t, text, bold)->layout : NULL;
}

double fonts_text_width(const char *text, double size, gboolean bold)
{
    ThreadFonts *t = thread_fonts(NULL);
    if (!t) {
        return 0.6 * size * (double)g_utf8_strlen(text, -1);
    }
    return label_get(t, text, bold)->width * size;
}
