#ifndef SCENE_CHECKS_H
#define SCENE_CHECKS_H

/* What every chart must keep to, whatever the data. */

#include "peerline/base/colour.h"
#include "peerline/chart/scene.h"

#include <math.h>
#include <string.h>

typedef struct {
    double x0, y0, x1, y1;
} CheckBox;

/* Where the ink of a text is; texts stand upright or level. */
static inline CheckBox check_text_box(const Primitive *p)
{
    double w = text_width(p->text, p->size, p->bold);
    double before = p->align == ALIGN_START ? 0 : p->align == ALIGN_MIDDLE ? w / 2 : w;
    double up = 0.74 * p->size, down = 0.2 * p->size;
    if (p->angle == 90) {
        return (CheckBox){p->x - up, p->y + before - w, p->x + down, p->y + before};
    }
    return (CheckBox){p->x - before, p->y - up, p->x - before + w, p->y + down};
}

static inline gboolean check_meet(const CheckBox *a, const CheckBox *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static inline guint check_fault(const char *which, const char *what, const char *detail)
{
    g_printerr("%s: %s: %s\n", which, what, detail);
    return 1;
}

static inline guint check_texts(const Scene *s, const char *which)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(CheckBox));
    guint faults = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        if (p->kind != PRIM_TEXT) {
            continue;
        }
        CheckBox box = check_text_box(p);
        if (p->size < 7) {
            faults += check_fault(which, "below 7 pt", p->text);
        }
        if (p->angle != 0 && p->angle != 90) {
            faults += check_fault(which, "askew", p->text);
        }
        if (box.x0 < -0.6 || box.y0 < -0.6 || box.x1 > s->width + 0.6 || box.y1 > s->height + 0.6) {
            faults += check_fault(which, "outside the scene", p->text);
        }
        for (guint k = 0; k < boxes->len; k++) {
            if (check_meet(&box, &g_array_index(boxes, CheckBox, k))) {
                faults += check_fault(which, "covers another text", p->text);
            }
        }
        g_array_append_val(boxes, box);
    }
    return faults;
}

static inline guint check_places(const Scene *s, const char *which)
{
    guint faults = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        gboolean finite = isfinite(p->x) && isfinite(p->y) && isfinite(p->w) && isfinite(p->h);
        double right = p->kind == PRIM_RECT ? p->x + p->w : p->kind == PRIM_LINE ? p->w : p->x;
        double bottom = p->kind == PRIM_RECT ? p->y + p->h : p->kind == PRIM_LINE ? p->h : p->y;
        gboolean inside =
            p->x >= -1 && p->y >= -1 && right <= s->width + 1 && bottom <= s->height + 1;
        for (guint k = 0; k < p->n_points; k++) {
            Point q = p->points[k];
            finite = finite && isfinite(q.x) && isfinite(q.y);
            inside =
                inside && q.x >= -1 && q.y >= -1 && q.x <= s->width + 1 && q.y <= s->height + 1;
        }
        if (!finite || !inside) {
            g_autofree char *where =
                g_strdup_printf("%u of kind %d at %f %f", i, p->kind, p->x, p->y);
            faults += check_fault(which, finite ? "outside the scene" : "has no place", where);
        }
    }
    return faults;
}

static inline gboolean check_is_clean(const char *text)
{
    return text && *text && !strstr(text, "nan") && !strstr(text, "inf ") &&
           !strstr(text, "(null)");
}

static inline guint check_words(const Scene *s, const char *which)
{
    guint faults = 0;
    if (!s->alt || strlen(s->alt) < 20 || !check_is_clean(s->alt)) {
        faults += check_fault(which, "text alternative", s->alt ? s->alt : "none");
    }
    const SceneTable *t = s->table;
    if (!t || t->cells->len != t->n_rows * t->n_columns) {
        return faults + check_fault(which, "table", "is not complete");
    }
    for (guint i = 0; i < t->cells->len; i++) {
        if (!check_is_clean(g_ptr_array_index(t->cells, i))) {
            faults += check_fault(which, "cell of the table", g_ptr_array_index(t->cells, i));
        }
    }
    for (guint i = 0; i < t->n_columns; i++) {
        for (guint k = 0; k < i; k++) {
            if (strcmp(t->columns[i], t->columns[k]) == 0) {
                faults += check_fault(which, "two columns are called", t->columns[i]);
            }
        }
    }
    return faults;
}

