#ifndef PEERLINE_SRC_REPORT_PLAIN_H
#define PEERLINE_SRC_REPORT_PLAIN_H

#include "phrase.h"

/** Figures as a person would say them. Marked up; "" where there is nothing sensible to say. */

/** "about half", "about 1 in 5" for a percentage between 4 and 96; the fraction of small numbers that is within
 *  one percentage point of it, the simplest first; "" if none is, or if it is no percentage. */
const char *plain_share(Pen *pen, const Indicator *i, double value);

/** How far a figure is from its peers' median, without the median itself: "about 31% higher than",
 *  "5.0 percentage points lower than", "about 2.4 times", "about the same as". Rates and amounts
 *  are told in percent of the median, percentages in points, and scores, which have no true zero,
 *  in their own unit. "" if either is missing. */
const char *plain_gap(Pen *pen, const Indicator *i, double value, double median);

/** ", about 1 in 5": the same behind a figure. */
const char *plain_share_behind(Pen *pen, const Indicator *i, double value);
/** " (about 1 in 5)". */
const char *plain_share_beside(Pen *pen, const Indicator *i, double value);

/** An amount in two significant figures: "1,700", "£7.6 million", "£15 billion". */
const char *plain_amount(Pen *pen, gboolean pounds, double amount);

/** " (about £15 billion)" behind an amount of pounds of a million or more, also where the figure
 *  itself counts millions; "" behind others. */
const char *plain_total_behind(Pen *pen, const Indicator *i, double value);

#endif
