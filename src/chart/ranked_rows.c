#include "ranked_parts.h"

#include <math.h>

/* Few areas: a row each, with its name in full: what does not fit into a line takes more of them,
 * and the row is higher then. */

static const double LEADING = 1.25;
static const double ROW_LEAST = 9.5;
static const double NAME_ROOM = 3; /* above and below a name of several lines, together */

typedef struct {
    Scene *scene;
    const Ranked *r;
    Axis axis;
    double left, right, values; /* plot, and where the values as text end */
    double top, row, bottom;    /* row: the usual height of one */
    GPtrArray **names;          /* lines of each, r->n */
    double *middles;            /* of each row */
} Rows;

static double widest_value(const Ranked *r)
{
    double widest = 0;
    for (guint i = 0; i < r->n; i++) {
        const RankedItem *item = &r->chart->items[r->order[i]];
        widest = MAX(widest, text_width(item->value_text, LABEL_SIZE, TRUE));
    }
    return widest;
}

static double widest_name(const Ranked *r)
{
    double widest = 0;
    for (guint i = 0; i < r->n; i++) {
        widest = MAX(widest, text_width(r->chart->items[r->order[i]].name, LABEL_SIZE, TRUE));
    }
    return widest;
}

static const RankedItem *item_of(const Rows *f, guint i)
{
    return &f->r->chart->items[f->r->order[i]];
}

static gboolean is_own(const Rows *f, guint i)
{
    return f->r->order[i] == f->r->chart->highlight;
}

/* Smaller in several lines. */
static TextStyle name_style(const Rows *f, guint i)
{
    TextStyle style = is_own(f, i) ? STYLE_STRONG : STYLE_LABEL;
    if (f->names[i]->len > 1) {
        style.size = SMALL_SIZE;
    }
    return style;
}

static GPtrArray *lines_of(const Rows *f, guint i)
{
    TextStyle style = is_own(f, i) ? STYLE_STRONG : STYLE_LABEL;
    GPtrArray *lines = wrap_text(item_of(f, i)->name, &style, f->left - 6);
    if (lines->len > 1) {
        style.size = SMALL_SIZE;
        g_ptr_array_unref(lines);
        lines = wrap_text(item_of(f, i)->name, &style, f->left - 6);
    }
    return lines;
}

/* Rows one below the other from `top` on. */
static void lay_out(Rows *f)
{
    f->bottom = f->top;
    for (guint i = 0; i < f->r->n; i++) {
        f->names[i] = lines_of(f, i);
        const double lines = f->names[i]->len * SMALL_SIZE * LEADING + NAME_ROOM;
        const double height = f->names[i]->len > 1 ? MAX(f->row, lines) : f->row;
        f->middles[i] = f->bottom + height / 2;
        f->bottom += height;
    }
}

static void draw_name(const Rows *f, guint i)
{
    const TextStyle style = name_style(f, i);
    const double height = (f->names[i]->len - 1) * style.size * LEADING;
    draw_lines(f->scene, f->names[i], (Point){0, f->middles[i] - height / 2 + 0.36 * style.size},
               style);
}

static gboolean has_interval(const RankedItem *item)
{
    return isfinite(item->lower) && isfinite(item->upper);
}

static void draw_bar(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    double half = MIN(f->row * 0.34, 7);
    double zero = axis_clamped(&f->axis, 0), at = axis_at(&f->axis, item->value);
    scene_rect(f->scene, (Point){MIN(zero, at), f->middles[i] - half},
               (Point){fabs(at - zero), 2 * half},
               FILLED(emphasis_colour(item->emphasis, is_own(f, i))), item->name);
}

static void draw_interval(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    if (!has_interval(item)) {
        return;
    }
    double middle = f->middles[i];
    double from = axis_at(&f->axis, item->lower), to = axis_at(&f->axis, item->upper);
    scene_line(f->scene, (Point){from, middle}, (Point){to, middle}, STROKED(COLOUR_INK, 0.8));
    scene_line(f->scene, (Point){from, middle - 2}, (Point){from, middle + 2},
               STROKED(COLOUR_INK, 0.8));
    scene_line(f->scene, (Point){to, middle - 2}, (Point){to, middle + 2},
               STROKED(COLOUR_INK, 0.8));
}

static void draw_sign(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    if (item->emphasis < EMPHASIS_ALERT) {
        return;
    }
    double end = MAX(axis_clamped(&f->axis, 0), axis_at(&f->axis, item->value));
    end = has_interval(item) ? MAX(end, axis_at(&f->axis, item->upper)) : end;
    scene_mark(f->scene, (Point){end + 6, f->middles[i]}, 5, emphasis_shape(item->emphasis),
               FILLED(emphasis_colour(item->emphasis, FALSE)));
}

static void draw_words(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    gboolean own = is_own(f, i);
    double middle = f->middles[i];
    draw_name(f, i);
    TextStyle style = style_aligned(own ? STYLE_STRONG : STYLE_LABEL, ALIGN_END);
    scene_text(f->scene, (Point){f->values, middle + 0.36 * LABEL_SIZE}, item->value_text, style);
}

