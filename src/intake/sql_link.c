#include "sql_link.h"

#include <stdio.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"

#define LOGIN_SECONDS 30
#define MOST_RECORDS  4

G_STATIC_ASSERT(sizeof(SQLWCHAR) == sizeof(gunichar2));

/* ODBC takes small numbers as pointers. */
#define AS_POINTER(n) ((SQLPOINTER)(SQLLEN)(n))

/* ---- drivers with ways of their own ---------------------------------------------------------- */

/* Without the attributes these two hold the whole answer in memory; and not every driver keeps
 * SQL_MODE_READ_ONLY. SQLite gives rows one by one only where no transaction is open, and takes
 * queries in UTF-8, which unixODBC would convert from UTF-16 for the characters of UCS-2 only. */
typedef struct SqlDriver {
    const char *in_connection, *in_name; /* what it is recognised by, in lower case */
    struct {
        const char *key, *value;
    } attributes[2];
    gboolean autocommit, utf8;
    const char *read_only;
} Driver;

static const Driver DRIVERS[] = {
    {"postgres",
     "psqlodbc",
     {{"UseDeclareFetch", "1"}, {"Fetch", "10000"}},
     FALSE,
     FALSE,
     "SET TRANSACTION READ ONLY"},
    {"psqlodbc",
     "psqlodbc",
     {{"UseDeclareFetch", "1"}, {"Fetch", "10000"}},
     FALSE,
     FALSE,
     "SET TRANSACTION READ ONLY"},
    {"sqlite", "sqlite", {{"StepAPI", "1"}, {"NoCreat", "1"}}, TRUE, TRUE, "PRAGMA query_only = 1"},
};

/* By the text of the connection, or by the name that the driver gives itself. */
static const Driver *driver_of(const char *text, gboolean is_name)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    const char *driver = is_name ? lower : strstr(lower, "driver");
    for (guint i = 0; driver && i < G_N_ELEMENTS(DRIVERS); i++)
        if (strstr(driver, is_name ? DRIVERS[i].in_name : DRIVERS[i].in_connection))
            return &DRIVERS[i];
    return NULL;
}

static gboolean add_attributes(SqlConnection *c, const Driver *driver)
{
    gboolean added = FALSE;
    for (guint i = 0; driver && i < G_N_ELEMENTS(driver->attributes); i++)
        added = sql_connection_default(c, driver->attributes[i].key, driver->attributes[i].value) ||
                added;
    return added;
}

/* ---- messages -------------------------------------------------------------------------------- */

gboolean sql_append_utf8(GString *out, const SQLWCHAR *text, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gunichar c = text[i];
        if (c < 0x80) {
            if (c == 0)
                return FALSE;
            g_string_append_c(out, (char)c);
            continue;
        }
        if (c >= 0xD800 && c < 0xE000) {
            if (c >= 0xDC00 || i + 1 == n || text[i + 1] < 0xDC00 || text[i + 1] >= 0xE000)
                return FALSE;
            c = 0x10000 + ((c - 0xD800) << 10) + (gunichar)(text[++i] - 0xDC00);
        }
        g_string_append_unichar(out, c);
    }
    return TRUE;
}

static SQLHANDLE handle_of(const SqlLink *l, SQLSMALLINT type)
{
    return type == SQL_HANDLE_ENV ? l->env : type == SQL_HANDLE_DBC ? l->dbc : l->statement;
}

/* What the driver says, in one line; newly allocated. */
static char *driver_says(const SqlLink *l, SQLSMALLINT type)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (SQLSMALLINT i = 1; i <= MOST_RECORDS; i++) {
        SQLWCHAR state[6] = {0}, text[1024];
        SQLSMALLINT n = 0;
        SQLINTEGER native;
        if (!SQL_SUCCEEDED(SQLGetDiagRecW(type, handle_of(l, type), i, state, &native, text,
                                          G_N_ELEMENTS(text), &n)))
            break;
        g_string_append(all, all->len ? "; [" : "[");
        sql_append_utf8(all, state, 5);
        g_string_append(all, "] ");
        sql_append_utf8(all, text, (gsize)CLAMP(n, 0, (int)G_N_ELEMENTS(text) - 1));
    }
    if (all->len == 0)
        g_string_append(all, "the driver gives no reason");
    g_autofree char *line = text_squeeze(all->str);
    return sql_connection_redact(&l->connection, line);
}

