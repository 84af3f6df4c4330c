#include "peerline/chart/spine.h"
#include "draw.h"
#include "tables.h"

#include <math.h>

static const double HEAD = 34; /* column heads of up to three lines */
static const double ROW = 25;  /* room for three lines of 7 pt */
static const double KEY = 32;  /* two lines: marks; bars and lines */
static const double KEY_LINE = 11;
static const double GAP = 8;
static const double MARK = 8;

double spine_chart_height(guint n)
{
    return HEAD + ROW * MAX(n, 1) + KEY;
}

typedef struct {
    Scene *scene;
    const SpineChart *c;
    double name;        /* width of the names */
    double ends[3];     /* right ends of the three columns of figures */
    double heads[3];    /* their widths */
    double left, right; /* the chart proper */
} Spine;

/* What the line in the middle of a row is. */
typedef enum { CENTRE_NONE, CENTRE_NATIONAL, CENTRE_MEDIAN } Centre;

static Centre centre_of(const SpineRow *r)
{
    return isfinite(r->national) ? CENTRE_NATIONAL
           : isfinite(r->median) ? CENTRE_MEDIAN
                                 : CENTRE_NONE;
}

static guint rows_centred(const SpineChart *c, Centre centre)
{
    guint n = 0;
    for (guint i = 0; i < c->n; i++) {
        n += centre_of(&c->rows[i]) == centre;
    }
    return n;
}

/* A row's scale: its centre in the middle, the farther end at the edge. */
typedef struct {
    double centre, reach;
    gboolean mirrored;
    double middle, half;
} Scale;

static Scale scale_of(const Spine *f, const SpineRow *r)
{
    Scale s = {.mirrored = r->polarity == SPINE_LOW_IS_BETTER,
               .middle = (f->left + f->right) / 2,
               .half = (f->right - f->left) / 2 - MARK};
    s.centre = isfinite(r->national) ? r->national
               : isfinite(r->median) ? r->median
                                     : (r->minimum + r->maximum) / 2;
    Span span = SPAN_EMPTY;
    span_add(&span, r->minimum);
    span_add(&span, r->maximum);
    span_add(&span, r->value);
    if (!isfinite(s.centre)) {
        s.centre = isfinite(span.lo) ? (span.lo + span.hi) / 2 : 0;
    }
    s.reach = isfinite(span.lo) ? MAX(fabs(span.hi - s.centre), fabs(s.centre - span.lo)) : 1;
    s.reach = s.reach > 0 ? s.reach : 1;
    return s;
}

static double scale_at(const Scale *s, double value)
{
    double t = (value - s->centre) / s->reach;
    return s->middle + CLAMP(s->mirrored ? -t : t, -1.0, 1.0) * s->half;
}

static const struct {
    MarkShape shape;
    Colour fill, stroke;
    Word word;
} MARKS[] = {
    [SPINE_SIMILAR] = {MARK_CIRCLE,
                       {0xFF, 0xFF, 0xFF, 0xFF},
                       {0x0B, 0x0C, 0x0C, 0xFF},
                       WORD_SPINE_SIMILAR},
    [SPINE_BETTER] = {MARK_TRIANGLE_UP,
                      {0x12, 0x43, 0x6D, 0xFF},
                      {0x0B, 0x0C, 0x0C, 0xFF},
                      WORD_SPINE_BETTER},
    [SPINE_LESS_GOOD] = {MARK_TRIANGLE_DOWN,
                         {0xF4, 0x6A, 0x25, 0xFF},
                         {0x0B, 0x0C, 0x0C, 0xFF},
                         WORD_SPINE_LESS_GOOD},
    [SPINE_DIFFERENT] = {MARK_DIAMOND,
                         {0x59, 0x59, 0x59, 0xFF},
                         {0x0B, 0x0C, 0x0C, 0xFF},
                         WORD_SPINE_DIFFERENT},
    [SPINE_NOT_COMPARED] = {MARK_SQUARE,
                            {0xFF, 0xFF, 0xFF, 0xFF},
                            {0x59, 0x59, 0x59, 0xFF},
                            WORD_SPINE_NOT_COMPARED},
};

static void draw_mark(Scene *s, Point at, SpineMark mark, double size)
{
    scene_mark(s, at, size, MARKS[mark].shape,
               (Paint){.fill = MARKS[mark].fill, .stroke = MARKS[mark].stroke, .width = 0.9});
}

