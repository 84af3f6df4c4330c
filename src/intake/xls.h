#ifndef PEERLINE_INTAKE_XLS_H
#define PEERLINE_INTAKE_XLS_H

#include "sheet.h"

/** Reads one sheet of an XLS workbook that is in memory. NULL with error. */
Sheet *xls_read_sheet(const guint8 *data, gsize n, const char *display_name, const Pattern *wanted,
                      GError **error);

#endif
