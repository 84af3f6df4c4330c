#include "csv_input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "encoding.h"
#include "peerline/base/error.h"
#include "sniff.h"

#define PIECE (256 * 1024)

static gboolean fail(const CsvInput *in, guint line, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static gboolean fail(const CsvInput *in, guint line, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *at = line ? g_strdup_printf("%s:%u", in->name, line) : g_strdup(in->name);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", at, what);
    return FALSE;
}

/* ---- opening ----------------------------------------------------------------------------------
 */

gboolean csv_input_open(CsvInput *in, const char *path, const char *name, GError **error)
{
    struct stat s;
    *in = (CsvInput){.name = name, .file = open(path, O_RDONLY | O_CLOEXEC)};
    if (in->file < 0 || fstat(in->file, &s) != 0)
        return fail(in, 0, error, "cannot be read: %s", g_strerror(errno));
    in->size = s.st_size > 0 ? (gsize)s.st_size : 0;
    return TRUE;
}

void csv_input_open_bytes(CsvInput *in, const char *data, gsize n, const char *name)
{
    *in = (CsvInput){.name = name, .file = -1, .memory = data, .left = n, .size = n};
}

void csv_input_close(CsvInput *in)
{
    if (in->file >= 0)
        close(in->file);
    g_free(in->raw);
    g_free(in->buffer);
}

/* ---- bytes ------------------------------------------------------------------------------------
 */

static gboolean read_some(CsvInput *in, char *out, gsize most, gsize *n, GError **error)
{
    if (in->file < 0) {
        *n = MIN(most, in->left);
        if (*n)
            memcpy(out, in->memory, *n);
        in->memory += *n;
        in->left -= *n;
        return TRUE;
    }
    gssize got;
    do
        got = read(in->file, out, most);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(in, 0, error, "cannot be read: %s", g_strerror(errno));
    *n = (gsize)got;
    return TRUE;
}

/* Fills `out`, but for the end of the file. */
static gboolean read_piece(CsvInput *in, char *out, gsize most, gsize *n, GError **error)
{
    *n = 0;
    for (gsize more = 1; *n < most && more > 0; *n += more)
        if (!read_some(in, out + *n, most - *n, &more, error))
            return FALSE;
    in->last = *n < most;
    in->seen += *n;
    return TRUE;
}

/* Line ends, of which CRLF is one, before `end`; `before` is the byte before `p`. */
static guint lines_until(const char *p, const char *end, char *before)
{
    guint lines = 0;
    for (; p < end; p++) {
        lines += *p == '\r' || (*p == '\n' && *before != '\r');
        *before = *p;
    }
    return lines;
}

static gboolean refuse_nul(CsvInput *in, guint line, GError **error)
{
    in->nul_line = line;
    return fail(in, line, error, "the file is not text: found a NUL byte (delimited text)");
}

static gboolean check_begin(CsvInput *in, const char *bytes, gsize n, GError **error)
{
    if (MAX(in->size, n) >= G_MAXUINT32)
        return fail(in, 0, error, "the file is too large: %" G_GSIZE_FORMAT " bytes (below 4 GiB)",
                    MAX(in->size, n));
    const char *foreign = sniff_foreign(bytes, n);
    return !foreign ||
           fail(in, 0, error, "the file is not CSV: found %s (delimited text)", foreign);
}

/* The fresh bytes stand behind what the scanner has left. */
static gboolean check_bytes(CsvInput *in, const CsvScanner *scan, const char *bytes, gsize n,
                            GError **error)
{
    if (!in->begun && !check_begin(in, bytes, n, error))
        return FALSE;
    if (in->seen >= G_MAXUINT32)
        return fail(in, 0, error, "the file is too large: %" G_GSIZE_FORMAT " bytes (below 4 GiB)",
                    in->seen);
    const char *nul = n ? memchr(bytes, '\0', n) : NULL;
    if (!nul)
        return TRUE;
    char before = '\0';
    guint line = scan->next_line;
    line += lines_until(scan->next, scan->end, &before);
    line += lines_until(bytes, nul, &before);
    return refuse_nul(in, line, error);
}

/* ---- pieces -----------------------------------------------------------------------------------
 */

/* Moves what is left to the front and makes room for a piece behind it, however long it becomes. */
static gsize make_room(CsvInput *in, CsvScanner *scan)
{
    const gsize kept = scan->next ? (gsize)(scan->end - scan->next) : 0;
    const gsize piece = PIECE * (encoding_is_single_byte(in->encoding) ? ENCODING_MOST_BYTES : 1);
    const gsize wanted = MAX(kept * 2, kept + piece);
    char *to = in->buffer;
    if (wanted > in->room) {
        in->room = wanted;
        to = g_malloc(in->room + CSV_PADDING);
    }
    if (kept > 0)
        memmove(to, scan->next, kept);
    if (to != in->buffer) {
        g_free(in->buffer);
        in->buffer = to;
    }
    scan->next = to;
    scan->end = to + kept;
    return kept;
}

/* Appends the bytes as UTF-8; returns how many came of it. */
static gsize take_bytes(CsvInput *in, const char *bytes, gsize n, char *to)
{
    if (encoding_is_single_byte(in->encoding))
        return encoding_expand(bytes, n, in->encoding, to);
    if (bytes != to)
        memmove(to, bytes, n);
    return n;
}

gboolean csv_input_feed(CsvInput *in, CsvScanner *scan, GError **error)
{
    const gsize kept = make_room(in, scan);
    char *to = in->buffer + kept, *into = to;
    if (encoding_is_single_byte(in->encoding)) {
        if (!in->raw)
            in->raw = g_malloc(PIECE);
        into = in->raw;
    }
    gsize n;
    if (!read_piece(in, into, into == to ? in->room - kept : PIECE, &n, error) ||
        !check_bytes(in, scan, into, n, error))
        return FALSE;
    const gsize mark = strlen(ENCODING_BOM);
    if (!in->begun && n >= mark && memcmp(into, ENCODING_BOM, mark) == 0) {
        in->encoding = ENCODING_UTF8;
        into += mark;
        n -= mark;
    }
    in->begun = TRUE;
    n = take_bytes(in, into, n, to);
    memset(to + n, 0, CSV_PADDING);
    csv_feed(scan, in->buffer, to + n, in->last);
    return TRUE;
}

gboolean csv_input_drain(CsvInput *in, const CsvScanner *scan, GError **error)
{
    if (in->nul_line)
        return TRUE;
    g_autofree char *piece = in->last ? NULL : g_malloc(PIECE);
    char before = '\0';
    guint line = scan->next ? scan->next_line + lines_until(scan->next, scan->end, &before) : 1;
    while (!in->last) {
        gsize n;
        if (!read_piece(in, piece, PIECE, &n, error))
            return FALSE;
        const char *nul = n ? memchr(piece, '\0', n) : NULL;
        line += lines_until(piece, nul ? nul : piece + n, &before);
        if (nul)
            return refuse_nul(in, line, error);
    }
    return TRUE;
}
