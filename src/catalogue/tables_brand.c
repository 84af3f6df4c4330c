#include "peerline/base/colour.h"
#include "study_tables.h"
#include "tables_brand.h"

#include <cairo.h>
#include <string.h>

/* What makes a report look like its publisher's. */

static const double TEXT_CONTRAST = 4.5, LINE_CONTRAST = 3; /* WCAG 2.1, 1.4.3 and 1.4.11 */
enum { MOST_LOGO = 2 << 20, MOST_SIDE = 4000 };

static const YamlField BRAND_FIELDS[] = {
    {"colour", STRING(Brand, colour)},
    {"accent", STRING(Brand, accent)},
    {"logo", STRING(Brand, logo)},
    {"logo_alt", STRING(Brand, logo_alt)},
    {"font", STRING(Brand, font)},
    {"font_bold", STRING(Brand, font_bold)},
    {"font_more", STRINGS(Brand, font_more)},
    END_OF_FIELDS,
};

static gboolean read_colour(YamlMapper *m, const YamlNode *node, const char *key, double least,
                            guint8 rgb[3])
{
    const YamlNode *at = yaml_get(node, key);
    if (!at)
        return FALSE;
    if (!colour_parse(at->text, rgb)) {
        yaml_fault(m, at, "bad-value", "bad value for %s: %s (a colour such as \"#12436D\")", key,
                   at->text ? at->text : "");
        return FALSE;
    }
    const double contrast = colour_contrast_on_white(rgb);
    if (contrast < least)
        yaml_fault(m, at, "bad-value",
                   "too little contrast for %s: %s has %.2f to 1 on white (at least %.1f to 1)",
                   key, at->text, contrast, least);
    return TRUE;
}

static void brand_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    Brand *b = record;
    b->has_colour = read_colour(m, node, "colour", TEXT_CONTRAST, b->colour_rgb);
    b->has_accent = read_colour(m, node, "accent", LINE_CONTRAST, b->accent_rgb);
    if (!b->logo != !b->logo_alt)
        yaml_fault(m, node, "missing-key", "missing key in brand: %s (%s)",
                   b->logo ? "logo_alt" : "logo",
                   b->logo ? "what a reader who does not see the logo is told" : "a PNG file");
    if (!b->font != !b->font_bold)
        yaml_fault(m, node, "missing-key", "missing key in brand: %s (%s)",
                   b->font ? "font_bold" : "font",
                   b->font ? "the font of headings: a heavier weight of the same family"
                           : "the font of the text");
}

const YamlRecord BRAND_RECORD = {
    .name = "brand", .fields = BRAND_FIELDS, WHERE(Brand), .finish = brand_finish};

/* ---- the logo ----------------------------------------------------------------------------------
 */

typedef struct {
    const guint8 *data;
    gsize n, at;
} Bytes;

static cairo_status_t next_bytes(void *closure, unsigned char *into, unsigned int n)
{
    Bytes *b = closure;
    if (n > b->n - b->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, b->data + b->at, n);
    b->at += n;
    return CAIRO_STATUS_SUCCESS;
}

static guint32 big_endian(const guint8 *at)
{
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* The sides are looked at before the picture is decoded: a small file may unpack to a huge one. */
static const char *fault_of_png(const guint8 *data, gsize n)
{
    static const guint8 begin[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                   0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    if (n > MOST_LOGO)
        return "it is larger than 2 MiB";
    if (n < 33 || memcmp(data, begin, sizeof begin) != 0)
        return "it is no PNG file";
    if (big_endian(data + 16) > MOST_SIDE || big_endian(data + 20) > MOST_SIDE)
        return "it is more than 4000 pixels wide or high";
    Bytes bytes = {data, n, 0};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(next_bytes, &bytes);
    const gboolean sound = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return sound ? NULL : "it is damaged";
}

void brand_read_logo(YamlMapper *m, Brand *b)
{
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    gsize n = 0;
    if (!g_file_get_contents(b->logo, &data, &n, &error)) {
        yaml_fault_at(m, b->where, "cannot-read", "cannot read the logo: %s (a PNG file)",
                      error->message);
        return;
    }
    const char *fault = fault_of_png((const guint8 *)data, n);
    if (fault) {
        yaml_fault_at(
            m, b->where, "bad-value",
            "the logo cannot be used: %s: %s (a PNG file of at most 2 MiB and 4000 pixels "
            "a side)",
            b->logo, fault);
        return;
    }
    b->logo_data = store_take(m->store, g_steal_pointer(&data), g_free);
    b->logo_size = n;
}

/* ---- fonts -------------------------------------------------------------------------------------
 */

void brand_read_fonts(YamlMapper *m, Brand *b)
{
    const FontFiles files = {b->font, b->font_bold, b->font_more};
    g_autoptr(GError) error = NULL;
    Fonts *fonts = fonts_new(&files, &error);
    if (!fonts) {
        yaml_fault_at(m, b->where, "bad-value", "%s", error->message);
        return;
    }
    b->fonts = store_take(m->store, fonts, fonts_unref);
    if (!fonts_figures_align(fonts))
        diag_add(m->diags, DIAG_NOTE, "font-figures", b->where.file, b->where.line, b->where.column,
                 "the figures of the font %s have different widths, and it has none of one width: "
                 "figures below each other will not align (a font with the feature tnum)",
                 fonts_family(fonts));
}
