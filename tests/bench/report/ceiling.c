/* ceiling PAGES TEXTS STROKES FILLS FILE: how fast pages of so many marks are drawn straight with
 * cairo, without layout, tags or a finishing pass: as fast as a writer that uses cairo could ever
 * be. Prints the processor seconds that the pages took. */
#include "peerline/base/fonts.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <time.h>

enum { WORDS = 400 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Text as it is in reports: words and numbers that come again on other pages. */
static void draw_texts(cairo_t *cr, guint page, guint n)
{
    cairo_set_source_rgb(cr, 0.05, 0.05, 0.05);
    for (guint i = 0; i < n; i++) {
        char text[32];
        const guint word = (page * 7 + i * 13) % WORDS;
        g_snprintf(text, sizeof text, word % 2 ? "area %u of all" : "1,%03u.5", word);
        PangoLayout *layout = fonts_label(text, FALSE);
        cairo_save(cr);
        cairo_translate(cr, 50 + i % 8 * 62, 50 + i / 8 * 9 % 740);
        cairo_scale(cr, 0.08, 0.08);
        cairo_move_to(cr, 0, 0);
        pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(layout, 0));
        cairo_restore(cr);
    }
}

static void draw_strokes(cairo_t *cr, guint n)
{
    cairo_set_source_rgb(cr, 0.85, 0.85, 0.85);
    cairo_set_line_width(cr, 0.5);
    for (guint i = 0; i < n; i++) {
        cairo_move_to(cr, 50 + i % 20, 50 + i * 3 % 740);
        cairo_line_to(cr, 540 - i % 30, 50 + i * 3 % 740);
        cairo_stroke(cr);
    }
}

static void draw_fills(cairo_t *cr, guint n)
{
    cairo_set_source_rgb(cr, 0.07, 0.26, 0.43);
    for (guint i = 0; i < n; i++) {
        cairo_rectangle(cr, 50 + i % 400, 50 + i * 5 % 740, 30 + i % 90, 6);
        cairo_fill(cr);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6 || !fonts_check(NULL)) {
        g_printerr("usage: ceiling PAGES TEXTS STROKES FILLS FILE (and the font Inter)\n");
        return 2;
    }
    const guint pages = (guint)atoi(argv[1]), texts = (guint)atoi(argv[2]);
    const guint strokes = (guint)atoi(argv[3]), fills = (guint)atoi(argv[4]);
    const double begin = seconds();
    cairo_surface_t *surface = cairo_pdf_surface_create(argv[5], 595.276, 841.89);
    cairo_t *cr = cairo_create(surface);
    for (guint page = 0; page < pages; page++) {
        draw_fills(cr, fills);
        draw_strokes(cr, strokes);
        draw_texts(cr, page, texts);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    const int failed = cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    g_print("%.3f\n", seconds() - begin);
    return failed;
}
