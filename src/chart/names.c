#include "names.h"

#include <math.h>

static const double LEADING = 1.25;
static const double CELL = 4;
static const double COVERING = 8; /* a name that must be, per cell it covers */
static const double MARK_ROOM = 4;
static const double FAR_AWAY = 40; /* points: a line that the eye has to follow */
static const double NARROW = 0.55; /* of the width that a name may have */
static const Colour VEIL = {0xFF, 0xFF, 0xFF, 0xC0};
static const double CROSSING = 90; /* a line that crosses another costs as much as so many points */

/* The scene as cells, counted from its top left corner. */
struct Names {
    Scene *scene;
    Box room;
    guint columns, rows;
    guint8 *taken;
    guint32
        *sums; /* (columns + 1) * (rows + 1): cells taken above and to the left; NULL: to be made */
    GArray *boxes; /* Box: names */
    GArray *bars;  /* Box: what no line may cross, names too */
    GArray *lines; /* Point: pairs */
};

Names *names_new(Scene *s, Box room)
{
    Names *n = g_new0(Names, 1);
    n->scene = s;
    n->room = room;
    n->columns = (guint)MAX(ceil(s->width / CELL), 1);
    n->rows = (guint)MAX(ceil(s->height / CELL), 1);
    n->taken = g_new0(guint8, (gsize)n->columns * n->rows);
    n->boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    n->bars = g_array_new(FALSE, FALSE, sizeof(Box));
    n->lines = g_array_new(FALSE, FALSE, sizeof(Point));
    return n;
}

void names_free(Names *n)
{
    if (!n) {
        return;
    }
    g_free(n->taken);
    g_free(n->sums);
    g_array_unref(n->boxes);
    g_array_unref(n->bars);
    g_array_unref(n->lines);
    g_free(n);
}

static guint cell_of(double x, guint n)
{
    return (guint)CLAMP(floor(x / CELL), 0.0, (double)n - 1);
}

void names_take(Names *n, Box box)
{
    for (guint r = cell_of(box.y0, n->rows); r <= cell_of(box.y1, n->rows); r++) {
        for (guint k = cell_of(box.x0, n->columns); k <= cell_of(box.x1, n->columns); k++) {
            n->taken[r * n->columns + k] = 1;
        }
    }
}

void names_bar(Names *n, Box box)
{
    names_take(n, box);
    g_array_append_val(n->bars, box);
}

static void sum_up(Names *n)
{
    guint w = n->columns + 1;
    n->sums = g_new0(guint32, (gsize)w * (n->rows + 1));
    for (guint r = 0; r < n->rows; r++) {
        for (guint k = 0; k < n->columns; k++) {
            n->sums[(r + 1) * w + k + 1] = n->taken[r * n->columns + k] + n->sums[r * w + k + 1] +
                                           n->sums[(r + 1) * w + k] - n->sums[r * w + k];
        }
    }
}

/* How many cells under the box are taken. */
static guint count_taken(const Names *n, const Box *b)
{
    guint w = n->columns + 1;
    guint x0 = cell_of(b->x0, n->columns), x1 = cell_of(b->x1, n->columns) + 1;
    guint y0 = cell_of(b->y0, n->rows), y1 = cell_of(b->y1, n->rows) + 1;
    return n->sums[y1 * w + x1] + n->sums[y0 * w + x0] - n->sums[y0 * w + x1] -
           n->sums[y1 * w + x0];
}

/* ---- lines ---- */

