// LIBS: microhttpd
#include "support.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <utime.h>

#include "peerline/base/text.h"
#include "peerline/intake/fetch.h"

/* ---- a server on 127.0.0.1 within the test ----------------------------------------------------
 */

#define BODY       "a,b\n1,2\n"
#define OTHER_BODY "a,b\n3,4\n"

typedef struct {
    char *dir; /* of the test, the cache in it */
    char *cache;
    struct MHD_Daemon *daemon;
    guint port;
    int requests;   /* atomic */
    int changed;    /* atomic: /data.csv gives OTHER_BODY */
    int busy;       /* atomic: so many requests yet get a 503 */
    char agent[64]; /* User-Agent of the last request */
} World;

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, const char *body,
                              const char *location)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(strlen(body), (void *)body, MHD_RESPMEM_MUST_COPY);
    if (location)
        MHD_add_response_header(r, "Location", location);
    enum MHD_Result ok = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return ok;
}

/* A body that stops after 8 bytes, whatever was promised; without end if nothing was. */
static ssize_t stops_early(void *unused, uint64_t at, char *buf, size_t max)
{
    (void)unused;
    if (at >= 8)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    memset(buf, 'x', MIN(max, 8));
    return (ssize_t)MIN(max, 8);
}

static ssize_t never_stops(void *unused, uint64_t at, char *buf, size_t max)
{
    (void)unused;
    (void)at;
    memset(buf, 'x', max);
    return (ssize_t)max;
}

static enum MHD_Result answer_stream(struct MHD_Connection *c, uint64_t size,
                                     MHD_ContentReaderCallback reader)
{
    struct MHD_Response *r = MHD_create_response_from_callback(size, 4096, reader, NULL, NULL);
    enum MHD_Result ok = MHD_queue_response(c, 200, r);
    MHD_destroy_response(r);
    return ok;
}

static enum MHD_Result handle(void *user, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_n, void **connection_state)
{
    World *w = user;
    (void)method, (void)version, (void)data, (void)data_n, (void)connection_state;
    g_atomic_int_inc(&w->requests);
    const char *agent = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "User-Agent");
    g_strlcpy(w->agent, agent ? agent : "", sizeof w->agent);
    if (strcmp(url, "/data.csv") == 0)
        return answer(c, 200, g_atomic_int_get(&w->changed) ? OTHER_BODY : BODY, NULL);
    if (strcmp(url, "/moved.csv") == 0)
        return answer(c, 302, "moved", "/data.csv");
    if (strcmp(url, "/away.csv") == 0)
        return answer(c, 302, "moved", "https://example.invalid/data.csv");
    if (strcmp(url, "/file.csv") == 0)
        return answer(c, 302, "moved", "file:///etc/passwd");
    if (strcmp(url, "/round.csv") == 0)
        return answer(c, 301, "moved", "/round.csv");
    if (strcmp(url, "/page.csv") == 0)
        return answer(c, 200, "\n<!DOCTYPE html><html>Please log in</html>", NULL);
    if (strcmp(url, "/empty.csv") == 0)
        return answer(c, 200, "", NULL);
    if (strcmp(url, "/cut.csv") == 0)
        return answer_stream(c, 1000, stops_early);
    if (strcmp(url, "/cut-chunked.csv") == 0)
        return answer_stream(c, MHD_SIZE_UNKNOWN, stops_early);
    if (strcmp(url, "/endless.csv") == 0)
        return answer_stream(c, MHD_SIZE_UNKNOWN, never_stops);
    if (strcmp(url, "/busy.csv") == 0)
        return g_atomic_int_add(&w->busy, -1) > 0 ? answer(c, 503, "busy", NULL)
                                                  : answer(c, 200, BODY, NULL);
    return answer(c, 404, "no such file", NULL);
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    w->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, w, MHD_OPTION_SOCK_ADDR,
        &(struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
        MHD_OPTION_END);
    if (!w->dir || !w->daemon)
        return -1;
    w->port = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    g_setenv("SOURCE_DATE_EPOCH", "1508929200", TRUE); /* 2017-10-25 */
    *state = w;
    return 0;
}

