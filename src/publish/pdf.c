#include "pdf_layout.h"

#include "peerline/base/error.h"
#include "peerline/base/fonts.h"
#include "peerline/base/version.h"

#include <cairo-pdf.h>
#include <string.h>

/* A date for documents that state none: the metadata must not depend on the clock. */
static const char NO_DATE[] = "2000-01-01";
enum { OPEN_OUTLINE = 40 }; /* up to so many headings the outline is shown open */

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
    job->notes = g_array_new(FALSE, FALSE, sizeof(TagNote));
    job->body_height = PAGE_HEIGHT - PAGE_TOP - PAGE_BOTTOM;
    if (d->notice && *d->notice) {
        job->notice = text_block(job, d->notice, FORMAT_NOTICE, DOCUMENT_TEXT_WIDTH);
        job->body_height -= text_block_height(job->notice) + 2;
    }
}

static void job_clear(PdfJob *job)
{
    g_clear_pointer(&job->logo, cairo_surface_destroy);
    g_array_unref(job->placed);
    g_array_unref(job->notes);
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

static cairo_status_t append_bytes(void *closure, const unsigned char *data, unsigned int n)
{
    g_byte_array_append(closure, data, n);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const Document *d)
{
    g_autofree char *date =
        g_strdup_printf("%sT00:00:00Z", d->date && *d->date ? d->date : NO_DATE);
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } entries[] = {
        {CAIRO_PDF_METADATA_TITLE, d->title},
        {CAIRO_PDF_METADATA_AUTHOR, d->author},
        {CAIRO_PDF_METADATA_SUBJECT, d->subject},
        {CAIRO_PDF_METADATA_CREATOR, "Peerline " PEERLINE_VERSION},
        {CAIRO_PDF_METADATA_CREATE_DATE, date},
        {CAIRO_PDF_METADATA_MOD_DATE, date},
    };
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
        if (entries[i].value && *entries[i].value) {
            cairo_pdf_surface_set_metadata(surface, entries[i].key, entries[i].value);
        }
    }
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

static char *page_number(const PdfJob *job, guint page)
{
    GString *text = g_string_new(NULL);
    for (const char *c = job->document->page_number; *c; c++) {
        if (*c == '\1')
            g_string_append_printf(text, "%u", page + 1);
        else if (*c == '\2')
            g_string_append_printf(text, "%u", job->n_pages);
        else
            g_string_append_c(text, *c);
    }
    return g_string_free(text, FALSE);
}

static void draw_foot(Pen *pen, guint page)
{
    const PdfJob *job = pen->job;
    double y = PAGE_TOP + job->body_height + 14;
    set_colour(pen->cr, COLOUR_GRID);
    cairo_set_line_width(pen->cr, 0.5);
    cairo_move_to(pen->cr, PAGE_LEFT, y);
    cairo_line_to(pen->cr, PAGE_LEFT + DOCUMENT_TEXT_WIDTH, y);
    cairo_stroke(pen->cr);

    y += 5;
    if (job->notice) {
        text_draw(job->notice, pen, (Point){PAGE_LEFT, y});
        y += text_block_height(job->notice);
    }
    double base = y + FORMAT_FOOT.leading / 2 + 0.36 * FORMAT_FOOT.size;
    g_autofree char *number = page_number(job, page);
    TextStyle style = {FORMAT_FOOT.size, FALSE, FORMAT_FOOT.colour, ALIGN_END, 0};
    text_draw_label(pen, number, &style, (Point){PAGE_LEFT + DOCUMENT_TEXT_WIDTH, base});
    if (job->document->running) {
        double room = DOCUMENT_TEXT_WIDTH - text_width(number, style.size, FALSE) - 12;
        style.align = ALIGN_START;
        g_autofree char *running = fitted_running(job->document->running, room, &style.size);
        text_draw_label(pen, running, &style, (Point){PAGE_LEFT, base});
    }
}

/* Named places: for links of this document, and so that others and web pages can link into it. */
static void add_destination(Pen *pen, const Target *t)
{
    g_autofree char *name = target_name(pen->job, t);
    g_autofree char *quoted = tag_string(name);
    g_autofree char *attributes =
        g_strdup_printf("name='%s' x=%d y=%d", quoted, (int)PAGE_LEFT, (int)t->y - 4);
    cairo_tag_begin(pen->cr, CAIRO_TAG_DEST, attributes);
    cairo_tag_end(pen->cr, CAIRO_TAG_DEST);
}

/* A repeated header is drawn as a bare piece: it is in the structure once. */
static void draw_placed(Pen *pen, guint index)
{
    const GArray *all = pen->job->placed;
    const Placed *p = &g_array_index(all, Placed, index);
    if (p->repeated) {
        pen->untagged = TRUE;
        p->piece->draw(p->piece, pen, p->x + p->piece->indent, p->y);
        pen->untagged = FALSE;
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
    for (guint page = 0; page < job->n_pages && !pen_is_dead(pen); page++) {
        gboolean alone = FALSE;
        for (guint i = 0; i < job->targets->len; i++) {
            const Target *t = &g_array_index(job->targets, Target, i);
            if (t->page == page + 1) {
                add_destination(pen, t);
            }
        }
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
            pen->untagged = TRUE;
            draw_foot(pen, page);
            pen->untagged = FALSE;
        }
        cairo_show_page(pen->cr);
    }
    tag_end(pen, "Document");
}

static void add_outline(cairo_surface_t *surface, const PdfJob *job)
{
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (guint i = 0; i < job->targets->len; i++) {
        const Target *t = &g_array_index(job->targets, Target, i);
        if (t->block->kind != BLOCK_HEADING || t->block->level > 2 || t->page == 0) {
            continue;
        }
        g_autofree char *name = plain_text(t->block->text);
        g_autofree char *place =
            g_strdup_printf("page=%u pos=[%d %d]", t->page, (int)PAGE_LEFT, (int)t->y - 4);
        cairo_pdf_outline_flags_t flags =
            job->targets->len <= OPEN_OUTLINE ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0;
        gboolean top = t->block->level == 1;
        int id = cairo_pdf_surface_add_outline(surface, top ? CAIRO_PDF_OUTLINE_ROOT : parent, name,
                                               place, flags);
        parent = top ? id : parent;
    }
}

/* The bytes of the PDF, or NULL. */
static GByteArray *render(PdfJob *job, GError **error)
{
    GByteArray *bytes = g_byte_array_new();
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append_bytes, bytes, PAGE_WIDTH, PAGE_HEIGHT);
    /* Later versions of cairo write object streams from 1.5 on, and so will the finishing pass. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(surface, job->document);
    Pen pen = {.job = job, .cr = cairo_create(surface)};
    draw_pages(&pen);
    add_outline(surface, job);
    cairo_status_t status = cairo_status(pen.cr);
    cairo_destroy(pen.cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(surface);
    }
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the PDF cannot be drawn: %s",
                    cairo_status_to_string(status));
        g_byte_array_unref(bytes);
        return NULL;
    }
    return bytes;
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
    g_autoptr(GByteArray) drawn = logo_read(&job, error) ? render(&job, error) : NULL;
    g_autoptr(GByteArray) bytes = drawn ? pdf_finish(drawn, d, job.notes, error) : NULL;
    job_clear(&job);
    if (!bytes) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    return g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len, error);
}
