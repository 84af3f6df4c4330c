#include "csv_out.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"

#define FLUSH_AT (1 << 16)
/* Columns for which the last number is remembered: in long tables many hold one number for a whole
 * period, and finding its digits is what takes the time. */
#define REMEMBERED 64

typedef struct {
    double x;
    guint8 n;
    char text[NUMBER_BUF];
} Last;

struct CsvOut {
    char *path;
    FILE *file;
    GString *buffer;
    guint column;
    int failure; /* errno of the first failed write, or 0 */
    Last last[REMEMBERED];
};

CsvOut *csv_out_open(const char *path, GError **error)
{
    FILE *file = fopen(path, "wbe");
    if (!file) {
        int reason = errno;
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot write: %s", path,
                    g_strerror(reason));
        return NULL;
    }
    CsvOut *out = g_new0(CsvOut, 1);
    out->path = g_strdup(path);
    out->file = file;
    out->buffer = g_string_sized_new(FLUSH_AT + 4096);
    for (guint i = 0; i < REMEMBERED; i++)
        out->last[i].x = NAN;
    return out;
}

static void begin_field(CsvOut *out)
{
    if (out->column++ > 0)
        g_string_append_c(out->buffer, ',');
}

void csv_out_text(CsvOut *out, const char *text)
{
    begin_field(out);
    if (!text || !*text)
        return;
    if (g_utf8_validate(text, -1, NULL)) {
        text_append_csv(out->buffer, text);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    text_append_csv(out->buffer, valid);
}

void csv_out_number(CsvOut *out, double x)
{
    guint column = out->column;
    begin_field(out);
    if (!isfinite(x))
        return;
    char text[NUMBER_BUF];
    if (column >= REMEMBERED) {
        g_string_append(out->buffer, number_shortest(x, text));
        return;
    }
    Last *last = &out->last[column];
    if (last->x != x) {
        number_shortest(x, last->text);
        last->n = (guint8)strlen(last->text);
        last->x = x;
    }
    g_string_append_len(out->buffer, last->text, last->n);
}

static void flush(CsvOut *out)
{
    gsize n = out->buffer->len;
    if (!out->failure && fwrite(out->buffer->str, 1, n, out->file) != n)
        out->failure = errno ? errno : EIO;
    g_string_truncate(out->buffer, 0);
}

void csv_out_end_row(CsvOut *out)
{
    g_string_append_c(out->buffer, '\n');
    out->column = 0;
    if (out->buffer->len >= FLUSH_AT)
        flush(out);
}

gboolean csv_out_close(CsvOut *out, GError **error)
{
    flush(out);
    if (fclose(out->file) != 0 && !out->failure)
        out->failure = errno;
    int failure = out->failure;
    if (failure)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot write: %s", out->path,
                    g_strerror(failure));
    g_string_free(out->buffer, TRUE);
    g_free(out->path);
    g_free(out);
    return failure == 0;
}
