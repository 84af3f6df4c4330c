#include "peerline/chart/trend_chart.h"
#include "draw.h"
#include "tables.h"

#include <math.h>

typedef struct {
    Scene *scene;
    const TrendChart *c;
    Axis y;
    Box plot;
    double first, step; /* x of the periods */
} Trending;

enum { AREA, PEER, NATIONAL, LINES };

static double value_of(const TrendPeriod *p, guint line)
{
    const double values[] = {p->value, p->peer, p->national};
    return values[line];
}

static double x_of(const Trending *f, guint i)
{
    return f->first + i * f->step;
}

static Paint paint_of(guint line)
{
    static const Paint paints[] = {
        [AREA] = {.stroke = {0x12, 0x43, 0x6D, 0xFF}, .width = 1.8},
        [PEER] = {.stroke = {0xF4, 0x6A, 0x25, 0xFF}, .width = 1.3, .dash = 3},
        [NATIONAL] = {.stroke = {0x59, 0x59, 0x59, 0xFF}, .width = 1},
    };
    return paints[line];
}

/* A line with gaps where a value is missing or the series breaks. */
static void draw_line(const Trending *f, guint line)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    for (guint i = 0; i < f->c->n; i++) {
        const TrendPeriod *p = &f->c->periods[i];
        double v = value_of(p, line);
        if ((p->break_before || !isfinite(v)) && points->len > 0) {
            scene_path(f->scene, (const Point *)(void *)points->data, points->len, FALSE,
                       paint_of(line));
            g_array_set_size(points, 0);
        }
        if (isfinite(v)) {
            Point at = {x_of(f, i), axis_at(&f->y, v)};
            g_array_append_val(points, at);
            if (line == AREA) {
                continue;
            }
            gboolean before = i > 0 && !p->break_before && isfinite(value_of(p - 1, line));
            gboolean after =
                i + 1 < f->c->n && !p[1].break_before && isfinite(value_of(p + 1, line));
            if (!before && !after) { /* a value between two gaps would not be seen */
                scene_line(f->scene, (Point){at.x - 3, at.y}, (Point){at.x + 3, at.y},
                           STROKED(paint_of(line).stroke, 1.3));
            }
        }
    }
    scene_path(f->scene, (const Point *)(void *)points->data, points->len, FALSE, paint_of(line));
}

static void draw_intervals(const Trending *f)
{
    for (guint i = 0; i < f->c->n; i++) {
        const TrendPeriod *p = &f->c->periods[i];
        if (isfinite(p->value) && isfinite(p->lower) && isfinite(p->upper)) {
            double x = x_of(f, i);
            scene_line(f->scene, (Point){x, axis_clamped(&f->y, p->lower)},
                       (Point){x, axis_clamped(&f->y, p->upper)}, STROKED(COLOUR_LIGHT_BLUE, 2));
        }
    }
}

static void draw_marks(const Trending *f)
{
    for (guint i = 0; i < f->c->n; i++) {
        if (isfinite(f->c->periods[i].value)) {
            scene_mark(f->scene, (Point){x_of(f, i), axis_at(&f->y, f->c->periods[i].value)}, 4.2,
                       MARK_CIRCLE,
                       (Paint){.fill = COLOUR_DARK_BLUE, .stroke = COLOUR_WHITE, .width = 0.6});
            g_autofree char *value = unit_value(&f->c->unit, f->c->periods[i].value);
            g_autofree char *title = g_strdup_printf("%s: %s", f->c->periods[i].label, value);
            scene_entitle(f->scene, title);
        }
    }
}

static void draw_breaks(const Trending *f)
{
    for (guint i = 1; i < f->c->n; i++) {
        if (f->c->periods[i].break_before) {
            double x = x_of(f, i) - f->step / 2;
            scene_line(f->scene, (Point){x, f->plot.y0}, (Point){x, f->plot.y1},
                       (Paint){.stroke = COLOUR_MUTED, .width = 0.8, .dash = 1.2});
        }
    }
}

static double last_value(const TrendChart *c, guint line)
{
    for (guint i = c->n; i-- > 0;) {
        if (isfinite(value_of(&c->periods[i], line))) {
            return value_of(&c->periods[i], line);
        }
    }
    return NAN;
}

static void set_labels(const TrendChart *c, MarginLabel labels[LINES])
{
    const char *texts[] = {c->area_label, c->peer_label, c->national_label};
    for (guint line = 0; line < LINES; line++) {
        labels[line] = (MarginLabel){texts[line], last_value(c, line), STYLE_LABEL};
        labels[line].style.bold = line == AREA;
        labels[line].style.colour = line == AREA ? COLOUR_DARK_BLUE : COLOUR_INK;
    }
}

