#ifndef PEERLINE_PUBLISH_DATA_H
#define PEERLINE_PUBLISH_DATA_H

#include "peerline/report/context.h"

/** The open data of an edition, as INTERFACE states: observations.csv, assessment.csv,
 * variation.csv, outliers.csv, good_practice.csv, rejects.csv into `directory` (which exists). Rows
 * sorted by the bytes of (indicator_id, period, area_code); shortest numbers that read back; never
 * NaN. */
gboolean data_write(const ReportContext *context, const char *directory, GError **error);

#endif
