#include "study_tables.h"

#include <string.h>

#include "peerline/base/number.h"

/* A source that is the answer of a database: sql: {connection, query, parameters, …}. */

/* ---- parameters ------------------------------------------------------------------------------ */

static const YamlChoice PERIOD_PARTS[] = {
    {"from", QUERY_PERIOD_FROM},           {"to", QUERY_PERIOD_TO},
    {"first_day", QUERY_PERIOD_FIRST_DAY}, {"last_day", QUERY_PERIOD_LAST_DAY},
    {"day_after", QUERY_PERIOD_DAY_AFTER}, {"first_year", QUERY_PERIOD_FIRST_YEAR},
    {"last_year", QUERY_PERIOD_LAST_YEAR}, {NULL, 0},
};

static const YamlField PARAMETER_FIELDS[] = {
    {"text", STRING(QueryParameter, value)},
    {"number", STRING(QueryParameter, value)},
    {"date", DATE(QueryParameter, value)},
    {"period", CHOICE(QueryParameter, part, PERIOD_PARTS)},
    END_OF_FIELDS,
};

static const char ONE_VALUE[] = "a text, or one of {text}, {number}, {date} and {period}";

static void parameter_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    QueryParameter *p = record;
    const YamlNode *number = yaml_get(node, "number");
    double x;
    if (node->n != 1) {
        yaml_fault(m, node, node->n ? "bad-value" : "missing-key",
                   "a parameter with %u values (%s)", node->n, ONE_VALUE);
        return;
    }
    if (number && p->value && !number_parse(p->value, FALSE, &x))
        yaml_fault(m, number, "bad-value", "bad value for number: %s (a number)", p->value);
    p->kind = number ? QUERY_NUMBER : yaml_get(node, "date") ? QUERY_DATE : QUERY_TEXT;
}

static const YamlRecord PARAMETER_RECORD = {.name = "parameter",
                                            .fields = PARAMETER_FIELDS,
                                            WHERE(QueryParameter),
                                            .finish = parameter_finish};

static gboolean set_parameters(YamlMapper *m, const YamlField *field, const YamlNode *node,
                               gpointer member)
{
    QueryParameter *all = store_array(m->store, node->n, sizeof(QueryParameter));
    gboolean ok = TRUE;
    for (guint i = 0; i < node->n; i++) {
        const YamlNode *item = node->items[i];
        if (item->kind == YAML_MAP) {
            ok = yaml_map_record(m, &PARAMETER_RECORD, item, &all[i]) && ok;
        } else if (item->kind == YAML_TEXT && !yaml_is_null(item)) {
            all[i].value = store_text(m->store, item->text);
            all[i].where = yaml_where(item);
        } else {
            yaml_fault(m, item, "wrong-type", "wrong type for a parameter: %s (%s)",
                       yaml_describe(item), ONE_VALUE);
            ok = FALSE;
        }
    }
    *(QueryParameter **)member = all;
    *yaml_count(field, member) = node->n;
    return ok;
}

static const YamlType PARAMETERS = {set_parameters, YAML_LIST, "a list of values"};

/* ---- the connection -------------------------------------------------------------------------- */

/* "${NAME}" is the only thing that a '$' may begin. NULL, or what cannot be read; newly allocated.
 */
static char *bad_placeholder(const char *text)
{
    for (const char *p = strstr(text, "${"); p; p = strstr(p, "${")) {
        const char *name = p + 2;
        const gsize n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
                                     "0123456789");
        if (n == 0 || g_ascii_isdigit(*name) || name[n] != '}')
            return g_strndup(p, n + 3);
        p = name + n;
    }
    return NULL;
}

/* The attribute that holds a password which is written out, or NULL; newly allocated. */
static char *written_password(const char *connection)
{
    static const char *const SECRETS[] = {"pwd", "password", "accesstoken", "token", NULL};
    g_auto(GStrv) attributes = g_strsplit(connection, ";", -1);
    for (guint i = 0; attributes[i]; i++) {
        g_auto(GStrv) pair = g_strsplit(attributes[i], "=", 2);
        g_autofree char *key = pair[0] ? g_ascii_strdown(g_strstrip(pair[0]), -1) : NULL;
        if (key && g_strv_contains(SECRETS, key) && pair[1] && *g_strstrip(pair[1]) &&
            !strstr(pair[1], "${"))
            return g_strdup(pair[0]);
    }
    return NULL;
}

/* What stands there is never repeated: it may be a secret. */
static void check_connection(YamlMapper *m, const YamlNode *at, const char *connection)
{
    g_autofree char *placeholder = bad_placeholder(connection);
    g_autofree char *secret = written_password(connection);
    if (placeholder)
        yaml_fault(m, at, "bad-value",
                   "a placeholder that cannot be read: %s (${NAME}: an environment variable)",
                   placeholder);
    else if (secret)
        yaml_fault(m, at, "bad-value",
                   "a password in a definition, which others will read: %s (%s=${NAME}: an "
                   "environment variable)",
                   secret, secret);
    else if (!strchr(connection, '=') && !strstr(connection, "${"))
        yaml_fault(m, at, "bad-value",
                   "a connection without attributes (DSN=…, or Driver=…;Server=…;Database=…)");
}

/* ---- the whole ------------------------------------------------------------------------------- */

static const YamlRange TIMEOUT = {1, 86400, FALSE, "a whole number of seconds from 1 to 86400"};
static const YamlRange MOST_ROWS = {1, 1000000000, FALSE, "a whole number from 1 to 1000000000"};

