#include "draw.h"

#include "peerline/base/number.h"

#include <math.h>
#include <string.h>

void span_add(Span *s, double x)
{
    if (!isfinite(x)) {
        return;
    }
    s->lo = isnan(s->lo) || x < s->lo ? x : s->lo;
    s->hi = isnan(s->hi) || x > s->hi ? x : s->hi;
}

/* The smallest of 1, 2, 5 times a power of ten that is at least x. */
static double round_step(double x)
{
    double power = pow(10, floor(log10(x)));
    static const double steps[] = {1, 2, 5};
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (x <= steps[i] * power * (1 + 1e-9)) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

Axis axis_linear(Span span, gboolean with_zero, guint ticks)
{
    if (isnan(span.lo)) {
        span = (Span){0, 1};
    }
    if (with_zero) {
        span_add(&span, 0);
    }
    if (span.hi - span.lo <= fabs(span.hi) * 1e-9) {
        double room = span.hi == 0 ? 1 : fabs(span.hi) * 0.1;
        span = (Span){span.lo - (with_zero ? 0 : room), span.hi + room};
    }
    double step = round_step((span.hi - span.lo) / MAX(ticks, 2));
    Axis a = {.step = step};
    a.lo = floor(span.lo / step + 1e-9) * step;
    a.hi = ceil(span.hi / step - 1e-9) * step;
    return a;
}

static double first_tick(const Axis *a)
{
    return ceil(a->lo / a->step - 1e-9) * a->step;
}

static guint steps_within(const Axis *a)
{
    return (guint)CLAMP(floor((a->hi - first_tick(a)) / a->step + 1e-6), 0, 100);
}

Axis axis_places(Span span, gboolean with_zero, guint ticks)
{
    Axis a = axis_linear(span, with_zero, ticks);
    if (with_zero) {
        span_add(&span, 0);
    }
    const double room = (span.hi - span.lo) * 0.04;
    if (!(room > fabs(span.hi) * 1e-9)) {
        return a;
    }
    a.lo = with_zero && span.lo == 0 ? 0 : MAX(a.lo, span.lo - room);
    a.hi = MIN(a.hi, span.hi + room);
    while (steps_within(&a) < 2) {
        a.step = round_step(a.step * 0.4); /* 5 of 10, 2 of 5, 1 of 2 */
    }
    return a;
}

Axis axis_log(Span span)
{
    if (isnan(span.lo) || span.hi <= 0) {
        span = (Span){1, 10};
    }
    double lo = MAX(span.lo, span.hi * 1e-6);
    Axis a = {.lo = lo / 1.15, .hi = span.hi * 1.15, .log = TRUE};
    return a;
}

double axis_at(const Axis *a, double value)
{
    double t = a->log ? (log(value) - log(a->lo)) / (log(a->hi) - log(a->lo))
                      : (value - a->lo) / (a->hi - a->lo);
    return a->from + t * (a->to - a->from);
}

double axis_clamped(const Axis *a, double value)
{
    return axis_at(a, CLAMP(value, a->lo, a->hi));
}

static void log_ticks(const Axis *a, GArray *ticks)
{
    static const double folds[] = {1, 2, 5};
    for (double power = pow(10, floor(log10(a->lo))); power <= a->hi; power *= 10) {
        for (guint i = 0; i < G_N_ELEMENTS(folds); i++) {
            double v = power * folds[i];
            if (v >= a->lo && v <= a->hi) {
                g_array_append_val(ticks, v);
            }
        }
    }
}

GArray *axis_ticks(const Axis *a)
{
    GArray *ticks = g_array_new(FALSE, FALSE, sizeof(double));
    if (a->log) {
        log_ticks(a, ticks);
        return ticks;
    }
    const double first = first_tick(a);
    const guint n = steps_within(a);
    for (guint i = 0; i <= n; i++) {
        double v = first + i * a->step;
        g_array_append_val(ticks, v);
    }
    return ticks;
}

static char *with_unit(char *number, double value, const ChartUnit *unit)
{
    const char *prefix = unit && unit->prefix ? unit->prefix : "";
    const char *suffix = unit && unit->suffix ? unit->suffix : "";
    const char *minus = "\xE2\x88\x92";
    gboolean negative = value < 0 && g_str_has_prefix(number, minus);
    char *text =
        g_strconcat(negative ? minus : "", prefix, negative ? number + 3 : number, suffix, NULL);
    g_free(number);
    return text;
}

char *axis_text(const Axis *a, double value, const ChartUnit *unit)
{
    char *number = number_text_axis(value, a->log ? value : a->step);
    return with_unit(words_number(unit ? unit->study : NULL, number), value, unit);
}

char *unit_value(const ChartUnit *unit, double value)
{
    char *number =
        unit->fixed ? number_text(value, unit->decimals) : number_text_significant(value, 3);
    if (!strpbrk(number, "123456789")) { /* "−0.0" would say less than nothing */
        g_free(number);
        number = number_text(0, unit->fixed ? unit->decimals : 0);
    }
    return with_unit(words_number(unit->study, number), value, unit);
}

char *unit_range(const ChartUnit *unit, double lower, double upper)
{
    if (!isfinite(lower) || !isfinite(upper)) {
        return NULL;
    }
    g_autofree char *a = unit_value(unit, lower), *b = unit_value(unit, upper);
    return words_plain(unit->study, WORD_RANGE, "low", a, "high", b, NULL);
}

char *count_text(const Study *study, guint n, const char *what)
{
    g_autofree char *number = words_number(study, number_text(n, 0));
    return words_plain(study, n == 1 ? WORD_CHART_COUNT_ONE : WORD_CHART_COUNT, "n", number, "what",
                       what ? what : words_label(study, WORD_CHART_WHAT), NULL);
}

void tell(GString *alt, char *sentence)
{
    g_string_append_printf(alt, "%s%s", alt->len ? " " : "", sentence);
    g_free(sentence);
}

SceneTable *table_of_chart(const Study *study, const char *title, Word holds,
                           const char *const *columns, guint n_words)
{
    g_autofree char *caption =
        title && *title ? words_plain(study, holds, "title", title, NULL) : NULL;
    return scene_table_new(study, caption, columns, n_words);
}

const char *title_or(const Study *study, const char *title)
{
    return title ? title : words_label(study, WORD_CHART_UNTITLED);
}

double axis_widest(const Axis *a, const ChartUnit *unit)
{
    g_autoptr(GArray) ticks = axis_ticks(a);
    double widest = 0;
    for (guint i = 0; i < ticks->len; i++) {
        g_autofree char *text = axis_text(a, g_array_index(ticks, double, i), unit);
        widest = MAX(widest, text_width(text, TICK_SIZE, FALSE));
    }
    return widest;
}

/* The line at zero is what lengths start from: darker than the grid. */
static Paint grid_paint(double value)
{
    return value == 0 ? STROKED(COLOUR_MUTED, 0.75) : STROKED(COLOUR_GRID, 0.5);
}

/* All lines before all numbers: writers join neighbours of the same paint. */
void axis_draw_upright(Scene *s, const Axis *a, const ChartUnit *unit, double left, double right)
{
    g_autoptr(GArray) ticks = axis_ticks(a);
    for (guint i = 0; i < ticks->len; i++) {
        double *v = &g_array_index(ticks, double, i);
        *v = fabs(*v) < a->step * 1e-9 ? 0 : *v;
        double y = axis_at(a, *v);
        scene_line(s, (Point){left, y}, (Point){right, y}, grid_paint(*v));
    }
    for (guint i = 0; i < ticks->len; i++) {
        double v = g_array_index(ticks, double, i);
        g_autofree char *text = axis_text(a, v, unit);
        scene_text(s, (Point){left - 4, axis_at(a, v) + 0.36 * TICK_SIZE}, text,
                   style_aligned(STYLE_TICK, ALIGN_END));
    }
}

void axis_draw_level(Scene *s, const Axis *a, const ChartUnit *unit, double y, double top)
{
    g_autoptr(GArray) ticks = axis_ticks(a);
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Box));
    TextStyle style = style_aligned(STYLE_TICK, ALIGN_MIDDLE);
    for (guint i = 0; i < ticks->len; i++) {
        double v = g_array_index(ticks, double, i);
        v = !a->log && fabs(v) < a->step * 1e-9 ? 0 : v;
        double x = axis_at(a, v);
        if (isfinite(top)) {
            scene_line(s, (Point){x, y}, (Point){x, top}, grid_paint(v));
        } else {
            scene_line(s, (Point){x, y}, (Point){x, y + 3}, STROKED(COLOUR_MUTED, 0.5));
        }
        g_autofree char *text = axis_text(a, v, unit);
        Point at = {x, y + 5 + 0.73 * TICK_SIZE};
        double half = text_width(text, TICK_SIZE, FALSE) / 2;
        at.x = CLAMP(at.x, half, MAX(s->width - half, half));
        Box box = text_box(at, text, &style);
        box.x0 -= 5;
        if (box_is_free(taken, &box)) {
            g_array_append_val(taken, box);
            scene_text(s, at, text, style);
        }
    }
}

