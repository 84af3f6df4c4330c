#include "pdf_layout.h"

#include <string.h>

/* Tables: widths from the content, type that shrinks before words break, one piece per row. */

static const double COLUMN_GAP = 10;
static const double COLUMN_GAP_LEAST = 5; /* where numbers are so long that nothing else helps */
static const double TABLE_AFTER = 12;
enum { SHORT_TABLE = 7 }; /* up to so many rows a table is kept on one page */

/* Tried in this order until no word has to be broken. */
static const double SIZES[] = {9, 8.5, 8, 7.5, 7};
static const guint FIRST_COMPACT = 2;

typedef struct {
    TextBlock *text;   /* wrapped or with links; else NULL */
    const char *label; /* one line, borrowed from the document or owned by `owned` */
    char *owned;
    gboolean bold, right;
    const Scene *figure;
    const char *alt; /* of the figure, borrowed from the document */
    double scale;
} Fitted;

typedef struct {
    const TableData *data;
    guint n_columns, n_rows;
    double *x, *width; /* per column */
    double size, leading, pad, gap;
    Fitted *cells; /* header row first */
} FittedTable;

/* Content of a column: em for text (widths grow with the type size), points for figures. */
typedef struct {
    double least, most;
    double figure;
} Extent;

static void fitted_table_free(gpointer data)
{
    FittedTable *t = data;
    for (guint i = 0; i < (t->n_rows + 1) * t->n_columns; i++) {
        g_free(t->cells[i].owned);
    }
    g_free(t->cells);
    g_free(t->x);
    g_free(t->width);
    g_free(t);
}

static double widest_word(const char *text, gboolean bold)
{
    double widest = 0;
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    for (guint i = 0; words[i]; i++) {
        widest = MAX(widest, text_width(words[i], 1.0, bold));
    }
    return widest;
}

/* A number does not break at its blanks: "12 (3 to 45)". */
static void extent_of_number(Extent *e, const char *text, gboolean bold)
{
    double full = text_width(text, 1.0, bold);
    e->least = MAX(e->least, full);
    e->most = MAX(e->most, full);
}

static void extent_of_text(Extent *e, const char *markup, gboolean bold, gboolean header)
{
    g_autofree char *plain = plain_text(markup);
    double full = text_width(plain, 1.0, bold);
    double word = strchr(plain, ' ') ? widest_word(plain, bold) : full;
    e->least = MAX(e->least, word);
    /* Headers may take three lines, so that they do not decide the width. */
    e->most = MAX(e->most, header ? MAX(word, full / 2.4) : full);
}

static Extent extent_of_column(const FittedTable *t, guint column, gboolean whole_numbers)
{
    const TableData *d = t->data;
    Extent e = {0};
    extent_of_text(&e, d->columns[column].header, TRUE, TRUE);
    for (guint row = 0; row < t->n_rows; row++) {
        const Cell *c = &g_array_index(d->cells, Cell, row * d->n_columns + column);
        if (c->kind == CELL_FIGURE) {
            e.figure = MAX(e.figure, c->figure ? c->figure->width : 0);
        } else if (c->kind == CELL_NUMBER && whole_numbers) {
            extent_of_number(&e, c->text, c->bold);
        } else {
            extent_of_text(&e, c->text, c->bold, FALSE);
        }
    }
    return e;
}

static double least_of(const Extent *e, double size)
{
    return MAX(e->least * size, e->figure) + 0.1;
}

static double most_of(const Extent *e, double size)
{
    return MAX(e->most * size, e->figure) + 0.1;
}

/* Widths of the columns without a given share: all between least and most, in proportion. */
static void share_out(FittedTable *t, const Extent *extents, double room, double size)
{
    double least = 0, most = 0;
    for (guint i = 0; i < t->n_columns; i++) {
        if (t->data->columns[i].width <= 0) {
            least += least_of(&extents[i], size);
            most += most_of(&extents[i], size);
        }
    }
    for (guint i = 0; i < t->n_columns; i++) {
        if (t->data->columns[i].width > 0) {
            continue;
        }
        double lo = least_of(&extents[i], size), hi = most_of(&extents[i], size);
        if (most <= room) {
            t->width[i] = hi * room / most;
        } else if (least <= room) {
            t->width[i] = lo + (hi - lo) * (room - least) / MAX(most - least, 1e-9);
        } else {
            t->width[i] = lo * room / least;
        }
    }
}

