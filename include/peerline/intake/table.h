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
 *  trimmed); a blank name becomes "column N" (N 1-based), a repeated one gets " (2)", " (3)", ….
 *
 *  What a plan (below) does not ask for is not in the table: all columns have their names, but
 * those it does not want have no cells, and rows it does not want are only counted. Of a column
 * each distinct text is stored once, and a cell is the number of its text (its code): what is
 * worked out for one text holds for all cells of this column with the same code. A column of which
 * most texts occur once is no longer searched for texts met before, so that the same text can come
 * with several codes. */
typedef struct {
    char *file;  /**< name for messages and provenance; of a sheet "book.xlsx!Sheet name", so that
                      with a line it reads "book.xlsx!Sheet name:7" */
    char *sheet; /**< name of the sheet alone; NULL in a text file */
    guint n_columns;
    char **columns; /**< n_columns names */
    guint n_rows;
    guint rows_read;   /**< rows of the file, with those that the plan did not want */
    guint32 *line;     /**< n_rows: line on which the record begins, or row of the sheet, 1-based */
    guint32 *n_fields; /**< n_rows: how many fields the record had in the file; in a sheet, where a
                            cell that is not there is a blank one, always n_columns */
    /* private, for the functions below */
    int *place; /**< n_columns: of the kept columns, or -1 */
    guint n_kept;
    char **texts;      /**< n_kept: the texts of a column, one behind the other */
    guint32 *n_codes;  /**< n_kept: above all of its codes */
    guint32 **stripes; /**< codes of 1 << shift rows each, column by column */
    guint shift, n_stripes;
} Table;

void table_free(Table *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/** Ends the program: a column is asked for that the plan of the table did not name. */
void table_not_kept(const Table *t, guint column) G_GNUC_NORETURN;

/** The code of a cell, below table_codes(); 0 is that of the blank text. Codes have gaps. */
static inline guint32 table_code(const Table *t, guint row, guint column)
{
    const int place = t->place[column];
    if (G_UNLIKELY(place < 0))
        table_not_kept(t, column);
    const guint within = row & ((1u << t->shift) - 1);
    return t->stripes[row >> t->shift][((gsize)place << t->shift) + within];
}

/** Above all codes of a column: the size of an array with a place for each. */
static inline guint32 table_codes(const Table *t, guint column)
{
    if (G_UNLIKELY(t->place[column] < 0))
        table_not_kept(t, column);
    return t->n_codes[t->place[column]];
}

#define TABLE_CODE_BYTES 4 /**< private: texts begin at multiples of this */

/** "" where the record was too short. */
static inline const char *table_cell(const Table *t, guint row, guint column)
{
    const guint32 code = table_code(t, row, column);
    return t->texts[t->place[column]] + (gsize)code * TABLE_CODE_BYTES;
}

/** Index of the column with exactly this (squeezed) name, or -1. */
int table_column(const Table *t, const char *name);

/* ---- what of a table is wanted ------------------------------------------------------------- */

/** A condition on the text of one cell. The answer must depend on the text alone. */
typedef struct {
    const char *column;
    gboolean (*holds)(gconstpointer data, const char *text);
    gconstpointer data;
} CellTest;

/** All of these. */
typedef struct {
    const CellTest *items;
    guint n;
} RowTest;

/** What its user will ask of a table. Which rows there are does not depend on it otherwise: faults
 *  of records are found and told in rows and columns that are not wanted too. */
typedef struct {
    gboolean (*wants)(gconstpointer data, const char *column); /**< NULL: every column */
    gconstpointer data;
    const RowTest *rows; /**< a row is wanted if at least one of these holds, or there is none */
    guint n_rows;        /**< (a test on a column that does not exist holds) */
} TablePlan;

/* ---- delimited text ------------------------------------------------------------------------- */

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
    const TablePlan *plan; /**< NULL: all of it */
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

typedef enum { BOOK_XLSX, BOOK_ODS, BOOK_XLS } BookFormat;

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
    const TablePlan *plan; /**< as in CsvOptions */
} BookOptions;

/** Reads one sheet of an XLSX, ODS or XLS (Excel 5 to 2003) workbook.
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
