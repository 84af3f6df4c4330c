#include "peerline/chart/quadrant.h"
#include "names.h"

#include <math.h>
#include <stdlib.h>

enum { INTERVALS_MOST = 40, LABELS_MOST = 10 };
static const double FAR = 4; /* times the distance of 19 in 20 */
static const double LEADING = 1.25;
static const double KEY_LINE = 12;
static const double LABEL_FAR = 60;
static const Colour INTERVAL = {0x95, 0x95, 0x95, 0xFF};

typedef struct {
    Scene *scene;
    const QuadrantChart *c;
    Axis x, y;
    Box plot;
    guint shown, beyond;
    double corner_height;
} Quadrant;

static gboolean is_shown(const QuadrantItem *item)
{
    return isfinite(item->x) && isfinite(item->y);
}

/* ---- axes ---- */

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double coordinate(const QuadrantItem *item, gboolean across)
{
    return across ? item->x : item->y;
}

/* The middle of the values stands in for a centre that is not given. */
static double middle(const double *sorted, guint n)
{
    return n ? sorted[n / 2] : 0;
}

/* The span of the values, without those that are far from all others, but with the highlighted
 * and its interval. */
static Span span_of(const QuadrantChart *c, gboolean across)
{
    double centre = across ? c->x_centre : c->y_centre;
    g_autofree double *v = g_new(double, MAX(c->n, 1));
    guint n = 0;
    for (guint i = 0; i < c->n; i++) {
        if (is_shown(&c->items[i])) {
            v[n++] = coordinate(&c->items[i], across);
        }
    }
    qsort(v, n, sizeof *v, by_size);
    double about = isfinite(centre) ? centre : middle(v, n);
    g_autofree double *far = g_new(double, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        far[i] = fabs(v[i] - about);
    }
    qsort(far, n, sizeof *far, by_size);
    double usual = n > 0 ? far[(guint)(0.95 * (n - 1))] : 0,
           limit = usual > 0 ? FAR * usual : INFINITY;
    Span span = SPAN_EMPTY;
    for (guint i = 0; i < n; i++) {
        span_add(&span, fabs(v[i] - about) <= limit ? v[i] : NAN);
    }
    if (c->highlight < c->n && is_shown(&c->items[c->highlight])) {
        const QuadrantItem *own = &c->items[c->highlight];
        span_add(&span, coordinate(own, across));
        span_add(&span, across ? own->x_lower : own->y_lower);
        span_add(&span, across ? own->x_upper : own->y_upper);
    }
    span_add(&span, centre);
    return span;
}

static double draw_corner(Scene *s, const char *text, Point at, double width, TextAlign align)
{
    TextStyle style = {LABEL_SIZE, TRUE, COLOUR_MUTED, align, 0};
    g_autoptr(GPtrArray) lines = wrap_text(text, &style, width);
    return draw_lines(s, lines, at, style);
}

static double corner_height(const char *one, const char *two, double width)
{
    TextStyle style = {LABEL_SIZE, TRUE, COLOUR_MUTED, ALIGN_START, 0};
    g_autoptr(GPtrArray) a = wrap_text(one, &style, width);
    g_autoptr(GPtrArray) b = wrap_text(two, &style, width);
    return MAX(a->len, b->len) * LABEL_SIZE * LEADING + 2;
}

/* Which words stand at the top depends on which way the y axis runs. */
static const char *corner_at(const QuadrantChart *c, gboolean top, gboolean right)
{
    gboolean high = top != c->y_low_is_better;
    return c->corners[(high ? 0 : 2) + (right ? 1 : 0)];
}

static double mark_size(const QuadrantChart *c, Emphasis e)
{
    double size = c->n > 500 ? 3.2 : 4.6;
    return e == EMPHASIS_NORMAL ? size : size + 1;
}

/* Marks that differ from the others by a light colour have a dark outline too: a mark may lie on
 * the pale band, on which orange has less contrast than on white. */