static void draw_range(const Spine *f, const SpineRow *r, double y)
{
    if (isfinite(r->minimum) && isfinite(r->maximum)) {
        Scale scale = scale_of(f, r);
        double a = scale_at(&scale, r->minimum), b = scale_at(&scale, r->maximum);
        scene_line(f->scene, (Point){MIN(a, b), y}, (Point){MAX(a, b), y}, STROKED(COLOUR_GREY, 2));
    }
}

static void draw_band(const Spine *f, const SpineRow *r, double y)
{
    if (isfinite(r->peer_lower) && isfinite(r->peer_upper)) {
        Scale scale = scale_of(f, r);
        double a = scale_at(&scale, r->peer_lower), b = scale_at(&scale, r->peer_upper);
        gboolean neutral = r->polarity == SPINE_NEUTRAL;
        scene_rect(f->scene, (Point){MIN(a, b), y - 5}, (Point){MAX(fabs(a - b), 1), 10},
                   FILLED(neutral ? COLOUR_GREY : COLOUR_LIGHT_BLUE), NULL);
    }
}

static void draw_wrapped(Scene *s, const char *text, Point middle, double width, TextStyle style)
{
    g_autoptr(GPtrArray) lines = wrap_text(text, &style, width);
    if (lines->len > 2) {
        style.size = SMALL_SIZE;
        g_ptr_array_unref(lines);
        lines = wrap_text(text, &style, width);
    }
    double up = lines->len > 0 ? (lines->len - 1) * style.size * 1.25 / 2 : 0;
    draw_lines(s, lines, (Point){middle.x, middle.y - up + 0.36 * style.size}, style);
}

static void draw_words(const Spine *f, const SpineRow *r, double y)
{
    draw_wrapped(f->scene, r->name, (Point){0, y}, f->name, STYLE_LABEL);
    const char *texts[] = {r->area_text, r->peer_text, r->national_text};
    for (guint i = 0; i < 3; i++) {
        TextStyle style = style_aligned(i == 0 ? STYLE_STRONG : STYLE_LABEL, ALIGN_END);
        draw_wrapped(f->scene, texts[i], (Point){f->ends[i], y}, f->heads[i], style);
    }
}

static void draw_value(const Spine *f, const SpineRow *r, double y)
{
    if (isfinite(r->value)) {
        Scale scale = scale_of(f, r);
        draw_mark(f->scene, (Point){scale_at(&scale, r->value), y}, r->mark, MARK);
        g_autofree char *title =
            g_strdup_printf("%s: %s, %s", r->name, r->area_text ? r->area_text : "",
                            words_label(f->c->study, MARKS[r->mark].word));
        scene_entitle(f->scene, title);
    }
}

/* Wrapped text whose last line is at `last`. */
static void draw_head(Scene *s, const char *text, Point last, double width, TextStyle style)
{
    g_autoptr(GPtrArray) lines = wrap_text(text, &style, width);
    double up = lines->len > 0 ? (lines->len - 1) * style.size * 1.25 : 0;
    draw_lines(s, lines, (Point){last.x, last.y - up}, style);
}

static void draw_heads(const Spine *f)
{
    const char *heads[] = {f->c->area_label, f->c->peer_label, f->c->national_label};
    for (guint i = 0; i < 3; i++) {
        TextStyle style = {SMALL_SIZE, TRUE, i == 0 ? COLOUR_DARK_BLUE : COLOUR_MUTED, ALIGN_END,
                           0};
        draw_head(f->scene, heads[i], (Point){f->ends[i], HEAD - 7}, f->heads[i], style);
    }
    gboolean polar = FALSE, neutral = FALSE;
    for (guint i = 0; i < f->c->n; i++) {
        polar = polar || f->c->rows[i].polarity != SPINE_NEUTRAL;
        neutral = neutral || f->c->rows[i].polarity == SPINE_NEUTRAL;
    }
    const char *right = words_label(f->c->study, polar && neutral ? WORD_SPINE_RIGHT_BOTH
                                                 : polar          ? WORD_SPINE_RIGHT_POLAR
                                                                  : WORD_SPINE_RIGHT);
    const char *left = words_label(f->c->study, polar && neutral ? WORD_SPINE_LEFT_BOTH
                                                : polar          ? WORD_SPINE_LEFT_POLAR
                                                                 : WORD_SPINE_LEFT);
    TextStyle style = {SMALL_SIZE, FALSE, COLOUR_MUTED, ALIGN_START, 0};
    double half = (f->right - f->left) / 2 - 3;
    draw_head(f->scene, left, (Point){f->left, HEAD - 7}, half, style);
    draw_head(f->scene, right, (Point){f->right, HEAD - 7}, half, style_aligned(style, ALIGN_END));
}

/* ---- key ---- */

