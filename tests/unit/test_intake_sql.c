#include "support.h"

#include "../../src/intake/sql.h"
#include "../../src/intake/sql_connection.h"
#include "peerline/base/text.h"

/* ---- connection strings ------------------------------------------------------------------------
 */

static char *expanded(const char *declared)
{
    g_auto(SqlConnection) c = {0};
    g_autoptr(GError) error = NULL;
    if (!sql_connection_expand(declared, &c, &error))
        return g_strdup(error->message);
    return g_strdup(c.text->str);
}

static void assert_expanded(const char *declared, const char *value, const char *expected)
{
    g_setenv("PEERLINE_TEST_VALUE", value, TRUE);
    g_autofree char *found = expanded(declared);
    assert_string_equal(found, expected);
}

static void variables_are_put_in(void **state)
{
    (void)state;
    assert_expanded("Server=${PEERLINE_TEST_VALUE};Uid=$x{", "db", "Server=db;Uid=$x{");
    assert_expanded("Server=${PEERLINE_TEST_VALUE}.example.org", "db", "Server=db.example.org");
    assert_expanded("${PEERLINE_TEST_VALUE}", "DSN=a;Pwd={b}", "DSN=a;Pwd={b}");
    assert_expanded(" ${PEERLINE_TEST_VALUE}\n", "DSN=a", "DSN=a");
}

/* Nothing that a variable holds may become an attribute of its own. */
static void a_whole_value_is_braced_where_it_needs_that(void **state)
{
    (void)state;
    assert_expanded("Pwd=${PEERLINE_TEST_VALUE}", "a;Server=evil", "Pwd={a;Server=evil}");
    assert_expanded("Pwd = ${PEERLINE_TEST_VALUE} ;Uid=x", "a}b", "Pwd = {a}}b} ;Uid=x");
    assert_expanded("Pwd=${PEERLINE_TEST_VALUE}", "", "Pwd=");
}

static void a_part_of_a_value_cannot_end_it(void **state)
{
    (void)state;
    g_setenv("PEERLINE_TEST_VALUE", "a;Server=evil", TRUE);
    g_autofree char *part = expanded("Pwd=x${PEERLINE_TEST_VALUE}");
    support_assert_contains(part, "PEERLINE_TEST_VALUE cannot be a part of a value");
    assert_null(strstr(part, "evil"));
}

static void a_variable_that_is_not_set_is_named(void **state)
{
    (void)state;
    g_unsetenv("PEERLINE_TEST_NONE");
    g_autofree char *found = expanded("DSN=x;Pwd=${PEERLINE_TEST_NONE}");
    support_assert_contains(found, "not set: PEERLINE_TEST_NONE");
}

static void defaults_do_not_overrule_what_is_given(void **state)
{
    (void)state;
    static const struct {
        const char *declared, *expected;
    } CASES[] = {{"DSN=x", "DSN=x;Fetch=9"},
                 {"DSN=x;", "DSN=x;Fetch=9"},
                 {"DSN=x; fetch = 5", "DSN=x; fetch = 5"},
                 {"Pwd={;Fetch=1}", "Pwd={;Fetch=1};Fetch=9"},
                 {"Pwd={a}};Fetch=1};x=1", "Pwd={a}};Fetch=1};x=1;Fetch=9"},
                 {"Fetch2=1", "Fetch2=1;Fetch=9"}};
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_auto(SqlConnection) c = {0};
        assert_true(sql_connection_expand(CASES[i].declared, &c, NULL));
        const gboolean added = sql_connection_default(&c, "Fetch", "9");
        assert_string_equal(c.text->str, CASES[i].expected);
        assert_int_equal(added, strcmp(CASES[i].declared, CASES[i].expected) != 0);
    }
}

static void messages_do_not_tell_what_variables_hold(void **state)
{
    (void)state;
    g_setenv("PEERLINE_TEST_VALUE", "s3cret", TRUE);
    g_setenv("PEERLINE_TEST_SHORT", "db", TRUE);
    g_auto(SqlConnection) c = {0};
    assert_true(sql_connection_expand("Pwd=${PEERLINE_TEST_VALUE};Server=${PEERLINE_TEST_SHORT}",
                                      &c, NULL));
    g_autofree char *said = sql_connection_redact(&c, "[db] xs3cretx for dbase s3cret");
    assert_string_equal(said, "[${PEERLINE_TEST_SHORT}] x${PEERLINE_TEST_VALUE}x for dbase "
                              "${PEERLINE_TEST_VALUE}");
}

