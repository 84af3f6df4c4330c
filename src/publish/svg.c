#include "peerline/publish/svg.h"

#include "markup.h"
#include "peerline/base/fonts.h"

#include <math.h>
#include <string.h>

/* Tabular figures, because widths were measured with them; the usual sans serifs stand in. */
#define FONT FONTS_FAMILY ", 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif"

/* A longer path would make readers slow. */
enum { BATCH = 400 };
/* So many neighbours of one paint say it once. */
enum { GROUPED_FROM = 3 };
/* Of so many marks nobody can point at one, and a title for each would make half of a heavy page.
 */
enum { MOST_TITLES = 2000 };

/* ---- the only ways into the output ---- */

/* Hundredths of a point, without a decimal point of some locale. */
static void put_number(GString *out, double x)
{
    gint64 hundredths = llround(CLAMP(x, -1e9, 1e9) * 100);
    guint64 rest = (guint64)ABS(hundredths);
    char digits[24];
    guint n = sizeof digits;
    for (guint place = 0; place < 3 || rest > 0; place++) {
        char digit = (char)('0' + rest % 10);
        rest /= 10;
        if (place == 2 && n < sizeof digits) {
            digits[--n] = '.';
        }
        if (place >= 2 || digit != '0' || n < sizeof digits) { /* no noughts at the end */
            digits[--n] = digit;
        }
    }
    if (hundredths < 0) {
        digits[--n] = '-';
    }
    g_string_append_len(out, digits + n, (gssize)(sizeof digits - n));
}

static void put_attribute(GString *out, const char *name, double x)
{
    g_string_append_printf(out, " %s=\"", name);
    put_number(out, x);
    g_string_append_c(out, '"');
}

static void put_colour(GString *out, const char *name, Colour c)
{
    if (c.a == 0) {
        g_string_append_printf(out, " %s=\"none\"", name);
        return;
    }
    g_string_append_printf(out, " %s=\"#%02x%02x%02x\"", name, c.r, c.g, c.b);
    if (c.a < 0xFF) {
        g_string_append_printf(out, " %s-opacity=\"", name);
        put_number(out, c.a / 255.0);
        g_string_append_c(out, '"');
    }
}

static Point rounded(Point p)
{
    return (Point){round(CLAMP(p.x, -1e9, 1e9) * 100) / 100,
                   round(CLAMP(p.y, -1e9, 1e9) * 100) / 100};
}

static void put_point(GString *out, char letter, double x, double y)
{
    g_string_append_c(out, letter);
    put_number(out, x);
    if (y >= 0 || round(y * 100) == 0) {
        g_string_append_c(out, ' '); /* a minus sign parts numbers too */
    }
    put_number(out, y);
}

/* ---- outlines: the shapes that the PDF has ---- */

static void add_polygon(GString *out, Point at, const Point *corners, guint n)
{
    for (guint i = 0; i < n; i++) {
        put_point(out, i == 0 ? 'M' : 'L', at.x + corners[i].x, at.y + corners[i].y);
    }
    g_string_append_c(out, 'Z');
}

static void add_circle(GString *out, Point at, double r)
{
    put_point(out, 'M', at.x - r, at.y);
    for (int side = 1; side >= -1; side -= 2) {
        g_string_append_c(out, 'A');
        put_number(out, r);
        g_string_append_c(out, ' ');
        put_number(out, r);
        g_string_append(out, " 0 1 1 ");
        put_number(out, at.x + side * r);
        g_string_append_c(out, ' ');
        put_number(out, at.y);
    }
    g_string_append_c(out, 'Z');
}

static void add_mark(GString *out, const Primitive *p)
{
    double r = p->w / 2, s = 0.89 * r, d = 1.2 * r;
    double up = p->shape == MARK_TRIANGLE_DOWN ? -1 : 1;
    const Point square[] = {{-s, -s}, {s, -s}, {s, s}, {-s, s}};
    const Point diamond[] = {{0, -d}, {d, 0}, {0, d}, {-d, 0}};
    const Point triangle[] = {
        {0, -up * 1.15 * r}, {1.1 * r, up * 0.8 * r}, {-1.1 * r, up * 0.8 * r}};
    Point at = {p->x, p->y};
    switch (p->shape) {
    case MARK_CIRCLE: add_circle(out, at, r); return;
    case MARK_SQUARE: add_polygon(out, at, square, 4); return;
    case MARK_DIAMOND: add_polygon(out, at, diamond, 4); return;
    case MARK_TRIANGLE_UP:
    case MARK_TRIANGLE_DOWN: add_polygon(out, at, triangle, 3); return;
    }
}

static void add_line(GString *out, const Primitive *p)
{
    put_point(out, 'M', p->x, p->y);
    put_point(out, 'L', p->w, p->h);
}

