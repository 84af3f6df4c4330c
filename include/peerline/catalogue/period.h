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

/** Canonical form, newly allocated. */
char *period_label(Period p);
/** By start, then length, then kind. */
int period_compare(Period a, Period b);
gboolean period_equal(Period a, Period b);
const char *period_kind_name(PeriodKind kind); /**< "financial_year", … */
gboolean period_kind_from_name(const char *name, PeriodKind *out);

/** Reads the usual spellings without being told: "2016-17", "2016/17", "2016/2017", "2016 to 2017"
 *  (financial year when the second year follows the first and is written after '-' or '/'; range
 *  after "to" or " - "), "2016", "April 2016", "Apr-16", "2016-04", "2016 Q2", "20160000". */
gboolean period_parse(const char *text, Period *out);

/** With a declared kind and a pattern whose named groups say which part is which: `start` or `year`
 *  (first year), `end` (last year: a financial year's second year), `month` (1-12 or an English
 *  name or its first three letters), `quarter` (1-4). Two-digit years are 20xx. A NULL pattern
 *  parses as period_parse() and then requires the kind. FALSE if it does not fit. */
gboolean period_read(const char *text, PeriodKind kind, const Pattern *pattern, Period *out);

/** The period of kind `into` that contains p, for gathering months and quarters into years; FALSE
 *  if p does not lie within one. `part` gets the index of p's first month within it. */
gboolean period_containing(Period p, PeriodKind into, Period *out, guint *part);

#endif