static char *alt_text(const TrendChart *c)
{
    GString *alt = g_string_new(NULL);
    guint first = CHART_NO_ITEM, last = CHART_NO_ITEM, missing = 0, breaks = 0;
    for (guint i = 0; i < c->n; i++) {
        gboolean there = isfinite(c->periods[i].value);
        first = there && first == CHART_NO_ITEM ? i : first;
        last = there ? i : last;
        missing += !there;
        breaks += c->periods[i].break_before ? 1 : 0;
    }
    const char *name = c->area_name    ? c->area_name
                       : c->area_label ? c->area_label
                                       : words_label(c->study, WORD_CHART_OWN_AREA);
    tell(alt, words_plain(c->study, WORD_ALT_TREND, "title", title_or(c->study, c->title), "name",
                          name, NULL));
    if (first == CHART_NO_ITEM) {
        tell(alt, words_plain(c->study, WORD_ALT_TREND_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *from = unit_value(&c->unit, c->periods[first].value);
    g_autofree char *to = unit_value(&c->unit, c->periods[last].value);
    if (first == last) {
        tell(alt, words_plain(c->study, WORD_ALT_TREND_ONE, "value", from, "period",
                              c->periods[first].label, NULL));
    } else {
        tell(alt,
             words_plain(c->study, WORD_ALT_TREND_FROM, "before", from, "from",
                         c->periods[first].label, "after", to, "to", c->periods[last].label, NULL));
    }
    if (isfinite(c->periods[last].peer) && c->peer_label) {
        g_autofree char *peer = unit_value(&c->unit, c->periods[last].peer);
        tell(alt, words_plain(c->study, WORD_ALT_TREND_PEER, "name", c->peer_label, "period",
                              c->periods[last].label, "value", peer, NULL));
    }
    if (missing) {
        tell(alt, words_plain(c->study, WORD_ALT_TREND_MISSING, "#n", GUINT_TO_POINTER(missing),
                              "#of", GUINT_TO_POINTER(c->n), NULL));
    }
    if (breaks) {
        tell(alt, words_plain(c->study, WORD_ALT_TREND_BREAK, NULL));
    }
    return g_string_free(alt, FALSE);
}

static Span span_of(const TrendChart *c)
{
    Span span = SPAN_EMPTY;
    for (guint i = 0; i < c->n; i++) {
        const TrendPeriod *p = &c->periods[i];
        const double all[] = {p->value, p->lower, p->upper, p->peer, p->national};
        for (guint k = 0; k < G_N_ELEMENTS(all); k++) {
            span_add(&span, all[k]);
        }
    }
    return span;
}

static void draw_periods(const Trending *f)
{
    g_autofree const char **names = g_new(const char *, f->c->n);
    for (guint i = 0; i < f->c->n; i++) {
        names[i] = f->c->periods[i].label;
    }
    axis_draw_names(f->scene, names, f->c->n, (Point){f->first, f->plot.y1}, f->step);
}

Scene *trend_chart_scene(const TrendChart *c, double width, double height)
{
    Trending f = {.scene = scene_new(width, height), .c = c};
    f.scene->alt = alt_text(c);
    f.scene->table = trend_table(c);
    double head = draw_title(f.scene, c->untitled ? NULL : c->title, c->unit.label, width);
    Span span = span_of(c);
    if (c->n == 0 || isnan(span.lo)) {
        draw_nothing(f.scene, c->study, (Box){0, head, width, height});
        return f.scene;
    }
    MarginLabel labels[LINES];
    set_labels(c, labels);
    double margin = margin_width(labels, LINES, MAX(width * 0.26, 57));
    f.y = axis_linear(span, c->from_zero, (guint)CLAMP((height - head) / 32, 2, 6));
    f.plot = (Box){axis_widest(&f.y, &c->unit) + 5, head + 5, width - margin - 8, height - 14};
    f.y.from = f.plot.y1;
    f.y.to = f.plot.y0;
    double inset = MIN(12, (f.plot.x1 - f.plot.x0) * 0.08);
    f.first = f.plot.x0 + (c->n > 1 ? inset : (f.plot.x1 - f.plot.x0) / 2);
    f.step = c->n > 1 ? (f.plot.x1 - f.plot.x0 - 2 * inset) / (c->n - 1) : 0;
    axis_draw_upright(f.scene, &f.y, &c->unit, f.plot.x0, f.plot.x1);
    draw_periods(&f);
    draw_breaks(&f);
    draw_intervals(&f);
    draw_line(&f, NATIONAL);
    draw_line(&f, PEER);
    draw_line(&f, AREA);
    draw_marks(&f);
    for (guint line = 0; line < LINES; line++) {
        labels[line].y = axis_at(&f.y, labels[line].y);
    }
    margin_draw(f.scene, labels, LINES, (Box){f.plot.x1 + 4, f.plot.y0 - 5, width, f.plot.y1 + 5});
    return f.scene;
}
