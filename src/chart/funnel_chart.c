#include "peerline/chart/funnel_chart.h"
#include "draw.h"
#include "tables.h"

#include <math.h>
#include <stdlib.h>

/* So many names at most, and one for so much width. */
enum { LABELS_MOST = 8 };
static const double LABEL_ROOM = 55;
static const Colour VEIL = {0xFF, 0xFF, 0xFF, 0xC0};

typedef struct {
    Scene *scene;
    const FunnelChart *c;
    Axis x, y;
    Box plot;
    GArray *taken; /* Box: labels so far */
} Funnel;

static Point place(const Funnel *f, double x, double y)
{
    return (Point){axis_at(&f->x, x), axis_at(&f->y, y)};
}

static gboolean is_shown(const Funnel *f, guint i)
{
    const FunnelItem *item = &f->c->items[i];
    return isfinite(item->x) && isfinite(item->y) && (!f->c->x_log || item->x > 0);
}

typedef struct {
    size_t offset;
    Paint paint;
} Limit;

#define LIMIT(member) offsetof(FunnelCurvePoint, member)

static double limit_value(const FunnelCurvePoint *p, size_t offset)
{
    return *(const double *)(const void *)((const char *)p + offset);
}

/* Draws the curve and says where it ends at the right, NAN when it is not inside the plot there. */
static double draw_limit(const Funnel *f, const Limit *limit)
{
    guint n = f->c->n_curves;
    g_autofree Point *points = g_new(Point, MAX(n, 1));
    double end = NAN;
    for (guint i = 0; i < n; i++) {
        const FunnelCurvePoint *p = &f->c->curves[i];
        gboolean inside = p->x >= f->x.lo * (1 - 1e-9) && p->x <= f->x.hi * (1 + 1e-9);
        points[i] = inside ? place(f, p->x, limit_value(p, limit->offset)) : (Point){NAN, NAN};
        if (isfinite(points[i].y)) {
            end = points[i].y;
        }
    }
    double clip[] = {f->plot.y0, f->plot.y1};
    draw_curve(f->scene, points, n, clip, limit->paint);
    return end >= clip[0] && end <= clip[1] ? end : NAN;
}

static const Limit *limits(void)
{
    static const Limit all[] = {
        {LIMIT(lower998), {.stroke = {0x95, 0x95, 0x95, 0xFF}, .width = 0.7, .dash = 2.5}},
        {LIMIT(upper998), {.stroke = {0x95, 0x95, 0x95, 0xFF}, .width = 0.7, .dash = 2.5}},
        {LIMIT(lower95), {.stroke = {0xBF, 0xBF, 0xBF, 0xFF}, .width = 0.7, .dash = 2.5}},
        {LIMIT(upper95), {.stroke = {0xBF, 0xBF, 0xBF, 0xFF}, .width = 0.7, .dash = 2.5}},
        {LIMIT(adjusted_lower998), {.stroke = {0x12, 0x43, 0x6D, 0xFF}, .width = 0.9}},
        {LIMIT(adjusted_upper998), {.stroke = {0x12, 0x43, 0x6D, 0xFF}, .width = 0.9}},
        {LIMIT(adjusted_lower95), {.stroke = {0x20, 0x73, 0xBC, 0xFF}, .width = 0.7}},
        {LIMIT(adjusted_upper95), {.stroke = {0x20, 0x73, 0xBC, 0xFF}, .width = 0.7}},
    };
    return all;
}
enum { LIMITS = 8, ADJUSTED = 4 };