/* Every `stride`-th name, counted from the last, fits beside the next one. */
static gboolean names_fit(const char *const *names, guint n, double step, guint stride)
{
    double right = INFINITY;
    for (guint k = n; k-- > 0;) {
        if ((n - 1 - k) % stride != 0) {
            continue;
        }
        double half = text_width(names[k], TICK_SIZE, FALSE) / 2;
        if (k * step + half + 5 > right) {
            return FALSE;
        }
        right = k * step - half;
    }
    return TRUE;
}

void axis_draw_names(Scene *s, const char *const *names, guint n, Point first, double step)
{
    guint stride = 1;
    while (stride < n && !names_fit(names, n, step, stride)) {
        stride++;
    }
    for (guint k = 0; k < n; k++) {
        double x = first.x + k * step;
        if ((n - 1 - k) % stride != 0) {
            continue;
        }
        double half = text_width(names[k], TICK_SIZE, FALSE) / 2;
        double kept = CLAMP(x, half, MAX(s->width - half, half));
        scene_text(s, (Point){kept, first.y + 5 + 0.73 * TICK_SIZE}, names[k],
                   style_aligned(STYLE_TICK, ALIGN_MIDDLE));
    }
}

static gboolean is_point(Point p)
{
    return isfinite(p.x) && isfinite(p.y);
}

