#ifndef PEERLINE_PUBLISH_DATA_H
#define PEERLINE_PUBLISH_DATA_H

#include "peerline/report/context.h"

/** The open data of an edition into `directory` (which exists): observations.csv, assessment.csv,
 * variation.csv, outliers.csv, good_practice.csv and rejects.csv; the tables that these refer to,
 * areas.csv, area_classes.csv, indicators.csv and sources.csv; and what describes all of them to
 * machines: datapackage.json (Frictionless), X.csv-metadata.json and csv-metadata.json (CSV on the
 * Web), catalog.jsonld (DCAT). Rows sorted by the bytes of (indicator_id, period, area_code);
 * shortest numbers that read back; never NaN. */
gboolean data_write(const ReportContext *context, const char *directory, GError **error);

#endif
