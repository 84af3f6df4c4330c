#ifndef PEERLINE_SRC_REPORT_IMPROVED_H
#define PEERLINE_SRC_REPORT_IMPROVED_H

#include "phrase.h"

/** Peers whose figure moved far in the preferred direction: somebody there can tell what was done.
 *  The rule (after the Radar of the spend and outcomes tools): in the first period it was among the
 *  fifth of all areas on the less preferred side, in the latest it is on the preferred side of the
 *  nation's median, it changed by 5 percent or more of the first figure, and by more than the
 *  margins of error of both. Without margins of error nobody is named. */
typedef struct {
    guint indicator, area, from, to; /**< periods */
    double before, after;
    double z; /**< size of the change in standard errors */
} Improved;

/** Those among the peers of the area, largest z first. Array of Improved. */
GArray *improved_peers(const ReportContext *c, guint area);

#endif