static Paint mark_paint(Emphasis e, gboolean own)
{
    Colour outline = own                                         ? COLOUR_WHITE
                     : e == EMPHASIS_PEER || e >= EMPHASIS_ALERT ? COLOUR_INK
                                                                 : COLOUR_MUTED;
    gboolean peer = e == EMPHASIS_PEER && !own;
    return (Paint){.fill = emphasis_colour(e, own), .stroke = outline, .width = peer ? 1 : 0.4};
}

/* What the marks are that occur, as many to a line as fit; returns the height. */
static double draw_key(Scene *s, const QuadrantChart *c, double top)
{
    double x = 0, y = top;
    guint drawn = 0;
    for (guint e = 0; e < G_N_ELEMENTS(c->words); e++) {
        gboolean occurs = FALSE;
        for (guint i = 0; i < c->n; i++) {
            occurs = occurs || (is_shown(&c->items[i]) && c->items[i].emphasis == (Emphasis)e &&
                                i != c->highlight);
        }
        if (!occurs || !c->words[e]) {
            continue;
        }
        double width = 10 + text_width(c->words[e], TICK_SIZE, FALSE);
        if (x > 0 && x + width > s->width) {
            x = 0;
            y += KEY_LINE;
        }
        scene_mark(s, (Point){x + 4, y + 5}, mark_size(c, (Emphasis)e), emphasis_shape((Emphasis)e),
                   mark_paint((Emphasis)e, FALSE));
        scene_text(s, (Point){x + 10, y + 7.7}, c->words[e], STYLE_TICK);
        x += width + 14;
        drawn++;
    }
    return drawn ? y + KEY_LINE + 2 - top : 0;
}

static void set_axes(Quadrant *f)
{
    Scene *s = f->scene;
    const QuadrantChart *c = f->c;
    f->y = axis_places(span_of(c, FALSE), FALSE, (guint)MAX(s->height / 50, 2));
    f->x = axis_places(span_of(c, TRUE), FALSE, (guint)MAX(s->width / 90, 2));
    double left = axis_widest(&f->y, &c->y_unit) + 5;
    MarginLabel label = {c->y_centre_label, isfinite(c->y_centre) ? 0 : NAN, STYLE_LABEL};
    double margin = margin_width(&label, 1, s->width * 0.18);
    double right = s->width - (margin > 0 ? margin + 6 : 4), half = (right - left) / 2 - 8;
    double head = draw_title(s, NULL, c->y_unit.label, s->width);
    head += draw_key(s, c, head);
    double top = corner_height(corner_at(c, TRUE, FALSE), corner_at(c, TRUE, TRUE), half);
    f->corner_height = corner_height(corner_at(c, FALSE, FALSE), corner_at(c, FALSE, TRUE), half);
    gboolean named = isfinite(c->x_centre) && c->x_centre_label;
    f->plot = (Box){left, head + top + (named ? 14 : 3), right,
                    s->height - f->corner_height - (c->x_unit.label ? 30 : 19)};
    f->x.from = f->plot.x0;
    f->x.to = f->plot.x1;
    f->y.from = c->y_low_is_better ? f->plot.y0 : f->plot.y1;
    f->y.to = c->y_low_is_better ? f->plot.y1 : f->plot.y0;
    draw_corner(s, corner_at(c, TRUE, FALSE), (Point){left, head + 8}, half, ALIGN_START);
    draw_corner(s, corner_at(c, TRUE, TRUE), (Point){right, head + 8}, half, ALIGN_END);
    double y = f->plot.y1 + 9;
    draw_corner(s, corner_at(c, FALSE, FALSE), (Point){left, y}, half, ALIGN_START);
    draw_corner(s, corner_at(c, FALSE, TRUE), (Point){right, y}, half, ALIGN_END);
}

static void draw_axes(const Quadrant *f)
{
    Scene *s = f->scene;
    const QuadrantChart *c = f->c;
    axis_draw_upright(s, &f->y, &c->y_unit, f->plot.x0, f->plot.x1);
    axis_draw_level(s, &f->x, &c->x_unit, f->plot.y1 + f->corner_height, NAN);
    scene_rect(s, (Point){f->plot.x0, f->plot.y0},
               (Point){f->plot.x1 - f->plot.x0, f->plot.y1 - f->plot.y0}, STROKED(COLOUR_GRID, 0.7),
               NULL);
    if (c->x_unit.label) {
        scene_text(s, (Point){f->plot.x0, s->height - 3}, c->x_unit.label, STYLE_TICK);
    }
}