static void add_rect(GString *out, const Primitive *p)
{
    const Point corners[] = {{0, 0}, {p->w, 0}, {p->w, p->h}, {0, p->h}};
    add_polygon(out, (Point){p->x, p->y}, corners, 4);
}

/* Steps from point to point take half the room of positions. They are differences of rounded
 * positions, so that roundings do not add up. */
static void add_path(GString *out, const Primitive *p)
{
    for (guint i = 0, ring = 0; i < p->n_points; ring++) {
        guint end = p->ends ? p->ends[ring] : p->n_points;
        Point last = rounded(p->points[i]);
        put_point(out, 'M', last.x, last.y);
        for (i++; i < end; i++) {
            Point now = rounded(p->points[i]);
            put_point(out, 'l', now.x - last.x, now.y - last.y);
            last = now;
        }
        if (p->closed) {
            g_string_append_c(out, 'Z');
        }
    }
}

static void (*const ADD[])(GString *, const Primitive *) = {
    [PRIM_LINE] = add_line, [PRIM_RECT] = add_rect, [PRIM_MARK] = add_mark, [PRIM_PATH] = add_path};

/* ---- elements ---- */

static gboolean has_place(const Primitive *p)
{
    gboolean finite = isfinite(p->x) && isfinite(p->y) && isfinite(p->w) && isfinite(p->h);
    for (guint i = 0; finite && i < p->n_points; i++) {
        finite = isfinite(p->points[i].x) && isfinite(p->points[i].y);
    }
    return finite;
}

static void put_title(GString *out, const char *title)
{
    if (title && *title) {
        g_string_append(out, "<title>");
        markup_text(out, title);
        g_string_append(out, "</title>");
    }
}

static void put_paint(GString *out, const Primitive *p)
{
    put_colour(out, "fill", p->kind == PRIM_LINE ? COLOUR_NONE : p->paint.fill);
    if (p->paint.stroke.a == 0 || p->paint.width <= 0) {
        return;
    }
    put_colour(out, "stroke", p->paint.stroke);
    put_attribute(out, "stroke-width", p->paint.width);
    if (p->paint.dash > 0) {
        g_string_append(out, " stroke-dasharray=\"");
        put_number(out, p->paint.dash);
        g_string_append_c(out, ' ');
        put_number(out, p->paint.dash * 0.8);
        g_string_append_c(out, '"');
    }
}

static gboolean same_paint(const Paint *a, const Paint *b)
{
    return memcmp(&a->fill, &b->fill, sizeof a->fill) == 0 &&
           memcmp(&a->stroke, &b->stroke, sizeof a->stroke) == 0 && a->width == b->width &&
           a->dash == b->dash;
}

typedef struct {
    gboolean titled;  /* marks have their titles */
    gboolean grouped; /* a group has the paint */
} Painting;

/* Neighbours of one paint become one path, unless a title tells them apart or the outline of one
 * belongs under the next. */
static gboolean may_join(const Primitive *a, const Primitive *b)
{
    gboolean outlined = a->paint.fill.a > 0 && a->paint.stroke.a > 0 && a->paint.width > 0;
    return b->kind == a->kind && !a->title && !b->title && !(outlined && a->kind != PRIM_LINE) &&
           same_paint(&a->paint, &b->paint);
}

static void put_circle(GString *out, const Primitive *p)
{
    g_string_append(out, "<circle");
    put_attribute(out, "cx", p->x);
    put_attribute(out, "cy", p->y);
    put_attribute(out, "r", p->w / 2);
}

static void put_path(GString *out, const Primitive *first, guint n)
{
    g_string_append(out, "<path d=\"");
    for (guint i = 0; i < n; i++) {
        if (has_place(&first[i])) {
            ADD[first->kind](out, &first[i]);
        }
    }
    g_string_append_c(out, '"');
}

static guint joined(const Primitive *first, guint most)
{
    guint n = 1;
    while (n < MIN(most, BATCH) && may_join(first, &first[n])) {
        n++;
    }
    return n;
}

/* One element, without its paint where a group has it. Returns how many primitives it became of. */
static guint put_shape(GString *out, const Primitive *first, guint most, const Painting *how)
{
    const guint n = joined(first, most);
    const gboolean circle = n == 1 && first->kind == PRIM_MARK && first->shape == MARK_CIRCLE;
    if (circle) {
        put_circle(out, first);
    } else {
        put_path(out, first, n);
    }
    if (!how->grouped) {
        put_paint(out, first);
    }
    if (how->titled && first->title && *first->title) {
        g_string_append_c(out, '>');
        put_title(out, first->title);
        g_string_append(out, circle ? "</circle>\n" : "</path>\n");
    } else if (!how->titled) {
        g_string_append(out, "/>\n");
    } else {
        /* Pointing at lines over a mark is pointing at the mark. */
        g_string_append(out, " pointer-events=\"none\"/>\n");
    }
    return n;
}

