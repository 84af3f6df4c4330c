#include "peerline/chart/composition.h"
#include "shade.h"

#include <math.h>

static const double ROW = 19;
static const double BAR = 12;
static const double LEADING = 1.25;
static const double FOOT = 28; /* ticks and unit */

/* Neighbours differ by three to one in lightness, or one of them is hatched. */
static const Shade SHADES[COMPOSITION_PARTS_MAX] = {
    {{0x12, 0x43, 0x6D, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0x28, 0xA1, 0x97, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0x80, 0x16, 0x50, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0xF4, 0x6A, 0x25, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0x3D, 0x3D, 0x3D, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0xA2, 0x85, 0xD1, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0x20, 0x73, 0xBC, 0xFF}, HATCH_FALLING, {0xFF, 0xFF, 0xFF, 0xFF}},
    {{0xD9, 0xD9, 0xD9, 0xFF}, HATCH_FALLING, {0x59, 0x59, 0x59, 0xFF}},
};

typedef struct {
    Scene *scene; /* NULL while only measuring */
    const CompositionChart *c;
    double width;
    double name, total; /* widths of the columns */
    double *heights;
    double rows, key;
    Axis axis;
} Stacks;

/* ---- measures ---- */

static TextStyle name_style(const CompositionChart *c, guint row)
{
    return row == c->highlight ? STYLE_STRONG : STYLE_LABEL;
}

static guint n_parts(const CompositionChart *c)
{
    return MIN(c->n_parts, COMPOSITION_PARTS_MAX);
}

static gboolean has_parts(const CompositionChart *c, guint row)
{
    for (guint k = 0; k < n_parts(c); k++) {
        if (isfinite(c->rows[row].parts[k])) {
            return TRUE;
        }
    }
    return FALSE;
}

static guint count_with_data(const CompositionChart *c)
{
    guint n = 0;
    for (guint i = 0; i < c->n; i++) {
        n += has_parts(c, i) ? 1 : 0;
    }
    return n;
}

static double widest_name(const CompositionChart *c)
{
    double widest = 0;
    for (guint i = 0; i < c->n; i++) {
        TextStyle style = name_style(c, i);
        widest = MAX(widest, text_width(c->rows[i].name, style.size, style.bold));
    }
    return widest;
}

static double draw_key(const Stacks *f)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    KeyEntry entries[COMPOSITION_PARTS_MAX];
    for (guint k = 0; k < n_parts(f->c); k++) {
        g_ptr_array_add(texts, g_strdup_printf("%u %s", k + 1, f->c->parts[k]));
        entries[k] = (KeyEntry){&SHADES[k], g_ptr_array_index(texts, k)};
    }
    return draw_shade_key(f->scene, entries, n_parts(f->c), (Box){0, 0, f->width, INFINITY}) + 6;
}

static Stacks measure(const CompositionChart *c, double width)
{
    Stacks f = {.c = c, .width = width};
    f.name = MIN(widest_name(c) + 8, width * 0.36);
    for (guint i = 0; i < c->n; i++) {
        double needed = text_width(c->rows[i].total_text, LABEL_SIZE, i == c->highlight) + 8;
        f.total = MIN(MAX(f.total, needed), width * 0.25);
    }
    f.heights = g_new0(double, MAX(c->n, 1));
    for (guint i = 0; i < c->n; i++) {
        TextStyle style = name_style(c, i);
        g_autoptr(GPtrArray) lines = wrap_text(c->rows[i].name, &style, f.name - 8);
        f.heights[i] = MAX(ROW, lines->len * LABEL_SIZE * LEADING + 4);
        f.rows += f.heights[i];
    }
    f.key = draw_key(&f);
    return f;
}

static double height_of(const Stacks *f)
{
    return count_with_data(f->c) == 0 ? 60 : f->key + f->rows + FOOT;
}

double composition_chart_height(const CompositionChart *c, double width)
{
    Stacks f = measure(c, width);
    double height = height_of(&f);
    g_free(f.heights);
    return height;
}

/* ---- bars ---- */

static Span span_of(const CompositionChart *c)
{
    Span span = SPAN_EMPTY;
    for (guint i = 0; i < c->n; i++) {
        double below = 0, above = 0;
        for (guint k = 0; k < n_parts(c); k++) {
            double v = c->rows[i].parts[k];
            below += isfinite(v) && v < 0 ? v : 0;
            above += isfinite(v) && v > 0 ? v : 0;
        }
        span_add(&span, below);
        span_add(&span, above);
        span_add(&span, c->rows[i].total);
    }
    return span;
}

static char *part_text(const CompositionChart *c, double value)
{
    return isfinite(value) ? unit_value(&c->unit, value)
                           : g_strdup(words_label(c->study, WORD_CHART_NO_DATA));
}

