#ifndef PEERLINE_INTAKE_CSV_INPUT_H
#define PEERLINE_INTAKE_CSV_INPUT_H

#include "csv.h"
#include "peerline/intake/table.h"

/** The bytes of a file, or of memory, piece by piece as UTF-8 in a buffer that only grows where one
 *  record is longer than it. */
typedef struct {
    const char *name; /**< for messages */
    int file;         /**< -1: from memory */
    const char *memory;
    gsize left; /**< of the memory */
    gsize size; /**< of the whole, as far as it is known before reading it */
    gsize seen; /**< bytes read so far */
    Encoding encoding;
    char *raw; /**< bytes before they become UTF-8; NULL where they are that */
    char *buffer;
    gsize room; /**< of the buffer, beside CSV_PADDING */
    gboolean begun, last;
    guint nul_line; /**< line of a NUL byte that was met; 0: none */
} CsvInput;

/** FALSE with error if it cannot be opened. The name is not copied. */
gboolean csv_input_open(CsvInput *in, const char *path, const char *name, GError **error);
void csv_input_open_bytes(CsvInput *in, const char *data, gsize n, const char *name);
void csv_input_close(CsvInput *in);

/** Feeds the scanner what it has left and more. FALSE with error where the file cannot be read,
 *  holds a NUL byte, is too large, or is by its first bytes something else. */
gboolean csv_input_feed(CsvInput *in, CsvScanner *scan, GError **error);
/** Reads what is left of the file, which only must have no NUL byte. */
gboolean csv_input_drain(CsvInput *in, const CsvScanner *scan, GError **error);

#endif
