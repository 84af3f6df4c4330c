#include "pdf_layout.h"

/* Paints a scene. Positions are the scene's: nothing is computed here. */

/* Marks of the same paint become one path, which makes funnel plots of thousands of areas small and
 * quick. A longer path would make readers slow. */
enum { BATCH = 400 };

static void add_polygon(Canvas *c, const Point *points, guint n)
{
    canvas_move(c, points[0].x, points[0].y);
    for (guint i = 1; i < n; i++) {
        canvas_line(c, points[i].x, points[i].y);
    }
    canvas_close(c);
}

static void add_mark(Canvas *c, const Primitive *p)
{
    const double x = p->x, y = p->y;
    double r = p->w / 2;
    switch (p->shape) {
    case MARK_CIRCLE: canvas_circle(c, x, y, r); return;
    case MARK_SQUARE: canvas_rectangle(c, x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r); return;
    case MARK_DIAMOND:
        r *= 1.2;
        add_polygon(c, (const Point[]){{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}, 4);
        return;
    case MARK_TRIANGLE_UP:
    case MARK_TRIANGLE_DOWN: {
        const double up = p->shape == MARK_TRIANGLE_UP ? 1 : -1, foot = y + up * 0.8 * r;
        add_polygon(
            c, (const Point[]){{x, y - up * 1.15 * r}, {x + 1.1 * r, foot}, {x - 1.1 * r, foot}},
            3);
        return;
    }
    }
}

static void add_line(Canvas *c, const Primitive *p)
{
    canvas_move(c, p->x, p->y);
    canvas_line(c, p->w, p->h);
}

static void add_rect(Canvas *c, const Primitive *p)
{
    canvas_rectangle(c, p->x, p->y, p->w, p->h);
}

static void add_path(Canvas *c, const Primitive *p)
{
    for (guint i = 0, ring = 0; i < p->n_points; ring++) {
        const guint end = p->ends ? p->ends[ring] : p->n_points;
        canvas_move(c, p->points[i].x, p->points[i].y);
        for (i++; i < end; i++) {
            canvas_line(c, p->points[i].x, p->points[i].y);
        }
        if (p->closed) {
            canvas_close(c);
        }
    }
}

static void (*const ADD[])(Canvas *, const Primitive *) = {
    [PRIM_LINE] = add_line, [PRIM_RECT] = add_rect, [PRIM_MARK] = add_mark, [PRIM_PATH] = add_path};

static gboolean fills(const Primitive *p)
{
    return p->paint.fill.a > 0 && p->kind != PRIM_LINE;
}

static gboolean strokes(const Primitive *p)
{
    return p->paint.stroke.a > 0 && p->paint.width > 0;
}

static gboolean same_colour(Colour a, Colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* Filled *and* outlined marks stay single: each one's outline must be under the next one's fill. */
static gboolean may_join(const Primitive *a, const Primitive *b)
{
    return a->kind == b->kind && a->kind != PRIM_TEXT && !(fills(a) && strokes(a)) &&
           same_colour(a->paint.fill, b->paint.fill) &&
           same_colour(a->paint.stroke, b->paint.stroke) && a->paint.width == b->paint.width &&
           a->paint.dash == b->paint.dash;
}

/* An opaque dot is the round end of a line of no length: two numbers in the file where a circle
 * takes twenty-six. */
static gboolean is_dot(const Primitive *p)
{
    return p->kind == PRIM_MARK && p->shape == MARK_CIRCLE && p->paint.fill.a == 0xFF &&
           (!strokes(p) || (p->paint.stroke.a == 0xFF && p->paint.dash == 0));
}

/* Draws the mark and those after it that may join; returns how many. */
static guint draw_dots(Canvas *c, const Primitive *first, guint most)
{
    if (strokes(first)) {
        canvas_dot(c, first->x, first->y);
        canvas_paint_dots(c, first->paint.stroke, first->w + first->paint.width);
        canvas_dot(c, first->x, first->y);
        canvas_paint_dots(c, first->paint.fill, first->w - first->paint.width);
        return 1;
    }
    guint n = 0;
    while (n < most && is_dot(&first[n]) && may_join(first, &first[n]) && first[n].w == first->w) {
        canvas_dot(c, first[n].x, first[n].y);
        n++;
    }
    canvas_paint_dots(c, first->paint.fill, first->w);
    return n;
}

static void draw_text(const Primitive *p, Pen *pen, double scale)
{
    if (p->size * scale < 6.995) {
        problem_add(pen->job, "text below 7 pt in a figure: %.1f pt: %s", p->size * scale, p->text);
    }
    TextStyle style = {p->size, p->bold, p->paint.fill, p->align, p->angle};
    text_draw_label(pen, p->text, &style, (Point){p->x, p->y});
}

/* A line has no inside. */
static Paint paint_of(const Primitive *p)
{
    Paint paint = p->paint;
    paint.fill = fills(p) ? paint.fill : COLOUR_NONE;
    return paint;
}

void scene_draw(const Scene *s, Pen *pen, Point at, double scale)
{
    Canvas *c = pen->canvas;
    canvas_frame(c, at, scale);
    const Primitive *items = (const Primitive *)(void *)s->items->data;
    for (guint i = 0; i < s->items->len;) {
        const Primitive *first = &items[i];
        if (first->kind == PRIM_TEXT) {
            draw_text(first, pen, scale);
            i++;
            continue;
        }
        if (is_dot(first)) {
            i += draw_dots(c, first, MIN(BATCH, s->items->len - i));
            continue;
        }
        for (guint n = 0; n < BATCH && i < s->items->len && (n == 0 || may_join(first, &items[i]));
             n++, i++) {
            ADD[first->kind](c, &items[i]);
        }
        const Paint paint = paint_of(first);
        canvas_paint(c, &paint);
    }
    canvas_frame(c, (Point){0, 0}, 1);
}
