#ifndef PEERLINE_CATALOGUE_PERIOD_H
#define PEERLINE_CATALOGUE_PERIOD_H

#include "peerline/base/pattern.h"

/** A typed stretch of time in whole months. Equal periods are equal bit for bit. */
typedef enum {
    PERIOD_CALENDAR_YEAR,  /**< "2016" */
    PERIOD_FINANCIAL_YEAR, /**< April to March, "2016-17" */
    PERIOD_QUARTER,        /**< calendar quarter, "2016-Q2" */
    PERIOD_MONTH,          /**< "2016-04" */
    PERIOD_RANGE,          /**< several calendar years, "2015 to 2017" */
    N_PERIOD_KINDS
} PeriodKind;

typedef struct {
    PeriodKind kind;
    gint32 start;  /**< year * 12 + month - 1 of the first month */
    gint32 months; /**< how many */
} Period;

/** Canonical form, newly allocated. period_parse() reads it back as the same period, but for the
 *  months that look like a financial year (January 2000 is "2000-01" … December 2011 "2011-12"):
 *  those need period_read() with PERIOD_MONTH. */
char *period_label(Period p);
/** By start, then length, then kind. */
int period_compare(Period a, Period b);
gboolean period_equal(Period a, Period b);
const char *period_kind_name(PeriodKind kind); /**< "financial_year", … */

/** Reads the usual spellings without being told: "2016-17", "2016/17", "2016/2017", "2016 to 2017"
 *  (financial year when the second year follows the first and is written after '-' or '/'; range
 *  after "to" or " - "), "2016", "April 2016", "Apr-16", "2016-04", "2016 Q2", "20160000". */
gboolean period_parse(const char *text, Period *out);

/** With a declared kind and a pattern whose named groups say which part is which: `start` or `year`
 *  (first year), `end` (last year: a financial year's second year), `month` (1-12 or an English
 *  name or its first three letters), `quarter` (1-4). Two-digit years are 20xx; a two-digit `end`
 * is the first such year after `start`; a financial year may have `end` alone ("FY ending 2017"). A
 *  NULL pattern reads the usual spellings of that kind, also those that period_parse() has to take
 *  for another kind ("2015-17" as a range, "2011-12" as a month, "20160000" as the financial year
 *  2016-17). FALSE if it does not fit. */
gboolean period_read(const char *text, PeriodKind kind, const Pattern *pattern, Period *out);

/** The period of kind `into` that contains p, for gathering months and quarters into years; FALSE
 *  if p does not lie within one. `part` gets the index of p's first month within it. */
gboolean period_containing(Period p, PeriodKind into, Period *out, guint *part);

/** Its last day, counted as in GDate; 0 beyond the years that have such a number. */
guint32 period_last_day(Period p);

#endif
