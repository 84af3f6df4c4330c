#ifndef PEERLINE_PUBLISH_CSV_OUT_H
#define PEERLINE_PUBLISH_CSV_OUT_H

#include <glib.h>

/** A CSV file being written: RFC 4180, UTF-8, LF, buffered. Fields are appended from left to right;
 *  csv_out_end_row() ends each row. Errors of the disk are kept and told by csv_out_close(). */
typedef struct CsvOut CsvOut;

CsvOut *csv_out_open(const char *path, GError **error);
/** NULL and "" are empty fields; bytes that are no UTF-8 are replaced. */
void csv_out_text(CsvOut *out, const char *text);
/** Shortest number that reads back; an empty field for a missing one. */
void csv_out_number(CsvOut *out, double x);
void csv_out_end_row(CsvOut *out);
/** Writes the rest and closes; frees `out` in any case. */
gboolean csv_out_close(CsvOut *out, GError **error);

#endif