gboolean sql_link_fail(const SqlLink *l, SQLSMALLINT type, const char *what, GError **error)
{
    g_autofree char *said = driver_says(l, type);
    const gboolean no_driver = strstr(said, "[IM00") || strstr(said, "Can't open lib");
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s%s", what, said,
                no_driver ? " (a driver or data source that is installed; 'odbcinst -q -d' and "
                            "'odbcinst -q -s' list them)"
                          : "");
    return FALSE;
}

/* ---- connecting ------------------------------------------------------------------------------ */

static void disconnect(SqlLink *l)
{
    if (l->connected)
        SQLDisconnect(l->dbc);
    if (l->dbc)
        SQLFreeHandle(SQL_HANDLE_DBC, l->dbc);
    l->connected = FALSE;
    l->dbc = NULL;
}

static gboolean connect_once(SqlLink *l, GError **error)
{
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, l->env, &l->dbc)))
        return sql_link_fail(l, SQL_HANDLE_ENV, "ODBC cannot be used", error);
    /* Wishes: where a driver does not know them, the transaction is rolled back all the same. */
    SQLSetConnectAttr(l->dbc, SQL_ATTR_LOGIN_TIMEOUT, AS_POINTER(LOGIN_SECONDS), 0);
    SQLSetConnectAttr(l->dbc, SQL_ATTR_ACCESS_MODE, AS_POINTER(SQL_MODE_READ_ONLY), 0);
    glong n = 0;
    g_autofree gunichar2 *text = g_utf8_to_utf16(l->connection.text->str, -1, NULL, &n, NULL);
    if (!text || n >= G_MAXINT16) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the connection is not usable: %ld characters (text in UTF-8 of at most 32,766 "
                    "characters)",
                    n);
        return FALSE;
    }
    const SQLRETURN r =
        SQLDriverConnectW(l->dbc, NULL, text, (SQLSMALLINT)n, NULL, 0, NULL, SQL_DRIVER_NOPROMPT);
    l->connected = SQL_SUCCEEDED(r);
    return l->connected ||
           sql_link_fail(l, SQL_HANDLE_DBC, "the database cannot be reached", error);
}

static const Driver *driver_at_work(const SqlLink *l)
{
    char name[128] = "";
    SQLSMALLINT n;
    SQLGetInfo(l->dbc, SQL_DRIVER_NAME, name, sizeof name, &n);
    return driver_of(name, TRUE);
}

static gboolean only_read(SqlLink *l, const Driver *driver, GError **error)
{
    const SQLPOINTER commit =
        AS_POINTER(driver && driver->autocommit ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF);
    SQLSetConnectAttr(l->dbc, SQL_ATTR_AUTOCOMMIT, commit, 0);
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, l->dbc, &l->statement)))
        return sql_link_fail(l, SQL_HANDLE_DBC, "the database gives no statement", error);
    if (!driver)
        return TRUE;
    g_autofree gunichar2 *text = g_utf8_to_utf16(driver->read_only, -1, NULL, NULL, NULL);
    if (!SQL_SUCCEEDED(SQLExecDirectW(l->statement, text, SQL_NTS)))
        return sql_link_fail(l, SQL_HANDLE_STMT, "the database cannot be set to reading only",
                             error);
    SQLFreeStmt(l->statement, SQL_CLOSE);
    return TRUE;
}

gboolean sql_link_open(SqlLink *l, const SqlQuery *q, GError **error)
{
    *l = (SqlLink){0};
    if (!sql_connection_expand(q->connection, &l->connection, error))
        return FALSE;
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &l->env)) ||
        !SQL_SUCCEEDED(SQLSetEnvAttr(l->env, SQL_ATTR_ODBC_VERSION, AS_POINTER(SQL_OV_ODBC3), 0))) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "ODBC cannot be used: no memory");
        return FALSE;
    }
    add_attributes(&l->connection, driver_of(l->connection.text->str, FALSE));
    if (!connect_once(l, error))
        return FALSE;
    const Driver *driver = driver_at_work(l);
    if (add_attributes(&l->connection, driver)) { /* a data source has only now told its driver */
        disconnect(l);
        if (!connect_once(l, error))
            return FALSE;
    }
    l->driver = driver;
    return only_read(l, driver, error);
}

void sql_link_clear(SqlLink *l)
{
    if (l->statement)
        SQLFreeHandle(SQL_HANDLE_STMT, l->statement);
    if (l->connected)
        SQLEndTran(SQL_HANDLE_DBC, l->dbc, SQL_ROLLBACK);
    disconnect(l);
    if (l->env)
        SQLFreeHandle(SQL_HANDLE_ENV, l->env);
    if (l->values)
        g_array_unref(l->values);
    sql_connection_clear(&l->connection);
    *l = (SqlLink){0};
}

