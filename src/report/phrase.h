#ifndef PEERLINE_SRC_REPORT_PHRASE_H
#define PEERLINE_SRC_REPORT_PHRASE_H

#include "pen.h"

/** Small pieces of text that all sections share: figures with their units, positions, names. Unless
 *  it says "marked up", a result is plain text (to be escaped by pen_say). All belong to the pen.
 */

/* ---- what there is ----------------------------------------------------------------------------
 */

static inline const Indicator *indicator_of(const ReportContext *c, guint i)
{
    return &c->study->indicators[i];
}
/** Index of the latest period with any value, or -1. */
static inline int latest_of(const ReportContext *c, guint i)
{
    return c->assessment->indicators[i].latest;
}
static inline const PeriodSummary *summary_of(const ReportContext *c, guint i, guint period)
{
    return &c->assessment->indicators[i].periods[period];
}
static inline const Observation *observed(const ReportContext *c, guint i, guint period, guint area)
{
    return series_at(&c->set->series[i], c->set->n_areas, period, area);
}
/** Whether the area is one of those that are compared in this period. */
static inline gboolean is_in_force(const ReportContext *c, guint i, guint period, guint area)
{
    return observation_in_force(c->set, &c->set->series[i], period, area);
}
/** How many areas there are in the latest period of the study. */
static inline guint open_areas(const ReportContext *c)
{
    guint n = 0;
    for (guint a = 0; a < c->set->n_areas; a++)
        n += observation_is_open(c->set, a);
    return n;
}
static inline const Verdict *verdict_of(const ReportContext *c, guint i, guint period, guint area)
{
    return verdict_at(c->assessment, i, period, area);
}
static inline gboolean is_flagged(const Verdict *v)
{
    return v->outlier == OUTLIER_ALERT || v->outlier == OUTLIER_ALARM;
}
/** FALSE for plain amounts, which are never compared. */
static inline gboolean is_compared(const Indicator *i)
{
    return i->measure != MEASURE_TOTAL;
}
/** TRUE where figures have no known margin of error: "unusual", not "outside the limits". */
gboolean report_without_error(const ReportContext *c, guint indicator);
/** +1 where high is good, -1 where low is good, 0 where neither is. */
int report_good_sign(const Indicator *i);
/** Order in which reports show indicators: domains in order of first appearance, then as declared.
 *  Newly allocated, n_indicators long. */
guint *report_indicator_order(const ReportContext *c);
/** TRUE if `place` begins another domain in that order. */
gboolean report_begins_domain(const ReportContext *c, const guint *order, guint place);

/* ---- figures ------------------------------------------------------------------------------------
 */

const char *phrase_count(Pen *pen, guint n);
/** "£1,234", "64.2%", "−3.1", "–" if missing. */
const char *phrase_value(Pen *pen, const Indicator *i, double value);
/** With the unit in words: "5,137 per 100,000 people aged 65 and over". */
const char *phrase_value_unit(Pen *pen, const Indicator *i, double value);
/** The unit alone, without what prefix or suffix say already; "" if nothing is left. */
const char *phrase_unit(Pen *pen, const Indicator *i);
/** "4,900 to 5,300", or "" if either is missing. */
const char *phrase_range(Pen *pen, const Indicator *i, double lower, double upper);
/** A ratio of two figures in people's precision: "2.8", "14"; "–" if there is none. */
const char *phrase_fold(Pen *pen, double upper, double lower);
/** A share as people say it: "about 1 in 5", "about half", "almost all". */
const char *phrase_about(Pen *pen, double share);
/** The same of something that is not counted, in per cent: "about 20%", "less than 1%". */
const char *phrase_about_percent(Pen *pen, double share);
/** "0.03", "under 0.001". */
const char *phrase_probability(Pen *pen, double p);
/** "England 5,162" or "Median 4,900" etc. for chart labels; NULL where value is missing. */
const char *phrase_labelled(Pen *pen, const Indicator *i, const char *label, double value);

/* ---- names --------------------------------------------------------------------------------------
 */

const char *phrase_area(const ReportContext *c, guint area);
/** For charts and narrow cells. */
const char *phrase_area_short(const ReportContext *c, guint area);
const char *phrase_indicator(const Indicator *i);
const char *phrase_nation(const ReportContext *c);
const char *phrase_areas(const ReportContext *c);
const char *phrase_period(const ReportContext *c, guint indicator, guint period);
/** Marked up: a link to the indicator's page in the national report. */
const char *phrase_link(Pen *pen, guint indicator);
const char *phrase_anchor(Pen *pen, guint indicator);
/** "a, b and c", or "a, b, c and 5 more" when longer than `most`. Plain. */
const char *phrase_names(Pen *pen, const char *const *names, guint n, guint most);

/** Marked up: title in bold, unit and period, for the first cell of a row. */
const char *phrase_row_title(Pen *pen, guint indicator, guint period);

/* ---- positions, marked up
 * ------------------------------------------------------------------------ */

/** Among all: rank with its interval, else the quarter, else that it is not ranked. */
const char *phrase_position(Pen *pen, guint indicator, guint period, guint area);
/** "above the 99.8% limits", "unusually low"; "within the limits", or "–" where there is no
 * judgement. */
const char *phrase_limits(Pen *pen, guint indicator, guint period, guint area);
/** A reason of ours with the register's noun for "area" and "areas"; what follows a colon is the
 * study's own and stays as it is. Plain. */
const char *phrase_reason(Pen *pen, const char *reason);
/** Why there is no value: reason in words. Plain. */
const char *phrase_missing(Pen *pen, guint indicator, guint period, guint area);
/** A note of the data in the words of the study, if it is one that the program makes. NULL for
 * NULL. */
const char *phrase_note(Pen *pen, const char *note);
/** The national figure: the publisher's, or from sums; NAN where there is none. */
double report_nation_value(const ReportContext *c, guint indicator, guint period);

#endif
