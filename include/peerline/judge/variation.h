#ifndef PEERLINE_JUDGE_VARIATION_H
#define PEERLINE_JUDGE_VARIATION_H

#include "peerline/judge/assessment.h"

/** What the differences between the areas are made of. All shares and ratios are NAN where they
 *  cannot be told. */
typedef struct {
    /** The part of the differences that chance alone would give: df / Q, at most 1, which is
     *  1 - I^2 (Higgins & Thompson 2002), with Q the chi-square of heterogeneity; for proportions
     *  Q / (1 - m). Only for counts. */
    double chance;
    /** Systematic component of variation (McPherson) over that of `from`; stats/variation.h. */
    double change, change_p;
    int from; /**< the earliest period with ranked areas; -1: none before */
    /** The 90th centile over the 10th of crude rates, and of those standardised for age, of the
     * same areas. Only for dsr and isr. */
    double crude_fold, standardised_fold;
} VariationFacts;

VariationFacts judge_variation(const Study *study, const ObservationSet *set, const Assessment *a,
                               guint indicator, guint period);

#endif