/* ---- parameters ------------------------------------------------------------------------------ */

typedef struct {
    gunichar2 *text;
    double number;
    gint64 whole;
    SQL_DATE_STRUCT date;
    SQLLEN n;
} Value;

static void value_clear(gpointer data)
{
    g_free(((Value *)data)->text);
}

static SQLRETURN bind_text(SQLHSTMT s, SQLUSMALLINT at, const char *text, Value *v)
{
    glong n = 0;
    v->text = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    v->n = n * (SQLLEN)sizeof *v->text;
    return SQLBindParameter(s, at, SQL_PARAM_INPUT, SQL_C_WCHAR, SQL_WVARCHAR, (SQLULEN)MAX(n, 1),
                            0, v->text, v->n, &v->n);
}

static SQLRETURN bind_number(SQLHSTMT s, SQLUSMALLINT at, const char *text, Value *v)
{
    if (g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &v->whole, NULL))
        return SQLBindParameter(s, at, SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT, 19, 0, &v->whole,
                                sizeof v->whole, &v->n);
    number_parse(text, FALSE, &v->number);
    return SQLBindParameter(s, at, SQL_PARAM_INPUT, SQL_C_DOUBLE, SQL_DOUBLE, 17, 0, &v->number,
                            sizeof v->number, &v->n);
}

static SQLRETURN bind_date(SQLHSTMT s, SQLUSMALLINT at, const char *text, Value *v)
{
    int year = 1, month = 1, day = 1;
    sscanf(text, "%4d-%2d-%2d", &year, &month, &day);
    v->date = (SQL_DATE_STRUCT){(SQLSMALLINT)year, (SQLUSMALLINT)month, (SQLUSMALLINT)day};
    v->n = sizeof v->date;
    return SQLBindParameter(s, at, SQL_PARAM_INPUT, SQL_C_TYPE_DATE, SQL_TYPE_DATE, 10, 0, &v->date,
                            sizeof v->date, &v->n);
}

static gboolean bind_parameters(SqlLink *l, const SqlQuery *q, GError **error)
{
    static SQLRETURN (*const BIND[])(SQLHSTMT, SQLUSMALLINT, const char *, Value *) = {
        [QUERY_TEXT] = bind_text, [QUERY_NUMBER] = bind_number, [QUERY_DATE] = bind_date};
    SQLSMALLINT wanted = 0;
    if (SQL_SUCCEEDED(SQLNumParams(l->statement, &wanted)) && wanted >= 0 &&
        (guint)wanted != q->n_parameters) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the query has %d of the sign ?, and its parameters are %u (one for each)",
                    wanted, q->n_parameters);
        return FALSE;
    }
    /* The driver keeps the addresses: the array must not grow any more. */
    l->values = g_array_new(FALSE, TRUE, sizeof(Value));
    g_array_set_clear_func(l->values, value_clear);
    g_array_set_size(l->values, q->n_parameters);
    for (guint i = 0; i < q->n_parameters; i++) {
        const QueryParameter *p = &q->parameters[i];
        Value *v = &g_array_index(l->values, Value, i);
        if (!SQL_SUCCEEDED(BIND[p->kind](l->statement, (SQLUSMALLINT)(i + 1), p->value, v)))
            return sql_link_fail(l, SQL_HANDLE_STMT, "a parameter is refused", error);
    }
    return TRUE;
}

/* ---- the query ------------------------------------------------------------------------------- */

gboolean sql_link_prepare(SqlLink *l, const SqlQuery *q, GError **error)
{
    g_autofree gunichar2 *text = g_utf8_to_utf16(q->text, -1, NULL, NULL, NULL);
    const gboolean utf8 = l->driver && l->driver->utf8;
    SQLSetStmtAttr(l->statement, SQL_ATTR_QUERY_TIMEOUT, AS_POINTER(q->timeout), 0);
    if (!text || !SQL_SUCCEEDED(utf8 ? SQLPrepare(l->statement, (SQLCHAR *)q->text, SQL_NTS)
                                     : SQLPrepareW(l->statement, text, SQL_NTS)))
        return sql_link_fail(l, SQL_HANDLE_STMT, "the query is refused", error);
    return bind_parameters(l, q, error);
}

gboolean sql_link_execute(SqlLink *l, GError **error)
{
    if (!SQL_SUCCEEDED(SQLExecute(l->statement)))
        return sql_link_fail(l, SQL_HANDLE_STMT, "the query failed", error);
    return TRUE;
}
