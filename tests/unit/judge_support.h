#ifndef JUDGE_SUPPORT_H
#define JUDGE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "peerline/judge/assessment.h"

/** A study and its observations made by hand, for the tests of the judge. Owned by the table that
 *  `world_new` makes; assess() is called with &w->study and &w->set. */
typedef struct {
    Study study;
    ObservationSet set;
    GPtrArray *owned;
} World;

static inline gpointer world_take(World *w, gpointer p)
{
    g_ptr_array_add(w->owned, p);
    return p;
}

static inline World *world_new(guint n_areas, guint n_indicators)
{
    World *w = g_new0(World, 1);
    w->owned = g_ptr_array_new_with_free_func(g_free);
    w->study.n_indicators = w->set.n_indicators = n_indicators;
    w->study.indicators = world_take(w, g_new0(Indicator, n_indicators + 1));
    w->set.series = world_take(w, g_new0(Series, n_indicators + 1));
    w->set.n_areas = n_areas;
    w->set.areas = world_take(w, g_new0(Area, n_areas + 1));
    for (guint a = 0; a < n_areas; a++) {
        Area *area = &w->set.areas[a];
        area->code = area->name = area->short_name = world_take(w, g_strdup_printf("A%03u", a));
        area->classes = world_take(w, g_new0(char *, 3));
    }
    return w;
}

static inline void world_free(World *w)
{
    for (guint g = 0; g < w->study.n_peers; g++)
        for (guint a = 0; w->set.peer_lists[g].of_area && a < w->set.n_areas; a++)
            if (w->set.peer_lists[g].of_area[a])
                g_array_unref(w->set.peer_lists[g].of_area[a]);
    g_ptr_array_unref(w->owned);
    g_free(w);
}

/** Declares indicator i with `periods` years from 2011 on, every cell missing. */
static inline Indicator *world_indicator(World *w, guint i, Measure measure, UncertaintyKind kind,
                                         guint periods)
{
    const guint n = w->set.n_areas;
    Indicator *d = &w->study.indicators[i];
    Series *s = &w->set.series[i];
    d->id = d->title = world_take(w, g_strdup_printf("indicator-%02u", i));
    d->measure = measure;
    d->kind = s->kind = kind;
    d->per = measure == MEASURE_PROPORTION ? 100 : measure == MEASURE_RATIO ? 1 : 100000;
    d->polarity = POLARITY_LOW;
    s->n_periods = periods;
    s->period_labels = world_take(w, g_new0(char *, periods + 1));
    s->period_order = world_take(w, g_new0(gint32, periods + 1));
    s->grid = world_take(w, g_new0(Observation, (gsize)periods * n + 1));
    s->national = world_take(w, g_new0(Observation, periods + 1));
    const Observation none = {.numerator = NAN,
                              .denominator = NAN,
                              .value = NAN,
                              .lower95 = NAN,
                              .upper95 = NAN,
                              .lower99_8 = NAN,
                              .upper99_8 = NAN,
                              .status = STATUS_NOT_REPORTED,
                              .source = -1};
    for (guint p = 0; p < periods; p++) {
        s->period_labels[p] = world_take(w, g_strdup_printf("%u", 2011 + p));
        s->period_order[p] = (gint32)(2011 + p);
        s->national[p] = none;
        for (guint a = 0; a < n; a++)
            s->grid[p * n + a] = none;
    }
    return d;
}

static inline Observation *world_cell(World *w, guint i, guint p, guint a)
{
    return &w->set.series[i].grid[p * w->set.n_areas + a];
}

/** Sets counts and the value that follows from them. */
static inline void world_counts(World *w, guint i, guint p, guint a, double x, double n)
{
    Observation *o = world_cell(w, i, p, a);
    o->numerator = x;
    o->denominator = n;
    o->value = w->study.indicators[i].per * x / n;
    o->status = STATUS_OK;
}

static inline void world_published(World *w, guint i, guint p, guint a, double v, double lower,
                                   double upper)
{
    Observation *o = world_cell(w, i, p, a);
    o->value = v;
    o->lower95 = lower;
    o->upper95 = upper;
    o->status = STATUS_OK;
}

static inline PeerGrouping *world_grouping(World *w, PeerMethod method)
{
    if (!w->study.peers) {
        w->study.peers = world_take(w, g_new0(PeerGrouping, 4));
        w->set.peer_values = world_take(w, g_new0(PeerValues, 4));
        w->set.peer_lists = world_take(w, g_new0(PeerList, 4));
    }
    PeerGrouping *g = &w->study.peers[w->study.n_peers++];
    w->set.n_groupings = w->study.n_peers;
    g->id = world_take(w, g_strdup_printf("grouping-%u", w->study.n_peers));
    g->method = method;
    g->fallback = g->class_index = -1;
    return g;
}

/** The next `width` areas of each are its peers; all others where 0 (no grouping at all). */
static inline void world_ring(World *w, guint width)
{
    const guint n = w->set.n_areas;
    if (!width)
        return;
    world_grouping(w, PEERS_LIST);
    GArray **of = w->set.peer_lists[0].of_area = world_take(w, g_new0(GArray *, n + 1));
    for (guint a = 0; a < n; a++) {
        of[a] = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint d = 1; d <= width; d++) {
            const guint peer = (a + d) % n;
            g_array_append_val(of[a], peer);
        }
    }
}

static inline gboolean is_near(double a, double b, double relative)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    return fabs(a - b) <= relative * fmax(fabs(a), fabs(b)) + 1e-9;
}

#endif
