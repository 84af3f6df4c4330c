#include "pdf_layout.h"

/* Text in two columns of like height. What does not fit on the rest of a page is parted there, and
 * both parts are balanced. */

typedef struct {
    GPtrArray *pieces; /* Piece*, in reading order; owned by the job */
    double width;
} Balanced;

static void balanced_free(gpointer data)
{
    Balanced *b = data;
    g_ptr_array_unref(b->pieces);
    g_free(b);
}

static const Piece *piece_at(const GPtrArray *pieces, guint i)
{
    return g_ptr_array_index(pieces, i);
}

/* Heights of the pieces from the first to each one, [i + 1], with the space between them. */
static double *running_heights(const GPtrArray *pieces, guint n)
{
    double *sums = g_new0(double, n + 1);
    for (guint i = 0; i < n; i++) {
        double gap = i > 0 ? MAX(piece_at(pieces, i - 1)->after, piece_at(pieces, i)->before) : 0;
        sums[i + 1] = sums[i] + gap + piece_at(pieces, i)->height;
    }
    return sums;
}

/* Where the second column of the first n pieces begins, so that the higher one is lowest; pieces
 * that belong together are not parted. */
static guint balance(const GPtrArray *pieces, guint n, double *height)
{
    g_autofree double *sums = running_heights(pieces, n);
    guint best = n;
    *height = sums[n];
    for (guint at = 1; at < n; at++) {
        if (piece_at(pieces, at - 1)->keep_next) {
            continue;
        }
        /* The space above the first piece of a column is not used. */
        double second = sums[n] - sums[at + 1] + piece_at(pieces, at)->height;
        double higher = MAX(sums[at], second);
        if (higher < *height) {
            *height = higher;
            best = at;
        }
    }
    return best;
}

static Piece *balanced_piece(PdfJob *job, const GPtrArray *pieces, guint from, guint to,
                             double width)
{
    Balanced *b = g_new0(Balanced, 1);
    b->pieces = g_ptr_array_new();
    b->width = width;
    for (guint i = from; i < to; i++) {
        g_ptr_array_add(b->pieces, g_ptr_array_index(pieces, i));
    }
    double height, column = (width - DOCUMENT_COLUMN_GAP) / 2;
    guint at = balance(b->pieces, b->pieces->len, &height);
    GPtrArray first = {b->pieces->pdata, at};
    GPtrArray second = {b->pieces->pdata + at, b->pieces->len - at};
    Piece *p = piece_new(job, piece_draw_parts, width, height);
    piece_stack(p, &first, (Point){0, 0});
    piece_stack(p, &second, (Point){column + DOCUMENT_COLUMN_GAP, 0});
    p->before = piece_at(pieces, from)->before;
    p->after = piece_at(pieces, to - 1)->after;
    p->data = b;
    p->data_free = balanced_free;
    p->can_split = to - from > 1;
    return p;
}

Piece *balanced_split(PdfJob *job, const Piece *p, double room, Piece **rest)
{
    const Balanced *b = p->data;
    guint n = b->pieces->len, cut = 0;
    for (guint m = 1; m < n; m++) {
        double height;
        if (piece_at(b->pieces, m - 1)->keep_next) {
            continue;
        }
        balance(b->pieces, m, &height);
        if (height > room) {
            break;
        }
        cut = m;
    }
    if (cut == 0) {
        return NULL;
    }
    *rest = balanced_piece(job, b->pieces, cut, n, b->width);
    return balanced_piece(job, b->pieces, 0, cut, b->width);
}

void flow_balanced(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    g_autoptr(GPtrArray) inner = g_ptr_array_new();
    flow_blocks(job, b->children, (width - DOCUMENT_COLUMN_GAP) / 2, inner);
    if (inner->len == 0) {
        return;
    }
    Piece *p = balanced_piece(job, inner, 0, inner->len, width);
    if (p->height <= job->body_height) {
        g_ptr_array_add(out, p);
    } else { /* more than a page of text reads better in one column */
        flow_blocks(job, b->children, width, out);
    }
}