static void stop_server(World *w)
{
    g_clear_pointer(&w->daemon, MHD_stop_daemon);
}

static int teardown(void **state)
{
    World *w = *state;
    stop_server(w);
    support_remove_tree(w->dir);
    g_free(w->dir);
    g_free(w->cache);
    g_free(w);
    g_unsetenv("SOURCE_DATE_EPOCH");
    return 0;
}

static char *url_of(const World *w, const char *name)
{
    return g_strdup_printf("http://127.0.0.1:%u/%s", w->port, name);
}

/* Nobody has to wait: time goes on by sleeping alone. */
static gint64 no_now(gpointer at)
{
    return *(gint64 *)at;
}

static void no_sleep(gpointer at, gint64 us)
{
    *(gint64 *)at += us;
}

static char told[512]; /* the last line for stderr */

static void tell(const char *line)
{
    g_strlcpy(told, line, sizeof told);
}

/* Fetches a file of the server, with the options of the test and its cache. */
static Fetched *get(const World *w, const char *name, FetchOptions options, const char *pin,
                    GError **error)
{
    g_autofree char *url = url_of(w, name);
    FetchRequest request = {.id = "s", .url = url, .file = "declared.csv", .sha256 = pin};
    gint64 at = 0;
    const FetchPatience patience = {.now = no_now, .sleep = no_sleep, .user = &at};
    options.cache_dir = w->cache;
    options.patience = &patience;
    options.tell = tell;
    told[0] = '\0';
    return fetch_source(&request, &options, error);
}

static void assert_gets(const World *w, const char *name, FetchOptions options, const char *origin,
                        const char *body)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get(w, name, options, NULL, &error);
    if (!f)
        fail_msg("%s", error->message);
    g_autofree char *found = NULL;
    assert_true(g_file_get_contents(f->path, &found, NULL, NULL));
    assert_string_equal(found, body);
    assert_string_equal(f->origin, origin);
    g_autofree char *sha256 = text_sha256(body, strlen(body));
    assert_string_equal(f->sha256, sha256);
    assert_int_equal(f->bytes, strlen(body));
    assert_null(f->note);
}

/* Nothing but finished files may be left in the cache. */
static guint cached_files(const World *w, gboolean *unfinished)
{
    guint n = 0;
    *unfinished = FALSE;
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        n++;
        *unfinished = *unfinished || name[0] == '.';
    }
    return n;
}

static void assert_refused(const World *w, const char *name, FetchOptions options, const char *why)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get(w, name, options, NULL, &error);
    assert_null(f);
    support_assert_contains(error->message, why);
    assert_true(g_str_has_prefix(error->message, "source 's': "));
    gboolean unfinished;
    assert_int_equal(cached_files(w, &unfinished), 0);
}

/* ---- the network ---------------------------------------------------------------------------- */

static void test_gets_a_file_and_then_its_copy(void **state)
{
    World *w = *state;
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
    assert_true(g_str_has_prefix(w->agent, "peerline/"));
    assert_gets(w, "data.csv", (FetchOptions){.reuse = TRUE}, "cache", BODY);
    assert_gets(w, "data.csv", (FetchOptions){.offline = TRUE}, "cache", BODY);
    assert_int_equal(g_atomic_int_get(&w->requests), 1);
    gboolean unfinished;
    assert_int_equal(cached_files(w, &unfinished), 2);
    assert_false(unfinished);
}

static void test_refuses_what_is_not_the_file(void **state)
{
    World *w = *state;
    assert_refused(w, "none.csv", (FetchOptions){0}, "status 404");
    assert_refused(w, "page.csv", (FetchOptions){0}, "HTML page");
    assert_refused(w, "empty.csv", (FetchOptions){0}, "empty");
    assert_refused(w, "cut.csv", (FetchOptions){0}, "could not be fetched");
    assert_refused(w, "cut-chunked.csv", (FetchOptions){0}, "could not be fetched");
}

