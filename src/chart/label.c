#include "draw.h"

#include <math.h>
#include <string.h>

const TextStyle STYLE_TICK = {TICK_SIZE, FALSE, {0x59, 0x59, 0x59, 0xFF}, ALIGN_START, 0};
const TextStyle STYLE_LABEL = {LABEL_SIZE, FALSE, {0x0B, 0x0C, 0x0C, 0xFF}, ALIGN_START, 0};
const TextStyle STYLE_STRONG = {LABEL_SIZE, TRUE, {0x12, 0x43, 0x6D, 0xFF}, ALIGN_START, 0};

static const double LEADING = 1.25;
enum { MARGIN_LABELS = 16 };

TextStyle style_aligned(TextStyle style, TextAlign align)
{
    style.align = align;
    return style;
}

Box text_box(Point at, const char *text, const TextStyle *style)
{
    double width = text_width(text, style->size, style->bold);
    double left = style->align == ALIGN_START    ? 0
                  : style->align == ALIGN_MIDDLE ? width / 2
                                                 : width;
    return (Box){at.x - left, at.y - 0.76 * style->size, at.x - left + width,
                 at.y + 0.22 * style->size};
}

gboolean box_is_free(const GArray *boxes, const Box *box)
{
    for (guint i = 0; i < boxes->len; i++) {
        const Box *b = &g_array_index(boxes, Box, i);
        if (box->x0 < b->x1 && b->x0 < box->x1 && box->y0 < b->y1 && b->y0 < box->y1) {
            return FALSE;
        }
    }
    return TRUE;
}

static void add_line(GPtrArray *lines, GString *line)
{
    if (line->len > 0) {
        g_ptr_array_add(lines, g_strdup(line->str));
        g_string_truncate(line, 0);
    }
}

/* A word that is wider than the line: broken where it must be. */
static void add_long_word(GPtrArray *lines, GString *line, const char *word, const TextStyle *style,
                          double width)
{
    for (const char *c = word; *c; c = g_utf8_next_char(c)) {
        gsize before = line->len;
        g_string_append_len(line, c, g_utf8_next_char(c) - c);
        if (before > 0 && text_width(line->str, style->size, style->bold) > width) {
            g_string_truncate(line, before);
            add_line(lines, line);
            g_string_append_len(line, c, g_utf8_next_char(c) - c);
        }
    }
}

GPtrArray *wrap_text(const char *text, const TextStyle *style, double width)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    if (!text || !*text) {
        return lines;
    }
    if (text_width(text, style->size, style->bold) <= width) {
        g_ptr_array_add(lines, g_strdup(text));
        return lines;
    }
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GString) line = g_string_new(NULL);
    for (guint i = 0; words[i]; i++) {
        gsize before = line->len;
        g_string_append_printf(line, "%s%s", before ? " " : "", words[i]);
        if (text_width(line->str, style->size, style->bold) <= width) {
            continue;
        }
        g_string_truncate(line, before);
        add_line(lines, line);
        add_long_word(lines, line, words[i], style, width);
    }
    add_line(lines, line);
    return lines;
}

double lines_height(const GPtrArray *lines, TextStyle style)
{
    return lines->len * style.size * LEADING;
}

double draw_lines(Scene *s, const GPtrArray *lines, Point at, TextStyle style)
{
    for (guint i = 0; i < lines->len; i++) {
        scene_text(s, (Point){at.x, at.y + i * style.size * LEADING}, g_ptr_array_index(lines, i),
                   style);
    }
    return lines_height(lines, style);
}

double draw_title(Scene *s, const char *title, const char *unit, double width)
{
    TextStyle strong = {8.5, TRUE, COLOUR_INK, ALIGN_START, 0};
    double y = 0;
    if (title && *title) {
        g_autoptr(GPtrArray) lines = wrap_text(title, &strong, width);
        y += draw_lines(s, lines, (Point){0, y + 0.8 * strong.size}, strong);
    }
    if (unit && *unit) {
        g_autoptr(GPtrArray) lines = wrap_text(unit, &STYLE_TICK, width);
        y += draw_lines(s, lines, (Point){0, y + 0.8 * TICK_SIZE}, STYLE_TICK);
    }
    return y > 0 ? y + 4 : 0;
}

