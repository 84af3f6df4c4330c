#include "pdf_layout.h"

/* What stands before the text: the title page and the table of contents. */

static const double COVER_TITLE_AT = 150;
static const double COVER_BAR_WIDTH = 64;
static const double COVER_BAR_HEIGHT = 6;
static const Point LOGO_ON_COVER = {200, 72};
static const double NUMBER_ROOM = 40; /* for page numbers in the contents */
static const double LEVEL_INDENT = 14;

static void draw_cover(const Piece *p, Pen *pen, double x, double y)
{
    logo_draw(pen, (Point){x, y}, LOGO_ON_COVER);
    set_colour(pen->cr, pen->job->document->brand.accent);
    cairo_rectangle(pen->cr, x, y + COVER_TITLE_AT - 34, COVER_BAR_WIDTH, COVER_BAR_HEIGHT);
    cairo_fill(pen->cr);
    piece_draw_parts(p, pen, x, y);
    const TextBlock *notice = pen->job->notice;
    if (notice) {
        text_draw(notice, pen, (Point){x, y + p->height - text_block_height(notice)});
    }
}

static double add_text(PdfJob *job, Piece *cover, TextBlock *t, double y)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    pieces_from_text(job, t, "P", lines);
    return y + piece_stack(cover, lines, (Point){0, y}) + t->format.after;
}

void flow_cover(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    Piece *p = piece_new(job, draw_cover, width, job->body_height);
    p->page_before = TRUE;
    p->alone = TRUE;
    double y =
        add_text(job, p, text_block(job, b->text, FORMAT_COVER_TITLE, width), COVER_TITLE_AT);
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    for (guint i = 0; b->children && i < b->children->len; i++) {
        const Block *child = g_ptr_array_index(b->children, i);
        if (i == 0 && child->kind == BLOCK_PARAGRAPH && child->style == PARA_LEAD) {
            y = add_text(job, p, text_block(job, child->text, FORMAT_COVER_SUBTITLE, width), y);
        } else {
            flow_block(job, child, width * 0.75, rest);
        }
    }
    /* The lines stand in the lower half, or higher if they are many. */
    double room = job->body_height - (job->notice ? text_block_height(job->notice) + 20 : 0);
    double at = MIN(MAX(y + 40, job->body_height * 0.55), room - pieces_height(rest));
    if (at < y) {
        problem_add(job, "the title page is too full: %s", b->text);
    }
    piece_stack(p, rest, (Point){0, at});
    g_ptr_array_add(out, p);
}

static void draw_entry(const Piece *p, Pen *pen, double x, double y)
{
    const Target *t = &g_array_index(pen->job->targets, Target, GPOINTER_TO_UINT(p->data));
    double right = x - p->indent + p->width;
    link_begin_target(pen, t, (Point){x, y}, (Point){right - x, p->height});
    text_draw(p->text, pen, (Point){x, y});
    char number[16];
    g_snprintf(number, sizeof number, "%u", t->page);
    const TextFormat *f = &p->text->format;
    TextStyle style = {f->size, f->bold, f->colour, ALIGN_END, 0};
    text_draw_label(pen, number, &style,
                    (Point){right, y + p->height - f->leading / 2 + 0.36 * f->size});
    tag_end(pen, CAIRO_TAG_LINK);
    set_colour(pen->cr, COLOUR_GRID);
    cairo_set_line_width(pen->cr, 0.5);
    cairo_move_to(pen->cr, x, y + p->height + 2);
    cairo_line_to(pen->cr, right, y + p->height + 2);
    cairo_stroke(pen->cr);
}

static gboolean is_listed(const Block *b)
{
    return b->kind == BLOCK_HEADING && b->level <= 2 && !b->unlisted;
}

void flow_contents(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    guint first = out->len;
    (void)b;
    for (guint i = 0; i < job->targets->len; i++) {
        const Block *h = g_array_index(job->targets, Target, i).block;
        if (!is_listed(h)) {
            continue;
        }
        double indent = (h->level - 1) * LEVEL_INDENT;
        TextFormat format = FORMAT_BODY;
        format.bold = h->level == 1;
        /* Without links: the whole line is one. */
        g_autofree char *plain = plain_text(h->text);
        g_autofree char *escaped = document_escape(plain);
        TextBlock *t = text_block(job, escaped, format, width - NUMBER_ROOM - indent);
        Piece *p = piece_new(job, draw_entry, width, text_block_height(t));
        p->text = t;
        p->indent = indent;
        p->data = GUINT_TO_POINTER(i);
        p->before = h->level == 1 ? 9 : 4;
        p->after = 4;
        p->open = out->len == first ? "TOC/TOCI" : "TOCI";
        p->close = "TOCI";
        g_ptr_array_add(out, p);
    }
    if (out->len > first) {
        Piece *last = g_ptr_array_index(out, out->len - 1);
        last->after = 14;
        last->close = "TOCI/TOC";
    }
}