/* ---- answers of SQLite --------------------------------------------------------------------------
 */

typedef struct {
    char *dir, *cache, *connection;
} World;

/* Where Debian puts the driver; the test is skipped where it is not. */
static char *sqlite_driver(void)
{
    static const char *const PLACES[] = {"/usr/lib/x86_64-linux-gnu/odbc",
                                         "/usr/lib/aarch64-linux-gnu/odbc", "/usr/lib/odbc",
                                         "/usr/lib64", "/usr/lib"};
    for (guint i = 0; i < G_N_ELEMENTS(PLACES); i++) {
        char *path = g_build_filename(PLACES[i], "libsqlite3odbc.so", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return path;
        g_free(path);
    }
    return NULL;
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    g_autofree char *driver = sqlite_driver();
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    if (driver)
        w->connection = g_strdup_printf("Driver=%s;Database=%s/a.db;NoCreat=0", driver, w->dir);
    g_setenv("SOURCE_DATE_EPOCH", "1508929200", TRUE); /* 2017-10-25 */
    *state = w;
    return w->dir ? 0 : -1;
}

static int teardown(void **state)
{
    World *w = *state;
    support_remove_tree(w->dir);
    g_free(w->dir);
    g_free(w->cache);
    g_free(w->connection);
    g_free(w);
    return 0;
}

static SqlQuery query(const World *w, const char *text)
{
    if (!w->connection)
        skip();
    return (SqlQuery){
        .connection = w->connection, .text = (char *)text, .timeout = 60, .most_rows = 1000000};
}

static FetchResult ask_with(const World *w, const SqlQuery *q, FetchOptions options)
{
    const FetchRequest request = {.id = "rows", .sql = q, .file = "rows.csv"};
    options.cache_dir = w->cache;
    FetchResult result = {0};
    result.fetched = fetch_source(&request, &options, &result.error);
    return result;
}

static void result_clear(FetchResult *r)
{
    fetched_free(r->fetched);
    g_clear_error(&r->error);
}

/* The text of the answer. */
static char *answer(const World *w, const char *text)
{
    const SqlQuery q = query(w, text);
    FetchResult r = ask_with(w, &q, (FetchOptions){0});
    char *csv = NULL;
    if (r.error)
        csv = g_strdup(r.error->message);
    else
        assert_true(g_file_get_contents(r.fetched->path, &csv, NULL, NULL));
    result_clear(&r);
    return csv;
}

/* Rows from 1 to n, the text of each by an expression of i. */
static char *counting(guint n, const char *expression)
{
    return g_strdup_printf("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i "
                           "< %u) SELECT i, %s AS x FROM r",
                           n, expression);
}

/* Rows come a thousand at once. */
static void every_row_around_the_size_of_a_block(void **state)
{
    static const guint NUMBERS[] = {1, 999, 1000, 1001, 2000, 2001};
    for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
        g_autofree char *text = counting(NUMBERS[i], "'x' || i");
        g_autofree char *csv = answer(*state, text);
        g_autoptr(GString) expected = g_string_new("i,x\n");
        for (guint k = 1; k <= NUMBERS[i]; k++)
            g_string_append_printf(expected, "%u,x%u\n", k, k);
        assert_string_equal(csv, expected->str);
    }
}

/* The statement is executed again then; no row may be there twice. */
static void a_long_text_after_many_rows(void **state)
{
    g_autofree char *text =
        counting(2500, "CASE i WHEN 2300 THEN replace(hex(zeroblob(3000)), '00', 'yz') "
                       "WHEN 2400 THEN replace(hex(zeroblob(50000)), '00', 'z') ELSE '' END");
    g_autofree char *csv = answer(*state, text);
    g_autoptr(GString) expected = g_string_new("i,x\n");
    for (guint k = 1; k <= 2500; k++) {
        g_string_append_printf(expected, "%u,", k);
        for (guint m = 0; m < (k == 2300 ? 3000 : k == 2400 ? 50000 : 0); m++)
            g_string_append(expected, k == 2300 ? "yz" : "z");
        g_string_append_c(expected, '\n');
    }
    assert_string_equal(csv, expected->str);
}

