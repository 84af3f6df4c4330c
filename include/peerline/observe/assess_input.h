#ifndef PEERLINE_OBSERVE_ASSESS_INPUT_H
#define PEERLINE_OBSERVE_ASSESS_INPUT_H

#include "peerline/observe/observation.h"

/** The input of `assess`: one CSV file, recognised by its header, made into a study and its
 *  observations as if somebody had defined them.
 *
 *  - A Fingertips download: `Indicator ID`, `Area Code`, `Time period`, `Value` and what else is
 *    there of `Indicator Name`, `Area Name`, `Area Type`, `Sex`, `Age`, `Category Type`, the
 *    limits, `Count`, `Denominator`, `Time period Sortable`, `Parent Name`, `Value note`. Rows with
 *    a Category Type are left out; each (Indicator ID, Sex, Age) is an indicator.
 *  - Tidy: `indicator_id,area_code,period,numerator,denominator` and optionally
 *    `indicator,area_name,value,lower95,upper95,lower99_8,upper99_8,region,polarity,per,measure`.
 *
 *  England (code E92…, or Area Type England or Country) gives the national value; regions (E12…,
 *  or Area Type Region) are no rows. An indicator or period that no area has a row of is left out.
 *
 *  Where they are not told, per and measure are inferred from the published values: the power of
 *  ten that reproduces them from the counts; 100 with no numerator above its denominator is a
 *  proportion. The kind of uncertainty is `counts` unless a published value or the width of its
 *  limits contradicts the counts (METHODS section 11): then the whole indicator is `published`, or
 *  `none` where it has no limits; Series.kind_note and a DIAG_NOTE say so. */

/** As on the command line; NULL where an option was not given. */
typedef struct {
    const char *data;        /**< path of the CSV */
    const char *peers;       /**< path: area_code,peer_code[,rank,distance] */
    const char *groups;      /**< path: area_code,group */
    const char *measure;     /**< rate, proportion or ratio */
    const char *per;         /**< a number above 0 */
    const char *polarity;    /**< low, high or neither */
    const char *uncertainty; /**< counts, published, clustered or none */
    const char *title;
} AssessOptions;

/** TRUE, and a study and a set that belong to the caller (the set first to be freed). Rows that
 *  cannot be used are in set->rejects and `diags` (DIAG_WARNING). FALSE with PEERLINE_ERROR_USAGE
 *  for an option that is wrong, PEERLINE_ERROR_FAILED for a file that is. */
gboolean assess_read(const AssessOptions *options, Study **study, ObservationSet **set,
                     Diagnostics *diags, GError **error);

#endif