static gboolean is_shown(const MarginLabel *l)
{
    return l->text && *l->text && isfinite(l->y);
}

double margin_width(const MarginLabel *labels, guint n, double most)
{
    double widest = 0;
    for (guint i = 0; i < n; i++) {
        if (!is_shown(&labels[i])) {
            continue;
        }
        const TextStyle *style = &labels[i].style;
        g_autoptr(GPtrArray) lines = wrap_text(labels[i].text, style, most);
        for (guint k = 0; k < lines->len; k++) {
            widest = MAX(widest, text_width(g_ptr_array_index(lines, k), style->size, style->bold));
        }
    }
    return widest > 0 ? widest + 0.1 : 0;
}

typedef struct {
    const MarginLabel *label;
    GPtrArray *lines;
    double top, height;
} PlacedLabel;

static int by_height(gconstpointer a, gconstpointer b)
{
    const PlacedLabel *p = a, *q = b;
    return p->label->y < q->label->y   ? -1
           : p->label->y > q->label->y ? 1
                                       : strcmp(p->label->text, q->label->text);
}

/* Down until they are apart, then up again from the bottom where they would leave the room. */
static void move_apart(PlacedLabel *placed, guint n, double top, double bottom)
{
    for (guint i = 0; i < n; i++) {
        double least = i > 0 ? placed[i - 1].top + placed[i - 1].height : top;
        placed[i].top = MAX(placed[i].top, least);
    }
    for (guint i = n; i-- > 0;) {
        double most = i + 1 < n ? placed[i + 1].top : bottom;
        placed[i].top = MIN(placed[i].top, most - placed[i].height);
    }
}

void margin_draw(Scene *s, const MarginLabel *labels, guint n, Box room)
{
    PlacedLabel placed[MARGIN_LABELS] = {0};
    guint shown = 0;
    for (guint i = 0; i < n && shown < MARGIN_LABELS; i++) {
        if (is_shown(&labels[i])) {
            PlacedLabel p = {.label = &labels[i]};
            p.lines = wrap_text(labels[i].text, &labels[i].style, room.x1 - room.x0);
            p.height = p.lines->len * labels[i].style.size * LEADING;
            p.top = labels[i].y - p.height / 2;
            placed[shown++] = p;
        }
    }
    qsort(placed, shown, sizeof *placed, by_height);
    move_apart(placed, shown, room.y0, room.y1);
    for (guint i = 0; i < shown; i++) {
        TextStyle style = placed[i].label->style;
        draw_lines(s, placed[i].lines, (Point){room.x0, placed[i].top + style.size * 0.98}, style);
        g_ptr_array_unref(placed[i].lines);
    }
}

void draw_nothing(Scene *s, const Study *study, Box plot)
{
    scene_text(s, (Point){(plot.x0 + plot.x1) / 2, (plot.y0 + plot.y1) / 2},
               words_label(study, WORD_CHART_NOTHING), style_aligned(STYLE_TICK, ALIGN_MIDDLE));
}

Colour emphasis_colour(Emphasis e, gboolean highlighted)
{
    if (highlighted) {
        return COLOUR_DARK_BLUE;
    }
    switch (e) {
    case EMPHASIS_PEER: return COLOUR_LIGHT_BLUE;
    case EMPHASIS_ALERT: return COLOUR_ORANGE;
    case EMPHASIS_ALARM: return COLOUR_DARK_PINK;
    case EMPHASIS_NORMAL: break;
    }
    return COLOUR_GREY;
}

MarkShape emphasis_shape(Emphasis e)
{
    return e == EMPHASIS_ALERT ? MARK_DIAMOND : e == EMPHASIS_ALARM ? MARK_SQUARE : MARK_CIRCLE;
}
