#ifndef PEERLINE_SRC_REPORT_STANDOUT_H
#define PEERLINE_SRC_REPORT_STANDOUT_H

#include "phrase.h"

/** What stands out in one area among its peers, in the latest period of each indicator. */

/** How strongly the figures speak; METHODS 11 "Position among peers". */
typedef enum {
    EVIDENCE_NONE,     /**< in the middle half of the peers, or no comparison */
    EVIDENCE_MOST,     /**< beyond the middle half of the peers, and that may be chance */
    EVIDENCE_POSSIBLE, /**< p < 0.05 for this figure alone */
    EVIDENCE_STRONG,   /**< still so after allowing for the number of comparisons (q < 0.05) */
} Evidence;

typedef struct {
    guint indicator, period;
    gboolean higher;
    int good; /**< +1 in the good direction, -1 in the other, 0 without a polarity */
    Evidence evidence;
    double weight; /**< |peer z|, 0 where there is none */
} Finding;

/** Findings of all kinds with evidence, strongest first; ties in order of the indicators. Array of
 *  Finding. `compared` gets how many indicators could be tested against the peers. */
GArray *standout_findings(const ReportContext *c, guint area, guint *compared);

/** Below this share an area is flagged "unlikely to be chance". */
#define STANDOUT_LEVEL 0.05

/** "Higher than peers; unlikely to be chance." Marked up. */
const char *standout_words(Pen *pen, const Finding *finding);

/** The largest change since the period before, over all indicators. */
typedef struct {
    guint indicator, from, to;
    double before, after;
    gboolean tested; /**< beyond the margins of error of both */
} Change;
/** FALSE where no indicator has two periods with a value. */
gboolean standout_change(const ReportContext *c, guint area, Change *out);

#endif
