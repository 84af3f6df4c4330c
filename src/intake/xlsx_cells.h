#ifndef PEERLINE_INTAKE_XLSX_CELLS_H
#define PEERLINE_INTAKE_XLSX_CELLS_H

#include "peerline/intake/archive.h"
#include "sheet.h"

/** What the cells of a worksheet refer to. */
typedef struct {
    GPtrArray *strings; /**< shared strings (const char *, owned by the sheet) */
    GByteArray *styles; /**< XlsxMeaning of each cell format; may be empty */
    gboolean since_1904;
} XlsxContext;

/** Reads sharedStrings.xml, one text per item, into the sheet. */
gboolean xlsx_read_strings(Archive *archive, const char *entry, Sheet *sheet, GPtrArray *strings,
                           GError **error);
/** Reads one worksheet part. */
gboolean xlsx_read_cells(Archive *archive, const char *entry, const XlsxContext *context,
                         Sheet *sheet, GError **error);

#endif
