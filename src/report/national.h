#ifndef PEERLINE_SRC_REPORT_NATIONAL_H
#define PEERLINE_SRC_REPORT_NATIONAL_H

#include "figures.h"
#include "peerline/chart/composition.h"

/** The sections of the national report, in the order in which they are written. */
typedef struct {
    Pen pen;
    guint *order;     /**< indicators by domain */
    GHashTable *rows; /**< names of the rows of tables that the index leads to */
} NationalReport;

/** Tables of areas that the index leads to. */
typedef enum { ROWS_OUTLIERS, ROWS_PERSISTENT, ROWS_LEARNING } RowsOf;
/** Names the row of an area for an indicator, after its first cell. */
void national_name_row(NationalReport *r, Block *table, RowsOf of, guint indicator, guint area);
/** "#name" of that row; NULL where it has none, because no such row was written. */
const char *national_row(NationalReport *r, RowsOf of, guint indicator, guint area);

void national_cover(NationalReport *r);
void national_summary(NationalReport *r);      /**< what varies most; a table of all indicators */
void national_findings(NationalReport *r);     /**< chance, age, change: part of the summary */
void national_how_to_read(NationalReport *r);  /**< a worked example from the data itself */
void national_indicators(NationalReport *r);   /**< a page or two for each that is compared */
void national_not_compared(NationalReport *r); /**< plain amounts and indicators without figures */
void national_pairs(NationalReport *r);        /**< spend and outcome of the declared pairs */
void national_compositions(NationalReport *r); /**< what amounts are made of */
void national_outliers(NationalReport *r);     /**< all areas outside the limits, both directions */
void national_persistent(NationalReport *r);   /**< those outside for several periods in a row */
void national_learning(NationalReport *r);     /**< areas to learn from, practice register */
void national_methods(NationalReport *r);
void national_quality(NationalReport *r); /**< what is missing, rejected, left out */
void national_sources(NationalReport *r);
void national_corrections(NationalReport *r); /**< revisions, and what was wrong before */
void national_changes(NationalReport *r);     /**< against the edition before */
void national_glossary(NationalReport *r);
void national_index(NationalReport *r);

/** One indicator's section of national_indicators(). */
void national_indicator(NationalReport *r, guint indicator);

/* ---- figures that only this report has --------------------------------------------------------
 */

/** One map of the study with an indicator's figures; NULL where there is none to draw. */
Scene *nation_map(Pen *pen, guint map, guint indicator, guint period, double width);
/** Names of the areas of today that are not on a map. */
GPtrArray *nation_map_absent(const ReportContext *c, guint map);
/** Every area in each of these indicators as a multiple of the median, latest periods; NULL below
 *  two. Adds to `beyond` how many figures lie outside the axis. */
Scene *nation_glance(Pen *pen, const guint *indicators, guint n, guint *beyond);

/** Where an area stands in a pair: figures, the corner (as quadrant_corner() of
 *  chart/quadrant.h has it), and how far from the median. */
typedef struct {
    double spend, outcome;
    double far;     /**< from both medians, the product of the distances in halves of the middle
                         half, where both are beyond 1, which is about beyond a quarter of the areas
                         on that side; else 0 */
    guint corner;   /**< 0 to 3 */
    gboolean there; /**< ranked in both; else nothing of the above holds */
} PairPlace;
/** Of all areas; free with g_free. */
PairPlace *nation_pair_places(const ReportContext *c, const Pair *pair);
/** "Lower spending, better outcome". */
const char *nation_corner(Pen *pen, const Indicator *outcome, guint corner);
#define NATION_QUADRANT_WIDTH 312.0
Scene *nation_quadrant(Pen *pen, const Pair *pair);

/** Flagged areas of one side, most extreme first; array of guint (areas). `higher` chooses the
 * side. */
GArray *national_flagged(const ReportContext *c, guint indicator, guint period, gboolean higher);
/** "7 (expected by chance 3.6)" for a period. */
const char *national_expected_text(Pen *pen, guint indicator, guint period);

#endif