static gboolean has_limit(const FunnelChart *c, guint from, guint to)
{
    for (guint k = from; k < to; k++) {
        for (guint i = 0; i < c->n_curves; i++) {
            if (isfinite(limit_value(&c->curves[i], limits()[k].offset))) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static void draw_limits(const Funnel *f)
{
    gboolean adjusted = has_limit(f->c, ADJUSTED, LIMITS);
    MarginLabel labels[LIMITS + 1];
    for (guint i = 0; i < LIMITS; i++) {
        const Word of = i % ADJUSTED < ADJUSTED / 2 ? WORD_FUNNEL_998 : WORD_FUNNEL_95;
        labels[i].text = i < ADJUSTED && adjusted ? NULL : words_label(f->c->study, of);
        labels[i].y = draw_limit(f, &limits()[i]);
        labels[i].style = STYLE_TICK;
    }
    double target = axis_at(&f->y, f->c->target);
    labels[LIMITS] = (MarginLabel){f->c->target_label, target, STYLE_LABEL};
    if (isfinite(target)) {
        scene_line(f->scene, (Point){f->plot.x0, target}, (Point){f->plot.x1, target},
                   STROKED(COLOUR_INK, 1));
    }
    margin_draw(f->scene, labels, LIMITS + 1,
                (Box){f->plot.x1 + 4, f->plot.y0 - 4, f->scene->width, f->plot.y1 + 4});
}

/* What the curves are, in the corner above the plot; returns the height. */
static double draw_key(Scene *s, const FunnelChart *c, double y)
{
    gboolean plain = has_limit(c, 0, ADJUSTED), adjusted = has_limit(c, ADJUSTED, LIMITS);
    if (!plain && !adjusted) {
        return 0;
    }
    const Word chance = adjusted ? WORD_FUNNEL_LIMITS_CHANCE : WORD_FUNNEL_LIMITS;
    const char *texts[] = {adjusted ? words_label(c->study, WORD_FUNNEL_LIMITS_ADJUSTED) : NULL,
                           plain ? words_label(c->study, chance) : NULL};
    Paint paints[] = {STROKED(COLOUR_DARK_BLUE, 0.9), limits()[0].paint};
    double x = 0, height = 12;
    for (guint i = 0; i < 2; i++) {
        if (texts[i]) {
            if (x > 0 && x + 20 + text_width(texts[i], TICK_SIZE, FALSE) > s->width) {
                x = 0;
                y += 11;
                height += 11;
            }
            scene_line(s, (Point){x, y + 5}, (Point){x + 16, y + 5}, paints[i]);
            scene_text(s, (Point){x + 20, y + 7.7}, texts[i], STYLE_TICK);
            x += 20 + text_width(texts[i], TICK_SIZE, FALSE) + 14;
        }
    }
    return height;
}

static int emphasis_order(const Funnel *f, guint i)
{
    return i == f->c->highlight ? 9 : (int)f->c->items[i].emphasis;
}

static void draw_points(const Funnel *f)
{
    double size = f->c->n > 2000 ? 2.4 : f->c->n > 500 ? 3.2 : 4.4;
    for (int level = 0; level <= 9; level++) {
        for (guint i = 0; i < f->c->n; i++) {
            if (!is_shown(f, i) || emphasis_order(f, i) != level) {
                continue;
            }
            const FunnelItem *item = &f->c->items[i];
            gboolean own = i == f->c->highlight;
            Paint paint = FILLED(emphasis_colour(item->emphasis, own));
            if (f->c->n <= 500) {
                paint.stroke = level == 0 ? COLOUR_MUTED : COLOUR_WHITE;
                paint.width = 0.4;
            }
            scene_mark(f->scene, place(f, item->x, item->y),
                       own     ? size + 2.5
                       : level ? size + 0.8
                               : size,
                       emphasis_shape(item->emphasis), paint);
            g_autofree char *value = unit_value(&f->c->y_unit, item->y);
            g_autofree char *title = g_strdup_printf("%s: %s", item->name, value);
            scene_entitle(f->scene, title);
        }
    }
}

/* How many points a box covers. */
static guint points_under(const Funnel *f, const Box *b)
{
    guint n = 0;
    for (guint i = 0; i < f->c->n; i++) {
        if (is_shown(f, i)) {
            Point p = place(f, f->c->items[i].x, f->c->items[i].y);
            n += p.x > b->x0 - 2 && p.x < b->x1 + 2 && p.y > b->y0 - 2 && p.y < b->y1 + 2;
        }
    }
    return n;
}

typedef struct {
    Point at; /* anchor of the text */
    Box box;
    TextAlign align;
    double distance;
    guint cost;
} Candidate;

static gboolean is_inside(const Box *b, const Box *room)
{
    return b->x0 >= room->x0 && b->x1 <= room->x1 && b->y0 >= room->y0 && b->y1 <= room->y1;
}

/* The place round a point that covers fewest points, near before far. */
static Candidate find_place(const Funnel *f, const char *text, Point p, TextStyle style)
{
    static const double distances[] = {6, 12, 20, 30, 42, 56};
    static const Point ways[] = {{1, 0},      {-1, 0},   {0.8, -0.6}, {-0.8, -0.6}, {0.8, 0.6},
                                 {-0.8, 0.6}, {0.3, -1}, {-0.3, -1},  {0.3, 1},     {-0.3, 1}};
    Candidate found = {.cost = G_MAXUINT};
    for (guint d = 0; d < G_N_ELEMENTS(distances) && found.cost > d * 2; d++) {
        for (guint w = 0; w < G_N_ELEMENTS(ways); w++) {
            Candidate c = {.align = ways[w].x > 0 ? ALIGN_START : ALIGN_END,
                           .distance = distances[d]};
            c.at = (Point){p.x + ways[w].x * distances[d],
                           p.y + ways[w].y * distances[d] + 0.3 * style.size};
            style.align = c.align;
            c.box = text_box(c.at, text, &style);
            if (!is_inside(&c.box, &f->plot) || !box_is_free(f->taken, &c.box)) {
                continue;
            }
            c.cost = points_under(f, &c.box) * 3 + d * 2;
            if (c.cost < found.cost) {
                found = c;
            }
        }
    }
    return found;
}

/* FALSE: there is no room for the name. */
static gboolean name_point(const Funnel *f, guint i)
{
    const FunnelItem *item = &f->c->items[i];
    gboolean own = i == f->c->highlight;
    TextStyle style = own ? STYLE_STRONG : STYLE_LABEL;
    Point p = place(f, item->x, item->y);
    Candidate c = find_place(f, item->name, p, style);
    if (c.cost == G_MAXUINT || (!own && c.cost > 20)) {
        return FALSE;
    }
    style.align = c.align;
    if (c.distance > 6) {
        double end = c.align == ALIGN_START ? c.box.x0 - 1 : c.box.x1 + 1;
        scene_line(f->scene, p, (Point){end, (c.box.y0 + c.box.y1) / 2},
                   STROKED(COLOUR_MUTED, 0.5));
    }
    /* Curves and grid fade under the name. */
    scene_rect(f->scene, (Point){c.box.x0, c.box.y0},
               (Point){c.box.x1 - c.box.x0, c.box.y1 - c.box.y0}, FILLED(VEIL), NULL);
    scene_text(f->scene, c.at, item->name, style);
    g_array_append_val(f->taken, c.box);
    return TRUE;
}

/* Beside the unit above the plot, or beside that of the size below it. */
static void say_unnamed(const Funnel *f, guint unnamed)
{
    g_autofree char *text =
        words_plain(f->c->study, WORD_FUNNEL_UNNAMED, "#n", GUINT_TO_POINTER(unnamed), NULL);
    double width = text_width(text, TICK_SIZE, FALSE);
    const char *beside[] = {f->c->y_unit.label, f->c->x_unit.label};
    double lines[] = {0.8 * TICK_SIZE, f->scene->height - 3}, left[] = {0, f->plot.x0};
    for (guint i = 0; i < G_N_ELEMENTS(beside); i++) {
        double taken = beside[i] ? text_width(beside[i], TICK_SIZE, FALSE) : 0;
        if (beside[i] && left[i] + taken + width + 10 <= f->plot.x1) {
            scene_text(f->scene, (Point){f->plot.x1, lines[i]}, text,
                       style_aligned(STYLE_TICK, ALIGN_END));
            return;
        }
    }
}

typedef struct {
    guint index;
    int order;
    double far;
} Outlier;

static int by_interest(gconstpointer a, gconstpointer b)
{
    const Outlier *p = a, *q = b;
    if (p->order != q->order) {
        return q->order - p->order;
    }
    if (p->far != q->far) {
        return p->far > q->far ? -1 : 1;
    }
    return (p->index > q->index) - (p->index < q->index);
}

static void name_points(const Funnel *f)
{
    g_autoptr(GArray) outliers = g_array_new(FALSE, FALSE, sizeof(Outlier));
    for (guint i = 0; i < f->c->n; i++) {
        int order = emphasis_order(f, i);
        gboolean wanted = !f->c->only_highlight || i == f->c->highlight;
        if (is_shown(f, i) && order >= EMPHASIS_ALERT && wanted) {
            double far = isfinite(f->c->target) ? fabs(f->c->items[i].y - f->c->target) : 0;
            Outlier o = {i, order, far};
            g_array_append_val(outliers, o);
        }
    }
    g_array_sort(outliers, by_interest);
    guint most = MIN(LABELS_MOST, (guint)(f->scene->width / LABEL_ROOM)), named = 0;
    for (guint k = 0; k < MIN(outliers->len, most); k++) {
        named += name_point(f, g_array_index(outliers, Outlier, k).index);
    }
    if (outliers->len > named) {
        say_unnamed(f, outliers->len - named);
    }
}

static char *alt_text(const Funnel *f, const guint count[4], guint shown)
{
    const FunnelChart *c = f->c;
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_FUNNEL, "title", title_or(c->study, c->title), NULL));
    if (shown == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *all = count_text(c->study, shown, c->what);
    tell(alt, words_plain(c->study, WORD_ALT_FUNNEL_COUNTS, "count", all, "#alarms",
                          GUINT_TO_POINTER(count[EMPHASIS_ALARM]), "#alerts",
                          GUINT_TO_POINTER(count[EMPHASIS_ALERT]), NULL));
    if (c->highlight < c->n && is_shown(f, c->highlight)) {
        const FunnelItem *own = &c->items[c->highlight];
        g_autofree char *value = unit_value(&c->y_unit, own->y);
        tell(alt, words_plain(c->study, WORD_ALT_FUNNEL_OWN, "name", own->name, "value", value,
                              "where", words_label(c->study, funnel_where(own->emphasis)), NULL));
    }
    if (isfinite(c->target) && c->target_label) {
        tell(alt, words_plain(c->study, WORD_ALT_LINE, "what", c->target_label, NULL));
    }
    if (shown < c->n) {
        tell(alt,
             words_plain(c->study, WORD_ALT_NOT_SHOWN, "#n", GUINT_TO_POINTER(c->n - shown), NULL));
    }
    return g_string_free(alt, FALSE);
}

static void set_axes(Funnel *f, Span x, Span y)
{
    Scene *s = f->scene;
    const FunnelChart *c = f->c;
    double head = draw_title(s, NULL, c->y_unit.label, s->width);
    head += draw_key(s, c, head);
    MarginLabel widest[] = {
        {c->target_label, isfinite(c->target) ? 0 : NAN, STYLE_LABEL},
        {words_label(c->study, WORD_FUNNEL_998), has_limit(c, 0, LIMITS) ? 0 : NAN, STYLE_TICK}};
    double margin = margin_width(widest, 2, s->width * 0.18);
    f->y = axis_linear(y, FALSE, (guint)MAX(s->height / 45, 2));
    f->x = c->x_log ? axis_log(x) : axis_places(x, TRUE, (guint)MAX(s->width / 90, 2));
    double left = axis_widest(&f->y, &c->y_unit) + 5;
    g_autoptr(GPtrArray) sizes = wrap_text(c->x_unit.label, &STYLE_TICK, s->width - left);
    const double foot = sizes->len ? 26 + (sizes->len - 1) * TICK_LINE : 15;
    f->plot = (Box){left, head + 8, s->width - margin - 6, s->height - foot};
    f->y.from = f->plot.y1;
    f->y.to = f->plot.y0;
    f->x.from = f->plot.x0;
    f->x.to = f->plot.x1;
    axis_draw_upright(s, &f->y, &c->y_unit, f->plot.x0, f->plot.x1);
    axis_draw_level(s, &f->x, &c->x_unit, f->plot.y1, NAN);
    draw_lines(s, sizes, (Point){left, f->plot.y1 + 23}, STYLE_TICK);
}

Scene *funnel_chart_scene(const FunnelChart *c, double width, double height)
{
    Funnel f = {.scene = scene_new(width, height), .c = c};
    Span x = SPAN_EMPTY, y = SPAN_EMPTY;
    guint count[4] = {0}, shown = 0;
    for (guint i = 0; i < c->n; i++) {
        if (is_shown(&f, i)) {
            span_add(&x, c->items[i].x);
            span_add(&y, c->items[i].y);
            count[c->items[i].emphasis]++;
            shown++;
        }
    }
    f.scene->alt = alt_text(&f, count, shown);
    f.scene->table = funnel_table(c);
    if (shown == 0) {
        draw_nothing(f.scene, c->study, (Box){0, 0, width, height});
        return f.scene;
    }
    span_add(&y, c->target);
    set_axes(&f, x, y);
    f.taken = g_array_new(FALSE, FALSE, sizeof(Box));
    draw_limits(&f);
    draw_points(&f);
    name_points(&f);
    g_array_unref(f.taken);
    return f.scene;
}
