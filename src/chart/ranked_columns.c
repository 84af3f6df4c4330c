#include "ranked_parts.h"

#include <math.h>

/* Many areas: columns from the highest to the lowest, so close that they make a shape when they are
 * thousands. Names hang like flags on leaders above the plot, in up to FLAG_ROWS rows. */

enum { FLAG_ROWS = 4 };
static const double FLAG_LEADING = 9.5;
static const double THIN = 1.5;      /* narrower columns are drawn as one shape */
static const double MARKED_LEAST = 1.4; /* width of an emphasised column at least */

typedef struct {
    Scene *scene;
    const Ranked *r;
    Axis axis;
    Box plot;
    double step; /* width of a column with its gap */
    guint flag_rows;
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

/* Thousands of columns: the outline of all of them, and a band for their intervals. Places where
 * several columns share a third of a point are shown by the one in their middle. */
static void draw_shape(const Columns *f)
{
    guint n = f->r->n, places = MIN(n, (guint)((f->plot.x1 - f->plot.x0) * 3));
    double step = (f->plot.x1 - f->plot.x0) / places, zero = axis_clamped(&f->axis, 0);
    g_autoptr(GArray) outline = g_array_new(FALSE, FALSE, sizeof(Point));
    Point corner = {f->plot.x0, zero};
    g_array_append_val(outline, corner);
    for (guint k = 0; k < places; k++) {
        guint i = k == 0 ? 0 : k + 1 == places ? n - 1 : (guint)((k + 0.5) * n / places);
        double y = axis_at(&f->axis, item_at(f, i)->value);
        Point steps[] = {{f->plot.x0 + k * step, y}, {f->plot.x0 + (k + 1) * step, y}};
        g_array_append_vals(outline, steps, 2);
    }
    corner.x = f->plot.x1;
    g_array_append_val(outline, corner);
    scene_path(f->scene, (const Point *)(void *)outline->data, outline->len, TRUE,
               FILLED(COLOUR_GREY));
    for (guint k = 0; k < places; k++) {
        const RankedItem *item = item_at(f, MIN((guint)((k + 0.5) * n / places), n - 1));
        if (isfinite(item->lower) && isfinite(item->upper)) {
            double x = f->plot.x0 + (k + 0.5) * step;
            scene_line(f->scene, (Point){x, axis_at(&f->axis, item->lower)},
                       (Point){x, axis_at(&f->axis, item->upper)},
                       STROKED(COLOUR_MUTED, MIN(step * 0.4, 0.25)));
        }
    }
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
    double size = CLAMP(f->step * 0.9, 2.6, 4.5);
    for (guint i = 0; i < f->r->n; i++) {
        const RankedItem *item = item_at(f, i);
        if (item->emphasis >= EMPHASIS_ALERT) {
            scene_mark(f->scene, (Point){centre(f, i), top_of(f, i) - 4}, size,
                       emphasis_shape(item->emphasis),
                       FILLED(emphasis_colour(item->emphasis, FALSE)));
        }
    }
}

/* Tries to hang a flag on column i: lowest free row first, text to the right or the left. */
static gboolean hang_flag(const Columns *f, guint i, GArray *taken)
{
    gboolean own = is_own(f, i);
    double x = centre(f, i), foot = top_of(f, i) - (item_at(f, i)->emphasis >= EMPHASIS_ALERT ? 8 : 2);
    for (guint row = 0; row < f->flag_rows; row++) {
        double y = f->plot.y0 - 4 - row * FLAG_LEADING;
        for (int side = 0; side < 2; side++) {
            TextStyle style = own ? STYLE_STRONG : STYLE_LABEL;
            style.align = side == 0 ? ALIGN_START : ALIGN_END;
            Point at = {x + (side == 0 ? 2 : -2), y};
            Box text = text_box(at, item_at(f, i)->name, &style);
            Box leader = {x - 0.8, text.y0, x + 0.8, foot};
            Box wide = {text.x0 - 2, text.y0, text.x1 + 2, text.y1};
            if (text.x0 < 0 || text.x1 > f->scene->width || !box_is_free(taken, &wide) ||
                !box_is_free(taken, &leader)) {
                continue;
            }
            g_array_append_val(taken, text);
            g_array_append_val(taken, leader);
            Colour colour = own ? COLOUR_DARK_BLUE : COLOUR_MUTED;
            scene_line(f->scene, (Point){x, text.y0 + 1}, (Point){x, foot},
                       STROKED(colour, own ? 0.8 : 0.5));
            scene_text(f->scene, at, item_at(f, i)->name, style);
            return TRUE;
        }
    }
    return FALSE;
}

static void draw_flags(const Columns *f)
{
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Box));
    for (int own = 1; own >= 0; own--) {
        for (guint i = 0; i < f->r->n; i++) {
            if (is_flagged(f, i) && is_own(f, i) == (gboolean)own) {
                hang_flag(f, i, taken);
            }
        }
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

static guint flags_wanted(const Columns *f)
{
    guint n = 0;
    for (guint i = 0; i < f->r->n; i++) {
        n += is_flagged(f, i);
    }
    return MIN(n, FLAG_ROWS);
}

void ranked_draw_columns(Scene *s, const Ranked *r)
{
    const RankedChart *c = r->chart;
    Columns f = {.scene = s, .r = r};
    f.flag_rows = flags_wanted(&f);
    MarginLabel lines[] = {{c->comparator_label, isfinite(c->comparator) ? 0 : NAN, STYLE_LABEL},
                           {c->median_label, isfinite(c->median) ? 0 : NAN, STYLE_LABEL}};
    double margin = margin_width(lines, G_N_ELEMENTS(lines), s->width * 0.2);
    f.axis = axis_linear(r->span, TRUE, (guint)MAX(s->height / 40, 2));
    double head = draw_title(s, NULL, c->unit.label, s->width);
    f.plot.x0 = axis_widest(&f.axis, &c->unit) + 5;
    f.plot.x1 = s->width - (margin > 0 ? margin + 6 : 1);
    f.plot.y0 = head + 6 + f.flag_rows * FLAG_LEADING;
    f.plot.y1 = s->height - 14;
    f.axis.from = f.plot.y1;
    f.axis.to = f.plot.y0;
    f.step = (f.plot.x1 - f.plot.x0) / r->n;
    axis_draw_upright(s, &f.axis, &c->unit, f.plot.x0, f.plot.x1);
    draw_all_columns(&f);
    draw_lines_across(&f);
    draw_marks(&f);
    draw_flags(&f);
    g_autofree char *foot =
        g_strdup_printf("%u %s, from the highest to the lowest", r->n, c->what ? c->what : "areas");
    scene_text(s, (Point){f.plot.x0, s->height - 3}, foot, STYLE_TICK);
}
