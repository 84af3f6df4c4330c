#include "pdf_layout.h"

/* Paints a scene with cairo. Positions are the scene's: nothing is computed here. */

/* Marks of the same paint become one path, which makes funnel plots of thousands of areas small and
 * quick. A longer path would make readers slow. */
enum { BATCH = 400 };

static void add_mark(cairo_t *cr, const Primitive *p)
{
    double r = p->w / 2;
    switch (p->shape) {
    case MARK_CIRCLE:
        cairo_new_sub_path(cr);
        cairo_arc(cr, p->x, p->y, r, 0, 2 * G_PI);
        cairo_close_path(cr);
        return;
    case MARK_SQUARE:
        cairo_rectangle(cr, p->x - 0.89 * r, p->y - 0.89 * r, 1.78 * r, 1.78 * r);
        return;
    case MARK_DIAMOND:
        r *= 1.2;
        cairo_move_to(cr, p->x, p->y - r);
        cairo_line_to(cr, p->x + r, p->y);
        cairo_line_to(cr, p->x, p->y + r);
        cairo_line_to(cr, p->x - r, p->y);
        cairo_close_path(cr);
        return;
    case MARK_TRIANGLE_UP:
    case MARK_TRIANGLE_DOWN: {
        double up = p->shape == MARK_TRIANGLE_UP ? 1 : -1;
        cairo_move_to(cr, p->x, p->y - up * 1.15 * r);
        cairo_line_to(cr, p->x + 1.1 * r, p->y + up * 0.8 * r);
        cairo_line_to(cr, p->x - 1.1 * r, p->y + up * 0.8 * r);
        cairo_close_path(cr);
        return;
    }
    }
}

static void add_line(cairo_t *cr, const Primitive *p)
{
    cairo_move_to(cr, p->x, p->y);
    cairo_line_to(cr, p->w, p->h);
}

static void add_rect(cairo_t *cr, const Primitive *p)
{
    cairo_rectangle(cr, p->x, p->y, p->w, p->h);
}

static void add_path(cairo_t *cr, const Primitive *p)
{
    for (guint i = 0, ring = 0; i < p->n_points; ring++) {
        guint end = p->ends ? p->ends[ring] : p->n_points;
        cairo_move_to(cr, p->points[i].x, p->points[i].y);
        for (i++; i < end; i++) {
            cairo_line_to(cr, p->points[i].x, p->points[i].y);
        }
        if (p->closed) {
            cairo_close_path(cr);
        }
    }
}

static void (*const ADD[])(cairo_t *, const Primitive *) = {
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

static void finish_path(cairo_t *cr, const Primitive *p)
{
    if (fills(p)) {
        set_colour(cr, p->paint.fill);
        if (strokes(p)) {
            cairo_fill_preserve(cr);
        } else {
            cairo_fill(cr);
        }
    }
    if (strokes(p)) {
        set_colour(cr, p->paint.stroke);
        cairo_set_line_width(cr, p->paint.width);
        double dash[] = {p->paint.dash, p->paint.dash * 0.8};
        cairo_set_dash(cr, dash, p->paint.dash > 0 ? 2 : 0, 0);
        cairo_stroke(cr);
    }
    cairo_new_path(cr);
}

/* An opaque dot is the round end of a line of no length: two numbers in the file where a circle
 * takes twenty-six. */
static gboolean is_dot(const Primitive *p)
{
    return p->kind == PRIM_MARK && p->shape == MARK_CIRCLE && p->paint.fill.a == 0xFF &&
           (!strokes(p) || (p->paint.stroke.a == 0xFF && p->paint.dash == 0));
}

static void add_dot(cairo_t *cr, const Primitive *p)
{
    cairo_move_to(cr, p->x, p->y);
    cairo_line_to(cr, p->x, p->y);
}

static void finish_dots(cairo_t *cr, Colour colour, double size)
{
    set_colour(cr, colour);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, size);
    cairo_stroke(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

/* Draws the mark and those after it that may join; returns how many. */
static guint draw_dots(cairo_t *cr, const Primitive *first, guint most)
{
    if (strokes(first)) {
        add_dot(cr, first);
        finish_dots(cr, first->paint.stroke, first->w + first->paint.width);
        add_dot(cr, first);
        finish_dots(cr, first->paint.fill, first->w - first->paint.width);
        return 1;
    }
    guint n = 0;
    while (n < most && is_dot(&first[n]) && may_join(first, &first[n]) && first[n].w == first->w) {
        add_dot(cr, &first[n++]);
    }
    finish_dots(cr, first->paint.fill, first->w);
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

void scene_draw(const Scene *s, Pen *pen, Point at, double scale)
{
    cairo_t *cr = pen->cr;
    cairo_save(cr);
    cairo_translate(cr, at.x, at.y);
    cairo_scale(cr, scale, scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    const Primitive *items = (const Primitive *)(void *)s->items->data;
    for (guint i = 0; i < s->items->len;) {
        const Primitive *first = &items[i];
        if (first->kind == PRIM_TEXT) {
            draw_text(first, pen, scale);
            i++;
            continue;
        }
        if (is_dot(first)) {
            i += draw_dots(cr, first, MIN(BATCH, s->items->len - i));
            continue;
        }
        for (guint n = 0; n < BATCH && i < s->items->len && (n == 0 || may_join(first, &items[i]));
             n++, i++) {
            ADD[first->kind](cr, &items[i]);
        }
        finish_path(cr, first);
    }
    cairo_restore(cr);
}
