#ifndef PEERLINE_TESTS_STATS_SUPPORT_H
#define PEERLINE_TESTS_STATS_SUPPORT_H

#include "support.h"

#include "peerline/stats/limits.h"

/** Fails unless both are missing, or they agree to `rel` of what is expected (or 1e-12). */
#define assert_close(got, want, rel) support_close((got), (want), (rel), #got, __FILE__, __LINE__)

static inline void support_close(double got, double want, double rel, const char *what,
                                 const char *file, int line)
{
    if (isnan(want) ? isnan(got) : fabs(got - want) <= fmax(1e-12, rel * fabs(want)))
        return;
    print_error("%s = %.17g, expected %.17g\n", what, got, want);
    _fail(file, line);
}

/** The same for four limits in the order of the struct. */
#define assert_limits(got, want, rel) support_limits((got), (want), (rel), __FILE__, __LINE__)

static inline void support_limits(Limits got, const double want[4], double rel, const char *file,
                                  int line)
{
    support_close(got.lower95, want[0], rel, "lower95", file, line);
    support_close(got.upper95, want[1], rel, "upper95", file, line);
    support_close(got.lower99_8, want[2], rel, "lower99_8", file, line);
    support_close(got.upper99_8, want[3], rel, "upper99_8", file, line);
}

#endif
