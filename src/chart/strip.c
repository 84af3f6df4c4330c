#include "peerline/chart/strip.h"

#include "draw.h"

#include <math.h>

/* Of a column with its gap; and what the line of the nation stands out above the columns. */
#define STEP   3.0
#define GAP    0.6
#define BEYOND 2.0
#define LOWEST 1.0

typedef struct {
    Scene *scene;
    const StripChart *c;
    double least, most, step;
    guint columns;
} Strip;

static gboolean find_ends(Strip *f)
{
    f->least = INFINITY;
    f->most = -INFINITY;
    for (guint k = 0; k < f->c->n; k++)
        if (isfinite(f->c->values[k])) {
            f->least = MIN(f->least, f->c->values[k]);
            f->most = MAX(f->most, f->c->values[k]);
        }
    return f->least <= f->most;
}

/* 0 to 1 from the lowest to the highest; in the middle where all are the same. */
static double place_of(const Strip *f, double value)
{
    const double range = f->most - f->least;
    return range > 0 ? CLAMP((value - f->least) / range, 0, 1) : 0.5;
}

static guint column_of(const Strip *f, double value)
{
    return MIN((guint)(place_of(f, value) * f->columns), f->columns - 1);
}

static guint count_columns(const Strip *f, guint *counts)
{
    guint highest = 0;
    for (guint k = 0; k < f->c->n; k++)
        if (isfinite(f->c->values[k])) {
            const guint column = column_of(f, f->c->values[k]);
            highest = MAX(highest, ++counts[column]);
        }
    return highest;
}

/* First the paler ones, then the darker ones: neighbours of one colour are one path. */
static void draw_columns(const Strip *f, const guint *counts, guint highest, gboolean middle)
{
    const double base = f->scene->height, room = base - BEYOND;
    const guint from = isfinite(f->c->low) ? column_of(f, f->c->low) : 0;
    const guint to = isfinite(f->c->high) ? column_of(f, f->c->high) : f->columns - 1;
    const Paint paint = {.fill = middle ? COLOUR_MID_BLUE : COLOUR_LIGHT_BLUE};
    for (guint k = 0; k < f->columns; k++) {
        if (counts[k] == 0 || (k >= from && k <= to) != middle)
            continue;
        const double tall = MAX(room * counts[k] / highest, LOWEST);
        scene_rect(f->scene, (Point){k * f->step, base - tall}, (Point){f->step - GAP, tall}, paint,
                   NULL);
    }
}

static void draw_nation(const Strip *f)
{
    if (!isfinite(f->c->national))
        return;
    const double x =
        CLAMP(place_of(f, f->c->national) * f->scene->width, 0.75, f->scene->width - 0.75);
    scene_line(f->scene, (Point){x, 0}, (Point){x, f->scene->height},
               (Paint){.stroke = COLOUR_INK, .width = 1.5});
}

Scene *strip_chart_scene(const StripChart *c, double width, double height)
{
    Strip f = {.c = c, .columns = MAX((guint)(width / STEP), 1)};
    if (!find_ends(&f))
        return NULL;
    f.step = width / f.columns;
    f.scene = scene_new(width, height);
    f.scene->alt = g_strdup(c->alt);
    g_autofree guint *counts = g_new0(guint, f.columns);
    const guint highest = count_columns(&f, counts);
    draw_columns(&f, counts, highest, FALSE);
    draw_columns(&f, counts, highest, TRUE);
    draw_nation(&f);
    return f.scene;
}