/* Where a bar goes one way from zero to its total, its end says it. */
static gboolean has_total_line(const CompositionChart *c, guint row)
{
    double total = c->rows[row].total, sum = 0, least = 0, most = 0;
    for (guint k = 0; k < n_parts(c); k++) {
        double v = c->rows[row].parts[k];
        sum += isfinite(v) ? v : 0;
        least = isfinite(v) ? MIN(least, v) : least;
        most = isfinite(v) ? MAX(most, v) : most;
    }
    gboolean both = least < 0 && most > 0;
    return isfinite(total) && (both || fabs(total - sum) > 0.005 * fabs(sum));
}

/* The larger piece of a part that the line of the total leaves free. */
static Box beside_total(const Stacks *f, guint row, Box box)
{
    double total = f->c->rows[row].total;
    if (!has_total_line(f->c, row)) {
        return box;
    }
    double left = axis_clamped(&f->axis, total) - 2.4, right = left + 4.8;
    if (right <= box.x0 || left >= box.x1) {
        return box;
    }
    if (left - box.x0 >= box.x1 - right) {
        box.x1 = left;
    } else {
        box.x0 = right;
    }
    return box;
}

static void draw_part(const Stacks *f, guint row, guint part, Box box)
{
    const CompositionChart *c = f->c;
    g_autofree char *value = part_text(c, c->rows[row].parts[part]);
    g_autofree char *title =
        g_strdup_printf("%s, %s: %s", c->rows[row].name, c->parts[part], value);
    double width = box.x1 - box.x0;
    Paint outline = width > 2 ? STROKED(COLOUR_WHITE, 0.8) : (Paint){.width = 0};
    const Shade *shade = &SHADES[part];
    shade_rect(f->scene, box, shade, outline, title);
    g_autofree char *number = g_strdup_printf("%u", part + 1);
    double text = text_width(number, SMALL_SIZE, TRUE);
    Box room = beside_total(f, row, box);
    if (room.x1 - room.x0 < text + 4) {
        return;
    }
    Point middle = {(room.x0 + room.x1) / 2, (room.y0 + room.y1) / 2};
    if (shade->hatch != HATCH_NONE) {
        scene_rect(f->scene, (Point){middle.x - text / 2 - 1.5, middle.y - 4.2},
                   (Point){text + 3, 8.4}, FILLED(shade->fill), NULL);
    }
    TextStyle style = {SMALL_SIZE, TRUE, colour_text_on(shade->fill), ALIGN_MIDDLE, 0};
    scene_text(f->scene, (Point){middle.x, middle.y + 0.36 * SMALL_SIZE}, number, style);
}

static void draw_total(const Stacks *f, guint row, double y)
{
    const CompositionRow *r = &f->c->rows[row];
    if (has_total_line(f->c, row)) {
        double x = axis_clamped(&f->axis, r->total);
        Point top = {x, y - BAR / 2 - 2}, bottom = {x, y + BAR / 2 + 2};
        scene_line(f->scene, top, bottom, STROKED(COLOUR_WHITE, 3.2));
        scene_line(f->scene, top, bottom, STROKED(COLOUR_INK, 1.6));
    }
    TextStyle style = style_aligned(name_style(f->c, row), ALIGN_END);
    draw_fitted(f->scene, r->total_text, (Box){f->width - f->total, y - 9, f->width, y + 9}, style);
}

static void draw_bar(const Stacks *f, guint row, double top)
{
    const CompositionRow *r = &f->c->rows[row];
    double y = top + f->heights[row] / 2, ends[2] = {0, 0};
    draw_fitted(f->scene, r->name, (Box){0, top, f->name - 8, top + f->heights[row]},
                name_style(f->c, row));
    if (!has_parts(f->c, row)) {
        scene_text(f->scene, (Point){axis_at(&f->axis, 0) + 4, y + 0.36 * TICK_SIZE},
                   words_label(f->c->study, WORD_CHART_NO_DATA), STYLE_TICK);
        return;
    }
    for (guint k = 0; k < n_parts(f->c); k++) {
        double v = r->parts[k];
        if (!isfinite(v) || v == 0) {
            continue;
        }
        double *end = &ends[v < 0 ? 0 : 1];
        double a = axis_at(&f->axis, *end), b = axis_at(&f->axis, *end + v);
        *end += v;
        draw_part(f, row, k, (Box){MIN(a, b), y - BAR / 2, MAX(a, b), y + BAR / 2});
    }
    draw_total(f, row, y);
}

