#include "ranked_parts.h"

#include <math.h>

/* Many areas: columns from the highest to the lowest, so close that they make a shape when they are
 * thousands. Names hang like flags on leaders above the plot, in up to FLAG_ROWS rows. */

enum { FLAG_ROWS = 4 };
static const double FLAG_LEADING = 9.5;
static const Colour COLOUR_BAND = {0x95, 0x95, 0x95, 0xFF};
static const double THIN = 1.5;         /* narrower columns are drawn as one shape */
static const double MARKED_LEAST = 1.4; /* width of an emphasised column at least */

typedef struct {
    Scene *scene;
    const Ranked *r;
    Axis axis;
    Box plot;
    double step; /* width of a column with its gap */
} Columns;

static const RankedItem *item_at(const Columns *f, guint i)
{
    return &f->r->chart->items[f->r->order[i]];
}

static gboolean is_own(const Columns *f, guint i)
{
    return f->r->order[i] == f->r->chart->highlight;
}

static gboolean is_flagged(const Columns *f, guint i)
{
    return is_own(f, i) || item_at(f, i)->labelled;
}

static double centre(const Columns *f, guint i)
{
    return f->plot.x0 + (i + 0.5) * f->step;
}

static double top_of(const Columns *f, guint i)
{
    const RankedItem *item = item_at(f, i);
    double top = MAX(MAX(item->value, 0), isfinite(item->upper) ? item->upper : item->value);
    return axis_at(&f->axis, top);
}

static void draw_column(const Columns *f, guint i, double width, Colour colour)
{
    const RankedItem *item = item_at(f, i);
    double zero = axis_clamped(&f->axis, 0), at = axis_at(&f->axis, item->value);
    scene_rect(f->scene, (Point){centre(f, i) - width / 2, MIN(zero, at)},
               (Point){width, fabs(at - zero)}, FILLED(colour), item->name);
}

/* The item that stands for place k of several on the same third of a point. */
static guint item_of_place(const Columns *f, guint k, guint places)
{
    guint n = f->r->n;
    return k == 0 ? 0 : k + 1 == places ? n - 1 : MIN((guint)((k + 0.5) * n / places), n - 1);
}

static void add_step(GArray *points, double left, double width, double y)
{
    Point steps[] = {{left, y}, {left + width, y}};
    g_array_append_vals(points, steps, 2);
}

/* The intervals of thousands of columns as one band, there and back. */
static void draw_band(const Columns *f, guint places, double step)
{
    g_autoptr(GArray) band = g_array_new(FALSE, FALSE, sizeof(Point));
    for (guint k = 0; k < places; k++) {
        const RankedItem *item = item_at(f, item_of_place(f, k, places));
        if (isfinite(item->lower) && isfinite(item->upper)) {
            add_step(band, f->plot.x0 + k * step, step, axis_at(&f->axis, item->upper));
        }
    }
    for (guint k = places; k-- > 0;) {
        const RankedItem *item = item_at(f, item_of_place(f, k, places));
        if (isfinite(item->lower) && isfinite(item->upper)) {
            add_step(band, f->plot.x0 + (k + 1) * step, -step, axis_at(&f->axis, item->lower));
        }
    }
    scene_path(f->scene, (const Point *)(void *)band->data, band->len, TRUE, FILLED(COLOUR_BAND));
}

/* Thousands of columns: the outline of all of them, and a band for their intervals. Places where
 * several columns share a third of a point are shown by the one in their middle. */
static void draw_shape(const Columns *f)
{
    guint places = MIN(f->r->n, (guint)((f->plot.x1 - f->plot.x0) * 3));
    double step = (f->plot.x1 - f->plot.x0) / places, zero = axis_clamped(&f->axis, 0);
    g_autoptr(GArray) outline = g_array_new(FALSE, FALSE, sizeof(Point));
    Point corner = {f->plot.x0, zero};
    g_array_append_val(outline, corner);
    for (guint k = 0; k < places; k++) {
        double y = axis_at(&f->axis, item_at(f, item_of_place(f, k, places))->value);
        add_step(outline, f->plot.x0 + k * step, step, y);
    }
    corner.x = f->plot.x1;
    g_array_append_val(outline, corner);
    scene_path(f->scene, (const Point *)(void *)outline->data, outline->len, TRUE,
               FILLED(COLOUR_GREY));
    draw_band(f, places, step);
}

