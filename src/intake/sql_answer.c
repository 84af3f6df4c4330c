#include "sql_answer.h"

#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/text.h"

/* Rows of one call, as far as their cells fit into so many bytes. */
#define ROWS_AT_ONCE 1000
#define BUFFER_BYTES (8 * 1024 * 1024)
/* Characters of a cell: drivers say sizes that are too small for a sign or an exponent, and sizes
 * that no cell ever has. */
#define LEAST_WIDTH   64
#define USUAL_WIDTH   255
#define FIRST_WIDTH   1000
#define MOST_WIDTH    (1024 * 1024)
#define MOST_COLUMNS  4096
#define NAME_LENGTH   256
#define WRITTEN_BYTES (64 * 1024)

typedef struct {
    char *name;
    gboolean is_timestamp;
    gsize width;     /* characters, with the NUL that ends them */
    SQLWCHAR *cells; /* of `rows` rows */
    SQLLEN *sizes;   /* bytes of each, or SQL_NULL_DATA */
} Column;

typedef struct {
    SqlLink *link;
    const SqlQuery *query;
    SqlSink *sink;
    Column *columns;
    guint n_columns;
    guint rows;           /* room for */
    SQLULEN fetched;      /* by the last call */
    SQLUSMALLINT *status; /* of each row */
    guint64 taken;        /* rows */
    GString *cell, *out;
} Answer;

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean fail(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, text);
    return FALSE;
}

/* ---- columns --------------------------------------------------------------------------------- */

static gboolean describe(Answer *a, guint i, GError **error)
{
    SQLWCHAR name[NAME_LENGTH];
    SQLSMALLINT n = 0, type = 0, digits, nullable;
    SQLULEN size = 0;
    if (!SQL_SUCCEEDED(SQLDescribeColW(a->link->statement, (SQLUSMALLINT)(i + 1), name, NAME_LENGTH,
                                       &n, &type, &size, &digits, &nullable)))
        return sql_link_fail(a->link, SQL_HANDLE_STMT, "a column cannot be described", error);
    Column *c = &a->columns[i];
    g_string_truncate(a->cell, 0);
    sql_append_utf8(a->cell, name, (gsize)CLAMP(n, 0, NAME_LENGTH - 1));
    c->name = text_squeeze(a->cell->str);
    if (!*c->name) {
        g_free(c->name);
        c->name = g_strdup_printf("column %u", i + 1);
    }
    c->is_timestamp = type == SQL_TYPE_TIMESTAMP;
    c->width = CLAMP(size ? size : USUAL_WIDTH, LEAST_WIDTH, FIRST_WIDTH) + 1;
    return TRUE;
}

static gboolean describe_all(Answer *a, GError **error)
{
    SQLSMALLINT n = 0;
    if (!SQL_SUCCEEDED(SQLNumResultCols(a->link->statement, &n)))
        return sql_link_fail(a->link, SQL_HANDLE_STMT, "the answer cannot be described", error);
    if (n < 1 || n > MOST_COLUMNS)
        return fail(error, "the query gives no table: %d columns (a SELECT of 1 to %d columns)", n,
                    MOST_COLUMNS);
    a->columns = g_new0(Column, n);
    a->n_columns = (guint)n;
    for (guint i = 0; i < a->n_columns; i++)
        if (!describe(a, i, error))
            return FALSE;
    return TRUE;
}

static void release(Answer *a)
{
    for (guint i = 0; i < a->n_columns; i++) {
        g_clear_pointer(&a->columns[i].cells, g_free);
        g_clear_pointer(&a->columns[i].sizes, g_free);
    }
    g_clear_pointer(&a->status, g_free);
}

