#include "pdf_layout.h"

#include "peerline/base/error.h"

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

gboolean logo_read(PdfJob *job, GError **error)
{
    if (!job->document->brand.logo) {
        return TRUE;
    }
    Bytes b = {NULL, 0};
    b.data = g_bytes_get_data(job->document->brand.logo, &b.left);
    job->logo = cairo_image_surface_create_from_png_stream(next_bytes, &b);
    const cairo_status_t status = cairo_surface_status(job->logo);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the logo cannot be drawn: %s",
                    cairo_status_to_string(status));
    }
    return status == CAIRO_STATUS_SUCCESS;
}

static double scale_of(const PdfJob *job, Point box)
{
    const double wide = cairo_image_surface_get_width(job->logo);
    const double high = cairo_image_surface_get_height(job->logo);
    return MIN(POINTS_PER_PIXEL, MIN(box.x / MAX(wide, 1), box.y / MAX(high, 1)));
}

void logo_draw(Pen *pen, Point at, Point box)
{
    const PdfJob *job = pen->job;
    if (!job->logo || pen_is_dead(pen)) {
        return;
    }
    const double scale = scale_of(job, box);
    tag_begin_figure(pen, job->document->brand.logo_alt);
    cairo_save(pen->cr);
    cairo_translate(pen->cr, at.x, at.y);
    cairo_scale(pen->cr, scale, scale);
    cairo_set_source_surface(pen->cr, job->logo, 0, 0);
    /* cairo 1.16 fails with cairo_paint() of a picture inside a tag. */
    cairo_rectangle(pen->cr, 0, 0, cairo_image_surface_get_width(job->logo),
                    cairo_image_surface_get_height(job->logo));
    cairo_fill(pen->cr);
    cairo_restore(pen->cr);
    tag_end(pen, "Figure");
}

void logo_draw_above(Pen *pen)
{
    if (pen->job->logo) {
        const double wide =
            cairo_image_surface_get_width(pen->job->logo) * scale_of(pen->job, ABOVE);
        logo_draw(pen, (Point){PAGE_LEFT + DOCUMENT_TEXT_WIDTH - wide, ABOVE_AT}, ABOVE);
    }
}
