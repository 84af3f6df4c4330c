#include "peerline/stats/neighbours.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#include "peerline/stats/quantile.h"

/* The table standardised: complete areas only, each variable times the root of its weight. */
typedef struct {
    double *z; /* area by area */
    gboolean *complete;
    size_t areas, variables;
} Standard;

static void standard_clear(Standard *s)
{
    g_free(s->z);
    g_free(s->complete);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Standard, standard_clear)

static gboolean is_complete(const NeighbourTable *t, size_t area)
{
    for (size_t v = 0; v < t->variables; v++) {
        if (!isfinite(t->values[area * t->variables + v]))
            return FALSE;
    }
    return TRUE;
}

static gboolean has_spread(const double *column, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (column[i] != column[0])
            return TRUE;
    }
    return FALSE;
}

/* Standardises one variable over the complete areas; FALSE if it is to be dropped. */
static gboolean standardise(const NeighbourTable *t, size_t variable, Standard *s, size_t to)
{
    g_autofree double *column = g_new(double, t->areas + 1);
    size_t n = 0;
    double mean, sd, weight = t->weights ? t->weights[variable] : 1;
    for (size_t a = 0; a < t->areas; a++) {
        if (s->complete[a])
            column[n++] = t->values[a * t->variables + variable];
    }
    quantile_mean_sd(column, n, &mean, &sd);
    if (!has_spread(column, n) || !(sd > 0) || !isfinite(sd) || !(weight > 0))
        return FALSE;
    for (size_t a = 0; a < t->areas; a++) {
        if (s->complete[a])
            s->z[a * t->variables + to] =
                (t->values[a * t->variables + variable] - mean) / sd * sqrt(weight);
    }
    return TRUE;
}

static Standard standard_of(const NeighbourTable *t)
{
    Standard s = {g_new0(double, t->areas * t->variables + 1), g_new(gboolean, t->areas + 1),
                  t->areas, 0};
    for (size_t a = 0; a < t->areas; a++)
        s.complete[a] = is_complete(t, a);
    for (size_t v = 0; v < t->variables; v++)
        s.variables += standardise(t, v, &s, s.variables) ? 1 : 0;
    return s;
}

static double distance(const Standard *s, size_t stride, size_t a, size_t b)
{
    double total = 0;
    for (size_t v = 0; v < s->variables; v++) {
        double d = s->z[a * stride + v] - s->z[b * stride + v];
        total += d * d;
    }
    return sqrt(total);
}

static int nearest_first(const void *a, const void *b)
{
    const Neighbour *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return x->area < y->area ? -1 : x->area > y->area;
}

/* All complete areas but `area`, nearest first; returns the largest distance. */
static double others_of(const Standard *s, size_t stride, size_t area, Neighbour *others,
                        size_t *count)
{
    double largest = 0;
    *count = 0;
    for (size_t b = 0; b < s->areas; b++) {
        if (b == area || !s->complete[b])
            continue;
        others[*count] = (Neighbour){b, distance(s, stride, area, b), NAN};
        largest = fmax(largest, others[(*count)++].distance);
    }
    qsort(others, *count, sizeof *others, nearest_first);
    return largest;
}

void neighbours_find(const NeighbourTable *t, size_t k, Neighbour *out, size_t *count)
{
    g_auto(Standard) s = standard_of(t);
    g_autofree Neighbour *others = g_new(Neighbour, t->areas + 1);
    double largest = 0;
    for (size_t a = 0; a < t->areas; a++) {
        size_t found = 0;
        if (s.complete[a])
            largest = fmax(largest, others_of(&s, t->variables, a, others, &found));
        count[a] = MIN(found, k);
        for (size_t i = 0; i < count[a]; i++)
            out[a * k + i] = others[i];
    }
    for (size_t a = 0; a < t->areas; a++) {
        for (size_t i = 0; i < count[a]; i++)
            out[a * k + i].rebased = largest > 0 ? out[a * k + i].distance / largest : NAN;
    }
}
