#include "peerline/chart/heatmap.h"
#include "shade.h"

#include <math.h>

static const double CELL_LEAST = 17; /* two triangles */
static const double CELL_MOST = 46;
static const double WORD_MOST = 210; /* of a name that stands upright; longer words break */
static const double SIGN = 6;
static const double BAND_GAP = 12;
static const double HEAD_LEADING = 8.1;
static const double LEADING = 1.25;
static const double KEY_LINE = 13;

typedef struct {
    Scene *scene; /* NULL while only measuring */
    const HeatChart *c;
    double width;
    double name, cell; /* widths */
    double head;       /* height of the columns' names */
    guint per_band, bands;
    gboolean figures; /* all of them fit into their cells */
    double *heights;  /* of the rows */
    double rows;      /* all rows together */
} Heat;

/* ---- words ---- */

static char *kind_text(const HeatChart *c, HeatKind kind)
{
    static const Word words[HEAT_KINDS] = {
        WORD_HEAT_MUCH_LOWER,  WORD_HEAT_LOWER,        WORD_HEAT_SIMILAR, WORD_HEAT_HIGHER,
        WORD_HEAT_MUCH_HIGHER, WORD_HEAT_NOT_COMPARED, WORD_CHART_NO_DATA};
    if (c->words[kind]) {
        return g_strdup(c->words[kind]);
    }
    const char *with =
        c->comparator_label ? c->comparator_label : words_label(c->study, WORD_HEAT_OTHERS);
    return words_plain(c->study, words[kind], "with", with, NULL);
}

static char *cell_text(const HeatChart *c, const HeatCell *cell)
{
    g_autofree char *kind = kind_text(c, cell->kind);
    gboolean figure = cell->kind != HEAT_MISSING && cell->text && *cell->text;
    return g_strconcat(figure ? cell->text : "", figure ? ", " : "", kind, NULL);
}

/* Colours say it too, but not in a print in grey. */
static char *row_name(const HeatChart *c, guint row)
{
    static const Word preferred[] = {[SPINE_NEUTRAL] = WORD_HEAT_ROW,
                                     [SPINE_HIGH_IS_BETTER] = WORD_HEAT_ROW_HIGH,
                                     [SPINE_LOW_IS_BETTER] = WORD_HEAT_ROW_LOW};
    return words_plain(c->study, preferred[c->rows[row].polarity], "name", c->rows[row].name, NULL);
}

static SceneTable *table_of(const HeatChart *c)
{
    g_autoptr(GPtrArray) heads = g_ptr_array_new();
    g_ptr_array_add(heads, (gpointer)words_label(c->study, WORD_CHART_COLUMN_INDICATOR));
    for (guint k = 0; k < c->n_columns; k++) {
        g_ptr_array_add(heads, (gpointer)c->columns[k]);
    }
    g_ptr_array_add(heads, NULL);
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_HEAT,
                                   (const char *const *)heads->pdata, heads->len - 1);
    for (guint i = 0; i < c->n; i++) {
        g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(cells, row_name(c, i));
        for (guint k = 0; k < c->n_columns; k++) {
            g_ptr_array_add(cells, cell_text(c, &c->rows[i].cells[k]));
        }
        scene_table_add(t, (const char *const *)cells->pdata);
    }
    return t;
}

static void tell_column(GString *alt, const HeatChart *c, guint column)
{
    guint counts[HEAT_KINDS] = {0};
    for (guint i = 0; i < c->n; i++) {
        counts[c->rows[i].cells[column].kind]++;
    }
    g_string_append_printf(alt, " %s:", c->columns[column]);
    const char *separator = " ";
    for (guint kind = 0; kind < HEAT_KINDS; kind++) {
        if (counts[kind]) {
            g_autofree char *text = kind_text(c, (HeatKind)kind);
            g_autofree char *said = words_plain(c->study, WORD_ALT_COUNT, "#n",
                                                GUINT_TO_POINTER(counts[kind]), "what", text, NULL);
            g_string_append_printf(alt, "%s%s", separator, said);
            separator = ", ";
        }
    }
    g_string_append(alt, ".");
}