/* Shapes of one paint follow each other: writers join them. */
static void draw_items(const Rows *f)
{
    static void (*const each[])(const Rows *, guint) = {draw_bar, draw_interval, draw_sign,
                                                        draw_words};
    for (guint k = 0; k < G_N_ELEMENTS(each); k++) {
        for (guint i = 0; i < f->r->n; i++) {
            each[k](f, i);
        }
    }
}

typedef struct {
    double value;
    const char *label;
    Paint paint;
} Across;

static gboolean leaves_scene(const Rows *f, const Across *line, TextAlign align)
{
    double x = axis_at(&f->axis, line->value);
    double wide = text_width(line->label, LABEL_SIZE, FALSE);
    return align == ALIGN_END ? x - wide < 3 : x + wide + 3 > f->scene->width;
}

static GPtrArray *label_lines(const Rows *f, const Across *line, TextStyle *style)
{
    if (text_width(line->label, style->size, FALSE) > f->scene->width) {
        style->size = SMALL_SIZE;
    }
    return wrap_text(line->label, style, f->scene->width);
}

/* More than a line of it. */
static double label_more(const Rows *f, const Across *line)
{
    TextStyle style = STYLE_LABEL;
    if (!isfinite(line->value)) {
        return 0;
    }
    g_autoptr(GPtrArray) lines = label_lines(f, line, &style);
    return lines->len > 1 ? (lines->len - 1) * style.size * LEADING : 0;
}

/* A label that would leave the scene starts or ends at its edge, in a row of its own above. */
static void draw_line_across(const Rows *f, const Across *line, TextAlign align, double y)
{
    const double x = axis_at(&f->axis, line->value);
    const gboolean leaves = leaves_scene(f, line, align);
    double at = x + (align == ALIGN_END ? -3 : 3);
    scene_line(f->scene, (Point){x, leaves ? MIN(y + 4, f->top) : y - 6}, (Point){x, f->bottom},
               line->paint);
    if (leaves) {
        align = align == ALIGN_END ? ALIGN_START : ALIGN_END;
        at = align == ALIGN_START ? 0 : f->scene->width;
    }
    TextStyle style = STYLE_LABEL;
    g_autoptr(GPtrArray) lines = label_lines(f, line, &style);
    draw_lines(f->scene, lines,
               (Point){at, y - (lines->len > 0 ? lines->len - 1 : 0) * style.size * LEADING},
               style_aligned(style, align));
}

/* The label of the lower line ends at it, that of the higher one begins at it: so they never meet.
 * Where neither has the room for that, the higher one's stands below the lower one's. */
static void draw_across(const Rows *f, const Across *low, const Across *high)
{
    if (low->value > high->value) {
        const Across *swap = low;
        low = high;
        high = swap;
    }
    const gboolean both = isfinite(low->value) && isfinite(high->value);
    const TextAlign before = both ? ALIGN_END : ALIGN_START;
    const gboolean low_leaves = isfinite(low->value) && leaves_scene(f, low, before);
    const gboolean high_leaves = isfinite(high->value) && leaves_scene(f, high, ALIGN_START);
    const double at_rows = f->top - 4, above = at_rows - 10;
    if (isfinite(low->value)) {
        const double below = low_leaves && high_leaves ? label_more(f, high) : 0;
        draw_line_across(f, low, before, low_leaves ? above - below : at_rows);
    }
    if (isfinite(high->value)) {
        draw_line_across(f, high, ALIGN_START, high_leaves && !low_leaves ? above : at_rows);
    }
}

void ranked_draw_rows(Scene *s, const Ranked *r)
{
    const RankedChart *c = r->chart;
    Rows f = {.scene = s, .r = r};
    Across comparator = {c->comparator, c->comparator_label, STROKED(COLOUR_INK, 1)};
    Across median = {c->median, c->median_label, DASHED(COLOUR_DARK_BLUE, 1)};
    f.top = 24 + label_more(&f, &comparator) + label_more(&f, &median);
    double value = widest_value(r);
    f.values = s->width - 1;
    double name = widest_name(r);
    f.left = MIN(name + 8, s->width * 0.4);
    if (name + 8 > f.left) { /* rather more room than two lines in a low row */
        f.left = MIN(name * SMALL_SIZE / LABEL_SIZE + 8, s->width * 0.58);
    }
    f.right = s->width - (value > 0 ? value + 20 : 12);
    double foot = c->unit.label ? 27 : 16;
    f.row = CLAMP((s->height - f.top - foot) / r->n, ROW_LEAST, 24);
    g_autofree double *middles = g_new(double, r->n);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_ptr_array_set_size(names, (int)r->n);
    f.middles = middles;
    f.names = (GPtrArray **)names->pdata;
    lay_out(&f);
    s->height = MAX(s->height, f.bottom + foot);
    f.axis = axis_linear(r->span, TRUE, (guint)MAX((f.right - f.left) / 60, 2));
    f.axis.from = f.left;
    f.axis.to = f.right;
    axis_draw_level(s, &f.axis, &c->unit, f.bottom, f.top);
    if (c->unit.label) {
        double wide = text_width(c->unit.label, TICK_SIZE, FALSE);
        scene_text(s, (Point){MAX(MIN(f.left, s->width - wide), 0), f.bottom + 22}, c->unit.label,
                   STYLE_TICK);
    }
    draw_items(&f);
    draw_across(&f, &comparator, &median);
}
