#include "ranked_parts.h"
#include "shade.h"

#include <math.h>

/* Few areas: a row each, with its name in full. */

typedef struct {
    Scene *scene;
    const Ranked *r;
    Axis axis;
    double left, right, values; /* plot, and where the values as text end */
    double top, row;
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

static void draw_name(const Rows *f, const RankedItem *item, double middle, gboolean own)
{
    TextStyle style = own ? STYLE_STRONG : STYLE_LABEL;
    g_autoptr(GPtrArray) lines = wrap_text(item->name, &style, f->left - 6);
    if (lines->len > 1) { /* smaller, and in two lines only when that is not enough */
        style.size = SMALL_SIZE;
        g_ptr_array_unref(lines);
        lines = wrap_text(item->name, &style, f->left - 6);
        /* The table and the text alternative have it in full. */
        cut_lines(lines, (guint)MAX(1, (f->row + 3) / (style.size * 1.25)), f->left - 6, &style);
    }
    double height = (lines->len - 1) * style.size * 1.25;
    draw_lines(f->scene, lines, (Point){0, middle - height / 2 + 0.36 * style.size}, style);
}

static double middle_of(const Rows *f, guint i)
{
    return f->top + (i + 0.5) * f->row;
}

static const RankedItem *item_of(const Rows *f, guint i)
{
    return &f->r->chart->items[f->r->order[i]];
}

static gboolean is_own(const Rows *f, guint i)
{
    return f->r->order[i] == f->r->chart->highlight;
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
    scene_rect(f->scene, (Point){MIN(zero, at), middle_of(f, i) - half},
               (Point){fabs(at - zero), 2 * half},
               FILLED(emphasis_colour(item->emphasis, is_own(f, i))), item->name);
}

static void draw_interval(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    if (!has_interval(item)) {
        return;
    }
    double middle = middle_of(f, i);
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
    scene_mark(f->scene, (Point){end + 6, middle_of(f, i)}, 5, emphasis_shape(item->emphasis),
               FILLED(emphasis_colour(item->emphasis, FALSE)));
}

static void draw_words(const Rows *f, guint i)
{
    const RankedItem *item = item_of(f, i);
    gboolean own = is_own(f, i);
    double middle = middle_of(f, i);
    draw_name(f, item, middle, own);
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

/* A label that would leave the scene starts or ends at its edge, in a row of its own above. */
static void draw_line_across(const Rows *f, const Across *line, TextAlign align, gboolean low_row)
{
    double x = axis_at(&f->axis, line->value);
    const gboolean leaves = leaves_scene(f, line, align);
    double y = f->top - (leaves && !low_row ? 14 : 4);
    scene_line(f->scene, (Point){x, low_row ? f->top : y - 6},
               (Point){x, f->top + f->r->n * f->row}, line->paint);
    if (leaves) {
        align = align == ALIGN_END ? ALIGN_START : ALIGN_END;
        x = align == ALIGN_START ? 0 : f->scene->width;
    } else {
        x += align == ALIGN_END ? -3 : 3;
    }
    TextStyle style = STYLE_LABEL;
    g_autofree char *label = fit_line(line->label, &style, f->scene->width);
    scene_text(f->scene, (Point){x, y}, label, style_aligned(style, align));
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
    const gboolean tight =
        both && leaves_scene(f, low, ALIGN_END) && leaves_scene(f, high, ALIGN_START);
    if (isfinite(low->value)) {
        draw_line_across(f, low, both ? ALIGN_END : ALIGN_START, FALSE);
    }
    if (isfinite(high->value)) {
        draw_line_across(f, high, ALIGN_START, tight);
    }
}

void ranked_draw_rows(Scene *s, const Ranked *r)
{
    const RankedChart *c = r->chart;
    Rows f = {.scene = s, .r = r, .top = 24};
    double value = widest_value(r);
    f.values = s->width - 1;
    double name = widest_name(r);
    f.left = MIN(name + 8, s->width * 0.4);
    if (name + 8 > f.left) { /* rather more room than two lines in a low row */
        f.left = MIN(name * SMALL_SIZE / LABEL_SIZE + 8, s->width * 0.58);
    }
    f.right = s->width - (value > 0 ? value + 20 : 12);
    double foot = c->unit.label ? 27 : 16;
    f.row = MIN((s->height - f.top - foot) / r->n, 24);
    f.axis = axis_linear(r->span, TRUE, (guint)MAX((f.right - f.left) / 60, 2));
    f.axis.from = f.left;
    f.axis.to = f.right;
    double bottom = f.top + r->n * f.row;
    axis_draw_level(s, &f.axis, &c->unit, bottom, f.top);
    if (c->unit.label) {
        double wide = text_width(c->unit.label, TICK_SIZE, FALSE);
        scene_text(s, (Point){MAX(MIN(f.left, s->width - wide), 0), bottom + 22}, c->unit.label,
                   STYLE_TICK);
    }
    draw_items(&f);
    Across comparator = {c->comparator, c->comparator_label, STROKED(COLOUR_INK, 1)};
    Across median = {c->median, c->median_label, DASHED(COLOUR_DARK_BLUE, 1)};
    draw_across(&f, &comparator, &median);
}
