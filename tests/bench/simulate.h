#ifndef TESTS_BENCH_SIMULATE_H
#define TESTS_BENCH_SIMULATE_H

#include <glib.h>
#include <Rmath.h>

/** Seeded random numbers for simulations: a counter passed through the 64-bit finaliser of
 *  SplitMix (Steele, Lea & Flood 2014), normal and discrete numbers by inversion. The same seed
 *  gives the same numbers on every machine. */
typedef struct {
    guint64 state;
} Random;

static inline Random random_new(guint64 seed)
{
    return (Random){seed * G_GUINT64_CONSTANT(0xD1342543DE82EF95)};
}

/** Uniform, strictly between 0 and 1. */
static inline double random_uniform(Random *r)
{
    r->state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    guint64 z = r->state;
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    z ^= z >> 31;
    return ((double)(z >> 12) + 0.5) / 4503599627370496.0; /* 2^52 */
}

static inline double random_normal(Random *r)
{
    return qnorm(random_uniform(r), 0, 1, 1, 0);
}

static inline double random_poisson(Random *r, double mean)
{
    return qpois(random_uniform(r), mean, 1, 0);
}

static inline double random_binomial(Random *r, double n, double p)
{
    return qbinom(random_uniform(r), n, p, 1, 0);
}

#endif