static void test_refuses_what_is_too_large(void **state)
{
    World *w = *state;
    assert_refused(w, "endless.csv", (FetchOptions){.max_bytes = 100000}, "too large");
    assert_refused(w, "data.csv", (FetchOptions){.max_bytes = 7}, "too large");
    assert_gets(w, "data.csv", (FetchOptions){.max_bytes = 8}, "network", BODY);
}

static void test_redirects_stay_on_the_host(void **state)
{
    World *w = *state;
    assert_refused(w, "away.csv", (FetchOptions){0}, "another host");
    assert_refused(w, "file.csv", (FetchOptions){0}, "not allowed");
    assert_refused(w, "round.csv", (FetchOptions){0}, "more than 5 times");
    assert_gets(w, "moved.csv", (FetchOptions){0}, "network", BODY);
}

static void test_a_passing_fault_is_tried_again(void **state)
{
    World *w = *state;
    g_atomic_int_set(&w->busy, 1);
    assert_gets(w, "busy.csv", (FetchOptions){0}, "network", BODY);
    assert_int_equal(g_atomic_int_get(&w->requests), 2);
}

static void test_offline_without_a_copy(void **state)
{
    World *w = *state;
    assert_refused(w, "data.csv", (FetchOptions){.offline = TRUE}, "not in the cache");
    assert_int_equal(g_atomic_int_get(&w->requests), 0);
}

static void test_network_down(void **state)
{
    World *w = *state;
    stop_server(w);
    assert_refused(w, "data.csv", (FetchOptions){0}, "could not be fetched");
}

/* ---- the cache ------------------------------------------------------------------------------- */

static void assert_retrieved(const World *w, FetchOptions options, const char *day)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get(w, "data.csv", options, NULL, &error);
    if (!f)
        fail_msg("%s", error->message);
    assert_string_equal(f->retrieved, day);
}

/* The day belongs to the bytes: fetching the same again does not change it. */
static void test_the_day_is_when_these_bytes_were_first_seen(void **state)
{
    World *w = *state;
    FetchOptions refresh = {.refresh = TRUE};
    assert_retrieved(w, refresh, "2017-10-25");
    g_setenv("SOURCE_DATE_EPOCH", "1600000000", TRUE); /* 2020-09-13 */
    assert_retrieved(w, refresh, "2017-10-25");
    g_atomic_int_set(&w->changed, 1);
    assert_retrieved(w, refresh, "2020-09-13");
    assert_gets(w, "data.csv", (FetchOptions){.reuse = TRUE}, "cache", OTHER_BODY);
    g_setenv("SOURCE_DATE_EPOCH", "1700000000", TRUE);
    g_atomic_int_set(&w->changed, 0);
    assert_retrieved(w, refresh, "2017-10-25");
    assert_int_equal(g_atomic_int_get(&w->requests), 4);
}

static void test_the_last_good_copy_serves_when_the_network_fails(void **state)
{
    World *w = *state;
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
    stop_server(w);
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get(w, "data.csv", (FetchOptions){.refresh = TRUE}, NULL, &error);
    assert_non_null(f);
    assert_string_equal(f->origin, "cache");
    /* The note may be published: nothing in it depends on the day or the network. */
    assert_string_equal(f->note,
                        "could not be refreshed: the copy first seen on 2017-10-25 was used");
    support_assert_contains(told, "could not be fetched");
    support_assert_contains(told, "first seen on 2017-10-25 (0 days ago)");
    g_setenv("SOURCE_DATE_EPOCH", "1509015600", TRUE); /* 2017-10-26 */
    fetched_free(get(w, "data.csv", (FetchOptions){0}, NULL, NULL));
    support_assert_contains(told, "first seen on 2017-10-25 (1 day ago)");
    g_setenv("SOURCE_DATE_EPOCH", "1511607600", TRUE); /* 2017-11-25 */
    fetched_free(get(w, "data.csv", (FetchOptions){0}, NULL, NULL));
    support_assert_contains(told, "first seen on 2017-10-25 (31 days ago)");
    support_assert_contains(told, "last checked on 2017-10-25 (31 days ago)");
}