/* Where the next sign of the key goes; without a scene it is only measured. */
typedef struct {
    const Spine *f;
    Scene *scene;
    double x, y;
} Key;

/* Makes room for a sign and its words; returns where the sign begins. */
static Point key_next(Key *k, double sign, const char *text)
{
    double width = sign + 4 + text_width(text, SMALL_SIZE, FALSE);
    if (k->x > 0 && k->x + width > k->f->scene->width) {
        k->x = 0;
        k->y += KEY_LINE;
    }
    Point at = {k->x, k->y};
    if (k->scene) {
        TextStyle style = {SMALL_SIZE, FALSE, COLOUR_MUTED, ALIGN_START, 0};
        scene_text(k->scene, (Point){at.x + sign + 4, at.y + 0.36 * SMALL_SIZE}, text, style);
    }
    k->x += width + 12;
    return at;
}

static void key_mark(Key *k, SpineMark m)
{
    const SpineChart *c = k->f->c;
    gboolean occurs = FALSE;
    for (guint i = 0; i < c->n; i++) {
        occurs = occurs || (c->rows[i].mark == m && isfinite(c->rows[i].value));
    }
    if (occurs) {
        Point at = key_next(k, 7, words_label(c->study, MARKS[m].word));
        if (k->scene) {
            draw_mark(k->scene, (Point){at.x + 4, at.y}, m, 6.5);
        }
    }
}

static void key_bars(Key *k)
{
    const SpineChart *c = k->f->c;
    gboolean neutral = FALSE;
    for (guint i = 0; i < c->n; i++) {
        neutral = neutral || c->rows[i].polarity == SPINE_NEUTRAL;
    }
    Point range = key_next(k, 16, words_label(c->study, WORD_SPINE_RANGE));
    Point middle = key_next(
        k, 16, words_label(c->study, neutral ? WORD_SPINE_MIDDLE_GREY : WORD_SPINE_MIDDLE));
    if (k->scene) {
        scene_line(k->scene, range, (Point){range.x + 16, range.y}, STROKED(COLOUR_GREY, 2));
        scene_rect(k->scene, (Point){middle.x, middle.y - 4}, (Point){16, 8},
                   FILLED(COLOUR_LIGHT_BLUE), NULL);
    }
}

static void draw_centre(Scene *s, double x, const double ends[2], Centre centre)
{
    scene_line(s, (Point){x, ends[0]}, (Point){x, ends[1]},
               centre == CENTRE_NATIONAL ? STROKED(COLOUR_INK, 1) : DASHED(COLOUR_INK, 1));
}

static void key_centre(Key *k, Centre centre, const char *text)
{
    if (text && rows_centred(k->f->c, centre) > 0) {
        Point at = key_next(k, 4, text);
        if (k->scene) {
            draw_centre(k->scene, at.x + 2, (const double[]){at.y - 5, at.y + 5}, centre);
        }
    }
}

/* The marks that occur, then bars and lines; returns where the last line of the key is. */
static double walk_key(const Spine *f, Scene *scene, double y)
{
    Key k = {f, scene, 0, y};
    for (guint m = 0; m < G_N_ELEMENTS(MARKS); m++) {
        key_mark(&k, (SpineMark)m);
    }
    k.x = 0;
    k.y += KEY_LINE;
    key_bars(&k);
    key_centre(&k, CENTRE_NATIONAL, f->c->national_label);
    key_centre(&k, CENTRE_MEDIAN, words_label(f->c->study, WORD_SPINE_MEDIAN));
    return k.y;
}

/* A line through all neighbours that have the same centre. */
static void draw_centres(const Spine *f, double row)
{
    for (guint i = 0, from = 0; i < f->c->n; i++) {
        Centre centre = centre_of(&f->c->rows[i]);
        if (i + 1 < f->c->n && centre_of(&f->c->rows[i + 1]) == centre) {
            continue;
        }
        if (centre != CENTRE_NONE) {
            draw_centre(f->scene, (f->left + f->right) / 2,
                        (const double[]){HEAD + from * row, HEAD + (i + 1) * row}, centre);
        }
        from = i + 1;
    }
}

/* ---- columns and words ---- */

/* A long head takes three lines rather than width from the chart. */
static double head_width(const char *head, double room)
{
    double full = text_width(head, SMALL_SIZE, TRUE);
    double wanted = full > room * 0.6 ? MAX(full * 0.42, room * 0.6) : full;
    g_auto(GStrv) words = g_strsplit(head ? head : "", " ", -1);
    for (guint i = 0; words[i]; i++) {
        wanted = MAX(wanted, text_width(words[i], SMALL_SIZE, TRUE));
    }
    return MIN(wanted, room);
}