static void draw_intervals(const Columns *f)
{
    double width = CLAMP(f->step * 0.12, 0.35, 0.9);
    for (guint i = 0; i < f->r->n; i++) {
        const RankedItem *item = item_at(f, i);
        if (isfinite(item->lower) && isfinite(item->upper)) {
            scene_line(f->scene, (Point){centre(f, i), axis_at(&f->axis, item->lower)},
                       (Point){centre(f, i), axis_at(&f->axis, item->upper)},
                       STROKED(COLOUR_MUTED, width));
        }
    }
}

static void draw_all_columns(const Columns *f)
{
    double width = f->step > 3 ? f->step * 0.8 : f->step;
    if (f->step < THIN) {
        draw_shape(f);
        width = MARKED_LEAST;
    }
    for (guint i = 0; i < f->r->n; i++) {
        gboolean stands_out = is_own(f, i) || item_at(f, i)->emphasis != EMPHASIS_NORMAL;
        if (f->step >= THIN || (stands_out && !is_own(f, i))) {
            draw_column(f, i, width, emphasis_colour(item_at(f, i)->emphasis, is_own(f, i)));
        }
    }
    for (guint i = 0; i < f->r->n && f->step < THIN; i++) {
        if (is_own(f, i)) {
            draw_column(f, i, width, COLOUR_DARK_BLUE);
        }
    }
    if (f->step >= THIN) {
        draw_intervals(f);
    }
}

static void draw_marks(const Columns *f)
{
    double size = CLAMP(f->step * 0.9, 2.6, 4.5), free = 0;
    for (guint i = 0; i < f->r->n; i++) {
        const RankedItem *item = item_at(f, i);
        if (item->emphasis >= EMPHASIS_ALERT && centre(f, i) >= free) {
            free = centre(f, i) + size;
            scene_mark(f->scene, (Point){centre(f, i), top_of(f, i) - 4}, size,
                       emphasis_shape(item->emphasis),
                       FILLED(emphasis_colour(item->emphasis, FALSE)));
        }
    }
}

typedef struct {
    guint item, row;
    Point at;      /* of the text, when the lowest row is at 0 */
    double leader; /* upper end of the leader */
    TextStyle style;
} Flag;

/* Text to the right of its leader, to the left of it, or over it and pushed inside the scene. */
static Flag flag_at(const Columns *f, guint i, guint row, int way)
{
    static const TextAlign aligns[] = {ALIGN_START, ALIGN_END, ALIGN_MIDDLE};
    static const double shifts[] = {2, -2, 0};
    Flag flag = {.item = i, .row = row, .style = is_own(f, i) ? STYLE_STRONG : STYLE_LABEL};
    flag.style.align = aligns[way];
    flag.at = (Point){centre(f, i) + shifts[way], -(double)row * FLAG_LEADING};
    if (way == 2) {
        double half = text_width(item_at(f, i)->name, LABEL_SIZE, flag.style.bold) / 2;
        flag.at.x = CLAMP(flag.at.x, half, MAX(f->scene->width - half, half));
    }
    flag.leader = flag.at.y + (way == 2 ? 2 : -5);
    return flag;
}

/* Hangs a flag on column i in the lowest free row, if there is one. */
static void plan_flag(const Columns *f, guint i, GArray *flags, GArray *taken)
{
    for (guint row = 0; row < FLAG_ROWS; row++) {
        for (int way = 0; way < 3; way++) {
            Flag flag = flag_at(f, i, row, way);
            Box text = text_box(flag.at, item_at(f, i)->name, &flag.style);
            Box wide = {text.x0 - 2, text.y0, text.x1 + 2, text.y1};
            double x = centre(f, i);
            Box leader = {x - 0.8, flag.leader, x + 0.8, 8};
            if (text.x0 >= -0.1 && text.x1 <= f->scene->width + 0.1 && box_is_free(taken, &wide) &&
                box_is_free(taken, &leader)) {
                g_array_append_val(taken, text);
                g_array_append_val(taken, leader);
                g_array_append_val(flags, flag);
                return;
            }
        }
    }
}