/* Sets the widths for a type size; FALSE if a word would have to be broken. */
static gboolean fit_columns(FittedTable *t, const Extent *extents, double width, double size)
{
    double room = width - (t->n_columns - 1) * t->gap;
    double given = 0, shares = 0;
    for (guint i = 0; i < t->n_columns; i++) {
        shares += MAX(t->data->columns[i].width, 0);
    }
    for (guint i = 0; i < t->n_columns; i++) {
        if (t->data->columns[i].width > 0) {
            t->width[i] = t->data->columns[i].width / MAX(shares, 1.0) * room;
            given += t->width[i];
        }
    }
    share_out(t, extents, room - given, size);
    gboolean fits = TRUE;
    double x = 0;
    for (guint i = 0; i < t->n_columns; i++) {
        t->x[i] = x;
        x += t->width[i] + t->gap;
        fits = fits && t->width[i] >= extents[i].least * size;
    }
    return fits;
}

/* The largest type that breaks no word; FALSE if there is none. */
static gboolean fit_type(FittedTable *t, double width, double gap, gboolean whole_numbers)
{
    t->gap = gap;
    g_autofree Extent *extents = g_new(Extent, t->n_columns);
    for (guint i = 0; i < t->n_columns; i++) {
        extents[i] = extent_of_column(t, i, whole_numbers);
    }
    gboolean fits = FALSE;
    for (guint i = t->data->compact ? FIRST_COMPACT : 0; i < G_N_ELEMENTS(SIZES) && !fits; i++) {
        t->size = SIZES[i];
        fits = fit_columns(t, extents, width, t->size);
    }
    return fits;
}

static void fit_table(PdfJob *job, FittedTable *t, double width)
{
    if (!fit_type(t, width, COLUMN_GAP, TRUE) && !fit_type(t, width, COLUMN_GAP, FALSE) &&
        !fit_type(t, width, COLUMN_GAP_LEAST, FALSE)) {
        problem_add(job, "a table is too wide for its place (first column: %s)",
                    t->data->columns[0].header);
    }
    t->leading = t->size * 1.3;
    t->pad = t->data->compact ? 1.9 : 2.7;
}

static Fitted fit_text(PdfJob *job, const FittedTable *t, guint column, const Cell *c)
{
    Fitted f = {.bold = c->bold,
                .right = c->kind == CELL_NUMBER || t->data->columns[column].numeric};
    gboolean marked = strpbrk(c->text, "\\*[") != NULL;
    if (!marked && text_width(c->text, t->size, c->bold) <= t->width[column] + 0.05) {
        f.label = c->text;
        return f;
    }
    TextFormat format = {t->size, t->leading, 0, 0, c->bold, TRUE, COLOUR_INK};
    f.text = text_block(job, c->text, format, t->width[column]);
    f.text->right = f.right;
    return f;
}

static Fitted fit_figure(const FittedTable *t, guint column, const Cell *c)
{
    Fitted f = {.figure = c->figure, .alt = c->text};
    if (c->figure && c->figure->width > 0) {
        f.scale = MIN(1.0, t->width[column] / c->figure->width);
    }
    return f;
}

static double cell_height(const FittedTable *t, const Fitted *f)
{
    if (f->figure) {
        return f->figure->height * f->scale;
    }
    return f->text ? text_block_height(f->text) : t->leading;
}

static double row_height(const FittedTable *t, guint row)
{
    double height = t->leading;
    for (guint i = 0; i < t->n_columns; i++) {
        height = MAX(height, cell_height(t, &t->cells[row * t->n_columns + i]));
    }
    return height + 2 * t->pad;
}

