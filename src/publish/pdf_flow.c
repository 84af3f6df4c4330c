#include "pdf_layout.h"

/* Blocks to pieces. */

static const double FIGURE_AFTER = 12;
static const double LIST_INDENT = 13;
static const double CALLOUT_RULE = 3;
static const double CALLOUT_PAD = 10;

typedef void (*Flow)(PdfJob *, const Block *, double, GPtrArray *);

static void flow_heading(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    static const char *const roles[] = {"H1", "H2", "H3"};
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    pieces_from_text(job, text_block(job, b->text, *heading_format(b->level), width),
                     roles[CLAMP(b->level, 1, 3) - 1], lines);
    for (guint i = 0; i < lines->len; i++) {
        Piece *p = g_ptr_array_index(lines, i);
        p->keep_next = TRUE;
        g_ptr_array_add(out, p);
    }
}

static void flow_paragraph(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    static const TextFormat *const formats[] = {[PARA_BODY] = &FORMAT_BODY,
                                                [PARA_LEAD] = &FORMAT_LEAD,
                                                [PARA_SMALL] = &FORMAT_SMALL,
                                                [PARA_CAPTION] = &FORMAT_CAPTION};
    pieces_from_text(job, text_block(job, b->text, *formats[b->style], width), "P", out);
}

static void flow_caption(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    if (!b->text || !*b->text) {
        return;
    }
    guint first = out->len;
    pieces_from_text(job, text_block(job, b->text, FORMAT_CAPTION, width), "P", out);
    for (guint i = first; i < out->len; i++) {
        ((Piece *)g_ptr_array_index(out, i))->keep_next = TRUE;
    }
}

static void draw_item_line(const Piece *p, Pen *pen, double x, double y)
{
    if (p->line == 0) {
        const Colour accent = pen->job->document->brand.accent;
        TextStyle bullet = {p->text->format.size, FALSE, accent, ALIGN_START, 0};
        text_draw_label(pen, "\xE2\x80\xA2", &bullet,
                        (Point){x - LIST_INDENT + 3,
                                y + p->text->format.leading / 2 + 0.36 * p->text->format.size});
    }
    text_draw_line(p->text, p->line, pen, (Point){x, y});
}

static void flow_list(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    for (guint i = 0; b->children && i < b->children->len; i++) {
        const Block *item = g_ptr_array_index(b->children, i);
        TextFormat format = FORMAT_BODY;
        format.after = i + 1 < b->children->len ? 3 : FORMAT_BODY.after;
        guint first = out->len;
        pieces_from_text(job, text_block(job, item->text, format, width - LIST_INDENT), "LBody",
                         out);
        if (out->len > first) {
            ((Piece *)g_ptr_array_index(out, first))->open = i == 0 ? "L/LI" : "LI";
            ((Piece *)g_ptr_array_index(out, out->len - 1))->close =
                i + 1 == b->children->len ? "LI/L" : "LI";
        }
        for (guint k = first; k < out->len; k++) {
            Piece *p = g_ptr_array_index(out, k);
            p->indent += LIST_INDENT;
            p->draw = draw_item_line;
        }
    }
}

static void draw_figure(const Piece *p, Pen *pen, double x, double y)
{
    scene_draw(p->scene, pen, (Point){x, y}, p->scale);
}

static void flow_figure(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    flow_caption(job, b, width, out);
    const Scene *s = b->figure;
    if (!s || s->width <= 0 || s->height <= 0) {
        return;
    }
    double room = job->body_height - 40;
    double scale = MIN(1.0, MIN(width / s->width, room / s->height));
    Piece *p = piece_new(job, draw_figure, s->width * scale, s->height * scale);
    p->scene = s;
    p->scale = scale;
    p->role = "Figure";
    p->before = 4;
    p->after = FIGURE_AFTER;
    g_ptr_array_add(out, p);
}

static void flow_group(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    g_autoptr(GPtrArray) inner = g_ptr_array_new();
    flow_blocks(job, b->children, width, inner);
    if (pieces_height(inner) <= job->body_height) {
        pieces_keep(inner);
        if (b->lead && inner->len > 0) {
            ((Piece *)g_ptr_array_index(inner, inner->len - 1))->keep_next = TRUE;
        }
    }
    for (guint i = 0; i < inner->len; i++) {
        g_ptr_array_add(out, g_ptr_array_index(inner, i));
    }
}

static double column_width(const Block *b, guint i, double width)
{
    double given = 0, total = 0;
    guint n = b->children->len, without = 0;
    for (guint k = 0; k < n; k++) {
        double share = ((const Block *)g_ptr_array_index(b->children, k))->share;
        given += share;
        without += share <= 0;
    }
    double equal = given <= 0 ? 1.0 : without ? MAX(1.0 - given, 0.05 * without) / without : 0;
    for (guint k = 0; k < n; k++) {
        double share = ((const Block *)g_ptr_array_index(b->children, k))->share;
        total += share > 0 ? share : equal;
    }
    double own = ((const Block *)g_ptr_array_index(b->children, i))->share;
    return (own > 0 ? own : equal) / total * (width - (n - 1) * DOCUMENT_COLUMN_GAP);
}