/* How many primitives from here on are painted alike: a group says so once. */
static guint painted_alike(const Primitive *first, guint most)
{
    guint n = 1;
    while (n < most && first[n].kind != PRIM_TEXT &&
           (first[n].kind == PRIM_LINE) == (first->kind == PRIM_LINE) &&
           same_paint(&first->paint, &first[n].paint)) {
        n++;
    }
    return n;
}

static guint put_shapes(GString *out, const Primitive *first, guint most, gboolean titled)
{
    const guint alike = painted_alike(first, most);
    const Painting how = {titled, alike >= GROUPED_FROM && joined(first, alike) < alike};
    if (how.grouped) {
        g_string_append(out, "<g");
        put_paint(out, first);
        g_string_append(out, ">\n");
    }
    guint done = 0;
    while (done < alike) {
        done += has_place(&first[done]) ? put_shape(out, &first[done], alike - done, &how) : 1;
        if (!how.grouped) {
            return done;
        }
    }
    g_string_append(out, "</g>\n");
    return done;
}

static void put_label(GString *out, const Primitive *p)
{
    static const char *const anchors[] = {[ALIGN_START] = "",
                                          [ALIGN_MIDDLE] = " text-anchor=\"middle\"",
                                          [ALIGN_END] = " text-anchor=\"end\""};
    g_string_append(out, "<text");
    put_attribute(out, "x", p->x);
    put_attribute(out, "y", p->y);
    put_attribute(out, "font-size", p->size);
    g_autofree char *valid = g_utf8_make_valid(p->text, -1);
    put_attribute(out, "textLength", text_width(valid, p->size, p->bold));
    g_string_append(out, " lengthAdjust=\"spacingAndGlyphs\"");
    g_string_append(out, anchors[p->align]);
    g_string_append(out, p->bold ? " font-weight=\"bold\"" : "");
    put_colour(out, "fill", p->paint.fill);
    if (p->angle != 0) {
        g_string_append(out, " transform=\"rotate(");
        put_number(out, -p->angle);
        g_string_append_c(out, ' ');
        put_number(out, p->x);
        g_string_append_c(out, ' ');
        put_number(out, p->y);
        g_string_append(out, ")\"");
    }
    g_string_append_c(out, '>');
    put_title(out, p->title);
    markup_text(out, p->text);
    g_string_append(out, "</text>\n");
}

static void put_own_family(GString *out)
{
    const char *family = fonts_family(fonts_used());
    if (family) {
        g_string_append_c(out, '\'');
        markup_text(out, family);
        g_string_append(out, "', ");
    }
}

/* A phone shows pixels; 11 of them is the smallest text that is read without effort. */
#define READABLE 11.0
#define POINT    (4.0 / 3)

/* Pixels of a unit of the scene: a point is a point, unless its smallest text would be too small.
 */
static double scale_of(const Scene *s)
{
    double smallest = INFINITY;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        if (p->kind == PRIM_TEXT && p->size > 0)
            smallest = MIN(smallest, p->size);
    }
    return MAX(POINT, READABLE / smallest);
}

double svg_width(const Scene *s)
{
    return s->width * scale_of(s);
}

static void put_head(GString *out, const Scene *s)
{
    const double scale = scale_of(s);
    g_string_append(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
    put_attribute(out, "width", s->width * scale);
    put_attribute(out, "height", s->height * scale);
    g_string_append(out, " viewBox=\"0 0 ");
    put_number(out, s->width);
    g_string_append_c(out, ' ');
    put_number(out, s->height);
    g_string_append(out, "\" aria-label=\"");
    markup_text(out, s->alt ? s->alt : "");
    g_string_append(out, "\" font-family=\"");
    put_own_family(out);
    g_string_append(out, FONT "\" font-variant=\"tabular-nums\" stroke-linejoin=\"round\">\n");
}

static gboolean titles_are_few(const Scene *s)
{
    guint n = 0;
    for (guint i = 0; i < s->items->len; i++) {
        n += g_array_index(s->items, Primitive, i).title != NULL;
    }
    return n <= MOST_TITLES;
}

char *svg_from_scene(const Scene *s)
{
    GString *out = g_string_new(NULL);
    put_head(out, s);
    const gboolean titled = titles_are_few(s);
    const Primitive *items = (const Primitive *)(void *)s->items->data;
    for (guint i = 0; i < s->items->len;) {
        if (!has_place(&items[i])) {
            i++;
        } else if (items[i].kind == PRIM_TEXT) {
            put_label(out, &items[i++]);
        } else {
            i += put_shapes(out, &items[i], s->items->len - i, titled);
        }
    }
    g_string_append(out, "</svg>\n");
    return g_string_free(out, FALSE);
}