static void draw_cell(const FittedTable *t, guint column, const Fitted *f, Pen *pen, Point at)
{
    if (f->figure) {
        tag_begin_figure(pen, f->alt);
        scene_draw(f->figure, pen, at, f->scale);
        tag_end(pen, "Figure");
    } else if (f->text) {
        text_draw(f->text, pen, at);
    } else if (f->label && *f->label) {
        TextStyle style = {t->size, f->bold, COLOUR_INK, f->right ? ALIGN_END : ALIGN_START, 0};
        Point base = {at.x + (f->right ? t->width[column] : 0),
                      at.y + t->leading / 2 + 0.36 * t->size};
        text_draw_label(pen, f->label, &style, base);
    }
}

static void draw_row(const Piece *p, Pen *pen, double x, double y)
{
    const FittedTable *t = p->data;
    gboolean header = p->line == 0;
    tag_begin(pen, "TR");
    for (guint i = 0; i < t->n_columns; i++) {
        const Fitted *f = &t->cells[p->line * t->n_columns + i];
        double space = p->height - 2 * t->pad - cell_height(t, f);
        const gboolean names = header || (i == 0 && t->data->row_headers);
        if (names) {
            tag_begin_header(pen, !header);
        } else {
            tag_begin(pen, "TD");
        }
        draw_cell(t, i, f, pen, (Point){x + t->x[i], y + t->pad + (header ? space : 0)});
        tag_end(pen, names ? "TH" : "TD");
    }
    tag_end(pen, "TR");
    set_colour(pen->cr, header ? COLOUR_INK : COLOUR_GRID);
    cairo_set_line_width(pen->cr, header ? 0.9 : 0.5);
    cairo_move_to(pen->cr, x, y + p->height);
    cairo_line_to(pen->cr, x + p->width, y + p->height);
    cairo_stroke(pen->cr);
}

static FittedTable *fitted_table(PdfJob *job, const TableData *d, double width)
{
    FittedTable *t = g_new0(FittedTable, 1);
    t->data = d;
    t->n_columns = d->n_columns;
    t->n_rows = d->cells->len / d->n_columns;
    if (d->cells->len % d->n_columns != 0) {
        problem_add(job, "the last row of a table is not complete (first column: %s)",
                    d->columns[0].header);
    }
    t->x = g_new0(double, t->n_columns);
    t->width = g_new0(double, t->n_columns);
    t->cells = g_new0(Fitted, (t->n_rows + 1) * t->n_columns);
    fit_table(job, t, width);
    for (guint i = 0; i < t->n_columns; i++) {
        Cell header = {.kind = CELL_TEXT, .text = d->columns[i].header, .bold = TRUE};
        t->cells[i] = fit_text(job, t, i, &header);
    }
    for (guint i = 0; i < t->n_rows * t->n_columns; i++) {
        const Cell *c = &g_array_index(d->cells, Cell, i);
        t->cells[t->n_columns + i] = c->kind == CELL_FIGURE ? fit_figure(t, i % t->n_columns, c)
                                                            : fit_text(job, t, i % t->n_columns, c);
    }
    return t;
}

void flow_table(PdfJob *job, const Block *b, double width, GPtrArray *out)
{
    if (!b->table || b->table->n_columns == 0) {
        return;
    }
    FittedTable *t = fitted_table(job, b->table, width);
    Piece *header = NULL;
    for (guint row = 0; row <= t->n_rows; row++) {
        Piece *p = piece_new(job, draw_row, width, row_height(t, row));
        p->data = t;
        p->line = row;
        p->repeat = header;
        /* No row alone at the foot or the top of a page. */
        p->keep_next =
            row < t->n_rows && (row < 2 || row + 1 == t->n_rows || t->n_rows <= SHORT_TABLE);
        const char *anchor =
            row ? g_array_index(b->table->cells, Cell, (row - 1) * t->n_columns).anchor : NULL;
        p->target = anchor ? GPOINTER_TO_UINT(g_hash_table_lookup(job->by_anchor, anchor)) : 0;
        if (row == 0) {
            header = p;
            p->data_free = fitted_table_free;
            p->before = 4;
        }
        p->after = row == t->n_rows ? TABLE_AFTER : 0;
        p->open = row == 0 ? "Table" : NULL;
        p->close = row == t->n_rows ? "Table" : NULL;
        g_ptr_array_add(out, p);
    }
}
