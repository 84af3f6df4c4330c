#ifndef PEERLINE_PUBLISH_WORKBOOK_CHECK_H
#define PEERLINE_PUBLISH_WORKBOOK_CHECK_H

#include <glib.h>

/** Checks any XLSX workbook against the Analysis Function's checklist for accessible spreadsheets,
 *  as far as a program can (docs/WORKBOOKS.md has the rules, one line each). The file is read as a
 *  stream, with the bounds of intake/archive.h; nothing of it is trusted. */

typedef struct {
    char *rule;    /**< of the checklist: "T3"; X1 and X2 are ours */
    char *sheet;   /**< "" where it is about the whole workbook */
    char *cell;    /**< "B7", or "" where it is about the whole sheet */
    char *message; /**< what is wrong: what was found (what is accepted) */
} WorkbookBreach;

/** A breach is listed with the first WORKBOOK_BREACHES_SHOWN cells of a sheet; one more line then
 *  says how many there are. */
#define WORKBOOK_BREACHES_SHOWN 20

/** WorkbookBreach*, in the order of the sheets; empty for a workbook without any. NULL with error
 *  if the file is no XLSX workbook, is damaged, encrypted or implausibly large. */
GPtrArray *workbook_check(const char *path, GError **error);
/** The same from memory; `data` is only read. */
GPtrArray *workbook_check_bytes(const void *data, gsize n, GError **error);

#endif