static void draw_near(const Quadrant *f)
{
    const QuadrantChart *c = f->c;
    if (isfinite(c->x_near) && isfinite(c->x_centre)) {
        double a = axis_clamped(&f->x, c->x_centre - c->x_near);
        double b = axis_clamped(&f->x, c->x_centre + c->x_near);
        scene_rect(f->scene, (Point){a, f->plot.y0}, (Point){b - a, f->plot.y1 - f->plot.y0},
                   FILLED(COLOUR_PALE), NULL);
    }
    if (isfinite(c->y_near) && isfinite(c->y_centre)) {
        double a = axis_clamped(&f->y, c->y_centre - c->y_near);
        double b = axis_clamped(&f->y, c->y_centre + c->y_near);
        scene_rect(f->scene, (Point){f->plot.x0, MIN(a, b)},
                   (Point){f->plot.x1 - f->plot.x0, fabs(b - a)}, FILLED(COLOUR_PALE), NULL);
    }
}

static void draw_centre(const Quadrant *f)
{
    Scene *s = f->scene;
    const QuadrantChart *c = f->c;
    if (isfinite(c->x_centre)) {
        double x = axis_clamped(&f->x, c->x_centre);
        scene_line(s, (Point){x, f->plot.y0}, (Point){x, f->plot.y1}, STROKED(COLOUR_INK, 1));
        double half = text_width(c->x_centre_label, LABEL_SIZE, FALSE) / 2;
        scene_text(s,
                   (Point){CLAMP(x, f->plot.x0 + half, MAX(f->plot.x1 - half, f->plot.x0 + half)),
                           f->plot.y0 - 4},
                   c->x_centre_label, style_aligned(STYLE_LABEL, ALIGN_MIDDLE));
    }
    if (isfinite(c->y_centre)) {
        double y = axis_clamped(&f->y, c->y_centre);
        scene_line(s, (Point){f->plot.x0, y}, (Point){f->plot.x1, y}, STROKED(COLOUR_INK, 1));
        MarginLabel label = {c->y_centre_label, y, STYLE_LABEL};
        margin_draw(s, &label, 1, (Box){f->plot.x1 + 4, f->plot.y0 - 1, s->width, f->plot.y1 + 4});
    }
}

/* ---- areas ---- */

static Point place(const Quadrant *f, const QuadrantItem *item)
{
    return (Point){axis_clamped(&f->x, item->x), axis_clamped(&f->y, item->y)};
}

static gboolean is_beyond(const Quadrant *f, const QuadrantItem *item)
{
    return item->x < f->x.lo || item->x > f->x.hi || item->y < f->y.lo || item->y > f->y.hi;
}

static void draw_interval(const Quadrant *f, guint i)
{
    const QuadrantItem *item = &f->c->items[i];
    gboolean own = i == f->c->highlight;
    Paint paint = own ? STROKED(COLOUR_DARK_BLUE, 1.2) : STROKED(INTERVAL, 0.5);
    Point p = place(f, item);
    if (isfinite(item->x_lower) && isfinite(item->x_upper)) {
        scene_line(f->scene, (Point){axis_clamped(&f->x, item->x_lower), p.y},
                   (Point){axis_clamped(&f->x, item->x_upper), p.y}, paint);
    }
    if (isfinite(item->y_lower) && isfinite(item->y_upper)) {
        scene_line(f->scene, (Point){p.x, axis_clamped(&f->y, item->y_lower)},
                   (Point){p.x, axis_clamped(&f->y, item->y_upper)}, paint);
    }
}