static double side(Point a, Point b, Point p)
{
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

static gboolean lines_cross(Point a, Point b, Point p, Point q)
{
    return (side(a, b, p) > 0) != (side(a, b, q) > 0) && (side(p, q, a) > 0) != (side(p, q, b) > 0);
}

static gboolean line_meets_box(Point a, Point b, const Box *box)
{
    Point c[] = {{box->x0, box->y0}, {box->x1, box->y0}, {box->x1, box->y1}, {box->x0, box->y1}};
    gboolean hit = a.x > box->x0 && a.x < box->x1 && a.y > box->y0 && a.y < box->y1;
    for (guint i = 0; i < 4; i++) {
        hit = hit || lines_cross(a, b, c[i], c[(i + 1) % 4]);
    }
    return hit;
}

gboolean names_cross(const Names *n, Box box)
{
    const Point *lines = (const Point *)(void *)n->lines->data;
    for (guint i = 0; i + 1 < n->lines->len; i += 2) {
        if (line_meets_box(lines[i], lines[i + 1], &box)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- places ---- */

static Point nearest_on(const Box *b, Point p)
{
    return (Point){CLAMP(p.x, b->x0, b->x1), CLAMP(p.y, b->y0, b->y1)};
}

static gboolean meets_bar(const Names *n, Point a, Point b)
{
    for (guint i = 0; i < n->bars->len; i++) {
        if (line_meets_box(a, b, &g_array_index(n->bars, Box, i))) {
            return TRUE;
        }
    }
    return FALSE;
}

/* INFINITY: the name cannot be there. */
static double cost_of(const Names *n, const Box *box, const Name *name, double least)
{
    Point end = nearest_on(box, name->target);
    double far = hypot(end.x - name->target.x, end.y - name->target.y), cost = far;
    if (cost >= least) {
        return INFINITY;
    }
    guint covered = count_taken(n, box);
    if ((covered > 0 && !name->must) || !box_is_free(n->boxes, box)) {
        return INFINITY;
    }
    cost += covered * COVERING;
    if (far > name->near && meets_bar(n, name->target, end)) {
        return INFINITY;
    }
    const Point *lines = (const Point *)(void *)n->lines->data;
    for (guint i = 0; i + 1 < n->lines->len && cost < least; i += 2) {
        gboolean crosses =
            far > name->near && lines_cross(name->target, end, lines[i], lines[i + 1]);
        cost += crosses || line_meets_box(lines[i], lines[i + 1], box) ? CROSSING : 0;
    }
    return cost;
}

/* The cheapest place, the upper left one of equals, and what it costs; INFINITY: there is none. */
static double find_place(const Names *n, const Name *name, Point size, Box *found)
{
    const double none = name->far > 0 ? name->far : INFINITY;
    double least = none;
    for (double y = n->room.y0; y + size.y <= n->room.y1; y += CELL / 2) {
        for (double x = n->room.x0; x + size.x <= n->room.x1; x += CELL) {
            Box box = {x, y, x + size.x, y + size.y};
            double cost = cost_of(n, &box, name, least);
            if (cost < least) {
                least = cost;
                *found = box;
            }
        }
    }
    return least < none ? least : INFINITY;
}

static double widest_line(const GPtrArray *lines, const TextStyle *style)
{
    double widest = 0;
    for (guint i = 0; i < lines->len; i++) {
        widest = MAX(widest, text_width(g_ptr_array_index(lines, i), style->size, style->bold));
    }
    return widest;
}

/* A mark of the chart stays free; a dot of our own is drawn over the line's end. */
static void draw_line_to(Names *n, const Name *name, Point end)
{
    double length = hypot(end.x - name->target.x, end.y - name->target.y);
    if (length > name->near) {
        double t = name->dot ? 0 : MIN(MARK_ROOM / length, 0.5);
        Point start = {name->target.x + t * (end.x - name->target.x),
                       name->target.y + t * (end.y - name->target.y)};
        scene_line(n->scene, end, start, STROKED(COLOUR_WHITE, 2));
        scene_line(n->scene, end, start, STROKED(COLOUR_INK, 0.6));
        g_array_append_val(n->lines, name->target);
        g_array_append_val(n->lines, end);
    }
    if (name->dot) {
        scene_mark(n->scene, name->target, 3.4, MARK_CIRCLE,
                   (Paint){.fill = COLOUR_INK, .stroke = COLOUR_WHITE, .width = 0.7});
    }
}

/* A name in lines of some width, at the place that is best for it. */
typedef struct {
    GPtrArray *lines;
    Point size;
    Box box;
    double cost;
} Setting;

static Setting set_name(const Names *n, const Name *name, double width)
{
    const TextStyle style = style_aligned(name->style, ALIGN_START);
    Setting s = {.lines = wrap_text(name->text, &style, width), .cost = INFINITY};
    s.size = (Point){widest_line(s.lines, &style) + 3, s.lines->len * style.size * LEADING + 2};
    if (s.lines->len > 0) {
        s.cost = find_place(n, name, s.size, &s.box);
    }
    return s;
}

/* A name that is far from its target may find room nearby in shorter lines. */
static Setting best_setting(const Names *n, const Name *name)
{
    Setting wide = set_name(n, name, name->width);
    if (wide.cost < FAR_AWAY) {
        return wide;
    }
    Setting narrow = set_name(n, name, name->width * NARROW);
    const gboolean better = narrow.cost < wide.cost / 2 && narrow.size.x <= name->width;
    g_ptr_array_unref(better ? wide.lines : narrow.lines);
    return better ? narrow : wide;
}

gboolean names_place(Names *n, const Name *name)
{
    if (!n->sums) {
        sum_up(n);
    }
    const TextStyle style = style_aligned(name->style, ALIGN_START);
    const Setting set = best_setting(n, name);
    g_autoptr(GPtrArray) lines = set.lines;
    const Box box = set.box;
    if (!isfinite(set.cost)) {
        return FALSE;
    }
    draw_line_to(n, name, nearest_on(&box, name->target));
    /* Lines of the grid fade under the name; marks do not. */
    if (count_taken(n, &box) == 0) {
        scene_rect(n->scene, (Point){box.x0, box.y0}, set.size, FILLED(VEIL), NULL);
    }
    draw_lines(n->scene, lines, (Point){box.x0 + 1.5, box.y0 + style.size * 0.98}, style);
    g_array_append_val(n->boxes, box);
    g_array_append_val(n->bars, box);
    return TRUE;
}