/* The part of a segment with y between top and bottom; FALSE when there is none. */
static gboolean clip_segment(Point *a, Point *b, const double clip[2])
{
    for (int side = 0; side < 2; side++) {
        double limit = clip[side];
        gboolean a_out = side == 0 ? a->y < limit : a->y > limit;
        gboolean b_out = side == 0 ? b->y < limit : b->y > limit;
        if (a_out && b_out) {
            return FALSE;
        }
        if (a_out || b_out) {
            double t = (limit - a->y) / (b->y - a->y);
            Point cut = {a->x + t * (b->x - a->x), limit};
            *(a_out ? a : b) = cut;
        }
    }
    return TRUE;
}

void draw_curve(Scene *s, const Point *points, guint n, const double clip[2], Paint paint)
{
    g_autoptr(GArray) run = g_array_new(FALSE, FALSE, sizeof(Point));
    for (guint i = 0; i + 1 < n; i++) {
        Point a = points[i], b = points[i + 1];
        if (!is_point(a) || !is_point(b) || !clip_segment(&a, &b, clip)) {
            continue;
        }
        const Point *end = run->len ? &g_array_index(run, Point, run->len - 1) : NULL;
        if (end && (end->x != a.x || end->y != a.y)) {
            scene_path(s, (const Point *)(void *)run->data, run->len, FALSE, paint);
            g_array_set_size(run, 0);
        }
        if (run->len == 0) {
            g_array_append_val(run, a);
        }
        g_array_append_val(run, b);
    }
    scene_path(s, (const Point *)(void *)run->data, run->len, FALSE, paint);
}