static char *alt_text(const HeatChart *c)
{
    GString *alt = g_string_new(NULL);
    tell(alt,
         words_plain(c->study, WORD_ALT_HEAT, "title", title_or(c->study, c->title), "#n",
                     GUINT_TO_POINTER(c->n), "#columns", GUINT_TO_POINTER(c->n_columns), NULL));
    if (c->n == 0 || c->n_columns == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
    } else if (c->highlight < c->n_columns) {
        tell_column(alt, c, c->highlight);
    }
    return g_string_free(alt, FALSE);
}

/* ---- measures ---- */

static gboolean all_figures_fit(const Heat *h)
{
    for (guint i = 0; i < h->c->n; i++) {
        for (guint k = 0; k < h->c->n_columns; k++) {
            const HeatCell *cell = &h->c->rows[i].cells[k];
            if (cell->text && text_width(cell->text, SMALL_SIZE, FALSE) > h->cell - 3) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static TextStyle head_style(const Heat *h, guint column)
{
    gboolean own = column == h->c->highlight;
    return (TextStyle){SMALL_SIZE, own, own ? COLOUR_DARK_BLUE : COLOUR_INK, ALIGN_START, 90};
}

static guint head_lines(const Heat *h)
{
    return (guint)MAX(floor(h->cell / HEAD_LEADING), 1);
}

static double widest_word(const char *text, const TextStyle *style)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    double widest = 0;
    for (guint i = 0; words[i]; i++) {
        widest = MAX(widest, text_width(words[i], style->size, style->bold));
    }
    return MIN(widest + 0.1, WORD_MOST);
}

/* The least height in which a name takes no more lines than the cell has room for. */
static double head_height(const Heat *h, guint column)
{
    TextStyle style = head_style(h, column);
    double height = MAX(24, widest_word(h->c->columns[column], &style));
    for (;; height += 4) {
        g_autoptr(GPtrArray) lines = wrap_text(h->c->columns[column], &style, height);
        if (lines->len <= head_lines(h)) {
            break;
        }
    }
    return height;
}

static double widest_name(const HeatChart *c)
{
    double widest = 0;
    for (guint i = 0; i < c->n; i++) {
        g_autofree char *name = row_name(c, i);
        double width = text_width(name, LABEL_SIZE, FALSE);
        widest = MAX(widest, width);
    }
    return widest;
}

static void set_columns(Heat *h)
{
    h->name = MIN(widest_name(h->c) + 8, h->width * 0.3);
    guint most = (guint)MAX((h->width - h->name - 1) / CELL_LEAST, 1);
    guint n = MAX(h->c->n_columns, 1);
    h->bands = (n + most - 1) / most;
    h->per_band = (n + h->bands - 1) / h->bands;
    h->cell = MIN((h->width - h->name - 1) / h->per_band, CELL_MOST);
}

static Heat measure(const HeatChart *c, double width)
{
    Heat h = {.c = c, .width = width};
    set_columns(&h);
    h.figures = all_figures_fit(&h);
    for (guint k = 0; k < c->n_columns; k++) {
        double height = head_height(&h, k);
        h.head = MAX(h.head, height + 6);
    }
    h.heights = g_new0(double, MAX(c->n, 1));
    for (guint i = 0; i < c->n; i++) {
        g_autofree char *name = row_name(c, i);
        g_autoptr(GPtrArray) lines = wrap_text(name, &STYLE_LABEL, h.name - 8);
        h.heights[i] = MAX(h.figures ? 23 : 15, lines->len * LABEL_SIZE * LEADING + 5);
        h.rows += h.heights[i];
    }
    return h;
}

/* ---- cells ---- */

static Shade shade_of(const HeatCell *cell, SpinePolarity polarity)
{
    if (cell->kind == HEAT_MISSING) {
        return SHADE_NO_DATA;
    }
    Shade shade = {COLOUR_WHITE, HATCH_NONE, COLOUR_NONE};
    gboolean high = cell->kind == HEAT_HIGHER || cell->kind == HEAT_MUCH_HIGHER;
    gboolean low = cell->kind == HEAT_LOWER || cell->kind == HEAT_MUCH_LOWER;
    gboolean much = cell->kind == HEAT_MUCH_LOWER || cell->kind == HEAT_MUCH_HIGHER;
    if (!high && !low) {
        return shade;
    }
    if (polarity == SPINE_NEUTRAL) {
        shade.fill = much ? COLOUR_MUTED : COLOUR_GREY;
    } else if (high == (polarity == SPINE_HIGH_IS_BETTER)) {
        shade.fill = much ? COLOUR_DARK_BLUE : COLOUR_LIGHT_BLUE;
    } else {
        shade.fill = much ? COLOUR_DARK_PINK : COLOUR_ORANGE;
    }
    return shade;
}

/* Signs of a kind in the middle of a place. */
static void draw_sign(Scene *s, HeatKind kind, Point at, Colour colour)
{
    Paint filled = FILLED(colour), hollow = {.fill = COLOUR_WHITE, .stroke = colour, .width = 0.9};
    gboolean up = kind == HEAT_HIGHER || kind == HEAT_MUCH_HIGHER;
    switch (kind) {
    case HEAT_SIMILAR: scene_mark(s, at, SIGN * 0.8, MARK_CIRCLE, hollow); return;
    case HEAT_NOT_COMPARED: scene_mark(s, at, SIGN * 0.8, MARK_SQUARE, hollow); return;
    case HEAT_MISSING:
    case HEAT_KINDS: return;
    case HEAT_LOWER:
    case HEAT_HIGHER:
        scene_mark(s, at, SIGN, up ? MARK_TRIANGLE_UP : MARK_TRIANGLE_DOWN, filled);
        return;
    case HEAT_MUCH_LOWER:
    case HEAT_MUCH_HIGHER:
        for (int side = -1; side <= 1; side += 2) {
            scene_mark(s, (Point){at.x + side * SIGN * 0.58, at.y}, SIGN,
                       up ? MARK_TRIANGLE_UP : MARK_TRIANGLE_DOWN, filled);
        }
        return;
    }
}

static void draw_cell(const Heat *h, guint row, guint column, Box box)
{
    const HeatCell *cell = &h->c->rows[row].cells[column];
    g_autofree char *text = cell_text(h->c, cell);
    g_autofree char *title =
        g_strdup_printf("%s, %s: %s", h->c->columns[column], h->c->rows[row].name, text);
    Shade shade = shade_of(cell, h->c->rows[row].polarity);
    shade_rect(h->scene, box, &shade, STROKED(COLOUR_WHITE, 0.8), title);
    double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    Colour colour = colour_text_on(shade.fill);
    gboolean figure = h->figures && cell->text && cell->kind != HEAT_MISSING;
    draw_sign(h->scene, cell->kind, (Point){x, figure ? y - 5 : y}, colour);
    if (figure) {
        TextStyle style = {SMALL_SIZE, FALSE, colour, ALIGN_MIDDLE, 0};
        scene_text(h->scene, (Point){x, y + 8}, cell->text, style);
    }
}

/* ---- bands ---- */

static void draw_head(const Heat *h, guint column, double left, double bottom)
{
    TextStyle style = head_style(h, column);
    g_autoptr(GPtrArray) lines = wrap_text(h->c->columns[column], &style, h->head - 6);
    double x = left + h->cell / 2 - (lines->len - 1) * HEAD_LEADING / 2.0 + 0.36 * style.size;
    for (guint i = 0; i < lines->len; i++) {
        scene_text(h->scene, (Point){x + i * HEAD_LEADING, bottom - 3}, g_ptr_array_index(lines, i),
                   style);
    }
}

static void draw_names(const Heat *h, double top)
{
    for (guint i = 0; i < h->c->n; i++) {
        g_autofree char *name = row_name(h->c, i);
        draw_fitted(h->scene, name, (Box){0, top, h->name - 8, top + h->heights[i]}, STYLE_LABEL);
        top += h->heights[i];
        scene_line(h->scene, (Point){0, top}, (Point){h->name, top}, STROKED(COLOUR_GRID, 0.5));
    }
}

static void draw_band(const Heat *h, guint band, double top)
{
    guint first = band * h->per_band, end = MIN(first + h->per_band, h->c->n_columns);
    draw_names(h, top + h->head);
    for (guint k = first; k < end; k++) {
        double left = h->name + (k - first) * h->cell, y = top + h->head;
        draw_head(h, k, left, y);
        for (guint i = 0; i < h->c->n; i++) {
            draw_cell(h, i, k, (Box){left, y, left + h->cell, y + h->heights[i]});
            y += h->heights[i];
        }
    }
    if (h->c->highlight >= first && h->c->highlight < end) {
        scene_rect(h->scene, (Point){h->name + (h->c->highlight - first) * h->cell, top + h->head},
                   (Point){h->cell, h->rows}, STROKED(COLOUR_INK, 1.4), NULL);
    }
}

/* ---- key ---- */

static gboolean has_kind(const HeatChart *c, HeatKind kind)
{
    for (guint i = 0; i < c->n; i++) {
        for (guint k = 0; k < c->n_columns; k++) {
            if (c->rows[i].cells[k].kind == kind) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* The signs that occur, as many to a line as fit; returns the height. */
static double draw_signs(const Heat *h, double top)
{
    double x = 0, y = top;
    for (guint kind = 0; kind < HEAT_KINDS; kind++) {
        if (!has_kind(h->c, (HeatKind)kind)) {
            continue;
        }
        g_autofree char *text = kind_text(h->c, (HeatKind)kind);
        double width = 18 + text_width(text, TICK_SIZE, FALSE) + 12;
        if (x > 0 && x + width - 12 > h->width) {
            x = 0;
            y += KEY_LINE;
        }
        if (h->scene) {
            Box box = {x + 0.5, y + 0.5, x + 14.5, y + 10.5};
            if (kind == HEAT_MISSING) {
                shade_rect(h->scene, box, &SHADE_NO_DATA, STROKED(COLOUR_MUTED, 0.6), NULL);
            }
            draw_sign(h->scene, (HeatKind)kind, (Point){x + 7.5, y + 5.5}, COLOUR_INK);
            scene_text(h->scene, (Point){x + 18, y + 8.2}, text, STYLE_TICK);
        }
        x += width;
    }
    return y + KEY_LINE + 2 - top;
}

static double draw_colours(const Heat *h, double top)
{
    const Shade shades[] = {{COLOUR_DARK_BLUE, HATCH_NONE, COLOUR_NONE},
                            {COLOUR_DARK_PINK, HATCH_NONE, COLOUR_NONE},
                            {COLOUR_MUTED, HATCH_NONE, COLOUR_NONE}};
    const Study *study = h->c->study;
    KeyEntry entries[3];
    guint n = 0;
    gboolean polar = FALSE, neutral = FALSE;
    for (guint i = 0; i < h->c->n; i++) {
        polar = polar || h->c->rows[i].polarity != SPINE_NEUTRAL;
        neutral = neutral || h->c->rows[i].polarity == SPINE_NEUTRAL;
    }
    if (polar) {
        entries[n++] = (KeyEntry){&shades[0], words_label(study, WORD_HEAT_BLUE)};
        entries[n++] = (KeyEntry){&shades[1], words_label(study, WORD_HEAT_ORANGE)};
    }
    if (neutral) {
        entries[n++] = (KeyEntry){&shades[2], words_label(study, WORD_HEAT_GREY)};
    }
    return draw_shade_key(h->scene, entries, n, (Box){0, top, h->width, INFINITY});
}

static double draw_key(const Heat *h, double top)
{
    double height = draw_signs(h, top);
    return height + draw_colours(h, top + height);
}

guint heat_chart_columns(const HeatChart *c, double width)
{
    Heat h = {.c = c, .width = width};
    set_columns(&h);
    return (guint)MAX((width - h.name - 1) / CELL_LEAST, 1);
}

static double height_of(const Heat *h)
{
    if (h->c->n == 0 || h->c->n_columns == 0) {
        return 40;
    }
    return h->bands * (h->head + h->rows + BAND_GAP) + draw_key(h, 0);
}

double heat_chart_height(const HeatChart *c, double width)
{
    Heat h = measure(c, width);
    double height = height_of(&h);
    g_free(h.heights);
    return height;
}

Scene *heat_chart_scene(const HeatChart *c, double width)
{
    Heat h = measure(c, width);
    Scene *s = scene_new(width, height_of(&h));
    s->alt = alt_text(c);
    s->table = table_of(c);
    h.scene = s;
    if (c->n == 0 || c->n_columns == 0) {
        draw_nothing(s, c->study, (Box){0, 0, width, s->height});
    } else {
        double top = 0;
        for (guint band = 0; band < h.bands; band++) {
            draw_band(&h, band, top);
            top += h.head + h.rows + BAND_GAP;
        }
        draw_key(&h, top);
    }
    g_free(h.heights);
    return s;
}
