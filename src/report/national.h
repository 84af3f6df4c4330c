#ifndef PEERLINE_SRC_REPORT_NATIONAL_H
#define PEERLINE_SRC_REPORT_NATIONAL_H

#include "figures.h"

/** The sections of the national report, in the order in which they are written. */
typedef struct {
    Pen pen;
    guint *order; /**< indicators by domain */
} NationalReport;

void national_cover(NationalReport *r);
void national_summary(NationalReport *r);     /**< what varies most; a table of all indicators */
void national_how_to_read(NationalReport *r); /**< a worked example from the data itself */
void national_indicators(NationalReport *r);  /**< a page or two for each */
void national_outliers(NationalReport *r);    /**< all areas outside the limits, both directions */
void national_learning(NationalReport *r);    /**< areas to learn from, practice register */
void national_methods(NationalReport *r);
void national_quality(NationalReport *r); /**< what is missing, rejected, left out */
void national_sources(NationalReport *r);
void national_corrections(NationalReport *r); /**< revisions, and what was wrong before */
void national_changes(NationalReport *r); /**< against the edition before */
void national_glossary(NationalReport *r);
void national_index(NationalReport *r);

/** One indicator's section of national_indicators(). */
void national_indicator(NationalReport *r, guint indicator);

/** Flagged areas of one side, most extreme first; array of guint (areas). `higher` chooses the
 * side. */
GArray *national_flagged(const ReportContext *c, guint indicator, guint period, gboolean higher);
/** "7 (expected by chance 3.6)" for a period. */
const char *national_expected_text(Pen *pen, guint indicator, guint period);

#endif
