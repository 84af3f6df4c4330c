#ifndef PEERLINE_STATS_NEIGHBOURS_H
#define PEERLINE_STATS_NEIGHBOURS_H

#include <stddef.h>

/** Statistical neighbours: standardise each variable (mean 0, sd with k - 1), Euclidean distance,
 *  nearest first, ties by row order. A variable without spread is dropped; an area with a missing
 *  variable has no neighbours and is nobody's. Source: the nearest-neighbour models of CIPFA and of
 *  NHS RightCare. */

typedef struct {
    const double *values; /**< row by row: areas x variables */
    size_t areas, variables;
    const double *weights; /**< multiply the squared differences; NULL = all 1 */
} NeighbourTable;

typedef struct {
    size_t area; /**< row index of the neighbour */
    double distance;
    double rebased; /**< distance/largest distance between any two areas; NAN if that is 0 */
} Neighbour;

/** The `k` nearest of every area: out[area * k + i], count[area] of them filled (fewer where there
 *  are not k others; 0 for an area with a missing variable). */
void neighbours_find(const NeighbourTable *t, size_t k, Neighbour *out, size_t *count);

#endif