/* The highlighted area first, then the others from the left. */
static GArray *plan_flags(const Columns *f)
{
    GArray *flags = g_array_new(FALSE, FALSE, sizeof(Flag));
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Box));
    for (int own = 1; own >= 0; own--) {
        for (guint i = 0; i < f->r->n; i++) {
            if (is_flagged(f, i) && is_own(f, i) == (gboolean)own) {
                plan_flag(f, i, flags, taken);
            }
        }
    }
    return flags;
}

static void draw_flags(const Columns *f, const GArray *flags)
{
    double base = f->plot.y0 - 8;
    for (guint k = 0; k < flags->len; k++) {
        const Flag *flag = &g_array_index(flags, Flag, k);
        gboolean own = is_own(f, flag->item),
                 marked = item_at(f, flag->item)->emphasis >= EMPHASIS_ALERT;
        double x = centre(f, flag->item), foot = top_of(f, flag->item) - (marked ? 8 : 2);
        scene_line(f->scene, (Point){x, base + flag->leader},
                   (Point){x, MAX(foot, base + flag->leader)},
                   STROKED(own ? COLOUR_DARK_BLUE : COLOUR_MUTED, own ? 0.8 : 0.5));
        scene_text(f->scene, (Point){flag->at.x, base + flag->at.y}, item_at(f, flag->item)->name,
                   flag->style);
    }
}

static void draw_lines_across(const Columns *f)
{
    const RankedChart *c = f->r->chart;
    MarginLabel labels[] = {
        {c->comparator_label, axis_at(&f->axis, c->comparator), STYLE_LABEL},
        {c->median_label, axis_at(&f->axis, c->median), STYLE_LABEL},
    };
    Paint paints[] = {STROKED(COLOUR_INK, 1), DASHED(COLOUR_DARK_BLUE, 1)};
    for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (isfinite(labels[i].y)) {
            scene_line(f->scene, (Point){f->plot.x0, labels[i].y}, (Point){f->plot.x1, labels[i].y},
                       paints[i]);
        }
    }
    margin_draw(f->scene, labels, G_N_ELEMENTS(labels),
                (Box){f->plot.x1 + 5, f->plot.y0 - 6, f->scene->width, f->plot.y1 + 4});
}

static double flags_height(const GArray *flags)
{
    guint rows = 0;
    for (guint k = 0; k < flags->len; k++) {
        rows = MAX(rows, g_array_index(flags, Flag, k).row + 1);
    }
    return rows > 0 ? rows * FLAG_LEADING + 6 : 0;
}

void ranked_draw_columns(Scene *s, const Ranked *r)
{
    const RankedChart *c = r->chart;
    Columns f = {.scene = s, .r = r};
    MarginLabel lines[] = {{c->comparator_label, isfinite(c->comparator) ? 0 : NAN, STYLE_LABEL},
                           {c->median_label, isfinite(c->median) ? 0 : NAN, STYLE_LABEL}};
    double margin = margin_width(lines, G_N_ELEMENTS(lines), s->width * 0.2);
    f.axis = axis_linear(r->span, TRUE, (guint)MAX(s->height / 40, 2));
    double head = draw_title(s, NULL, c->unit.label, s->width);
    f.plot.x0 = axis_widest(&f.axis, &c->unit) + 5;
    f.plot.x1 = s->width - (margin > 0 ? margin + 6 : 1);
    f.plot.y1 = s->height - 14;
    f.step = (f.plot.x1 - f.plot.x0) / r->n;
    g_autoptr(GArray) flags = plan_flags(&f);
    f.plot.y0 = head + 6 + flags_height(flags);
    f.axis.from = f.plot.y1;
    f.axis.to = f.plot.y0;
    axis_draw_upright(s, &f.axis, &c->unit, f.plot.x0, f.plot.x1);
    draw_all_columns(&f);
    draw_lines_across(&f);
    draw_marks(&f);
    draw_flags(&f, flags);
    g_autofree char *count = count_text(c->study, r->n, c->what);
    g_autofree char *foot = words_plain(c->study, WORD_CHART_HIGHEST_FIRST, "count", count, NULL);
    scene_text(s, (Point){f.plot.x0, s->height - 3}, foot, STYLE_TICK);
}
