#include "sql.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "peerline/base/error.h"
#include "sql_answer.h"
#include "sql_watch.h"

/* ---- a name in the cache --------------------------------------------------------------------- */

/* With its length, so that no text can pass for two. */
static void add_text(GChecksum *sum, const char *text)
{
    g_autofree char *length = g_strdup_printf("%" G_GSIZE_FORMAT ":", strlen(text));
    g_checksum_update(sum, (const guchar *)length, (gssize)strlen(length));
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
}

char *sql_identity(const SqlQuery *q)
{
    static const char *const KINDS[] = {
        [QUERY_TEXT] = "text", [QUERY_NUMBER] = "number", [QUERY_DATE] = "date"};
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(sum, q->connection);
    add_text(sum, q->text);
    for (guint i = 0; i < q->n_parameters; i++) {
        add_text(sum, KINDS[q->parameters[i].kind]);
        add_text(sum, q->parameters[i].value);
    }
    return g_strconcat("sql:", g_checksum_get_string(sum), NULL);
}

/* ---- the file -------------------------------------------------------------------------------- */

typedef struct {
    SqlSink sink;
    Part part;
    GChecksum *sum;
    guint64 bytes, max_bytes;
    ProgressBar *bar;
} File;

static gboolean write_failed(GError **error)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the cache cannot be written: %s",
                g_strerror(errno));
    return FALSE;
}

static gboolean file_take(SqlSink *sink, const char *bytes, gsize n, GError **error)
{
    File *f = (File *)sink;
    f->bytes += n;
    if (f->bytes > f->max_bytes) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the answer is too long: more than %" G_GUINT64_FORMAT " bytes (fewer rows "
                    "or columns)",
                    f->max_bytes);
        return FALSE;
    }
    g_checksum_update(f->sum, (const guchar *)bytes, (gssize)n);
    while (n > 0) {
        const gssize written = write(f->part.fd, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return write_failed(error);
        bytes += written;
        n -= (gsize)written;
    }
    progress_bar_set(f->bar, f->bytes, 0);
    return TRUE;
}

static gboolean file_restart(SqlSink *sink, GError **error)
{
    File *f = (File *)sink;
    f->bytes = 0;
    g_checksum_reset(f->sum);
    return (ftruncate(f->part.fd, 0) == 0 && lseek(f->part.fd, 0, SEEK_SET) == 0) ||
           write_failed(error);
}

static gboolean ask(const SqlQuery *q, const char *dir, File *f, GError **error)
{
    g_auto(SqlLink) link = {0};
    if (!part_new(dir, &f->part, error) || !sql_link_open(&link, q, error))
        return FALSE;
    SqlWatch *watch = sql_watch_new(link.statement, q->timeout);
    const gboolean ok = sql_link_prepare(&link, q, error) && sql_link_execute(&link, error) &&
                        sql_answer_read(&link, q, &f->sink, error);
    if (!sql_watch_end(watch))
        return ok;
    /* What the driver says of it differs, and what is there may have been cut off anywhere. */
    g_clear_error(error);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "the query and its answer took too long: more than %u seconds (timeout)",
                q->timeout);
    return FALSE;
}

void sql_download(const SqlQuery *q, const char *id, const char *dir, const FetchOptions *options,
                  Download *out)
{
    File f = {.sink = {file_take, file_restart},
              .part = {.fd = -1},
              .sum = g_checksum_new(G_CHECKSUM_SHA256),
              .max_bytes = options->max_bytes,
              .bar = progress_bar_new(options->progress, id)};
    if (ask(q, dir, &f, &out->error)) {
        out->sha256 = g_strdup(g_checksum_get_string(f.sum));
        out->bytes = f.bytes;
        out->part = f.part;
        g_autofree char *outcome = g_strdup_printf("%" G_GUINT64_FORMAT " bytes", f.bytes);
        progress_bar_end(f.bar, outcome);
    } else {
        part_clear(&f.part);
        progress_bar_end(f.bar, "failed");
    }
    g_checksum_free(f.sum);
}
