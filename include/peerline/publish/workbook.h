#ifndef PEERLINE_PUBLISH_WORKBOOK_H
#define PEERLINE_PUBLISH_WORKBOOK_H

#include "peerline/report/context.h"

/** variation.xlsx: accessible workbook (OUTPUT_STANDARDS 1.1): cover, contents, notes, one table
 * per sheet, numbers as numbers, shorthand for what is missing. Deterministic. */
gboolean workbook_file_write(const ReportContext *context, const char *path, GError **error);

#endif
