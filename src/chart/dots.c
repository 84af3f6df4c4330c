#include "peerline/chart/dots.h"
#include "draw.h"
#include "shade.h"
#include "tables.h"

#include <math.h>

static const double LEADING = 1.25;
static const double ROW = 24;
static const double HEAD = 26; /* unit, label of the national line */
static const double KEY_LINE = 11;
static const double FOOT = 28;  /* ticks, key; a second line of it where it is narrow */
static const double TICKS = 16; /* where there is nothing that a key could explain */

double dot_chart_height(guint n)
{
    return HEAD + ROW * MAX(n, 1) + FOOT + KEY_LINE;
}

typedef struct {
    Scene *scene;
    const DotChart *c;
    Axis axis;
    double left, right, top, bottom, row;
} Dots;

static int by_value(gconstpointer a, gconstpointer b)
{
    double v = *(const double *)a, w = *(const double *)b;
    return (v > w) - (v < w);
}

static void entitle(const Dots *f, const char *name, double value)
{
    g_autofree char *text = unit_value(&f->c->unit, value);
    g_autofree char *title = g_strdup_printf("%s: %s", name, text);
    scene_entitle(f->scene, title);
}

/* Dots that would cover each other move up and down from the middle of the row. */
static void draw_dots(const Dots *f, const DotGroup *g, double middle)
{
    g_autofree double *v = g_new(double, MAX(g->n, 1));
    g_autofree double *x = g_new(double, MAX(g->n, 1));
    guint n = 0;
    for (guint i = 0; i < g->n; i++) {
        if (isfinite(g->values[i]) && i != g->highlight) {
            v[n++] = g->values[i];
        }
    }
    qsort(v, n, sizeof *v, by_value);
    for (guint i = 0; i < n; i++) {
        x[i] = axis_at(&f->axis, v[i]);
    }
    double size = n > 300 ? 2.2 : n > 80 ? 3 : 4, half = MIN(f->row * 0.38, 9);
    guint lanes = (guint)(2 * half / (size * 0.85)) | 1u;
    g_autofree double *last = g_new(double, lanes);
    for (guint k = 0; k < lanes; k++) {
        last[k] = -INFINITY;
    }
    for (guint i = 0; i < n; i++) {
        guint lane = 0;
        while (lane + 1 < lanes && x[i] - last[lane] < size * 0.95) {
            lane++;
        }
        lane = x[i] - last[lane] < size * 0.95 ? 0 : lane;
        last[lane] = x[i];
        double off = ((lane + 1) / 2) * size * 0.85 * (lane % 2 ? -1 : 1);
        scene_mark(f->scene, (Point){x[i], middle + off}, size, MARK_CIRCLE,
                   (Paint){.fill = COLOUR_GREY, .stroke = COLOUR_MUTED, .width = 0.3});
        entitle(f, g->name, v[i]);
    }
}

static void draw_group(const Dots *f, const DotGroup *g, double middle)
{
    TextStyle style = STYLE_LABEL;
    g_autoptr(GPtrArray) lines = wrap_text(g->name, &style, f->left - 8);
    if (lines->len > 2) {
        style.size = SMALL_SIZE;
        g_ptr_array_unref(lines);
        lines = wrap_text(g->name, &style, f->left - 8);
    }
    double up = (lines->len - 1) * style.size * 1.25 / 2;
    draw_lines(f->scene, lines, (Point){0, middle - up + 0.36 * style.size}, style);
    draw_dots(f, g, middle);
    if (isfinite(g->median)) {
        double x = axis_at(&f->axis, g->median);
        scene_line(f->scene, (Point){x, middle - f->row * 0.4}, (Point){x, middle + f->row * 0.4},
                   STROKED(COLOUR_ORANGE, 2));
    }
    if (g->highlight < g->n && isfinite(g->values[g->highlight])) {
        scene_mark(f->scene, (Point){axis_at(&f->axis, g->values[g->highlight]), middle}, 7,
                   MARK_DIAMOND,
                   (Paint){.fill = COLOUR_DARK_BLUE, .stroke = COLOUR_WHITE, .width = 0.8});
        entitle(f, f->c->highlight_label ? f->c->highlight_label : g->name,
                g->values[g->highlight]);
    }
}

/* What the marks are, in one line at the foot; items that do not fit start a new line. */
static void draw_key(const Dots *f, gboolean medians, gboolean own)
{
    double x = f->left, y = f->bottom + 25;
    if (own && f->c->highlight_label) {
        scene_mark(f->scene, (Point){x + 4, y - 2.7}, 6, MARK_DIAMOND, FILLED(COLOUR_DARK_BLUE));
        scene_text(f->scene, (Point){x + 11, y}, f->c->highlight_label, STYLE_STRONG);
        x += 11 + text_width(f->c->highlight_label, LABEL_SIZE, TRUE) + 14;
    }
    if (medians) {
        const char *text = words_label(f->c->study, WORD_CHART_GROUP_MEDIAN);
        if (x + 8 + text_width(text, TICK_SIZE, FALSE) > f->scene->width) {
            x = f->left;
            y += 11;
        }
        scene_line(f->scene, (Point){x + 2, y - 6.5}, (Point){x + 2, y + 1.5},
                   STROKED(COLOUR_ORANGE, 2));
        scene_text(f->scene, (Point){x + 8, y}, text, STYLE_TICK);
    }
}

