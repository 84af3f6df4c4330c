#ifndef PEERLINE_CHART_SCENE_H
#define PEERLINE_CHART_SCENE_H

#include "peerline/catalogue/study.h"

/** A chart as a list of primitives with a text alternative: made once, painted by every writer
 * (cairo, SVG). Coordinates in points (1/72 inch), origin top left, y downwards. A scene
 * knows nothing of the data it shows; painters compute no positions. */

typedef struct {
    guint8 r, g, b, a;
} Colour;

/** The palette (Analysis Function colours; contrast in docs): meaning is never in colour alone. */
extern const Colour COLOUR_INK;        /* #0B0C0C text */
extern const Colour COLOUR_MUTED;      /* #595959 axes, secondary text */
extern const Colour COLOUR_GRID;       /* #D9D9D9 */
extern const Colour COLOUR_NONE;       /* transparent */
extern const Colour COLOUR_DARK_BLUE;  /* #12436D */
extern const Colour COLOUR_MID_BLUE;   /* #2073BC */
extern const Colour COLOUR_LIGHT_BLUE; /* #6BACE6 */
extern const Colour COLOUR_TURQUOISE;  /* #28A197 */
extern const Colour COLOUR_DARK_PINK;  /* #801650 */
extern const Colour COLOUR_ORANGE;     /* #F46A25 */
extern const Colour COLOUR_PURPLE;     /* #A285D1 */
extern const Colour COLOUR_GREY;       /* #BFBFBF */
extern const Colour COLOUR_PALE;       /* #F3F2F1 bands behind marks */
extern const Colour COLOUR_WHITE;

typedef enum { ALIGN_START, ALIGN_MIDDLE, ALIGN_END } TextAlign;
typedef enum {
    MARK_CIRCLE,
    MARK_DIAMOND,
    MARK_SQUARE,
    MARK_TRIANGLE_UP,
    MARK_TRIANGLE_DOWN
} MarkShape;

typedef struct {
    Colour fill, stroke; /**< COLOUR_NONE: not filled / not stroked */
    double width;        /**< of the stroke */
    double dash;         /**< 0: solid; else dash length */
} Paint;

typedef enum { PRIM_LINE, PRIM_RECT, PRIM_MARK, PRIM_TEXT, PRIM_PATH } PrimKind;

typedef struct {
    double x, y;
} Point;

typedef struct {
    PrimKind kind;
    Paint paint;
    double x, y, w, h; /**< LINE: from (x,y) to (w,h); RECT: corner and size; MARK: centre, w =
                          size; TEXT: anchor on the base line */
    MarkShape shape;
    Point *points; /**< PATH */
    guint n_points;
    guint *ends; /**< PATH of several rings: the index after each ring's last point; NULL: one */
    guint n_rings;
    gboolean closed;
    char *text;  /**< TEXT */
    double size; /**< TEXT: font size in points, at least 7 */
    gboolean bold;
    TextAlign align;
    double angle; /**< TEXT: degrees, anticlockwise */
    char *title;  /**< what a person hears or sees when pointing at the mark; or NULL */
} Primitive;

/** The data behind a chart, as text for people: what a page shows beside the picture. The first
 * column names the row. A missing figure is a word ("no data"), never an empty cell. */
typedef struct {
    char *caption;
    const char *missing; /**< the word for no data */
    guint n_columns, n_rows;
    char **columns;   /**< n_columns heads, all different */
    guint n_words;    /**< so many columns from the left are words; the others are figures */
    GPtrArray *cells; /**< char *, n_rows * n_columns, row-major */
} SceneTable;

typedef struct {
    double width, height;
    GArray *items;     /**< Primitive, in drawing order */
    char *alt;         /**< text alternative: what the chart shows, in one or two sentences */
    SceneTable *table; /**< NULL: none; owned */
} Scene;

/** Whatever is added is placed to the hundredth of a point, which is finer than anybody prints. */
Scene *scene_new(double width, double height);
void scene_free(Scene *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scene, scene_free)

void scene_line(Scene *s, Point from, Point to, Paint paint);
void scene_rect(Scene *s, Point corner, Point size, Paint paint, const char *title);
void scene_mark(Scene *s, Point centre, double size, MarkShape shape, Paint paint);
void scene_path(Scene *s, const Point *points, guint n, gboolean closed, Paint paint);

/** Closed rings of one area. What is inside is by the non-zero rule: holes run the other way round
 * than the ring they are in. */
typedef struct {
    const Point *points;
    const guint *ends; /**< the index after each ring's last point */
    guint n;           /**< rings */
} Rings;
void scene_area(Scene *s, Rings rings, Paint paint, const char *title);

/** Gives the primitive that was added last a title. */
void scene_entitle(Scene *s, const char *title);

/** A table with these heads and no rows; NULL-terminated heads, repeated ones get " (2)". What
 * stands for a missing figure is the word of `study`, or the built-in one. */
SceneTable *scene_table_new(const Study *study, const char *caption, const char *const *columns,
                            guint n_words);
/** Adds a row of n_columns cells, which are copied; NULL or "" becomes the word for no data. */
void scene_table_add(SceneTable *t, const char *const *cells);
const char *scene_table_cell(const SceneTable *t, guint row, guint column);
void scene_table_free(SceneTable *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SceneTable, scene_table_free)

typedef struct {
    double size;
    gboolean bold;
    Colour colour;
    TextAlign align;
    double angle;
} TextStyle;
void scene_text(Scene *s, Point anchor, const char *text, TextStyle style);

/** Width in points of a text in the report font: from Pango, so that labels can be placed without
 *  overlap. Thread-safe (each thread measures with its own font map). */
double text_width(const char *text, double size, gboolean bold);

#endif