static void a_text_that_no_cell_should_have(void **state)
{
    g_autofree char *said = answer(*state, "SELECT hex(zeroblob(600000)) AS long");
    support_assert_contains(said, "column long: a text of 1200000 characters (at most 1048576");
}

static void cells_as_csv(void **state)
{
    g_autofree char *csv = answer(
        *state, "SELECT NULL AS \"a b\", '' AS b, 'c,d' AS \"x,y\", 'say \"e\"' AS d, 'f\ng' AS e, "
                "'Ynys M\xC3\xB4n \xF0\x9F\x98\x80' AS f, 1.5 AS g, 12345678901234 AS h");
    assert_string_equal(csv, "a b,b,\"x,y\",d,e,f,g,h\n"
                             ",,\"c,d\",\"say \"\"e\"\"\",\"f\ng\","
                             "Ynys M\xC3\xB4n \xF0\x9F\x98\x80,1.5,12345678901234\n");
}

/* ---- the copy that is kept ----------------------------------------------------------------------
 */

static void the_origin_is_told(void **state)
{
    const SqlQuery q = query(*state, "SELECT 1 AS a");
    FetchResult first = ask_with(*state, &q, (FetchOptions){0});
    assert_null(first.error);
    assert_string_equal(first.fetched->origin, "database");
    assert_null(first.fetched->url);
    assert_string_equal(first.fetched->retrieved, "2017-10-25");
    assert_int_equal(first.fetched->bytes, 4);
    g_autofree char *sum = text_sha256("a\n1\n", 4);
    assert_string_equal(first.fetched->sha256, sum);
    assert_false(first.fetched->unchanged);
    FetchResult again = ask_with(*state, &q, (FetchOptions){0});
    assert_true(again.fetched->unchanged);
    FetchResult kept = ask_with(*state, &q, (FetchOptions){.offline = TRUE});
    assert_string_equal(kept.fetched->origin, "cache");
    result_clear(&first);
    result_clear(&again);
    result_clear(&kept);
}

static void parameters_belong_to_the_identity(void **state)
{
    (void)state;
    QueryParameter text = {.kind = QUERY_TEXT, .value = (char *)"1"};
    QueryParameter number = {.kind = QUERY_NUMBER, .value = (char *)"1"};
    SqlQuery q = {.connection = (char *)"DSN=a", .text = (char *)"b", .n_parameters = 1};
    q.parameters = &text;
    g_autofree char *of_text = sql_identity(&q);
    q.parameters = &number;
    g_autofree char *of_number = sql_identity(&q);
    q.n_parameters = 0;
    g_autofree char *of_none = sql_identity(&q);
    q.connection = (char *)"DSN=ab";
    q.text = (char *)"";
    g_autofree char *of_other = sql_identity(&q);
    assert_string_not_equal(of_text, of_number);
    assert_string_not_equal(of_text, of_none);
    assert_string_not_equal(of_none, of_other);
}

static void parameters_of_every_kind(void **state)
{
    QueryParameter parameters[] = {{.kind = QUERY_TEXT, .value = (char *)"O'Brien; --"},
                                   {.kind = QUERY_NUMBER, .value = (char *)"12345678901"},
                                   {.kind = QUERY_NUMBER, .value = (char *)"0.5"},
                                   {.kind = QUERY_DATE, .value = (char *)"2016-04-01"},
                                   {.kind = QUERY_TEXT, .value = (char *)""}};
    SqlQuery q = query(*state, "SELECT ? AS a, ? + 1 AS b, ? * 3 AS c, ? AS d, length(?) AS e");
    q.parameters = parameters;
    q.n_parameters = G_N_ELEMENTS(parameters);
    FetchResult r = ask_with(*state, &q, (FetchOptions){0});
    g_autofree char *csv = NULL;
    if (r.error)
        fail_msg("%s", r.error->message);
    assert_true(g_file_get_contents(r.fetched->path, &csv, NULL, NULL));
    assert_string_equal(csv, "a,b,c,d,e\nO'Brien; --,12345678902,1.5,2016-04-01,0\n");
    result_clear(&r);
}