/* Column by column, which is what all drivers know. */
static gboolean bind_all(Answer *a, GError **error)
{
    SQLHSTMT s = a->link->statement;
    gsize row = 0;
    for (guint i = 0; i < a->n_columns; i++)
        row += a->columns[i].width * sizeof(SQLWCHAR) + sizeof(SQLLEN);
    a->rows = (guint)CLAMP(BUFFER_BYTES / MAX(row, 1), 1, ROWS_AT_ONCE);
    a->status = g_new0(SQLUSMALLINT, a->rows);
    SQLSetStmtAttr(s, SQL_ATTR_ROW_BIND_TYPE, (SQLPOINTER)(SQLULEN)SQL_BIND_BY_COLUMN, 0);
    SQLSetStmtAttr(s, SQL_ATTR_ROW_STATUS_PTR, a->status, 0);
    SQLSetStmtAttr(s, SQL_ATTR_ROWS_FETCHED_PTR, &a->fetched, 0);
    if (!SQL_SUCCEEDED(SQLSetStmtAttr(s, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)(SQLULEN)a->rows, 0)))
        return sql_link_fail(a->link, SQL_HANDLE_STMT, "rows cannot be read together", error);
    for (guint i = 0; i < a->n_columns; i++) {
        Column *c = &a->columns[i];
        c->cells = g_new0(SQLWCHAR, a->rows * c->width);
        c->sizes = g_new0(SQLLEN, a->rows);
        if (!SQL_SUCCEEDED(SQLBindCol(s, (SQLUSMALLINT)(i + 1), SQL_C_WCHAR, c->cells,
                                      (SQLLEN)(c->width * sizeof(SQLWCHAR)), c->sizes)))
            return sql_link_fail(a->link, SQL_HANDLE_STMT,
                                 "the driver gives no Unicode text (its Unicode version)", error);
    }
    return TRUE;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static gboolean all_in(const char *p, const char *accepted)
{
    return p[strspn(p, accepted)] == '\0';
}

/* "2016-04-01 12:30:00" as workbooks have it; midnight is a date alone. Others stay as they are. */
static void settle_timestamp(GString *cell)
{
    if (cell->len < 19 || cell->str[10] != ' ' || !all_in(cell->str, "0123456789-: ."))
        return;
    if (all_in(cell->str + 11, "0:."))
        g_string_truncate(cell, 10);
    else
        cell->str[10] = 'T';
}

static gboolean append_cell(Answer *a, const Column *c, guint row, GError **error)
{
    const SQLLEN size = c->sizes[row];
    if (size == SQL_NULL_DATA)
        return TRUE;
    g_string_truncate(a->cell, 0);
    if (size < 0 ||
        !sql_append_utf8(a->cell, c->cells + row * c->width, (gsize)size / sizeof(SQLWCHAR)))
        return fail(error,
                    "column %s, row %" G_GUINT64_FORMAT " of the answer: not valid text (Unicode "
                    "without NUL characters)",
                    c->name, a->taken + 1);
    if (c->is_timestamp)
        settle_timestamp(a->cell);
    text_append_csv(a->out, a->cell->str);
    return TRUE;
}

static gboolean append_row(Answer *a, guint row, GError **error)
{
    if (a->status[row] == SQL_ROW_ERROR)
        return sql_link_fail(a->link, SQL_HANDLE_STMT, "a row cannot be read", error);
    if (a->taken == a->query->most_rows)
        return fail(error,
                    "the answer is too long: more than %u rows (most_rows, or a query that "
                    "adds up)",
                    a->query->most_rows);
    for (guint i = 0; i < a->n_columns; i++) {
        if (i > 0)
            g_string_append_c(a->out, ',');
        if (!append_cell(a, &a->columns[i], row, error))
            return FALSE;
    }
    g_string_append_c(a->out, '\n');
    a->taken++;
    return TRUE;
}

