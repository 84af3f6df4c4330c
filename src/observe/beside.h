#ifndef OBSERVE_BESIDE_H
#define OBSERVE_BESIDE_H

#include "filling.h"

/** The publisher's values and limits beside the counts of a rate or proportion. Private to this
 *  folder. */

/** Compares them with what the counts give, and notes (value-differs, limits-differ) where they
 *  differ by more than the rounding: once for an indicator. */
void beside_compare(const Filling *f);

#endif
