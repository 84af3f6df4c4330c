#ifndef PEERLINE_INTAKE_XLS_CELLS_H
#define PEERLINE_INTAKE_XLS_CELLS_H

#include "biff.h"
#include "sheet.h"

/** What the cells of a worksheet refer to. */
typedef struct {
    GPtrArray *strings;  /**< shared texts (const char *, owned by the sheet) */
    GByteArray *styles;  /**< XlsxMeaning of each cell format; may be empty */
    const char *charset; /**< of the texts of BIFF5; NULL: BIFF8 */
    gboolean since_1904;
} XlsContext;

/** Reads the worksheet that begins at `b` into the sheet. NULL, or what is wrong; newly
 *  allocated. */
char *xls_read_cells(Biff *b, const XlsContext *context, Sheet *sheet);

#endif