static void test_a_damaged_copy_is_no_copy(void **state)
{
    World *w = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get(w, "data.csv", (FetchOptions){0}, NULL, &error);
    assert_non_null(f);
    assert_true(g_file_set_contents(f->path, "a,b\n9,9\n", -1, NULL));
    assert_null(get(w, "data.csv", (FetchOptions){.offline = TRUE}, NULL, NULL));
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
}

static void test_a_damaged_record_is_no_record(void **state)
{
    World *w = *state;
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(w->cache, name, NULL);
        if (g_str_has_suffix(name, ".json"))
            assert_true(g_file_set_contents(path, "{\"url\": 5", -1, NULL));
    }
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
}

static void test_the_cache_directory_may_come_from_the_environment(void **state)
{
    World *w = *state;
    g_autofree char *url = url_of(w, "data.csv");
    g_autofree char *dir = g_build_filename(w->dir, "by", "environment", NULL);
    FetchRequest request = {.id = "s", .url = url};
    g_setenv("PEERLINE_CACHE", dir, TRUE);
    g_autoptr(Fetched) f = fetch_source(&request, NULL, NULL);
    g_unsetenv("PEERLINE_CACHE");
    assert_non_null(f);
    assert_true(g_str_has_prefix(f->path, dir));
}

static void test_what_a_killed_download_left_is_swept(void **state)
{
    World *w = *state;
    g_autofree char *old = support_write(w->dir, "cache/.part-old", "x");
    g_autofree char *new = support_write(w->dir, "cache/.part-new", "x");
    assert_int_equal(g_utime(old, &(struct utimbuf){.actime = 1, .modtime = 1}), 0);
    assert_gets(w, "data.csv", (FetchOptions){0}, "network", BODY);
    assert_false(g_file_test(old, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(new, G_FILE_TEST_EXISTS)); /* may be another run's */
}

static void test_a_cache_that_cannot_be_made(void **state)
{
    World *w = *state;
    g_free(support_write(w->dir, "cache", "a file in its place"));
    g_autoptr(GError) error = NULL;
    assert_null(get(w, "data.csv", (FetchOptions){0}, NULL, &error));
    support_assert_contains(error->message, "cache directory cannot be made");
}

/* ---- pins --------------------------------------------------------------------------------------
 */

static void test_pins(void **state)
{
    World *w = *state;
    g_autofree char *pin = text_sha256(BODY, strlen(BODY));
    g_autofree char *upper = g_ascii_strup(pin, -1);
    g_autofree char *wrong = text_sha256("", 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) refused = get(w, "data.csv", (FetchOptions){0}, wrong, &error);
    assert_null(refused);
    support_assert_contains(error->message, pin);
    support_assert_contains(error->message, wrong);
    gboolean unfinished;
    assert_int_equal(cached_files(w, &unfinished), 0);
    g_autoptr(Fetched) good = get(w, "data.csv", (FetchOptions){0}, upper, NULL);
    assert_non_null(good);
    /* The publisher changes the file: the pinned copy stays, and the note says why. */
    g_atomic_int_set(&w->changed, 1);
    g_autoptr(Fetched) kept = get(w, "data.csv", (FetchOptions){.refresh = TRUE}, pin, NULL);
    assert_string_equal(kept->sha256, pin);
    support_assert_contains(kept->note, "could not be refreshed");
    support_assert_contains(told, "not the one declared");
    /* Without --refresh there is nothing to ask for. */
    const int requests = g_atomic_int_get(&w->requests);
    g_autoptr(Fetched) again = get(w, "data.csv", (FetchOptions){0}, pin, NULL);
    assert_null(again->note);
    assert_int_equal(g_atomic_int_get(&w->requests), requests);
    /* A study that pins the new version, and another that goes on with the old one. */
    g_autofree char *newer = text_sha256(OTHER_BODY, strlen(OTHER_BODY));
    g_autoptr(Fetched) other = get(w, "data.csv", (FetchOptions){0}, newer, NULL);
    assert_string_equal(other->sha256, newer);
    g_autoptr(Fetched) old = get(w, "data.csv", (FetchOptions){.offline = TRUE}, pin, NULL);
    assert_string_equal(old->sha256, pin);
}

/* ---- files and mirrors
 * --------------------------------------------------------------------------- */

static void test_files_on_disk(void **state)
{
    World *w = *state;
    g_autofree char *path = support_write(w->dir, "x.csv", BODY);
    g_autofree char *pin = text_sha256(BODY, strlen(BODY));
    g_autofree char *wrong = text_sha256("", 0);
    FetchRequest request = {.id = "s", .path = path, .sha256 = pin};
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = fetch_source(&request, NULL, &error);
    assert_non_null(f);
    assert_string_equal(f->origin, "file");
    assert_string_equal(f->path, path);
    assert_null(f->retrieved);
    assert_null(f->url);
    request.sha256 = wrong;
    assert_null(fetch_source(&request, NULL, &error));
    support_assert_contains(error->message, "not the one declared");
    g_clear_error(&error);
    request = (FetchRequest){.id = "s", .path = w->dir};
    assert_null(fetch_source(&request, NULL, &error));
    support_assert_contains(error->message, "not a regular file");
    g_clear_error(&error);
    request.path = "/nonexistent/x.csv";
    assert_null(fetch_source(&request, NULL, &error));
    support_assert_contains(error->message, "cannot be read");
    g_clear_error(&error);
    request.path = NULL;
    assert_null(fetch_source(&request, NULL, &error));
    support_assert_contains(error->message, "source 's': nothing says");
}

static char *mirrored(const World *w, const char *url, const char *file)
{
    g_autofree char *mirror = g_build_filename(w->dir, "mirror", NULL);
    FetchRequest request = {.id = "s", .url = url, .file = file};
    FetchOptions options = {.mirror = mirror, .cache_dir = w->cache, .offline = TRUE};
    g_autoptr(Fetched) f = fetch_source(&request, &options, NULL);
    if (!f)
        return g_strdup("none");
    assert_string_equal(f->origin, "mirror");
    assert_string_equal(f->url, url);
    assert_null(f->retrieved);
    return g_path_get_basename(f->path);
}

static void assert_mirrored(const World *w, const char *url, const char *file, const char *expected)
{
    g_autofree char *found = mirrored(w, url, file);
    assert_string_equal(found, expected);
}

static void test_mirror_looks_for_host_and_path_then_for_the_name(void **state)
{
    World *w = *state;
    g_free(support_write(w->dir, "mirror/example.org/a/b.csv", BODY));
    g_free(support_write(w->dir, "mirror/example.org/a b.csv", BODY));
    g_free(support_write(w->dir, "mirror/example.org/api/csv?id=2", BODY));
    g_free(support_write(w->dir, "mirror/example.org/api/csv", BODY));
    g_free(support_write(w->dir, "mirror/plain.csv", BODY));
    g_free(support_write(w->dir, "outside.csv", BODY));
    assert_mirrored(w, "https://EXAMPLE.org/a/b.csv", "plain.csv", "b.csv");
    assert_mirrored(w, "https://example.org/a%20b.csv", NULL, "a b.csv");
    assert_mirrored(w, "https://example.org/api/csv?id=2", NULL, "csv?id=2");
    assert_mirrored(w, "https://example.org/api/csv?id=3", NULL, "csv");
    assert_mirrored(w, "https://example.org/other.csv", "plain.csv", "plain.csv");
    assert_mirrored(w, "https://example.org/other.csv", "none.csv", "none");
    assert_mirrored(w, "https://example.org/other.csv", "../outside.csv", "none");
    assert_mirrored(w, "https://example.org/%2e%2e/%2e%2e/outside.csv", NULL, "none");
    assert_mirrored(w, "https://example.org/..%2f..%2foutside.csv", NULL, "none");
    assert_mirrored(w, "https://example.org/a/", NULL, "none");
}

/* ---- which URLs
 * ------------------------------------------------------------------------------------ */

static void assert_not_allowed(const char *url, const char *why)
{
    FetchRequest request = {.id = "s", .url = url};
    g_autoptr(GError) error = NULL;
    assert_null(fetch_source(&request, &(FetchOptions){.offline = TRUE}, &error));
    support_assert_contains(error->message, why);
}

static void test_only_https_and_only_loopback_http(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "http://example.org/x.csv",       "ftp://example.org/x.csv", "file:///etc/passwd",
        "http://127.0.0.1.example.org/x", "http://128.0.0.1/x",      "http://localhost.example/x",
        "gopher://127.0.0.1/x",           "http://[::2]/x",          "http://0.0.0.0/x",
        "http://127.0.0.1@example.org/x", "http://10.0.0.1/x",       "http://[::ffff:7f00:1]/x",
    };
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++)
        assert_not_allowed(refused[i], "not allowed");
    assert_not_allowed("x.csv", "not valid");
    assert_not_allowed("https://", "not valid");
    assert_not_allowed("https://me:secret@example.org/x.csv", "user name or password");
    static const char *const allowed[] = {"https://example.org/x.csv", "http://127.9.9.9/x",
                                          "http://[::1]:8080/x", "http://LOCALHOST/x"};
    for (guint i = 0; i < G_N_ELEMENTS(allowed); i++)
        assert_not_allowed(allowed[i], "not in the cache");
}