/* The label of the national line: smaller, and in several lines, only where it has to be. */
static GPtrArray *national_lines(const Dots *f, TextStyle *style)
{
    if (!isfinite(f->c->national)) {
        return g_ptr_array_new();
    }
    if (text_width(f->c->national_label, style->size, FALSE) > f->scene->width) {
        style->size = SMALL_SIZE;
    }
    return wrap_text(f->c->national_label, style, f->scene->width);
}

static void draw_national(const Dots *f, const GPtrArray *lines, const TextStyle *style)
{
    if (!isfinite(f->c->national)) {
        return;
    }
    double x = axis_at(&f->axis, f->c->national), wide = 0;
    scene_line(f->scene, (Point){x, f->top - 3}, (Point){x, f->bottom}, STROKED(COLOUR_INK, 1));
    for (guint i = 0; i < lines->len; i++) {
        wide = MAX(wide, text_width(g_ptr_array_index(lines, i), style->size, FALSE));
    }
    double at = CLAMP(x, wide / 2, MAX(f->scene->width - wide / 2, wide / 2));
    draw_lines(f->scene, lines, (Point){at, HEAD - 6}, style_aligned(*style, ALIGN_MIDDLE));
}

static char *alt_text(const DotChart *c, guint shown, const Span *span)
{
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_DOTS, "title", title_or(c->study, c->title), NULL));
    if (shown == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *lo = unit_value(&c->unit, span->lo), *hi = unit_value(&c->unit, span->hi);
    g_autofree char *count = count_text(c->study, shown, c->what);
    tell(alt, words_plain(c->study, WORD_ALT_DOTS_RANGE, "count", count, "#n",
                          GUINT_TO_POINTER(c->n), "low", lo, "high", hi, NULL));
    guint low = CHART_NO_ITEM, high = CHART_NO_ITEM;
    for (guint i = 0; i < c->n; i++) {
        if (isfinite(c->groups[i].median)) {
            low = low == CHART_NO_ITEM || c->groups[i].median < c->groups[low].median ? i : low;
            high = high == CHART_NO_ITEM || c->groups[i].median > c->groups[high].median ? i : high;
        }
    }
    if (low != high) {
        g_autofree char *from = unit_value(&c->unit, c->groups[low].median);
        g_autofree char *to = unit_value(&c->unit, c->groups[high].median);
        tell(alt,
             words_plain(c->study, WORD_ALT_DOTS_MEDIANS, "low", from, "lowname",
                         c->groups[low].name, "high", to, "highname", c->groups[high].name, NULL));
    }
    return g_string_free(alt, FALSE);
}

static double widest_name(const DotChart *c)
{
    double widest = 0;
    for (guint i = 0; i < c->n; i++) {
        widest = MAX(widest, text_width(c->groups[i].name, LABEL_SIZE, FALSE));
    }
    return widest;
}

Scene *dot_chart_scene(const DotChart *c, double width, double height)
{
    Dots f = {.scene = scene_new(width, height), .c = c};
    Span span = SPAN_EMPTY;
    guint shown = 0;
    gboolean medians = FALSE, own = FALSE;
    for (guint g = 0; g < c->n; g++) {
        const DotGroup *group = &c->groups[g];
        medians = medians || isfinite(group->median);
        for (guint i = 0; i < group->n; i++) {
            span_add(&span, group->values[i]);
            shown += isfinite(group->values[i]) ? 1 : 0;
            own = own || (i == group->highlight && isfinite(group->values[i]));
        }
    }
    f.scene->alt = alt_text(c, shown, &span);
    f.scene->table = dots_table(c);
    if (shown == 0) {
        draw_nothing(f.scene, c->study, (Box){0, 0, width, height});
        return f.scene;
    }
    span_add(&span, c->national);
    f.left = MIN(widest_name(c) + 10, width * 0.34);
    f.right = width - 8;
    f.row = (height - HEAD - (medians || own ? FOOT + KEY_LINE : TICKS)) / c->n;
    TextStyle style = STYLE_LABEL;
    g_autoptr(GPtrArray) label = national_lines(&f, &style);
    const double more = label->len > 1 ? (label->len - 1) * style.size * LEADING : 0;
    f.scene->height += more;
    f.top = HEAD + more;
    f.bottom = f.top + f.row * c->n;
    f.axis = axis_linear(span, FALSE, (guint)MAX((f.right - f.left) / 65, 2));
    f.axis.from = f.left + 4;
    f.axis.to = f.right;
    axis_draw_level(f.scene, &f.axis, &c->unit, f.bottom, f.top);
    draw_national(&f, label, &style);
    for (guint g = 0; g < c->n; g++) {
        draw_group(&f, &c->groups[g], f.top + (g + 0.5) * f.row);
    }
    draw_key(&f, medians, own);
    if (c->unit.label) {
        scene_text(f.scene, (Point){0, 7}, c->unit.label, STYLE_TICK);
    }
    return f.scene;
}
