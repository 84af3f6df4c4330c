#ifndef PEERLINE_INTAKE_CSV_H
#define PEERLINE_INTAKE_CSV_H

#include <glib.h>

/** The scanner below the CSV reader: cuts a buffer into records and fields, in place.
 *
 *  Record ends are LF, CRLF or a lone CR. A field that begins with a quotation mark goes on to the
 *  closing one, line ends and doubled marks included; a mark elsewhere is a character like any
 *  other. Fields are trimmed of blanks (line ends and no-break spaces too) at both ends and
 *  NUL-terminated, which changes the buffer: it can be scanned only once. */
typedef struct {
    char delimiter;
    guchar stop[256]; /**< private: 1 for the bytes that can end an unquoted field */
    char *next;       /**< first byte not yet scanned */
    guint next_line;  /**< its line, 1-based */
    char **fields;    /**< of the record last read, pointing into the buffer */
    guint n, capacity;
    guint line;       /**< on which that record began */
    gboolean stray;   /**< a field of it had text after its closing quotation mark */
    gboolean open;    /**< its last quoted field never ended: the rest of the buffer is in it */
    gboolean newline; /**< it was ended by a line end, not by the end of the buffer */
} CsvScanner;

/** Begins at a NUL-terminated buffer without other NULs, which must outlive the fields. */
void csv_begin(CsvScanner *s, char *buffer, char delimiter);
/** Reads the next record; FALSE at the end. A blank line is a record of one empty field. */
gboolean csv_next(CsvScanner *s);
/** Frees what the scanner holds, not the buffer. */
void csv_end(CsvScanner *s);

#endif