/* An arrow head on the edge, pointing to where the area is. */
static void draw_arrow(const Quadrant *f, const QuadrantItem *item, Colour colour)
{
    Point p = place(f, item), way = {0, 0};
    way.x = item->x > f->x.hi ? 1 : item->x < f->x.lo ? -1 : 0;
    gboolean high = item->y > f->y.hi, low = item->y < f->y.lo;
    way.y = high || low ? (high == (f->y.to < f->y.from) ? -1 : 1) : 0;
    double length = hypot(way.x, way.y);
    way = (Point){way.x / length, way.y / length};
    Point back = {p.x - 8 * way.x, p.y - 8 * way.y};
    const Point corners[] = {p,
                             {back.x - 3.5 * way.y, back.y + 3.5 * way.x},
                             {back.x + 3.5 * way.y, back.y - 3.5 * way.x}};
    scene_path(f->scene, corners, 3, TRUE,
               (Paint){.fill = colour, .stroke = COLOUR_INK, .width = 0.5});
}

static char *item_text(const Quadrant *f, const QuadrantItem *item)
{
    g_autofree char *x = unit_value(&f->c->x_unit, item->x),
                    *y = unit_value(&f->c->y_unit, item->y);
    return g_strdup_printf("%s: %s; %s", item->name, x, y);
}

static void draw_item(const Quadrant *f, guint i)
{
    const QuadrantItem *item = &f->c->items[i];
    gboolean own = i == f->c->highlight;
    if (is_beyond(f, item)) {
        draw_arrow(f, item, emphasis_colour(item->emphasis, own));
    } else {
        double size = mark_size(f->c, item->emphasis) + (own ? 3 : 0);
        scene_mark(f->scene, place(f, item), size,
                   own ? MARK_DIAMOND : emphasis_shape(item->emphasis),
                   mark_paint(item->emphasis, own));
    }
    g_autofree char *text = item_text(f, item);
    g_autofree char *title =
        item->verdict ? g_strdup_printf("%s: %s", text, item->verdict) : g_strdup(text);
    scene_entitle(f->scene, title);
}

static gboolean has_interval(const Quadrant *f, guint i)
{
    return f->shown <= INTERVALS_MOST || i == f->c->highlight || f->c->items[i].labelled;
}

/* What matters more is drawn later. */
static int order_of(const Quadrant *f, guint i)
{
    return i == f->c->highlight ? 4 : (int)f->c->items[i].emphasis;
}

static void draw_items(const Quadrant *f)
{
    for (int order = 0; order <= 4; order++) {
        for (guint i = 0; i < f->c->n; i++) {
            if (is_shown(&f->c->items[i]) && order_of(f, i) == order && has_interval(f, i)) {
                draw_interval(f, i);
            }
        }
        for (guint i = 0; i < f->c->n; i++) {
            if (is_shown(&f->c->items[i]) && order_of(f, i) == order) {
                draw_item(f, i);
            }
        }
    }
}

static gboolean name_item(const Quadrant *f, Names *names, guint i)
{
    const QuadrantItem *item = &f->c->items[i];
    gboolean own = i == f->c->highlight;
    g_autofree char *text = is_beyond(f, item) ? item_text(f, item) : g_strdup(item->name);
    Name name = {.text = text,
                 .target = place(f, item),
                 .style = own ? STYLE_STRONG : STYLE_LABEL,
                 .width = MAX((f->plot.x1 - f->plot.x0) * 0.3, 90),
                 .near = 9,
                 .must = own || is_beyond(f, item)};
    name.far = name.must ? 0 : LABEL_FAR;
    return names_place(names, &name);
}

static gboolean is_named(const Quadrant *f, guint i, int pass)
{
    const QuadrantItem *item = &f->c->items[i];
    gboolean own = i == f->c->highlight, beyond = is_beyond(f, item);
    return is_shown(item) && (pass == 0   ? own
                              : pass == 1 ? beyond && !own
                                          : item->labelled && !own && !beyond);
}

/* No name where the lines of the centre and of intervals would run through it. */
static void take_lines(const Quadrant *f, Names *names)
{
    double x = axis_clamped(&f->x, f->c->x_centre), y = axis_clamped(&f->y, f->c->y_centre);
    if (isfinite(x)) {
        names_take(names, (Box){x, f->plot.y0, x, f->plot.y1});
    }
    if (isfinite(y)) {
        names_take(names, (Box){f->plot.x0, y, f->plot.x1, y});
    }
    for (guint i = 0; i < f->c->n; i++) {
        const QuadrantItem *item = &f->c->items[i];
        if (!is_shown(item) || !has_interval(f, i)) {
            continue;
        }
        Point p = place(f, item);
        if (isfinite(item->x_lower) && isfinite(item->x_upper)) {
            names_take(names, (Box){axis_clamped(&f->x, item->x_lower), p.y,
                                    axis_clamped(&f->x, item->x_upper), p.y});
        }
        if (isfinite(item->y_lower) && isfinite(item->y_upper)) {
            double a = axis_clamped(&f->y, item->y_lower), b = axis_clamped(&f->y, item->y_upper);
            names_take(names, (Box){p.x, MIN(a, b), p.x, MAX(a, b)});
        }
    }
}

