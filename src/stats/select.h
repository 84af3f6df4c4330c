#ifndef PEERLINE_STATS_SELECT_H
#define PEERLINE_STATS_SELECT_H

#include <stddef.h>

/** Type 7 quantile without sorting: `v` (n > 0, nothing missing) is put into another order. */
double select_quantile(double *v, size_t n, double p);

#endif
