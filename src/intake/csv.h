#ifndef PEERLINE_INTAKE_CSV_H
#define PEERLINE_INTAKE_CSV_H

#include <glib.h>

/** The scanner below the CSV reader: finds records and fields in a piece of a file, changing
 *  nothing.
 *
 *  Record ends are LF, CRLF or a lone CR. A field that begins with a quotation mark goes on to the
 *  closing one, line ends and doubled marks included; a mark elsewhere is a character like any
 *  other. Where a record goes on beyond the piece, the scanner asks for more and begins that record
 *  again: whoever feeds it keeps the bytes from `next` on and puts more behind them. */
typedef struct {
    char delimiter;
    const char *next, *end; /**< of the piece, what is not scanned yet */
    gboolean last;          /**< nothing follows the piece */
    guint next_line;        /**< line on which `next` stands, 1-based */

    const char *start; /**< of the record last read */
    const char **ends; /**< private: of its fields, each the byte behind */
    guint n;           /**< how many fields */
    guint line;        /**< on which it began */
    gboolean high;     /**< it may have bytes from 0x80 on */
    gboolean stray;    /**< a field of it had text after its closing quotation mark */
    gboolean open;     /**< its last quoted field never ended: the rest of the file is in it */
    gboolean newline;  /**< it was ended by a line end, not by the end of the file */

    guint capacity;     /**< private */
    const char *block;  /**< private: 64 bytes that are being looked at */
    guint64 hits;       /**< private: bits of those that may end a field, as far as not used */
    guint64 high_bits;  /**< private */
    GString *unescaped; /**< private */
} CsvScanner;

/** Bytes behind the end of a piece that the scanner may look at; they must be zero. */
#define CSV_PADDING 64

typedef enum { CSV_RECORD, CSV_MORE, CSV_END } CsvStep;

void csv_begin(CsvScanner *s, char delimiter);
/** Gives it the piece [next, end), of which `next` is where the one before left off. */
void csv_feed(CsvScanner *s, const char *next, const char *end, gboolean last);
/** Reads the next record. A blank line is a record of one empty field. */
CsvStep csv_next(CsvScanner *s);
/** A field of the record, trimmed of blanks (line ends and no-break spaces too) at both ends, not
 *  terminated; the next call may overwrite it. */
const char *csv_field(CsvScanner *s, guint i, gsize *n);
/** Where the record ends, without its line end. */
static inline const char *csv_record_end(const CsvScanner *s)
{
    return s->ends[s->n - 1];
}
void csv_end(CsvScanner *s);

#endif
