#ifndef PEERLINE_CHART_DRAW_H
#define PEERLINE_CHART_DRAW_H

#include "peerline/chart/common.h"

/** What the charts of this folder draw with: axes with round ticks, text that keeps out of other
 *  text's way, labels in a margin. Distances in points. */

#define TICK_SIZE  7.5
#define TICK_LINE  (1.25 * TICK_SIZE) /**< from line to line */
#define LABEL_SIZE 7.5
#define SMALL_SIZE 7.0

/* ---- axes (axis.c) ---- */

typedef struct {
    double lo, hi, step; /**< ticks are at multiples of `step`; logarithmic: powers and their 2 and
                              5-folds */
    double from, to;     /**< where lo and hi are on the page */
    gboolean log;
} Axis;

typedef struct {
    double lo, hi; /**< NAN when nothing was added */
} Span;
#define SPAN_EMPTY ((Span){NAN, NAN})
void span_add(Span *s, double x); /**< ignores NAN */

/** Round ends around the span with at most `ticks` steps; an empty span gives 0 to 1, a single
 * value some room on both sides. */
Axis axis_linear(Span span, gboolean with_zero, guint ticks);
/** For places that encode values, where lengths do not: ends a little beyond the span rather than
 * at the next round number, with three ticks at least between them. */
Axis axis_places(Span span, gboolean with_zero, guint ticks);
/** For a positive span. */
Axis axis_log(Span span);
double axis_at(const Axis *a, double value);
/** Position of a value, kept within the axis. */
double axis_clamped(const Axis *a, double value);
/** Ticks of the axis, from lo to hi; free with g_array_unref (double). */
GArray *axis_ticks(const Axis *a);
/** "£1,200", "−£5", "12.5%". */
char *axis_text(const Axis *a, double value, const ChartUnit *unit);
double axis_widest(const Axis *a, const ChartUnit *unit);
/** Horizontal grid lines with numbers at the left of `left`. */
void axis_draw_upright(Scene *s, const Axis *a, const ChartUnit *unit, double left, double right);
/** Numbers below `y`; grid lines up to `top` when it is a number. Crowded numbers are left out. */
void axis_draw_level(Scene *s, const Axis *a, const ChartUnit *unit, double y, double top);
/** Names under a row of `n` evenly spaced places: all, or as many as fit, always first and last. */
void axis_draw_names(Scene *s, const char *const *names, guint n, Point first, double step);
/** A line through points, without what is above or below [top, bottom]; NAN makes a gap. */
void draw_curve(Scene *s, const Point *points, guint n, const double clip[2], Paint paint);

/** A value in a sentence or a table: with the decimals of the unit, or three significant figures.
 */
char *unit_value(const ChartUnit *unit, double value);
/** "4.9% to 5.3%"; NULL if either is missing. */
char *unit_range(const ChartUnit *unit, double lower, double upper);

/** The table behind a chart, as scene_table_new(): its caption says after the title what it holds
 *  (`holds`, a message with {{title}}), because a page may show one title in several charts. */
SceneTable *table_of_chart(const Study *study, const char *title, Word holds,
                           const char *const *columns, guint n_words);

/** "7,000 local authorities", "1 of the local authorities". */
char *count_text(const Study *study, guint n, const char *what);
/** Adds a sentence to a text alternative, behind a blank; takes it over. */
void tell(GString *alt, char *sentence);
/** A title, or what stands for one. */
const char *title_or(const Study *study, const char *title);

/* ---- text (label.c) ---- */

typedef struct {
    double x0, y0, x1, y1;
} Box;

Box text_box(Point anchor, const char *text, const TextStyle *style);
/** TRUE if the box is free of all boxes (Box array). */
gboolean box_is_free(const GArray *boxes, const Box *box);

extern const TextStyle STYLE_TICK, STYLE_LABEL, STYLE_STRONG;
TextStyle style_aligned(TextStyle style, TextAlign align);

/** Lines of at most `width`, broken at blanks (and inside a word only if the word alone is wider);
 *  strings, free with g_ptr_array_unref. */
GPtrArray *wrap_text(const char *text, const TextStyle *style, double width);
double lines_height(const GPtrArray *lines, TextStyle style);
/** Draws lines from the first base line at `at`; returns the height. */
double draw_lines(Scene *s, const GPtrArray *lines, Point at, TextStyle style);
/** The title above a small chart and its unit; returns the height taken. */
double draw_title(Scene *s, const char *title, const char *unit, double width);

/** Labels beside a plot, at the height of what they name, moved apart where they would overlap. */
typedef struct {
    const char *text; /**< NULL or "": left out */
    double y;         /**< of what it names; NAN: left out */
    TextStyle style;
} MarginLabel;
/** Width the labels need, at most `most` (then they wrap). */
double margin_width(const MarginLabel *labels, guint n, double most);
/** Draws them from x on, between y top and bottom. At most 16. */
void margin_draw(Scene *s, const MarginLabel *labels, guint n, Box room);

/** Says in the middle of an empty plot that there is nothing to show. */
void draw_nothing(Scene *s, const Study *study, Box plot);

/* ---- emphasis ---- */
Colour emphasis_colour(Emphasis e, gboolean highlighted);
MarkShape emphasis_shape(Emphasis e);
#define FILLED(c)     ((Paint){.fill = (c)})
#define STROKED(c, w) ((Paint){.stroke = (c), .width = (w)})
#define DASHED(c, w)  ((Paint){.stroke = (c), .width = (w), .dash = 2.5})

#endif
