#include "site_brand.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

/* As large as it is shown, and twice that in dots for fine screens. */
enum { MOST_WIDE = 280, MOST_HIGH = 56, DOTS = 2, LIGHT = 60000 };

/* ---- the logo ---------------------------------------------------------------------------------
 */

typedef struct {
    const guint8 *data;
    gsize left;
} Bytes;

static cairo_status_t next_bytes(void *closure, unsigned char *into, unsigned int n)
{
    Bytes *b = closure;
    if (n > b->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, b->data, n);
    b->data += n;
    b->left -= n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned int n)
{
    g_byte_array_append(closure, data, n);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *png_of(cairo_surface_t *surface)
{
    GByteArray *out = g_byte_array_new();
    cairo_surface_write_to_png_stream(surface, add_bytes, out);
    return g_byte_array_free_to_bytes(out);
}

static GBytes *made_smaller(cairo_surface_t *full, int wide, int high)
{
    cairo_surface_t *small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, wide, high);
    cairo_t *cr = cairo_create(small);
    cairo_scale(cr, wide / (double)cairo_image_surface_get_width(full),
                high / (double)cairo_image_surface_get_height(full));
    cairo_set_source_surface(cr, full, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_paint(cr);
    cairo_destroy(cr);
    GBytes *png = png_of(small);
    cairo_surface_destroy(small);
    return png;
}

/* The file as it is, or in fewer dots, and in the fewest where it is more of a photograph. */
static GBytes *light_enough(const Brand *brand, cairo_surface_t *full, const SiteLogo *logo)
{
    const int wide = cairo_image_surface_get_width(full);
    const int high = cairo_image_surface_get_height(full);
    GBytes *png = g_bytes_new_static(brand->logo_data, brand->logo_size);
    for (int dots = DOTS; dots >= 1; dots--) {
        const int fewer_wide = MIN(wide, (int)logo->width * dots);
        const int fewer_high = MIN(high, (int)logo->height * dots);
        const gboolean large = dots == DOTS && (fewer_wide < wide || fewer_high < high);
        if (!large && g_bytes_get_size(png) <= LIGHT)
            break;
        g_bytes_unref(png);
        png = made_smaller(full, fewer_wide, fewer_high);
    }
    return png;
}

SiteLogo site_logo_new(const Brand *brand)
{
    SiteLogo logo = {0};
    if (!brand->logo_data)
        return logo;
    Bytes b = {brand->logo_data, brand->logo_size};
    cairo_surface_t *full = cairo_image_surface_create_from_png_stream(next_bytes, &b);
    const int wide = cairo_image_surface_get_width(full);
    const int high = cairo_image_surface_get_height(full);
    if (wide > 0 && high > 0) {
        const double scale = MIN(1, MIN(MOST_WIDE / (double)wide, MOST_HIGH / (double)high));
        logo.width = (guint)MAX(1, round(wide * scale));
        logo.height = (guint)MAX(1, round(high * scale));
        logo.png = light_enough(brand, full, &logo);
    }
    cairo_surface_destroy(full);
    return logo;
}

void site_logo_clear(SiteLogo *logo)
{
    g_clear_pointer(&logo->png, g_bytes_unref);
}

/* ---- colours and fonts --------------------------------------------------------------------------
 */

static void put_colour(GString *out, const char *name, const guint8 rgb[3])
{
    g_string_append_printf(out, " --%s: #%02x%02x%02x;", name, rgb[0], rgb[1], rgb[2]);
}

/* As in the PDF: an accent of its own, else the colour. Links of the menu and of the foot stand on
 * grey, where a colour that is dark enough on white may be too pale. */
char *site_brand_style(const Brand *b)
{
    GString *out = g_string_new(NULL);
    const guint8 *accent = b->has_accent ? b->accent_rgb : b->has_colour ? b->colour_rgb : NULL;
    const char *family = fonts_family(b->fonts);
    if (b->has_colour) {
        g_string_append(out, " --hover: var(--ink); --menu: var(--ink);");
        put_colour(out, "link", b->colour_rgb);
        put_colour(out, "title", b->colour_rgb);
        put_colour(out, "band", b->colour_rgb);
    }
    if (accent) {
        put_colour(out, "rule", accent);
        put_colour(out, "mark", accent);
    }
    if (family)
        g_string_append_printf(out, " --own: \"%s\";", family);
    if (out->len > 0) {
        g_string_prepend(out, ":root {");
        g_string_append(out, " }\n");
    }
    return g_string_free(out, FALSE);
}