static void set_columns(Spine *f)
{
    const SpineChart *c = f->c;
    double room = f->scene->width * 0.15, x = 0, total = 0;
    const char *heads[] = {c->area_label, c->peer_label, c->national_label};
    for (guint i = 0; i < 3; i++) {
        double widest = head_width(heads[i], room);
        for (guint k = 0; k < c->n; k++) {
            const char *texts[] = {c->rows[k].area_text, c->rows[k].peer_text,
                                   c->rows[k].national_text};
            widest = MAX(widest, text_width(texts[i], LABEL_SIZE, i == 0));
        }
        f->heads[i] = MIN(widest, room) + 0.1;
        total += f->heads[i] + GAP;
    }
    f->name = MIN(f->scene->width * 0.36, f->scene->width - total - f->scene->width * 0.26);
    x = f->name;
    for (guint i = 0; i < 3; i++) {
        x += GAP + f->heads[i];
        f->ends[i] = x;
    }
    f->left = x + GAP * 1.5;
    f->right = f->scene->width;
}

static char *alt_text(const SpineChart *c)
{
    guint counts[G_N_ELEMENTS(MARKS)] = {0}, missing = 0;
    for (guint i = 0; i < c->n; i++) {
        if (isfinite(c->rows[i].value)) {
            counts[c->rows[i].mark]++;
        } else {
            missing++;
        }
    }
    g_autoptr(GString) said = g_string_new(NULL);
    for (guint m = 0; m < G_N_ELEMENTS(MARKS); m++) {
        if (counts[m]) {
            g_autofree char *one =
                words_plain(c->study, WORD_ALT_COUNT, "#n", GUINT_TO_POINTER(counts[m]), "what",
                            words_label(c->study, MARKS[m].word), NULL);
            g_string_append_printf(said, "%s%s", said->len ? ", " : "", one);
        }
    }
    if (missing) {
        g_autofree char *one =
            words_plain(c->study, WORD_ALT_WITHOUT_VALUE, "#n", GUINT_TO_POINTER(missing), NULL);
        g_string_append_printf(said, "%s%s", said->len ? ", " : "", one);
    }
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_SPINE, "title", title_or(c->study, c->title), "#n",
                          GUINT_TO_POINTER(c->n), "counts", said->str, NULL));
    const guint medians = rows_centred(c, CENTRE_MEDIAN);
    if (medians > 0) {
        tell(alt,
             words_plain(c->study, WORD_ALT_SPINE_MEDIAN, "#n", GUINT_TO_POINTER(medians), NULL));
    }
    return g_string_free(alt, FALSE);
}

Scene *spine_chart_scene(const SpineChart *c, double width, double height)
{
    Spine f = {.scene = scene_new(width, height), .c = c};
    f.scene->alt = alt_text(c);
    Word words[G_N_ELEMENTS(MARKS)];
    for (guint m = 0; m < G_N_ELEMENTS(MARKS); m++) {
        words[m] = MARKS[m].word;
    }
    f.scene->table = spine_table(c, words);
    if (c->n == 0) {
        draw_nothing(f.scene, c->study, (Box){0, 0, width, height});
        return f.scene;
    }
    set_columns(&f);
    draw_heads(&f);
    double row = (height - HEAD - KEY) / c->n, bottom = HEAD + row * c->n;
    scene_line(f.scene, (Point){0, HEAD}, (Point){width, HEAD}, STROKED(COLOUR_MUTED, 0.75));
    for (guint i = 0; i < c->n; i++) {
        double y = HEAD + (i + 1) * row;
        scene_line(f.scene, (Point){0, y}, (Point){width, y}, STROKED(COLOUR_GRID, 0.5));
    }
    /* Shapes of one paint follow each other: writers join them. */
    static void (*const each[])(const Spine *, const SpineRow *, double) = {draw_words, draw_range,
                                                                            draw_band};
    for (guint k = 0; k < G_N_ELEMENTS(each); k++) {
        for (guint i = 0; i < c->n; i++) {
            each[k](&f, &c->rows[i], HEAD + (i + 0.5) * row);
        }
    }
    draw_centres(&f, row);
    for (guint i = 0; i < c->n; i++) {
        draw_value(&f, &c->rows[i], HEAD + (i + 0.5) * row);
    }
    double top = bottom + 10;
    f.scene->height += MAX(walk_key(&f, NULL, top) + 5 - (bottom + KEY), 0);
    walk_key(&f, f.scene, top);
    return f.scene;
}
