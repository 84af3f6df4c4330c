#ifndef TESTS_BENCH_TRUTH_H
#define TESTS_BENCH_TRUTH_H

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <Rmath.h>

#include "simulate.h"

/** For calibrate.c: samples of areas under known truth, and the counting of what was found. */

#define PROPORTION 0.15 /* true share in the scenarios of proportions */
#define RATE       0.01 /* true events per person in those of rates */

/* ---- what is simulated ------------------------------------------------------------------ */

typedef enum { POISSON, BINOMIAL, PUBLISHED } Kind;

/* Areas with expected counts of median `size`, log-normal with `spread` on the log scale; a true
 * level with standard deviation `between` on the scale of comparison; a share of `planted` areas
 * at `excess` times their level. */
typedef struct {
    Kind kind;
    int areas;
    double size, spread, between, planted, excess;
} Truth;

typedef struct {
    double *x, *n, *y, *s, *level; /* level: true ratio to the common level */
    gboolean *planted;
    int k;
} Sample;

static Sample sample_new(int k)
{
    gsize n = (gsize)k + 1;
    return (Sample){g_new(double, n),
                    g_new(double, n),
                    g_new(double, n),
                    g_new(double, n),
                    g_new(double, n),
                    g_new(gboolean, n),
                    k};
}

static void sample_clear(Sample *s)
{
    g_free(s->x);
    g_free(s->n);
    g_free(s->y);
    g_free(s->s);
    g_free(s->level);
    g_free(s->planted);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sample, sample_clear)

static double square(double x)
{
    return x * x;
}

static void draw_area(const Truth *t, Random *r, Sample *s, int i)
{
    double size = ceil(t->size * exp(t->spread * random_normal(r)));
    double shift = t->between > 0 ? t->between * random_normal(r) : 0;
    s->planted[i] = i < t->planted * t->areas;
    double excess = s->planted[i] ? t->excess : 1;
    if (t->kind == POISSON) {
        s->level[i] = square(fmax(0, 1 + shift)) * excess;
        s->n[i] = size / RATE;
        s->x[i] = random_poisson(r, size * s->level[i]);
        s->y[i] = sqrt(s->x[i] / s->n[i]);
        s->s[i] = 1 / (2 * sqrt(s->n[i]));
    } else if (t->kind == BINOMIAL) {
        double angle = CLAMP(asin(sqrt(PROPORTION)) + shift, 0, G_PI_2);
        double p = fmin(1, square(sin(angle)) * excess);
        s->level[i] = p / PROPORTION;
        s->n[i] = ceil(size / PROPORTION);
        s->x[i] = random_binomial(r, s->n[i], p);
        s->y[i] = asin(sqrt(s->x[i] / s->n[i]));
        s->s[i] = 1 / (2 * sqrt(s->n[i]));
    } else {
        s->level[i] = exp(shift) * excess;
        s->n[i] = s->x[i] = NAN;
        s->s[i] = 1 / sqrt(size);
        s->y[i] = log(s->level[i]) + s->s[i] * random_normal(r);
    }
}

static void draw(const Truth *t, Random *r, Sample *s)
{
    for (int i = 0; i < t->areas; i++)
        draw_area(t, r, s, i);
}

/* ---- what is counted -------------------------------------------------------------------- */

/* Mean over replicates of a share within each. */
typedef struct {
    double sum, squares;
    int n;
} Tally;

static void tally(Tally *t, double share)
{
    if (isnan(share))
        return;
    t->sum += share;
    t->squares += share * share;
    t->n++;
}

static void tally_of(Tally *t, double hits, double of)
{
    tally(t, of > 0 ? hits / of : NAN);
}

static const char *kind_name(Kind kind)
{
    return kind == POISSON ? "poisson" : kind == BINOMIAL ? "proportion" : "published";
}

/* nominal NAN: none. */
static void print(const char *family, const Truth *t, const char *measure, double nominal,
                  const Tally *m)
{
    double mean = m->n ? m->sum / m->n : NAN;
    double variance = m->n > 1 ? fmax(0, m->squares / m->n - mean * mean) / (m->n - 1) : NAN;
    printf("%s,%s,%d,%g,%g,%g,%g,\"%s\",", family, kind_name(t->kind), t->areas, t->size,
           t->between, t->planted, t->planted > 0 ? t->excess : 1, measure);
    if (!isnan(nominal))
        printf("%g", nominal);
    printf(",%.5f,", mean);
    if (!isnan(variance))
        printf("%.5f", sqrt(variance));
    printf(",%d\n", m->n);
    fflush(stdout);
}

static Random seeded(const char *family, const Truth *t)
{
    g_autofree char *text = g_strdup_printf("%s %d %d %g %g %g %g %g", family, t->kind, t->areas,
                                            t->size, t->spread, t->between, t->planted, t->excess);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    digest[15] = '\0';
    return random_new(g_ascii_strtoull(digest, NULL, 16));
}

#endif
