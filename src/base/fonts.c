#include "peerline/base/fonts.h"

#include "font_set.h"
#include "peerline/base/error.h"

/* Labels kept per thread; emptied when full, which costs a little time and changes nothing. */
enum { LABELS_KEPT = 4096 };

typedef struct {
    PangoLayout *layout;
    double width; /* at size 1 */
} Label;

typedef struct {
    Fonts *fonts;          /* or NULL: Inter alone */
    PangoContext *context; /* NULL, and all that follows, until it is needed */
    PangoAttrList *features;
    PangoFontDescription *faces[2]; /* plain and bold, at FONTS_LABEL_SIZE */
    GHashTable *labels[2];          /* text -> Label */
} ThreadFonts;

typedef struct {
    FcConfig *config;
    GError *error;
} Shared;

/* Made once for the whole process; fontconfig's configurations may be read by all threads. */
static gpointer shared_new(gpointer unused)
{
    (void)unused;
    Shared *s = g_new0(Shared, 1);
    s->config = font_set_inter(FONTS_DIRECTORY, &s->error);
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
    FcConfig *config = font_set_inter(directory, error);
    if (!config) {
        return FALSE;
    }
    FcConfigDestroy(config);
    return TRUE;
}

/* ---- characters --------------------------------------------------------------------------------
 */

static gboolean has(const FcPattern *font, gunichar c)
{
    FcCharSet *set = NULL;
    return FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch &&
           FcCharSetHasChar(set, c);
}

/* Blanks, and characters that only say how others are set, are no glyphs. */
static gboolean is_drawn(gunichar c)
{
    return g_unichar_isgraph(c) && !g_unichar_iszerowidth(c);
}

/* The first character that none of the first `most` files has. */
static char *lacking(FcConfig *config, int most, const char *text)
{
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetApplication);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        gboolean found = !is_drawn(c);
        for (int k = 0; !found && k < MIN(most, fonts->nfont); k++) {
            found = has(fonts->fonts[k], c);
        }
        if (!found) {
            return g_strdup_printf("%.*s (U+%04X)", (int)(g_utf8_next_char(at) - at), at, c);
        }
    }
    return NULL;
}

char *fonts_lacking(const Fonts *f, const char *text)
{
    FcConfig *config = f ? f->config : shared()->config;
    return config ? lacking(config, G_MAXINT, text) : NULL;
}

char *fonts_stood_in_for(const Fonts *f, const char *text)
{
    return f && f->family ? lacking(f->config, 2, text) : NULL;
}

/* ---- of a thread -------------------------------------------------------------------------------
 */

static void label_free(gpointer data)
{
    Label *l = data;
    g_object_unref(l->layout);
    g_free(l);
}

static void thread_fonts_free(gpointer data)
{
    ThreadFonts *t = data;
    for (int bold = 0; t->context && bold < 2; bold++) {
        g_hash_table_unref(t->labels[bold]);
        pango_font_description_free(t->faces[bold]);
    }
    g_clear_pointer(&t->features, pango_attr_list_unref);
    g_clear_object(&t->context);
    fonts_unref(t->fonts);
    g_free(t);
}

static GPrivate thread_key = G_PRIVATE_INIT(thread_fonts_free);

const Fonts *fonts_used(void)
{
    const ThreadFonts *t = g_private_get(&thread_key);
    return t ? t->fonts : NULL;
}

void fonts_use(const Fonts *f)
{
    if (f == fonts_used()) {
        return;
    }
    ThreadFonts *t = g_new0(ThreadFonts, 1);
    t->fonts = fonts_ref(f);
    g_private_replace(&thread_key, t);
    // cppcheck-suppress memleak ; the thread has it now
}

const char *fonts_families(void)
{
    const Fonts *f = fonts_used();
    return f ? f->families : FONTS_FAMILY;
}

static PangoContext *context_of(const Fonts *f, GError **error)
{
    if (!fonts_check(error)) {
        return NULL;
    }
    if (f) {
        return font_set_context(f->config); /* fonts_new() has looked at it */
    }
    PangoContext *context = font_set_context(shared()->config);
    g_autofree char *file = font_set_file(context, FONTS_FAMILY, PANGO_WEIGHT_NORMAL);
    if (!file || !g_str_has_prefix(file, FONTS_DIRECTORY)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: another font came instead of " FONTS_FAMILY
                    " (install the package fonts-inter)",
                    FONTS_DIRECTORY);
        g_clear_object(&context);
    }
    return context;
}

static PangoFontDescription *face_new(const char *families, gboolean bold)
{
    PangoFontDescription *face = pango_font_description_new();
    pango_font_description_set_family(face, families);
    pango_font_description_set_weight(face, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(face, FONTS_LABEL_SIZE * PANGO_SCALE);
    return face;
}

static ThreadFonts *thread_fonts(GError **error)
{
    ThreadFonts *t = g_private_get(&thread_key);
    if (t && t->context) {
        return t;
    }
    PangoContext *context = context_of(t ? t->fonts : NULL, error);
    if (!context) {
        return NULL;
    }
    if (!t) {
        t = g_new0(ThreadFonts, 1);
        g_private_set(&thread_key, t);
    }
    t->context = context;
    t->features = pango_attr_list_new();
    pango_attr_list_insert(t->features, pango_attr_font_features_new(FONTS_FEATURES_FIGURES));
    for (int bold = 0; bold < 2; bold++) {
        t->labels[bold] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, label_free);
        t->faces[bold] = face_new(fonts_families(), bold);
    }
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
