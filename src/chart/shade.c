#include "shade.h"

#include <math.h>
#include <stdlib.h>

static const double HATCH_STEP = 3.4; /* between lines, across them 2.4 */
static const double SWATCH = 11;
static const double SWATCH_GAP = 4;
static const double KEY_GAP = 14; /* between columns of the key */
static const double LEADING = 1.25;

const Shade SHADE_NO_DATA = {{0xFF, 0xFF, 0xFF, 0xFF}, HATCH_RISING, {0x95, 0x95, 0x95, 0xFF}};

static double channel(guint8 value)
{
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(Colour c)
{
    return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

double colour_contrast(Colour a, Colour b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

Colour colour_text_on(Colour fill)
{
    return colour_contrast(fill, COLOUR_INK) >= colour_contrast(fill, COLOUR_WHITE) ? COLOUR_INK
                                                                                    : COLOUR_WHITE;
}

/* ---- hatching ---- */

typedef struct {
    double sign; /* 1: along a line x + y is the same; -1: x - y */
    double level;
    GArray *cuts; /* double: places along the line where it enters or leaves */
} HatchLine;

static double across(const HatchLine *h, Point p)
{
    return p.x + h->sign * p.y;
}

static double along(const HatchLine *h, Point p)
{
    return p.x - h->sign * p.y;
}

static void cut_edge(HatchLine *h, Point a, Point b)
{
    double u = across(h, a) - h->level, v = across(h, b) - h->level;
    if ((u > 0) != (v > 0)) {
        double t = u / (u - v), cut = along(h, a) + t * (along(h, b) - along(h, a));
        g_array_append_val(h->cuts, cut);
    }
}

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static Point on_line(const HatchLine *h, double place)
{
    return (Point){(h->level + place) / 2, h->sign * (h->level - place) / 2};
}

static void draw_hatch_line(Scene *s, Rings rings, HatchLine *h, Colour colour)
{
    g_array_set_size(h->cuts, 0);
    for (guint k = 0, i = 0; k < rings.n; k++) {
        guint begin = i;
        for (; i < rings.ends[k]; i++) {
            cut_edge(h, rings.points[i], rings.points[i + 1 < rings.ends[k] ? i + 1 : begin]);
        }
    }
    g_array_sort(h->cuts, by_size);
    for (guint i = 0; i + 1 < h->cuts->len; i += 2) {
        scene_line(s, on_line(h, g_array_index(h->cuts, double, i)),
                   on_line(h, g_array_index(h->cuts, double, i + 1)), STROKED(colour, 0.7));
    }
}

/* Lines lie on one grid for the whole page, so that neighbours look like one surface. */
static void draw_hatch(Scene *s, Rings rings, const Shade *shade)
{
    HatchLine h = {.sign = shade->hatch == HATCH_RISING ? 1 : -1};
    Span span = SPAN_EMPTY;
    for (guint i = 0; i < rings.ends[rings.n - 1]; i++) {
        span_add(&span, across(&h, rings.points[i]));
    }
    h.cuts = g_array_new(FALSE, FALSE, sizeof(double));
    double first = ceil(span.lo / HATCH_STEP), last = floor(span.hi / HATCH_STEP);
    for (double k = first; k <= last; k++) {
        h.level = k * HATCH_STEP;
        draw_hatch_line(s, rings, &h, shade->lines);
    }
    g_array_unref(h.cuts);
}

void shade_rings(Scene *s, Rings rings, const Shade *shade, Paint outline, const char *title)
{
    if (rings.n == 0) {
        return;
    }
    if (shade->hatch == HATCH_NONE) {
        outline.fill = shade->fill;
        scene_area(s, rings, outline, title);
        return;
    }
    scene_area(s, rings, FILLED(shade->fill), title);
    draw_hatch(s, rings, shade);
    outline.fill = COLOUR_NONE;
    scene_area(s, rings, outline, NULL);
}

void shade_rect(Scene *s, Box box, const Shade *shade, Paint outline, const char *title)
{
    if (shade->hatch == HATCH_NONE) {
        outline.fill = shade->fill;
        scene_rect(s, (Point){box.x0, box.y0}, (Point){box.x1 - box.x0, box.y1 - box.y0}, outline,
                   title);
        return;
    }
    const Point corners[] = {
        {box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}};
    const guint end = 4;
    shade_rings(s, (Rings){corners, &end, 1}, shade, outline, title);
}

/* ---- key ---- */

static double key_column(const KeyEntry *entries, guint n, double most)
{
    double widest = 0;
    for (guint i = 0; i < n; i++) {
        widest = MAX(widest, text_width(entries[i].text, LABEL_SIZE, FALSE));
    }
    return MIN(widest + SWATCH + SWATCH_GAP + 0.1, most);
}

double shade_key_width(const KeyEntry *entries, guint n)
{
    return key_column(entries, n, INFINITY);
}

static double draw_entry(Scene *s, const KeyEntry *entry, Point at, double width)
{
    g_autoptr(GPtrArray) lines = wrap_text(entry->text, &STYLE_LABEL, width - SWATCH - SWATCH_GAP);
    if (s) {
        shade_rect(s, (Box){at.x + 0.5, at.y + 0.5, at.x + SWATCH, at.y + SWATCH - 1}, entry->shade,
                   STROKED(COLOUR_MUTED, 0.6), NULL);
        draw_lines(s, lines, (Point){at.x + SWATCH + SWATCH_GAP, at.y + 8}, STYLE_LABEL);
    }
    return MAX(SWATCH + 2.5, lines->len * LABEL_SIZE * LEADING + 3);
}

/* Columns are read downwards; each row is as high as its highest entry. */
double draw_shade_key(Scene *s, const KeyEntry *entries, guint n, Box room)
{
    double width = room.x1 - room.x0, column = key_column(entries, n, width);
    guint columns = (guint)MAX((width + KEY_GAP) / (column + KEY_GAP), 1);
    guint rows = (n + columns - 1) / columns;
    double y = room.y0;
    for (guint r = 0; r < rows; r++) {
        double height = 0;
        for (guint c = 0; c < columns && c * rows + r < n; c++) {
            Point at = {room.x0 + c * (column + KEY_GAP), y};
            double taken = draw_entry(s, &entries[c * rows + r], at, column);
            height = MAX(height, taken);
        }
        y += height;
    }
    return y - room.y0;
}

/* ---- text in a box ---- */

void draw_fitted(Scene *s, const char *text, Box box, TextStyle style)
{
    static const double sizes[] = {LABEL_SIZE, SMALL_SIZE};
    double width = box.x1 - box.x0, height = box.y1 - box.y0;
    g_autoptr(GPtrArray) lines = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        style.size = sizes[i];
        g_clear_pointer(&lines, g_ptr_array_unref);
        lines = wrap_text(text, &style, width);
        if (lines->len * style.size * LEADING <= height + 0.25 * style.size) {
            break;
        }
    }
    double x = style.align == ALIGN_START    ? box.x0
               : style.align == ALIGN_MIDDLE ? (box.x0 + box.x1) / 2
                                             : box.x1;
    double up = lines->len > 0 ? (lines->len - 1) * style.size * LEADING / 2 : 0;
    draw_lines(s, lines, (Point){x, (box.y0 + box.y1) / 2 - up + 0.36 * style.size}, style);
}
