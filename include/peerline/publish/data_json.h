#ifndef PEERLINE_PUBLISH_DATA_JSON_H
#define PEERLINE_PUBLISH_DATA_JSON_H

#include "peerline/report/context.h"

/** The figures as JSON for dashboards that others build: `directory`/areas/CODE.json with all
 *  indicators and periods of an area, `directory`/indicators/ID.json with all areas and periods of
 *  an indicator. Both have `layout` (1; raised when a key changes its meaning or goes), `study`
 *  and `edition`; names and meanings of the figures are those of the columns of assessment.csv; a
 *  key that has nothing to say is left out, and `status` says why there is no value. Thread-safe.
 */
gboolean data_json_area(const ReportContext *context, guint area, const char *directory,
                        GError **error);
gboolean data_json_indicator(const ReportContext *context, guint indicator, const char *directory,
                             GError **error);
/** The indicator's id as a file name: what is no letter, digit, "-" or "_" is "_"; where two
 *  indicators of the study would have one name, or differ by case only, both have "-" and the first
 *  twelve digits of their id's SHA-256 behind it. New. */
char *data_json_indicator_name(const ReportContext *context, guint indicator);

#endif
