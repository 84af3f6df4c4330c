#ifndef OBSERVE_GUARD_H
#define OBSERVE_GUARD_H

#include "filling.h"

/** Guard rails on what was observed: nothing that a publisher suppressed may follow from what we
 *  publish, and what looks wrong is said. Private to this folder. */

typedef struct {
    const Study *study;
    ObservationSet *set;
    Diagnostics *diags;
    GArray *reasons; /**< Reason: new ones */
} Guard;

/** The whole, on a set that is otherwise finished: withholds, then compares sums, then looks for
 *  slips. Diagnostics are notes: suppression-withheld, sum-differs, unit-slip. */
void guard_set(const Study *study, ObservationSet *set, Diagnostics *diags);

/** Which figures of a cell the publisher suppressed: a set of HIDDEN_…. */
guint32 guard_hidden(const Filling *f, Period when, int area);

/** A reason in words for a cell that has none yet. */
void guard_reason(Guard *g, guint indicator, guint period, guint area, const char *because);
/** The cell, or the nation's where area is below 0. */
Observation *guard_cell(const Guard *g, guint indicator, guint period, int area);
/** The area of the only cell of a period of which something is hidden; -1 where there are none or
 *  several. */
int guard_only_hidden(const Guard *g, guint indicator, guint period);

/* The steps. */
void guard_disclosure(Guard *g);
void guard_compositions(Guard *g); /**< after it: amounts, before they are made into wholes */
void guard_sums(Guard *g);
void guard_slips(Guard *g);

/** Columns of figures of which one is the sum of two others, or equal to another, wherever all are
 *  known: found in the data, since definitions do not say so. */
typedef struct {
    guint series, part; /**< part: one of HIDDEN_… */
} GuardColumn;
typedef struct {
    GuardColumn whole, parts[2]; /**< whole = parts[0] + parts[1] */
    guint n_parts;               /**< 1: whole = parts[0] */
} GuardRelation;
/** Of those that have anything hidden; newly allocated array of GuardRelation. */
GArray *guard_relations(const Guard *g);
/** A numerator of one period that is the sum of those of shorter periods, such as a year beside its
 *  months; found in the data too. */
enum { GUARD_MOST_PARTS = 60 };
typedef struct {
    GuardColumn whole, part;
    guint period; /**< of the whole */
    guint parts[GUARD_MOST_PARTS], n;
} GuardTimes;
/** Newly allocated array of GuardTimes. */
GArray *guard_times(const Guard *g);
/** The index of a period in a series by its label, or -1. */
int guard_period(const Guard *g, guint series, const char *label);
double guard_number(const Observation *o, guint part);

#endif