/* The same question without and with an answer: the table tells which. */
static void an_empty_answer_leaves_the_last_good_one(void **state)
{
    const World *w = *state;
    const SqlQuery q = query(w, "SELECT name FROM sqlite_master WHERE name = 'one'");
    g_autofree char *path = g_build_filename(w->dir, "a.db", NULL);
    FetchResult nothing = ask_with(w, &q, (FetchOptions){0});
    support_assert_contains(nothing.error->message, "source 'rows': the answer has no rows");
    /* A database file with one table, made by SQLite itself. */
    const char *argv[] = {"sqlite3", path, "CREATE TABLE one (a);", NULL};
    int status = -1;
    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                      &status, NULL) ||
        status != 0)
        skip();
    FetchResult one = ask_with(w, &q, (FetchOptions){0});
    assert_null(one.error);
    argv[2] = "DROP TABLE one;";
    assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                             &status, NULL));
    FetchResult kept = ask_with(w, &q, (FetchOptions){0});
    assert_null(kept.error);
    assert_string_equal(kept.fetched->sha256, one.fetched->sha256);
    assert_string_equal(kept.fetched->note,
                        "could not be refreshed: the copy first seen on 2017-10-25 was used");
    result_clear(&nothing);
    result_clear(&one);
    result_clear(&kept);
}

static void an_answer_of_too_many_bytes(void **state)
{
    g_autofree char *text = counting(100000, "'xxxxxxxxxx'");
    const SqlQuery q = query(*state, text);
    FetchResult r = ask_with(*state, &q, (FetchOptions){.max_bytes = 200000});
    assert_null(r.fetched);
    support_assert_contains(r.error->message, "the answer is too long: more than 200000 bytes");
    result_clear(&r);
    g_autoptr(GDir) dir = g_dir_open(((World *)*state)->cache, 0, NULL);
    assert_null(g_dir_read_name(dir)); /* nothing is left of it */
}

/* SQLite's driver knows no time limit of its own. */
static void assert_ended_in_time(const World *w, const char *text)
{
    SqlQuery q = query(w, text);
    q.timeout = 1;
    const gint64 began = g_get_monotonic_time();
    FetchResult r = ask_with(w, &q, (FetchOptions){0});
    assert_null(r.fetched);
    support_assert_contains(r.error->message,
                            "the query and its answer took too long: more than 1 seconds");
    assert_true(g_get_monotonic_time() - began < 20 * G_USEC_PER_SEC);
    result_clear(&r);
}

static void a_query_without_end_is_ended(void **state)
{
    assert_ended_in_time(*state, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
                                 "SELECT max(i) AS i FROM r");
}

static void an_answer_whose_rows_stop_coming_is_ended(void **state)
{
    assert_ended_in_time(*state, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
                                 "SELECT i FROM r WHERE i < 3000");
}

#define OF_SQLITE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_put_in),
        cmocka_unit_test(a_whole_value_is_braced_where_it_needs_that),
        cmocka_unit_test(a_part_of_a_value_cannot_end_it),
        cmocka_unit_test(a_variable_that_is_not_set_is_named),
        cmocka_unit_test(defaults_do_not_overrule_what_is_given),
        cmocka_unit_test(messages_do_not_tell_what_variables_hold),
        OF_SQLITE(every_row_around_the_size_of_a_block),
        OF_SQLITE(a_long_text_after_many_rows),
        OF_SQLITE(a_text_that_no_cell_should_have),
        OF_SQLITE(cells_as_csv),
        OF_SQLITE(the_origin_is_told),
        cmocka_unit_test(parameters_belong_to_the_identity),
        OF_SQLITE(parameters_of_every_kind),
        OF_SQLITE(an_empty_answer_leaves_the_last_good_one),
        OF_SQLITE(an_answer_of_too_many_bytes),
        OF_SQLITE(a_query_without_end_is_ended),
        OF_SQLITE(an_answer_whose_rows_stop_coming_is_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