/* ---- finding things ---- */

static inline const Primitive *scene_item(const Scene *s, guint i)
{
    return &g_array_index(s->items, Primitive, i);
}

/* The shape whose title begins so, or NULL. */
static inline const Primitive *scene_titled(const Scene *s, const char *start)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->title && g_str_has_prefix(p->title, start)) {
            return p;
        }
    }
    return NULL;
}

/* Text that begins so, or NULL. */
static inline const Primitive *scene_written(const Scene *s, const char *start)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->kind == PRIM_TEXT && g_str_has_prefix(p->text, start)) {
            return p;
        }
    }
    return NULL;
}

static inline guint scene_count_marks(const Scene *s, MarkShape shape)
{
    guint n = 0;
    for (guint i = 0; i < s->items->len; i++) {
        n += scene_item(s, i)->kind == PRIM_MARK && scene_item(s, i)->shape == shape;
    }
    return n;
}

/* Brightness as a print in grey shows it, 0 to 1 (ITU-R BT.601). */
static inline double scene_grey(Colour c)
{
    return (0.299 * c.r + 0.587 * c.g + 0.114 * c.b) / 255;
}

/* ---- contrast ---- */

/* WCAG 2.1: text 4.5 to 1, marks 3 to 1 by their filling or their outline. */
static inline double check_contrast_of(Colour a, Colour b)
{
    const double x = colour_contrast_on_white((const guint8[3]){a.r, a.g, a.b});
    const double y = colour_contrast_on_white((const guint8[3]){b.r, b.g, b.b});
    return x > y ? x / y : y / x;
}

/* By counting how often a line to the right leaves the path. */
static inline gboolean check_in_path(const Primitive *p, double x, double y)
{
    gboolean in = FALSE;
    guint from = 0;
    for (guint r = 0; r < MAX(p->n_rings, 1); r++) {
        const guint end = p->ends ? p->ends[r] : p->n_points;
        for (guint i = from, k = end - 1; i < end; k = i++) {
            const Point a = p->points[i], b = p->points[k];
            in ^= (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x;
        }
        from = end;
    }
    return in;
}

/* The filling of the last shape below that holds the middle of the box; else white paper. */
static inline Colour check_ground(const Scene *s, guint item, const CheckBox *box)
{
    const double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    for (guint i = item; i-- > 0;) {
        const Primitive *p = scene_item(s, i);
        const gboolean holds = p->kind == PRIM_RECT
                                   ? x >= p->x && x <= p->x + p->w && y >= p->y && y <= p->y + p->h
                               : p->kind == PRIM_PATH ? p->closed && check_in_path(p, x, y)
                                                      : FALSE;
        if (holds && p->paint.fill.a > 0x7F) {
            return p->paint.fill;
        }
    }
    return COLOUR_WHITE;
}

static inline guint check_contrast(const Scene *s, const char *which)
{
    guint faults = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        const gboolean mark = p->kind == PRIM_MARK;
        if (!mark && p->kind != PRIM_TEXT) {
            continue;
        }
        const CheckBox box = mark ? (CheckBox){p->x, p->y, p->x, p->y} : check_text_box(p);
        const Colour ground = check_ground(s, i, &box);
        double contrast = p->paint.fill.a ? check_contrast_of(p->paint.fill, ground) : 0;
        if (mark && p->paint.stroke.a) {
            contrast = MAX(contrast, check_contrast_of(p->paint.stroke, ground));
        }
        if (contrast < (mark ? 3 : 4.5)) {
            g_autofree char *found =
                g_strdup_printf("%s #%02X%02X%02X, %.2f", mark ? "mark" : p->text, p->paint.fill.r,
                                p->paint.fill.g, p->paint.fill.b, contrast);
            faults += check_fault(which, "too little contrast", found);
        }
    }
    return faults;
}

/* How many faults a scene has; each is told. */
static inline guint scene_faults(const Scene *s, const char *which)
{
    return check_texts(s, which) + check_places(s, which) + check_words(s, which) +
           check_contrast(s, which);
}

#endif
