#include "pdf_layout.h"

Piece *piece_new(PdfJob *job, void (*draw)(const Piece *, Pen *, double, double), double width,
                 double height)
{
    Piece *p = g_new0(Piece, 1);
    p->draw = draw;
    p->width = width;
    p->height = height;
    g_ptr_array_add(job->pieces, p);
    return p;
}

void piece_free(gpointer data)
{
    Piece *p = data;
    if (p->parts) {
        g_array_unref(p->parts);
    }
    if (p->data_free) {
        p->data_free(p->data);
    }
    g_free(p);
}

static double gap_between(const Piece *above, const Piece *below)
{
    return MAX(above->after, below->before);
}

double pieces_height(const GPtrArray *pieces)
{
    double height = 0;
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *p = g_ptr_array_index(pieces, i);
        height += p->height + (i > 0 ? gap_between(g_ptr_array_index(pieces, i - 1), p) : 0);
    }
    return height;
}

double piece_stack(Piece *into, const GPtrArray *pieces, Point at)
{
    if (!into->parts) {
        into->parts = g_array_new(FALSE, FALSE, sizeof(Part));
    }
    double y = at.y;
    for (guint i = 0; i < pieces->len; i++) {
        Piece *p = g_ptr_array_index(pieces, i);
        y += i > 0 ? gap_between(g_ptr_array_index(pieces, i - 1), p) : 0;
        Part part = {p, at.x, y};
        g_array_append_val(into->parts, part);
        y += p->height;
    }
    return y - at.y;
}

static void tags_begin(Pen *pen, const char *names)
{
    g_auto(GStrv) each = g_strsplit(names, "/", -1);
    for (guint i = 0; each[i]; i++) {
        tag_begin(pen, each[i]);
    }
}

static void tags_end(Pen *pen, const char *names)
{
    g_auto(GStrv) each = g_strsplit(names, "/", -1);
    for (guint i = 0; each[i]; i++) {
        tag_end(pen, each[i]);
    }
}

static gboolean same_text(const Piece *a, const Piece *b)
{
    return a && b && a->text && a->text == b->text;
}

void piece_paint(Pen *pen, const Part *part, const Piece *above, const Piece *below)
{
    const Piece *p = part->piece;
    if (p->open) {
        tags_begin(pen, p->open);
    }
    if (p->scene) {
        tag_begin_figure(pen, p->scene->alt);
    } else if (p->role && !same_text(p, above)) {
        tag_begin(pen, p->role);
    }
    p->draw(p, pen, part->x + p->indent, part->y);
    if (p->role && !same_text(p, below)) {
        tag_end(pen, p->role);
    }
    if (p->close) {
        tags_end(pen, p->close);
    }
}

void piece_draw_parts(const Piece *p, Pen *pen, double x, double y)
{
    guint n = p->parts ? p->parts->len : 0;
    for (guint i = 0; i < n; i++) {
        const Part *parts = &g_array_index(p->parts, Part, 0);
        Part at = {parts[i].piece, x + parts[i].x, y + parts[i].y};
        piece_paint(pen, &at, i > 0 ? parts[i - 1].piece : NULL,
                    i + 1 < n ? parts[i + 1].piece : NULL);
    }
}

void pieces_keep(const GPtrArray *pieces)
{
    for (guint i = 0; i + 1 < pieces->len; i++) {
        ((Piece *)g_ptr_array_index(pieces, i))->keep_next = TRUE;
    }
}

static void draw_text_line(const Piece *p, Pen *pen, double x, double y)
{
    text_draw_line(p->text, p->line, pen, (Point){x, y});
}

void pieces_from_text(PdfJob *job, TextBlock *t, const char *role, GPtrArray *out)
{
    for (guint i = 0; i < t->n_lines; i++) {
        Piece *p = piece_new(job, draw_text_line, t->width, t->format.leading);
        p->text = t;
        p->role = role;
        p->line = i;
        p->before = i == 0 ? t->format.before : 0;
        p->after = i + 1 == t->n_lines ? t->format.after : 0;
        p->keep_next = i + 1 < t->n_lines && (i == 0 || i + 2 == t->n_lines);
        g_ptr_array_add(out, p);
    }
}

void problem_add(PdfJob *job, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(job->stats->problems, g_strdup_vprintf(format, args));
    va_end(args);
}