static void test_a_secret_in_a_url_is_not_repeated(void **state)
{
    (void)state;
    FetchRequest request = {.id = "s", .url = "https://me:secret@example.org/x.csv"};
    g_autoptr(GError) error = NULL;
    assert_null(fetch_source(&request, NULL, &error));
    assert_null(strstr(error->message, "secret"));
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    /* The cache of the person running this is not for tests. */
    g_autofree char *cache = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    g_setenv("XDG_CACHE_HOME", cache, TRUE);
    g_unsetenv("PEERLINE_CACHE");
    const struct CMUnitTest tests[] = {
        WITH_SERVER(test_gets_a_file_and_then_its_copy),
        WITH_SERVER(test_refuses_what_is_not_the_file),
        WITH_SERVER(test_refuses_what_is_too_large),
        WITH_SERVER(test_redirects_stay_on_the_host),
        WITH_SERVER(test_a_passing_fault_is_tried_again),
        WITH_SERVER(test_offline_without_a_copy),
        WITH_SERVER(test_network_down),
        WITH_SERVER(test_the_day_is_when_these_bytes_were_first_seen),
        WITH_SERVER(test_the_last_good_copy_serves_when_the_network_fails),
        WITH_SERVER(test_a_damaged_copy_is_no_copy),
        WITH_SERVER(test_a_damaged_record_is_no_record),
        WITH_SERVER(test_the_cache_directory_may_come_from_the_environment),
        WITH_SERVER(test_what_a_killed_download_left_is_swept),
        WITH_SERVER(test_a_cache_that_cannot_be_made),
        WITH_SERVER(test_pins),
        WITH_SERVER(test_files_on_disk),
        WITH_SERVER(test_mirror_looks_for_host_and_path_then_for_the_name),
        cmocka_unit_test(test_only_https_and_only_loopback_http),
        cmocka_unit_test(test_a_secret_in_a_url_is_not_repeated),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    support_remove_tree(cache);
    return failed;
}