static void flow_columns(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    if (!b->children || b->children->len == 0) {
        return;
    }
    Piece *p = piece_new(job, piece_draw_parts, width, 0);
    double x = 0;
    for (guint i = 0; i < b->children->len; i++) {
        double w = column_width(b, i, width);
        g_autoptr(GPtrArray) inner = g_ptr_array_new();
        flow_block(job, g_ptr_array_index(b->children, i), w, inner);
        double height = piece_stack(p, inner, (Point){x, 0});
        p->height = MAX(p->height, height);
        if (inner->len > 0) {
            p->before = MAX(p->before, ((Piece *)g_ptr_array_index(inner, 0))->before);
            p->after = MAX(p->after, ((Piece *)g_ptr_array_index(inner, inner->len - 1))->after);
        }
        x += w + DOCUMENT_COLUMN_GAP;
    }
    if (p->height <= job->body_height) {
        g_ptr_array_add(out, p);
        return;
    }
    /* Columns do not continue on a next page: what is higher than a page goes below each other. */
    for (guint i = 0; i < b->children->len; i++) {
        flow_block(job, g_ptr_array_index(b->children, i), width, out);
    }
}

static void draw_callout(const Piece *p, Pen *pen, double x, double y)
{
    set_colour(pen->cr, COLOUR_PALE);
    cairo_rectangle(pen->cr, x, y, p->width, p->height);
    cairo_fill(pen->cr);
    set_colour(pen->cr, pen->job->document->brand.accent);
    cairo_rectangle(pen->cr, x, y, CALLOUT_RULE, p->height);
    cairo_fill(pen->cr);
    piece_draw_parts(p, pen, x, y);
}

static void flow_callout(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    g_autoptr(GPtrArray) inner = g_ptr_array_new();
    flow_blocks(job, b->children, width - CALLOUT_RULE - 2 * CALLOUT_PAD, inner);
    if (inner->len == 0) {
        return;
    }
    if (pieces_height(inner) + 2 * CALLOUT_PAD > job->body_height) {
        for (guint i = 0; i < inner->len; i++) {
            g_ptr_array_add(out, g_ptr_array_index(inner, i));
        }
        return;
    }
    Piece *p = piece_new(job, draw_callout, width, 0);
    p->height =
        piece_stack(p, inner, (Point){CALLOUT_RULE + CALLOUT_PAD, CALLOUT_PAD}) + 2 * CALLOUT_PAD;
    p->before = 6;
    p->after = 12;
    g_ptr_array_add(out, p);
}

static void flow_page_break(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    Piece *p = piece_new(job, piece_draw_parts, width, 0);
    p->page_before = TRUE;
    p->filled = b->share;
    g_ptr_array_add(out, p);
}

static void flow_captioned_table(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    flow_caption(job, b, width, out);
    flow_table(job, b, width, out);
}

static const Flow FLOWS[] = {
    [BLOCK_HEADING] = flow_heading,   [BLOCK_PARAGRAPH] = flow_paragraph,
    [BLOCK_LIST] = flow_list,         [BLOCK_TABLE] = flow_captioned_table,
    [BLOCK_FIGURE] = flow_figure,     [BLOCK_COLUMNS] = flow_columns,
    [BLOCK_BALANCED] = flow_balanced, [BLOCK_GROUP] = flow_group,
    [BLOCK_CALLOUT] = flow_callout,   [BLOCK_PAGE_BREAK] = flow_page_break,
    [BLOCK_COVER] = flow_cover,       [BLOCK_CONTENTS] = flow_contents,
};

void flow_block(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    guint first = out->len;
    FLOWS[b->kind](job, b, width, out);
    if (out->len > first && (b->anchor || b->kind == BLOCK_HEADING)) {
        Piece *p = g_ptr_array_index(out, first);
        if (p->block) {
            /* A group and its first child both are targets: an empty piece carries the group's. */
            Piece *marker = piece_new(job, piece_draw_parts, 0, 0);
            marker->before = p->before;
            marker->keep_next = TRUE;
            marker->block = b;
            p->before = 0;
            g_ptr_array_insert(out, (int)first, marker);
        } else {
            p->block = b;
        }
    }
}

void flow_blocks(PdfJob *job, const GPtrArray *blocks, double width, GPtrArray *out)
{
    for (guint i = 0; blocks && i < blocks->len; i++) {
        flow_block(job, g_ptr_array_index(blocks, i), width, out);
    }
}