static void draw_names(const Quadrant *f)
{
    g_autoptr(Names) names = names_new(f->scene, f->plot);
    for (guint i = 0; i < f->c->n; i++) {
        if (is_shown(&f->c->items[i])) {
            Point p = place(f, &f->c->items[i]);
            names_take(names, (Box){p.x - 3, p.y - 3, p.x + 3, p.y + 3});
        }
    }
    take_lines(f, names);
    guint named = 0;
    for (int pass = 0; pass < 3; pass++) {
        for (guint i = 0; i < f->c->n && named < LABELS_MOST; i++) {
            named += is_named(f, i, pass) && name_item(f, names, i);
        }
    }
}

/* ---- words ---- */

static guint quadrant_of(const QuadrantChart *c, const QuadrantItem *item)
{
    return quadrant_corner(item->x - c->x_centre, item->y - c->y_centre, c->y_low_is_better);
}

static const char *corner_text(const QuadrantChart *c, guint corner)
{
    static const Word plain[] = {WORD_QUADRANT_LOW_HIGH, WORD_QUADRANT_HIGH_HIGH,
                                 WORD_QUADRANT_LOW_LOW, WORD_QUADRANT_HIGH_LOW};
    return c->corners[corner] ? c->corners[corner] : words_label(c->study, plain[corner]);
}

static const char *verdict_text(const QuadrantChart *c, const QuadrantItem *item)
{
    return item->verdict ? item->verdict : corner_text(c, quadrant_of(c, item));
}

/* Outside the pale bands, both. */
static gboolean is_clear(const QuadrantChart *c, const QuadrantItem *item)
{
    return fabs(item->x - c->x_centre) > c->x_near && fabs(item->y - c->y_centre) > c->y_near;
}

static gboolean has_quadrants(const QuadrantChart *c)
{
    return isfinite(c->x_centre) && isfinite(c->y_centre);
}

static void tell_corners(GString *alt, const Quadrant *f)
{
    const QuadrantChart *c = f->c;
    guint counts[4] = {0}, clear[4] = {0};
    for (guint i = 0; i < c->n; i++) {
        if (is_shown(&c->items[i])) {
            const guint k = quadrant_of(c, &c->items[i]);
            counts[k]++;
            clear[k] += is_clear(c, &c->items[i]);
        }
    }
    const gboolean bands = isfinite(c->x_near) && isfinite(c->y_near);
    for (guint k = 0; k < 4; k++) {
        g_string_append_printf(alt, "%s%u: %s", k ? "; " : " ", counts[k], corner_text(c, k));
        if (bands && counts[k] > 0) {
            g_autofree char *n = words_plain(c->study, WORD_ALT_SCATTER_CLEAR, "#n",
                                             GUINT_TO_POINTER(clear[k]), NULL);
            g_string_append_printf(alt, " %s", n);
        }
    }
    g_string_append(alt, ".");
}

