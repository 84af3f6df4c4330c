#include "peerline/chart/scene.h"
#include "peerline/base/fonts.h"

#include <math.h>

const Colour COLOUR_INK = {0x0B, 0x0C, 0x0C, 0xFF};
const Colour COLOUR_MUTED = {0x59, 0x59, 0x59, 0xFF};
const Colour COLOUR_GRID = {0xD9, 0xD9, 0xD9, 0xFF};
const Colour COLOUR_NONE = {0, 0, 0, 0};
const Colour COLOUR_DARK_BLUE = {0x12, 0x43, 0x6D, 0xFF};
const Colour COLOUR_MID_BLUE = {0x20, 0x73, 0xBC, 0xFF};
const Colour COLOUR_LIGHT_BLUE = {0x6B, 0xAC, 0xE6, 0xFF};
const Colour COLOUR_TURQUOISE = {0x28, 0xA1, 0x97, 0xFF};
const Colour COLOUR_DARK_PINK = {0x80, 0x16, 0x50, 0xFF};
const Colour COLOUR_ORANGE = {0xF4, 0x6A, 0x25, 0xFF};
const Colour COLOUR_PURPLE = {0xA2, 0x85, 0xD1, 0xFF};
const Colour COLOUR_GREY = {0xBF, 0xBF, 0xBF, 0xFF};
const Colour COLOUR_PALE = {0xF3, 0xF2, 0xF1, 0xFF};
const Colour COLOUR_WHITE = {0xFF, 0xFF, 0xFF, 0xFF};

/* Hundredths of a point. A figure that changes by less than can be drawn leaves the chart as it
 * was, bit by bit; adding nought takes the sign off nought. */
static double placed(double x)
{
    return round(x * 100) / 100 + 0.0;
}

static void primitive_clear(gpointer data)
{
    Primitive *p = data;
    g_free(p->points);
    g_free(p->ends);
    g_free(p->text);
    g_free(p->title);
}

Scene *scene_new(double width, double height)
{
    Scene *s = g_new0(Scene, 1);
    s->width = width;
    s->height = height;
    s->items = g_array_new(FALSE, TRUE, sizeof(Primitive));
    g_array_set_clear_func(s->items, primitive_clear);
    return s;
}

void scene_free(Scene *s)
{
    if (!s) {
        return;
    }
    g_array_unref(s->items);
    g_free(s->alt);
    scene_table_free(s->table);
    g_free(s);
}

void scene_line(Scene *s, Point from, Point to, Paint paint)
{
    Primitive p = {.kind = PRIM_LINE,
                   .paint = paint,
                   .x = placed(from.x),
                   .y = placed(from.y),
                   .w = placed(to.x),
                   .h = placed(to.y)};
    g_array_append_val(s->items, p);
}

void scene_rect(Scene *s, Point corner, Point size, Paint paint, const char *title)
{
    Primitive p = {.kind = PRIM_RECT,
                   .paint = paint,
                   .x = placed(corner.x),
                   .y = placed(corner.y),
                   /* neighbours that touch still do */
                   .w = placed(corner.x + size.x) - placed(corner.x),
                   .h = placed(corner.y + size.y) - placed(corner.y),
                   .title = g_strdup(title)};
    g_array_append_val(s->items, p);
}

void scene_mark(Scene *s, Point centre, double size, MarkShape shape, Paint paint)
{
    Primitive p = {.kind = PRIM_MARK,
                   .paint = paint,
                   .x = placed(centre.x),
                   .y = placed(centre.y),
                   .w = placed(size),
                   .h = placed(size),
                   .shape = shape};
    g_array_append_val(s->items, p);
}

void scene_path(Scene *s, const Point *points, guint n, gboolean closed, Paint paint)
{
    if (n < 2) {
        return;
    }
    Primitive p = {.kind = PRIM_PATH,
                   .paint = paint,
                   .points = g_new(Point, n),
                   .n_points = n,
                   .closed = closed};
    for (guint i = 0; i < n; i++) {
        p.points[i] = (Point){placed(points[i].x), placed(points[i].y)};
    }
    g_array_append_val(s->items, p);
}

void scene_area(Scene *s, Rings rings, Paint paint, const char *title)
{
    guint n = rings.n > 0 ? rings.ends[rings.n - 1] : 0;
    if (n < 3) {
        return;
    }
    scene_path(s, rings.points, n, TRUE, paint);
    Primitive *p = &g_array_index(s->items, Primitive, s->items->len - 1);
    p->ends = g_memdup2(rings.ends, rings.n * sizeof(guint));
    p->n_rings = rings.n;
    p->title = g_strdup(title);
}

void scene_entitle(Scene *s, const char *title)
{
    if (s->items->len > 0) {
        Primitive *p = &g_array_index(s->items, Primitive, s->items->len - 1);
        g_free(p->title);
        p->title = g_strdup(title);
    }
}

void scene_text(Scene *s, Point anchor, const char *text, TextStyle style)
{
    if (!text || !*text) {
        return;
    }
    Primitive p = {.kind = PRIM_TEXT,
                   .paint = {.fill = style.colour},
                   .x = placed(anchor.x),
                   .y = placed(anchor.y),
                   .text = g_strdup(text),
                   .size = style.size,
                   .bold = style.bold,
                   .align = style.align,
                   .angle = style.angle};
    g_array_append_val(s->items, p);
}

double text_width(const char *text, double size, gboolean bold)
{
    return text && *text ? fonts_text_width(text, size, bold) : 0.0;
}