static const YamlField QUERY_FIELDS[] = {
    {"connection", STRING(SqlQuery, connection), REQUIRED},
    {"query", STRING(SqlQuery, text)},
    {"query_file", STRING(SqlQuery, file)},
    {"parameters", .type = &PARAMETERS, COUNTED(SqlQuery, parameters, n_parameters)},
    {"timeout", WHOLE(SqlQuery, timeout, TIMEOUT)},
    {"most_rows", WHOLE(SqlQuery, most_rows, MOST_ROWS)},
    END_OF_FIELDS,
};

static void query_init(gpointer record)
{
    SqlQuery *q = record;
    q->timeout = 3600;
    q->most_rows = 10 * 1000 * 1000;
}

static void query_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    SqlQuery *q = record;
    if (!q->text == !q->file)
        yaml_fault(m, node, q->text ? "bad-value" : "missing-key",
                   "sql with %s query and query_file (one of them)", q->text ? "both" : "neither");
    if (q->connection)
        check_connection(m, yaml_get(node, "connection"), q->connection);
}

const YamlRecord QUERY_RECORD = {.name = "sql",
                                 .fields = QUERY_FIELDS,
                                 WHERE(SqlQuery),
                                 .init = query_init,
                                 .finish = query_finish};

/* ---- within a source ------------------------------------------------------------------------- */

void sql_source_finish(YamlMapper *m, const YamlNode *node, Source *s)
{
    static const char *const NOT_OF_SQL[] = {"path",     "url",       "hosts",      "sheet",
                                             "encoding", "delimiter", "header_row", "header_rows",
                                             "header",   "end",       "skip"};
    if (s->has_format && s->format != SOURCE_SQL)
        yaml_fault(m, yaml_get(node, "format"), "bad-value",
                   "bad value for format of a source with sql: %s (sql, or none)",
                   yaml_get(node, "format")->text);
    for (guint i = 0; i < G_N_ELEMENTS(NOT_OF_SQL); i++) {
        const YamlNode *at = yaml_get(node, NOT_OF_SQL[i]);
        if (at)
            yaml_fault(m, at, "bad-value", "%s of a source that is an answer to sql (leave it out)",
                       NOT_OF_SQL[i]);
    }
    if (!s->file && s->id)
        s->file = store_take(m->store, g_strconcat(s->id, ".csv", NULL), g_free);
    /* What the database answers is kept as such a file, and read like any other. */
    s->format = SOURCE_CSV;
}

/* ---- the study's periods -----------------------------------------------------------------------
 */

static char *day_text(gint32 month, int days_more)
{
    GDate date;
    g_date_set_dmy(&date, 1, (GDateMonth)(month % 12 + 1), (GDateYear)(month / 12));
    if (days_more < 0)
        g_date_subtract_days(&date, (guint)-days_more);
    return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
                           g_date_get_day(&date));
}

static char *period_part(const Study *s, QueryPeriodPart part)
{
    const gint32 after = s->to.start + s->to.months;
    switch (part) {
    case QUERY_PERIOD_FROM: return period_label(s->from);
    case QUERY_PERIOD_TO: return period_label(s->to);
    case QUERY_PERIOD_FIRST_DAY: return day_text(s->from.start, 0);
    case QUERY_PERIOD_LAST_DAY: return day_text(after, -1);
    case QUERY_PERIOD_DAY_AFTER: return day_text(after, 0);
    case QUERY_PERIOD_FIRST_YEAR: return g_strdup_printf("%d", s->from.start / 12);
    case QUERY_PERIOD_LAST_YEAR: return g_strdup_printf("%d", (after - 1) / 12);
    case QUERY_PERIOD_NONE: break;
    }
    return NULL;
}

static gboolean is_of_start(QueryPeriodPart part)
{
    return part == QUERY_PERIOD_FROM || part == QUERY_PERIOD_FIRST_DAY ||
           part == QUERY_PERIOD_FIRST_YEAR;
}

static QueryParameterKind kind_of_part(QueryPeriodPart part)
{
    static const QueryParameterKind KINDS[] = {
        [QUERY_PERIOD_FROM] = QUERY_TEXT,       [QUERY_PERIOD_TO] = QUERY_TEXT,
        [QUERY_PERIOD_FIRST_DAY] = QUERY_DATE,  [QUERY_PERIOD_LAST_DAY] = QUERY_DATE,
        [QUERY_PERIOD_DAY_AFTER] = QUERY_DATE,  [QUERY_PERIOD_FIRST_YEAR] = QUERY_NUMBER,
        [QUERY_PERIOD_LAST_YEAR] = QUERY_NUMBER};
    return KINDS[part];
}

void sql_bind_periods(YamlMapper *m, Study *study)
{
    for (guint i = 0; i < study->n_sources; i++) {
        const SqlQuery *q = &study->sources[i].sql;
        for (guint k = 0; k < q->n_parameters; k++) {
            QueryParameter *p = &q->parameters[k];
            if (p->part == QUERY_PERIOD_NONE)
                continue;
            const gboolean of_start = is_of_start(p->part);
            if (of_start ? !study->has_from : !study->has_to) {
                yaml_fault_at(m, p->where, "missing-key",
                              "a parameter that needs the study's periods, which have no %s "
                              "(periods: {from: …, to: …} in the study)",
                              of_start ? "from" : "to");
                continue;
            }
            p->value = store_take(m->store, period_part(study, p->part), g_free);
            p->kind = kind_of_part(p->part);
        }
    }
}