static char *alt_text(const Quadrant *f)
{
    const QuadrantChart *c = f->c;
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_SCATTER, "title", title_or(c->study, c->title), NULL));
    if (f->shown == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *count = count_text(c->study, f->shown, c->what);
    const char *x = c->x_unit.label, *y = c->y_unit.label;
    tell(alt, words_plain(c->study, WORD_ALT_SCATTER_AXES, "count", count, "across",
                          x ? x : words_label(c->study, WORD_ALT_FIRST_INDICATOR), "upwards",
                          y ? y : words_label(c->study, WORD_ALT_SECOND_INDICATOR), NULL));
    if (has_quadrants(c)) {
        tell_corners(alt, f);
    }
    if (c->highlight < c->n && is_shown(&c->items[c->highlight])) {
        g_autofree char *own = item_text(f, &c->items[c->highlight]);
        g_string_append_printf(alt, " %s%s%s.", own, has_quadrants(c) ? ": " : "",
                               has_quadrants(c) ? verdict_text(c, &c->items[c->highlight]) : "");
    }
    if (f->shown < c->n) {
        tell(alt, words_plain(c->study, WORD_ALT_BOTH_VALUES, "#n",
                              GUINT_TO_POINTER(c->n - f->shown), NULL));
    }
    return g_string_free(alt, FALSE);
}

static SceneTable *table_of(const QuadrantChart *c)
{
    const Study *study = c->study;
    const char *label_x = c->x_unit.label, *label_y = c->y_unit.label;
    g_autofree char *x =
        words_plain(study, WORD_CHART_COLUMN_ACROSS, "what",
                    label_x ? label_x : words_label(study, WORD_CHART_FIRST), NULL);
    g_autofree char *y =
        words_plain(study, WORD_CHART_COLUMN_UPWARDS, "what",
                    label_y ? label_y : words_label(study, WORD_CHART_SECOND), NULL);
    const char *const heads[] = {words_label(study, WORD_CHART_COLUMN_AREA),
                                 x,
                                 words_label(study, WORD_CHART_COLUMN_ACROSS_INTERVAL),
                                 y,
                                 words_label(study, WORD_CHART_COLUMN_UPWARDS_INTERVAL),
                                 words_label(study, WORD_CHART_COLUMN_QUADRANT),
                                 NULL};
    SceneTable *t = table_of_chart(study, c->title, WORD_TABLE_QUADRANT, heads, 1);
    for (guint i = 0; i < c->n; i++) {
        const QuadrantItem *item = &c->items[i];
        g_autofree char *at_x = isfinite(item->x) ? unit_value(&c->x_unit, item->x) : NULL;
        g_autofree char *at_y = isfinite(item->y) ? unit_value(&c->y_unit, item->y) : NULL;
        g_autofree char *dx = unit_range(&c->x_unit, item->x_lower, item->x_upper);
        g_autofree char *dy = unit_range(&c->y_unit, item->y_lower, item->y_upper);
        gboolean placed = is_shown(item) && has_quadrants(c);
        const char *cells[] = {item->name, at_x, dx,
                               at_y,       dy,   placed ? verdict_text(c, item) : NULL};
        scene_table_add(t, cells);
    }
    return t;
}

static void say_beyond(const Quadrant *f)
{
    if (f->beyond == 0) {
        return;
    }
    g_autofree char *text =
        words_plain(f->c->study, WORD_CHART_BEYOND_EDGE, "#n", GUINT_TO_POINTER(f->beyond), NULL);
    double width = text_width(text, TICK_SIZE, FALSE);
    double taken = text_width(f->c->x_unit.label, TICK_SIZE, FALSE);
    if (f->plot.x0 + taken + 12 + width <= f->scene->width) {
        scene_text(f->scene, (Point){f->scene->width, f->scene->height - 3}, text,
                   style_aligned(STYLE_TICK, ALIGN_END));
    }
}

Scene *quadrant_chart_scene(const QuadrantChart *c, double width, double height)
{
    Quadrant f = {.scene = scene_new(width, height), .c = c};
    for (guint i = 0; i < c->n; i++) {
        f.shown += is_shown(&c->items[i]) ? 1 : 0;
    }
    f.scene->alt = alt_text(&f);
    f.scene->table = table_of(c);
    if (f.shown == 0) {
        draw_nothing(f.scene, c->study, (Box){0, 0, width, height});
        return f.scene;
    }
    set_axes(&f);
    for (guint i = 0; i < c->n; i++) {
        f.beyond += is_shown(&c->items[i]) && is_beyond(&f, &c->items[i]) ? 1 : 0;
    }
    draw_near(&f);
    draw_axes(&f);
    draw_centre(&f);
    draw_items(&f);
    draw_names(&f);
    say_beyond(&f);
    return f.scene;
}