static gboolean flush(Answer *a, gsize least, GError **error)
{
    if (a->out->len < least)
        return TRUE;
    const gboolean ok = a->sink->take(a->sink, a->out->str, a->out->len, error);
    g_string_truncate(a->out, 0);
    return ok;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Gives columns whose texts were cut in this block more room. FALSE with error for what is longer
 * than any cell should be. */
static gboolean widen(Answer *a, gboolean *wider, GError **error)
{
    *wider = FALSE;
    for (guint i = 0; i < a->n_columns; i++) {
        Column *c = &a->columns[i];
        gsize needed = 0;
        for (guint row = 0; row < a->fetched; row++) {
            const SQLLEN size = c->sizes[row];
            const gsize length = size == SQL_NO_TOTAL ? 4 * c->width
                                 : size > 0           ? (gsize)size / sizeof(SQLWCHAR)
                                                      : 0;
            needed = MAX(needed, length);
        }
        if (needed < c->width)
            continue;
        if (needed > MOST_WIDTH)
            return fail(error,
                        "column %s: a text of %" G_GSIZE_FORMAT " characters (at most %d: leave "
                        "the column out, or shorten it in the query)",
                        c->name, needed, MOST_WIDTH);
        c->width = MIN(2 * needed, MOST_WIDTH) + 1;
        *wider = TRUE;
    }
    return TRUE;
}

typedef enum { READ_FAILED, READ_ALL, READ_AGAIN } Outcome;

static Outcome read_blocks(Answer *a, GError **error)
{
    for (;;) {
        gboolean wider;
        const SQLRETURN r = SQLFetch(a->link->statement);
        if (r == SQL_NO_DATA)
            return READ_ALL;
        if (!SQL_SUCCEEDED(r)) {
            sql_link_fail(a->link, SQL_HANDLE_STMT, "the answer breaks off", error);
            return READ_FAILED;
        }
        if (!widen(a, &wider, error))
            return READ_FAILED;
        if (wider)
            return READ_AGAIN;
        for (guint row = 0; row < a->fetched; row++)
            if (!append_row(a, row, error))
                return READ_FAILED;
        if (!flush(a, WRITTEN_BYTES, error))
            return READ_FAILED;
    }
}

static void append_header(Answer *a)
{
    for (guint i = 0; i < a->n_columns; i++) {
        if (i > 0)
            g_string_append_c(a->out, ',');
        text_append_csv(a->out, a->columns[i].name);
    }
    g_string_append_c(a->out, '\n');
}

/* From its first row on. */
static Outcome read_once(Answer *a, GError **error)
{
    a->taken = 0;
    g_string_truncate(a->out, 0);
    if (!a->sink->restart(a->sink, error) || !bind_all(a, error))
        return READ_FAILED;
    append_header(a);
    const Outcome outcome = read_blocks(a, error);
    SQLFreeStmt(a->link->statement, SQL_CLOSE);
    SQLFreeStmt(a->link->statement, SQL_UNBIND);
    release(a);
    return outcome;
}

static gboolean read_answer(Answer *a, GError **error)
{
    if (!describe_all(a, error))
        return FALSE;
    Outcome outcome = read_once(a, error);
    while (outcome == READ_AGAIN)
        outcome = sql_link_execute(a->link, error) ? read_once(a, error) : READ_FAILED;
    if (outcome == READ_FAILED)
        return FALSE;
    if (a->taken == 0)
        return fail(error, "the answer has no rows (at least one)");
    return flush(a, 0, error);
}

gboolean sql_answer_read(SqlLink *l, const SqlQuery *q, SqlSink *sink, GError **error)
{
    Answer a = {.link = l,
                .query = q,
                .sink = sink,
                .cell = g_string_new(NULL),
                .out = g_string_sized_new(2 * WRITTEN_BYTES)};
    const gboolean ok = read_answer(&a, error);
    SQLFreeStmt(l->statement, SQL_CLOSE);
    SQLFreeStmt(l->statement, SQL_UNBIND);
    release(&a);
    for (guint i = 0; i < a.n_columns; i++)
        g_free(a.columns[i].name);
    g_free(a.columns);
    g_string_free(a.cell, TRUE);
    g_string_free(a.out, TRUE);
    return ok;
}
