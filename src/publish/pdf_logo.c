#include "pdf_layout.h"

#include "peerline/base/error.h"

#include <cairo.h>
#include <string.h>

/* The publisher's logo: on the title page, or in the upper margin of the first page. */

static const double POINTS_PER_PIXEL = 0.75; /* 96 pixels an inch */
static const Point ABOVE = {150, 26};
static const double ABOVE_AT = 16;

typedef struct {
    const guint8 *data;
    gsize left;
} Bytes;

static cairo_status_t next_bytes(void *closure, unsigned char *into, unsigned int n)
{
    Bytes *b = closure;
    if (n > b->left) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(into, b->data, n);
    b->data += n;
    b->left -= n;
    return CAIRO_STATUS_SUCCESS;
}

struct Picture {
    double width, height; /* pixels */
    guint object;
};

void picture_free(Picture *p)
{
    g_free(p);
}

/* cairo keeps colours multiplied by their opacity; the file has both apart. */
static guint8 divided(guint32 part, guint32 opacity)
{
    return opacity ? (guint8)MIN((part * 255 + opacity / 2) / opacity, 255) : 0;
}

static void split_row(const guint32 *row, guint n, guint8 *colours, guint8 *opacities)
{
    for (guint i = 0; i < n; i++) {
        const guint32 a = row[i] >> 24;
        colours[3 * i] = divided(row[i] >> 16 & 0xFF, a);
        colours[3 * i + 1] = divided(row[i] >> 8 & 0xFF, a);
        colours[3 * i + 2] = divided(row[i] & 0xFF, a);
        opacities[i] = (guint8)a;
    }
}

static guint write_samples(PdfFile *file, const Picture *p, const guint8 *samples, guint n_parts,
                           guint mask)
{
    const guint number = pdf_file_reserve(file), w = (guint)p->width, h = (guint)p->height;
    g_autofree char *masked = mask ? g_strdup_printf(" /SMask %u 0 R", mask) : g_strdup("");
    g_autofree char *entries = g_strdup_printf(
        "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /Interpolate true "
        "/ColorSpace /%s%s",
        w, h, n_parts == 3 ? "DeviceRGB" : "DeviceGray", masked);
    pdf_file_stream(file, number, entries, samples, (gsize)w * h * n_parts);
    return number;
}

static Picture *picture_write(cairo_surface_t *image, PdfFile *file)
{
    Picture *p = g_new0(Picture, 1);
    p->width = cairo_image_surface_get_width(image);
    p->height = cairo_image_surface_get_height(image);
    const gsize w = (gsize)p->width, h = (gsize)p->height;
    const gboolean opaque = cairo_image_surface_get_format(image) == CAIRO_FORMAT_RGB24;
    g_autofree guint8 *colours = g_malloc(3 * w * h);
    g_autofree guint8 *opacities = g_malloc(w * h);
    g_autofree guint32 *row = g_new(guint32, MAX(w, 1));
    for (gsize y = 0; y < h; y++) {
        memcpy(row,
               cairo_image_surface_get_data(image) +
                   y * (gsize)cairo_image_surface_get_stride(image),
               w * sizeof *row);
        for (gsize x = 0; opaque && x < w; x++) {
            row[x] |= 0xFF000000U;
        }
        split_row(row, (guint)w, colours + 3 * w * y, opacities + w * y);
    }
    const guint mask = opaque ? 0 : write_samples(file, p, opacities, 1, 0);
    p->object = write_samples(file, p, colours, 3, mask);
    return p;
}

gboolean logo_read(PdfJob *job, Canvas *c, GError **error)
{
    if (!job->document->brand.logo) {
        return TRUE;
    }
    Bytes b = {NULL, 0};
    b.data = g_bytes_get_data(job->document->brand.logo, &b.left);
    cairo_surface_t *image = cairo_image_surface_create_from_png_stream(next_bytes, &b);
    cairo_status_t status = cairo_surface_status(image);
    const cairo_format_t format = cairo_image_surface_get_format(image);
    if (status == CAIRO_STATUS_SUCCESS && format != CAIRO_FORMAT_ARGB32 &&
        format != CAIRO_FORMAT_RGB24) {
        status = CAIRO_STATUS_INVALID_FORMAT;
    }
    if (status == CAIRO_STATUS_SUCCESS) {
        job->logo = picture_write(image, c->file);
        canvas_add_image(c, job->logo->object);
    } else {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the logo cannot be drawn: %s",
                    cairo_status_to_string(status));
    }
    cairo_surface_destroy(image);
    return status == CAIRO_STATUS_SUCCESS;
}

static double scale_of(const Picture *p, Point box)
{
    return MIN(POINTS_PER_PIXEL, MIN(box.x / MAX(p->width, 1), box.y / MAX(p->height, 1)));
}

void logo_draw(Pen *pen, Point at, Point box)
{
    const Picture *p = pen->job->logo;
    if (p) {
        const double scale = scale_of(p, box);
        tag_begin_figure(pen, pen->job->document->brand.logo_alt);
        canvas_image(pen->canvas, p->object, at, (Point){p->width * scale, p->height * scale});
        tag_end(pen, "Figure");
    }
}

void logo_draw_above(Pen *pen)
{
    const Picture *p = pen->job->logo;
    if (p) {
        const double wide = p->width * scale_of(p, ABOVE);
        logo_draw(pen, (Point){PAGE_LEFT + DOCUMENT_TEXT_WIDTH - wide, ABOVE_AT}, ABOVE);
    }
}
