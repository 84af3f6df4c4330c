#ifndef PEERLINE_INTAKE_TABLE_H
#define PEERLINE_INTAKE_TABLE_H

#include "peerline/base/diag.h"
#include "peerline/base/pattern.h"

/** A table as read from a file: text cells with the line each record began on. Readers for every
 *  format (CSV, sheets of XLSX and ODS workbooks) end in this one shape; nothing downstream knows
 *  what the file was.
 *
 *  Cells are NUL-terminated valid UTF-8, trimmed of blanks at both ends, owned by the table and
 *  constant after reading. Column names are squeezed (newlines and runs of blanks to one blank,
 *  trimmed); a blank name becomes "column N" (N 1-based), a repeated one gets " (2)", " (3)", …. */
typedef struct {
    char *file;  /**< name for messages and provenance; of a sheet "book.xlsx!Sheet name", so that
                      with a line it reads "book.xlsx!Sheet name:7" */
    char *sheet; /**< name of the sheet alone; NULL in a text file */
    guint n_columns;
    char **columns; /**< n_columns names */
    guint n_rows;
    guint32 *line;     /**< n_rows: line on which the record begins, or row of the sheet, 1-based */
    guint32 *n_fields; /**< n_rows: how many fields the record had in the file; in a sheet, where a
                            cell that is not there is a blank one, always n_columns */
    const char **cells; /**< n_rows * n_columns, row-major; "" where the record was too short */
    gpointer storage;   /**< private */
    GDestroyNotify storage_free; /**< private; NULL: g_free */
} Table;

void table_free(Table *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

static inline const char *table_cell(const Table *t, guint row, guint column)
{
    return t->cells[(gsize)row * t->n_columns + column];
}

/** Index of the column with exactly this (squeezed) name, or -1. */
int table_column(const Table *t, const char *name);

typedef enum { ENCODING_AUTO, ENCODING_UTF8, ENCODING_WINDOWS_1252, ENCODING_LATIN1 } Encoding;

/** How to read one CSV file. Zero/NULL means the default. */
typedef struct {
    char delimiter;        /**< default ',' */
    Encoding encoding;     /**< AUTO: UTF-8, with or without BOM (a BOM overrules the others) */
    guint header_row;      /**< 1-based record number of the header, blank lines counted;
                                default: the first record that is not blank */
    const Pattern *header; /**< or: the header is the first record whose fields, joined by the
                                delimiter, match this */
    const Pattern *end;    /**< the table ends before the first record whose joined fields
                                match this (footnotes, notes below) */
    gboolean end_blank;    /**< or: before the first blank record below the header */
    const Pattern *skip;   /**< records whose joined fields match are no data (sub-headings) */
    gboolean keep_empty;   /**< records of several fields that are all empty are data too; a
                                blank line never is */
} CsvOptions;

/** Reads a whole CSV file (RFC 4180 and what is met in practice: CRLF, LF or CR, newlines in
 * quotes, BOM, blank lines, ragged records). Patterns see a record's trimmed fields joined by the
 * delimiter, without quotation marks, line ends within a field being a blank. Records below the
 * header that are blank in every field are no rows, and are not named (but see keep_empty).
 *
 *  Never stops at a fault in one record: the record is left out and named in `diags` with one of
 *  these rules
 *    invalid-text   bytes that are not valid in the declared encoding
 *    row-too-long   more fields than the header
 *    stray-quote    text after a closing quote
 *  all as DIAG_WARNING. A record with fewer fields than the header is kept (see n_fields).
 *  Returns NULL with `error` for what makes the whole file unusable: unreadable, a NUL byte, empty,
 *  no header found, a quoted field that never ends (a truncated file). A missing final newline is
 *  not a fault by itself: published files often lack it; a last record without one that has fewer
 *  fields than the others is: the file was cut short, and what else is missing cannot be known. */
Table *table_read_csv(const char *path, const char *display_name, const CsvOptions *options,
                      Diagnostics *diags, GError **error);
/** The same from memory; `data` is only read. */
Table *table_parse_csv(const char *data, gsize n, const char *display_name,
                       const CsvOptions *options, Diagnostics *diags, GError **error);

/* ---- workbooks ------------------------------------------------------------------------------ */

typedef enum { BOOK_XLSX, BOOK_ODS } BookFormat;

/** How to read one sheet of a workbook. Zero/NULL means the default. */
typedef struct {
    BookFormat format;
    const Pattern *sheet; /**< the sheet of this name, else the one whose (squeezed) name matches;
                               default: the first, hidden or not */
    char delimiter;   /**< joins a row's cells up to its last one for the patterns; default ',' */
    guint header_row; /**< row of the sheet; default: the first that is not blank */
    const Pattern *header; /**< or: the first row whose joined cells match this */
    guint header_rows;     /**< so many rows from there on make up the column names; default 1 */
    const Pattern *end;    /**< as in CsvOptions */
    gboolean end_blank;    /**< as in CsvOptions */
    const Pattern *skip;   /**< as in CsvOptions */
} BookOptions;

/** Reads one sheet of an XLSX or ODS workbook.
 *
 *  A column's name is the text of its header rows joined by a blank; a cell that is joined with
 *  others gives its text to all columns it spans. The table is as wide as its names: cells to the
 *  right of the last one are not read. Rows below the header that are blank are no rows. Hidden
 * rows, columns and sheets are data like others. Cells become text like this: text       all runs
 * of it, without phonetic guides number     number_shortest() of the double; percentages as
 * fractions, as they are stored date       "2016-04-01", with a time of day "2016-04-01T12:30:00";
 * a time alone, or a duration, "36:30:00"; XLSX: by the number format, both date systems boolean
 * "TRUE", "FALSE" error      its name: "#N/A", "#DIV/0!" (a source can declare these as missing)
 *    formula    the value that was stored with it
 *    joined     the value in the first cell, blanks in the others
 *
 *  NULL with `error` for a file that cannot be used: unreadable, no ZIP file, damaged, encrypted,
 *  another format, implausibly large, no such sheet, no header, cells out of order. */
Table *table_read_book(const char *path, const char *display_name, const BookOptions *options,
                       GError **error);
/** The same from memory; `data` is only read. */
Table *table_parse_book(const void *data, gsize n, const char *display_name,
                        const BookOptions *options, GError **error);

#endif