static void draw_rows(Stacks *f)
{
    const CompositionChart *c = f->c;
    double bottom = f->key + f->rows;
    f->axis = axis_linear(span_of(c), TRUE, (guint)MAX((f->width - f->name - f->total) / 65, 2));
    f->axis.from = f->name;
    f->axis.to = f->width - f->total - 2;
    axis_draw_level(f->scene, &f->axis, &c->unit, bottom, f->key);
    double top = f->key;
    for (guint i = 0; i < c->n; i++) {
        draw_bar(f, i, top);
        top += f->heights[i];
    }
    double zero = axis_at(&f->axis, 0);
    scene_line(f->scene, (Point){zero, f->key}, (Point){zero, bottom}, STROKED(COLOUR_INK, 1));
    if (c->unit.label) {
        gboolean lines = FALSE;
        for (guint i = 0; i < c->n; i++) {
            lines = lines || (has_parts(c, i) && has_total_line(c, i));
        }
        g_autofree char *label =
            lines ? words_plain(c->study, WORD_CHART_UNIT_WITH_TOTAL, "unit", c->unit.label, NULL)
                  : g_strdup(c->unit.label);
        double needed = text_width(label, TICK_SIZE, FALSE);
        double x = f->name + needed < f->width ? f->name : MAX(f->width - needed, 0);
        scene_text(f->scene, (Point){x, f->scene->height - 3},
                   needed <= f->width ? label : c->unit.label, STYLE_TICK);
    }
}

/* ---- words ---- */

static SceneTable *table_of(const CompositionChart *c)
{
    g_autoptr(GPtrArray) heads = g_ptr_array_new();
    g_ptr_array_add(heads, (gpointer)words_label(c->study, WORD_CHART_COLUMN_AREA));
    for (guint k = 0; k < n_parts(c); k++) {
        g_ptr_array_add(heads, (gpointer)c->parts[k]);
    }
    g_ptr_array_add(heads, (gpointer)words_label(c->study, WORD_CHART_COLUMN_TOTAL));
    g_ptr_array_add(heads, NULL);
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_COMPOSITION,
                                   (const char *const *)heads->pdata, 1);
    for (guint i = 0; i < c->n; i++) {
        g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(cells, g_strdup(c->rows[i].name));
        for (guint k = 0; k < n_parts(c); k++) {
            g_ptr_array_add(cells, part_text(c, c->rows[i].parts[k]));
        }
        g_ptr_array_add(cells, c->rows[i].total_text ? g_strdup(c->rows[i].total_text)
                                                     : part_text(c, c->rows[i].total));
        scene_table_add(t, (const char *const *)cells->pdata);
    }
    return t;
}

static void tell_row(GString *alt, const CompositionChart *c, guint row)
{
    guint largest = CHART_NO_ITEM, negative = 0;
    for (guint k = 0; k < n_parts(c); k++) {
        double v = c->rows[row].parts[k];
        negative += isfinite(v) && v < 0 ? 1 : 0;
        if (isfinite(v) && (largest == CHART_NO_ITEM || v > c->rows[row].parts[largest])) {
            largest = k;
        }
    }
    if (largest == CHART_NO_ITEM) {
        tell(alt, words_plain(c->study, WORD_ALT_ROW_NO_DATA, "name", c->rows[row].name, NULL));
        return;
    }
    g_autofree char *value = unit_value(&c->unit, c->rows[row].parts[largest]);
    g_autofree char *below =
        words_plain(c->study, WORD_ALT_PARTS_BELOW_ZERO, "#n", GUINT_TO_POINTER(negative), NULL);
    tell(alt,
         words_plain(c->study, WORD_ALT_LARGEST_PART, "name", c->rows[row].name, "part",
                     c->parts[largest], "value", value, "negative", negative ? below : "", NULL));
}

static char *alt_text(const CompositionChart *c)
{
    GString *alt = g_string_new(NULL);
    tell(alt,
         words_plain(c->study, WORD_ALT_COMPOSITION, "title", title_or(c->study, c->title), NULL));
    guint shown = count_with_data(c);
    if (shown == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *count = count_text(c->study, shown, c->what);
    tell(alt, words_plain(c->study, WORD_ALT_COMPOSITION_PARTS, "count", count, "#n",
                          GUINT_TO_POINTER(n_parts(c)), NULL));
    if (c->highlight < c->n) {
        tell_row(alt, c, c->highlight);
    }
    if (shown < c->n) {
        tell(alt, words_plain(c->study, WORD_ALT_ROWS_WITHOUT_DATA, "#n",
                              GUINT_TO_POINTER(c->n - shown), NULL));
    }
    return g_string_free(alt, FALSE);
}

Scene *composition_chart_scene(const CompositionChart *c, double width)
{
    Stacks f = measure(c, width);
    Scene *s = scene_new(width, height_of(&f));
    s->alt = alt_text(c);
    s->table = table_of(c);
    f.scene = s;
    if (count_with_data(c) == 0) {
        draw_nothing(s, c->study, (Box){0, 0, width, s->height});
    } else {
        draw_key(&f);
        draw_rows(&f);
    }
    g_free(f.heights);
    return s;
}
