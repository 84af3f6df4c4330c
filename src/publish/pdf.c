#include "pdf_layout.h"

#include "peerline/base/fonts.h"

#include <string.h>

void pdf_stats_clear(PdfStats *stats)
{
    g_clear_pointer(&stats->problems, g_ptr_array_unref);
    stats->pages = 0;
}

static void face_free(gpointer data)
{
    pango_font_description_free(data);
}

static PangoAttrList *features(const char *names)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_font_features_new(names));
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    return list;
}

static void job_init(PdfJob *job, const Document *d, PdfStats *stats, PangoContext *context)
{
    *job = (PdfJob){.document = d, .stats = stats, .context = context};
    job->faces = g_hash_table_new_full(NULL, NULL, NULL, face_free);
    job->plain = features(FONTS_FEATURES_TEXT);
    job->figures = features(FONTS_FEATURES_FIGURES);
    job->texts = g_ptr_array_new_with_free_func(text_block_free);
    job->pieces = g_ptr_array_new_with_free_func(piece_free);
    job->targets = g_array_new(FALSE, TRUE, sizeof(Target));
    job->by_anchor = g_hash_table_new(g_str_hash, g_str_equal);
    job->by_block = g_hash_table_new(NULL, NULL);
    job->placed = g_array_new(FALSE, TRUE, sizeof(Placed));
    job->body_height = PAGE_HEIGHT - PAGE_TOP - PAGE_BOTTOM;
    if (d->notice && *d->notice) {
        job->notice = text_block(job, d->notice, FORMAT_NOTICE, DOCUMENT_TEXT_WIDTH);
        job->body_height -= text_block_height(job->notice) + 2;
    }
}

static void job_clear(PdfJob *job)
{
    g_clear_pointer(&job->logo, picture_free);
    g_array_unref(job->placed);
    g_array_unref(job->targets);
    g_clear_pointer(&job->known, g_array_unref);
    g_hash_table_unref(job->by_anchor);
    g_hash_table_unref(job->by_block);
    g_ptr_array_unref(job->pieces);
    g_ptr_array_unref(job->texts);
    g_hash_table_unref(job->faces);
    pango_attr_list_unref(job->plain);
    pango_attr_list_unref(job->figures);
}

/* The running foot in smaller type, and cut at a word only when that is not enough: the title page
 * and the properties of the file have it in full. */
static char *fitted_running(const char *text, double room, double *size)
{
    const double wide = text_width(text, *size, FALSE);
    *size = wide > room ? MAX(7.0, *size * room / wide) : *size;
    g_autoptr(GString) part = g_string_new(text);
    while (text_width(part->str, *size, FALSE) > room) {
        const char *blank = strrchr(part->str, ' ');
        if (!blank) {
            break;
        }
        g_string_truncate(part, (gsize)(blank - part->str));
        g_string_append(part, "\xE2\x80\xA6");
    }
    return g_strdup(part->str);
}

static void draw_foot(Pen *pen, guint page)
{
    const PdfJob *job = pen->job;
    double y = PAGE_TOP + job->body_height + 14;
    canvas_rule(pen->canvas, (Point){PAGE_LEFT, y}, (Point){PAGE_LEFT + DOCUMENT_TEXT_WIDTH, y},
                0.5, COLOUR_GRID);
    y += 5;
    if (job->notice) {
        text_draw(job->notice, pen, (Point){PAGE_LEFT, y});
        y += text_block_height(job->notice);
    }
    double base = y + FORMAT_FOOT.leading / 2 + 0.36 * FORMAT_FOOT.size;
    g_autofree char *number = g_strdup_printf("Page %u of %u", page + 1, job->n_pages);
    TextStyle style = {FORMAT_FOOT.size, FALSE, FORMAT_FOOT.colour, ALIGN_END, 0};
    text_draw_label(pen, number, &style, (Point){PAGE_LEFT + DOCUMENT_TEXT_WIDTH, base});
    if (job->document->running) {
        double room = DOCUMENT_TEXT_WIDTH - text_width(number, style.size, FALSE) - 12;
        style.align = ALIGN_START;
        g_autofree char *running = fitted_running(job->document->running, room, &style.size);
        text_draw_label(pen, running, &style, (Point){PAGE_LEFT, base});
    }
}

/* A repeated header is drawn as a bare piece: it is in the structure once. */
static void draw_placed(Pen *pen, guint index)
{
    const GArray *all = pen->job->placed;
    const Placed *p = &g_array_index(all, Placed, index);
    if (p->repeated) {
        tags_off(pen, TRUE);
        p->piece->draw(p->piece, pen, p->x + p->piece->indent, p->y);
        tags_off(pen, FALSE);
        return;
    }
    const Placed *above = index > 0 ? p - 1 : NULL;
    const Placed *below = index + 1 < all->len ? p + 1 : NULL;
    Part at = {p->piece, p->x, p->y};
    piece_paint(pen, &at, above && above->page == p->page ? above->piece : NULL,
                below && below->page == p->page ? below->piece : NULL);
}

static void draw_pages(Pen *pen)
{
    const PdfJob *job = pen->job;
    guint next = 0;
    tag_begin(pen, "Document");
    for (guint page = 0; page < job->n_pages; page++) {
        gboolean alone = FALSE;
        canvas_begin_page(pen->canvas);
        for (; next < job->placed->len; next++) {
            const Placed *p = &g_array_index(job->placed, Placed, next);
            if (p->page != page) {
                break;
            }
            if (page == 0 && next == 0 && !p->piece->alone) {
                logo_draw_above(pen);
            }
            draw_placed(pen, next);
            alone = alone || p->piece->alone;
        }
        if (!alone) {
            tags_off(pen, TRUE);
            draw_foot(pen, page);
            tags_off(pen, FALSE);
        }
        canvas_end_page(pen->canvas);
    }
    tag_end(pen, "Document");
}

static GByteArray *render(PdfJob *job, GError **error)
{
    g_autoptr(PdfFile) file = pdf_file_new();
    g_autoptr(Canvas) canvas = canvas_new(file, PAGE_WIDTH, PAGE_HEIGHT);
    Pen pen = {.job = job, .canvas = canvas};
    if (!logo_read(job, canvas, error)) {
        return NULL;
    }
    draw_pages(&pen);
    guint root, info;
    catalog_write(job, canvas, &root, &info);
    return pdf_file_end(file, root, info);
}

gboolean pdf_write(const Document *d, const char *path, PdfStats *stats, GError **error)
{
    g_auto(PdfStats) own = {0};
    PdfStats *s = stats ? stats : &own;
    *s = (PdfStats){.problems = g_ptr_array_new_with_free_func(g_free)};
    fonts_use(d->brand.fonts);
    PangoContext *context = fonts_context(error);
    if (!context) {
        return FALSE;
    }
    PdfJob job;
    job_init(&job, d, s, context);
    targets_collect(&job);
    document_place(&job);
    g_autoptr(GByteArray) bytes = render(&job, error);
    job_clear(&job);
    if (!bytes) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    return g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len, error);
}
