// LIBS: z
/* Answers that no server ought to give, byte for byte over a socket: each is refused in words, the
 * last good copy stays and serves, and nothing half-written is left. */
#include "support.h"

#include "loopback.h"

#include <poll.h>
#include <zlib.h>

#include "peerline/intake/fetch.h"

#define GOOD_BODY "a,b\n1,2\n"
#define GOOD      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" GOOD_BODY
#define CAP       100000 /* bytes that a file may have here */

/* ---- a server that says what it is told to say --------------------------------------------------
 */

typedef struct {
    char *dir, *cache;
    int listener;
    guint port;
    GThread *thread;
    GMutex lock;
    GString *answer;        /* to every request */
    gboolean hangs;         /* after that, instead of closing */
    int requests, stopping; /* atomic */
    gint64 time;            /* of the fetcher's clock, microseconds */
} World;

static void send_all(int fd, const GString *text)
{
    gsize done = 0;
    while (done < text->len) {
        ssize_t n = send(fd, text->str + done, text->len - done, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        done += (gsize)n;
    }
}

/* Until the other side closes or the test ends. */
static void wait_for_close(World *w, int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char unused[64];
    while (!g_atomic_int_get(&w->stopping)) {
        if (poll(&p, 1, 50) > 0 && read(fd, unused, sizeof unused) <= 0)
            return;
    }
}

static gpointer serve(gpointer user)
{
    World *w = user;
    for (;;) {
        int fd = accept(w->listener, NULL, NULL);
        if (fd < 0 || g_atomic_int_get(&w->stopping)) {
            if (fd >= 0)
                close(fd);
            return NULL;
        }
        g_atomic_int_inc(&w->requests);
        loopback_hear(fd);
        g_mutex_lock(&w->lock);
        send_all(fd, w->answer);
        g_mutex_unlock(&w->lock);
        if (w->hangs)
            wait_for_close(w, fd);
        else
            shutdown(fd, SHUT_WR);
        wait_for_close(w, fd);
        close(fd);
    }
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    g_mutex_init(&w->lock);
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    w->answer = g_string_new(GOOD);
    w->listener = loopback_listen(&w->port);
    if (!w->dir || w->listener < 0)
        return -1;
    w->thread = g_thread_new("server", serve, w);
    g_setenv("SOURCE_DATE_EPOCH", "1508929200", TRUE); /* 2017-10-25 */
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    World *w = *state;
    g_atomic_int_set(&w->stopping, 1);
    shutdown(w->listener, SHUT_RDWR); /* ends accept() */
    g_thread_join(w->thread);
    close(w->listener);
    support_remove_tree(w->dir);
    g_string_free(w->answer, TRUE);
    g_mutex_clear(&w->lock);
    g_free(w->dir);
    g_free(w->cache);
    g_free(w);
    g_unsetenv("SOURCE_DATE_EPOCH");
    return 0;
}

/* ---- asking it ----------------------------------------------------------------------------------
 */

static gint64 fake_now(gpointer user)
{
    return ((World *)user)->time;
}

static void fake_sleep(gpointer user, gint64 us)
{
    ((World *)user)->time += us;
}

static char told[1024];

static void tell(const char *line)
{
    g_strlcpy(told, line, sizeof told);
}

static Fetched *get(World *w, FetchPatience patience, GError **error)
{
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/data.csv", w->port);
    const FetchRequest request = {.id = "s", .url = url};
    patience.now = patience.now ? patience.now : fake_now;
    patience.sleep = patience.sleep ? patience.sleep : fake_sleep;
    patience.user = w;
    const FetchOptions options = {
        .cache_dir = w->cache, .patience = &patience, .max_bytes = CAP, .tell = tell};
    told[0] = '\0';
    g_atomic_int_set(&w->requests, 0);
    return fetch_source(&request, &options, error);
}

static void say(World *w, const char *answer, gssize n)
{
    g_mutex_lock(&w->lock);
    g_string_truncate(w->answer, 0);
    g_string_append_len(w->answer, answer, n < 0 ? (gssize)strlen(answer) : n);
    g_mutex_unlock(&w->lock);
}

/* A body, its manifest, and nothing else. */
static void assert_cache_holds(const World *w, guint files)
{
    guint n = 0;
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        if (name[0] == '.')
            fail_msg("an unfinished file is left: %s", name);
        n++;
    }
    assert_int_equal(n, files);
}

static void assert_good_copy(const Fetched *f)
{
    g_autofree char *text = NULL;
    assert_non_null(f);
    assert_string_equal(f->origin, "cache");
    assert_non_null(f->note);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, GOOD_BODY);
}

/* What the server says now is refused for this reason after so many requests (0: any number), first
 * without and then with a good copy at hand. */
static void assert_hostile(World *w, const char *why, int requests)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *answer = g_memdup2(w->answer->str, w->answer->len);
    const gssize n = (gssize)w->answer->len;
    support_remove_tree(w->cache);
    g_autoptr(Fetched) none = get(w, (FetchPatience){0}, &error);
    if (none)
        fail_msg("taken for the file, but expected: %s", why);
    support_assert_contains(error->message, why);
    assert_null(strchr(error->message, '\n'));
    if (requests > 0)
        assert_int_equal(g_atomic_int_get(&w->requests), requests);
    assert_cache_holds(w, 0);
    say(w, GOOD, -1);
    fetched_free(get(w, (FetchPatience){0}, NULL));
    assert_cache_holds(w, 2);
    say(w, answer, n);
    g_autoptr(Fetched) kept = get(w, (FetchPatience){0}, NULL);
    assert_good_copy(kept);
    support_assert_contains(told, why);
    assert_cache_holds(w, 2);
}

static void refuses(World *w, const char *answer, const char *why, int requests)
{
    say(w, answer, -1);
    assert_hostile(w, why, requests);
}

#define OK "HTTP/1.1 200 OK\r\n"

/* ---- lengths ------------------------------------------------------------------------------------
 */

static void test_a_body_shorter_than_declared(void **state)
{
    refuses(*state, OK "Content-Length: 1000\r\n\r\na,b\n1,2\n", "could not be fetched", 4);
}

static void test_a_body_without_the_last_chunk(void **state)
{
    refuses(*state, OK "Transfer-Encoding: chunked\r\n\r\n8\r\na,b\n1,2\n\r\n",
            "could not be fetched", 4);
}

static void test_chunks_that_are_none(void **state)
{
    refuses(*state, OK "Transfer-Encoding: chunked\r\n\r\nhalf a cow\r\n", "could not be fetched",
            4);
}

static void test_lengths_that_are_none(void **state)
{
    refuses(*state, OK "Content-Length: -8\r\n\r\na,b\n1,2\n", "could not be fetched", 1);
    refuses(*state, OK "Content-Length: 99999999999999999999\r\n\r\na,b\n1,2\n", "not a number", 1);
}

static void test_a_declared_length_over_the_limit(void **state)
{
    refuses(*state, OK "Content-Length: 100001\r\n\r\na,b\n1,2\n", "too large", 1);
}

static void test_bodies_that_do_not_end(void **state)
{
    World *w = *state;
    g_autofree char *much = g_strnfill(2 * CAP, 'x');
    g_autofree char *unknown = g_strconcat(OK "\r\n", much, NULL);
    g_autofree char *chunked =
        g_strdup_printf(OK "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", 2 * CAP, much);
    refuses(w, unknown, "too large", 1);
    refuses(w, chunked, "too large", 1);
}

static void test_nothing_at_all(void **state)
{
    refuses(*state, "", "could not be fetched", 4);
    refuses(*state, OK "Content-Length: 0\r\n\r\n", "the file is empty", 1);
    refuses(*state, OK "\r\n", "the file is empty", 1);
}

/* ---- packing ------------------------------------------------------------------------------------
 */

static GString *gzip(const char *data, gsize n)
{
    z_stream z = {0};
    GString *out = g_string_sized_new(n + 1024);
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)data;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out->str;
    z.avail_out = (uInt)n + 1024;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    g_string_set_size(out, z.total_out);
    deflateEnd(&z);
    return out;
}

/* `body` packed in this way, of which only `n` bytes come although all are there by their length.
 */
static void say_packed(World *w, const char *encoding, const char *body, gsize n)
{
    g_autoptr(GString) answer = g_string_new(NULL);
    g_string_printf(answer,
                    OK "Content-Encoding: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                    encoding, n);
    g_string_append_len(answer, body, (gssize)n);
    say(w, answer->str, (gssize)answer->len);
}

static void test_a_gzip_bomb(void **state)
{
    const gsize n = 20000000;
    g_autofree char *much = g_strnfill(n, 'x');
    g_autoptr(GString) bomb = gzip(much, n);
    assert_true(bomb->len < CAP); /* its own length gives nothing away */
    say_packed(*state, "gzip", bomb->str, bomb->len);
    assert_hostile(*state, "too large", 1);
}

static void test_packing_that_is_none(void **state)
{
    World *w = *state;
    say_packed(w, "gzip", GOOD_BODY, strlen(GOOD_BODY));
    assert_hostile(w, "the packed bytes of the file are damaged", 1);
    say_packed(w, "br", GOOD_BODY, strlen(GOOD_BODY));
    assert_hostile(w, "packed bytes", 0);
    say_packed(w, "zstd", GOOD_BODY, strlen(GOOD_BODY));
    assert_hostile(w, "packed bytes", 0);
    say_packed(w, "rot13", GOOD_BODY, strlen(GOOD_BODY));
    assert_hostile(w, "packed as was not asked for: 'rot13' (gzip, br, zstd)", 1);
    say_packed(w, "gzip, gzip", GOOD_BODY, strlen(GOOD_BODY));
    assert_hostile(w, "packed as was not asked for: 'gzip, gzip'", 1);
    say_packed(w, "gzip", "", 0);
    assert_hostile(w, "its packed bytes stop before their end", 4);
}

static void test_a_packed_body_that_stops_early(void **state)
{
    g_autoptr(GString) body = g_string_new(NULL);
    for (guint i = 0; i < 2000; i++)
        g_string_append_printf(body, "%u,%u\n", i, i * i);
    g_autoptr(GString) packed = gzip(body->str, body->len);
    say_packed(*state, "gzip", packed->str, packed->len / 2);
    assert_hostile(*state, "its packed bytes stop before their end", 4);
}

static void test_packed_bytes_that_are_damaged(void **state)
{
    g_autoptr(GString) packed = gzip(GOOD_BODY, strlen(GOOD_BODY));
    g_autoptr(GString) more = gzip(GOOD_BODY, strlen(GOOD_BODY));
    packed->str[packed->len - 8] ^= 1; /* its checksum */
    say_packed(*state, "gzip", packed->str, packed->len);
    assert_hostile(*state, "the packed bytes of the file are damaged", 1);
    g_string_append(more, "and more");
    say_packed(*state, "gzip", more->str, more->len);
    assert_hostile(*state, "the packed bytes of the file are damaged", 1);
}

/* ---- what is not HTTP ---------------------------------------------------------------------------
 */

static void test_another_protocol(void **state)
{
    refuses(*state, "SSH-2.0-OpenSSH_9.2\r\n", "could not be fetched", 1);
    refuses(*state, "HTTP/7.1 200 OK\r\n\r\n" GOOD_BODY, "could not be fetched", 1);
}

static void test_headers_without_end(void **state)
{
    World *w = *state;
    g_autoptr(GString) one = g_string_new(OK "X: ");
    g_autoptr(GString) many = g_string_new(OK);
    for (guint i = 0; i < 400000; i++)
        g_string_append_c(one, 'x');
    for (guint i = 0; i < 40000; i++)
        g_string_append_printf(many, "X-%u: xxxxxxxxxxxxxxxxxxxx\r\n", i);
    refuses(w, one->str, "could not be fetched", 0);
    refuses(w, many->str, "could not be fetched", 0);
}

/* ---- statuses -----------------------------------------------------------------------------------
 */

static void test_statuses_that_are_no_file(void **state)
{
    static const char *const once[] = {"204 No Content",
                                       "206 Partial Content",
                                       "304 Not Modified",
                                       "400 Bad Request",
                                       "401 Unauthorized",
                                       "403 Forbidden",
                                       "404 Not Found",
                                       "410 Gone",
                                       "416 Range Not Satisfiable",
                                       "451 Unavailable For Legal Reasons",
                                       "501 Not Implemented"};
    static const char *const again[] = {"408 Request Timeout",       "429 Too Many Requests",
                                        "500 Internal Server Error", "502 Bad Gateway",
                                        "503 Service Unavailable",   "504 Gateway Timeout"};
    for (guint i = 0; i < G_N_ELEMENTS(once) + G_N_ELEMENTS(again); i++) {
        const gboolean passes = i >= G_N_ELEMENTS(once);
        const char *status = passes ? again[i - G_N_ELEMENTS(once)] : once[i];
        g_autofree char *answer = g_strdup_printf(
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s", status,
            *status == '2' && status[2] == '4' ? 0
            : *status == '3'                   ? 0
                                               : 8,
            (*status == '2' && status[2] == '4') || *status == '3' ? "" : GOOD_BODY);
        g_autofree char *why = g_strdup_printf("status %.3s", status);
        refuses(*state, answer, why, passes ? 4 : 1);
    }
}

static void test_an_interim_answer_is_passed_over(void **state)
{
    World *w = *state;
    g_autoptr(GError) error = NULL;
    say(w, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" GOOD, -1);
    g_autoptr(Fetched) f = get(w, (FetchPatience){0}, &error);
    assert_null(error);
    assert_int_equal(f->bytes, strlen(GOOD_BODY));
}

static void redirects(World *w, const char *to, const char *why, int requests)
{
    g_autofree char *answer =
        g_strdup_printf("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", to);
    refuses(w, answer, why, requests);
}

static void test_redirects_that_lead_away(void **state)
{
    World *w = *state;
    redirects(w, "/data.csv", "redirected more than 5 times", 6);
    redirects(w, "file:///etc/passwd", "the URL is not allowed", 1);
    redirects(w, "ftp://127.0.0.1/x", "the URL is not allowed", 1);
    redirects(w, "gopher://127.0.0.1/x", "the URL is not allowed", 1);
    redirects(w, "http://example.invalid/x", "the URL is not allowed", 1);
    redirects(w, "https://example.invalid/x", "redirected to another host", 1);
    redirects(w, "//example.invalid/x", "the URL is not allowed", 1);
    redirects(w, "https://127.0.0.1.example.invalid/x", "redirected to another host", 1);
    redirects(w, "https://me:secret@127.0.0.1/x", "holds a user name or password", 1);
    refuses(w, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "status 302", 1);
}

static void test_a_secret_of_a_redirect_is_not_told(void **state)
{
    World *w = *state;
    g_autoptr(GError) error = NULL;
    say(w, "HTTP/1.1 302 Found\r\nLocation: https://me:secret@127.0.0.1/x\r\n\r\n", -1);
    assert_null(get(w, (FetchPatience){0}, &error));
    assert_null(strstr(error->message, "secret"));
}

/* ---- pages instead of files ---------------------------------------------------------------------
 */

static void test_pages_in_place_of_the_file(void **state)
{
    static const char *const pages[] = {
        "<!DOCTYPE html><title>Log in</title>",
        "\r\n\r\n  <HTML lang=en>",
        "\xEF\xBB\xBF<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
        "<!-- moved --><!-- twice -->\n<html>",
        "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\">",
        "<head><meta http-equiv=refresh>"};
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *answer = g_strconcat(OK "Content-Type: text/csv\r\n\r\n", pages[i], NULL);
        refuses(*state, answer, "found an HTML page", 1);
    }
}

/* ---- servers that do not answer -----------------------------------------------------------------
 */

static gint64 real_now(gpointer unused)
{
    (void)unused;
    return g_get_monotonic_time();
}

static void hangs_after(World *w, const char *answer)
{
    const FetchPatience once = {.attempts = 1, .slow_seconds = 1, .now = real_now};
    g_autoptr(GError) error = NULL;
    fetched_free(get(w, (FetchPatience){0}, NULL));
    w->hangs = TRUE;
    say(w, answer, -1);
    const gint64 began = g_get_monotonic_time();
    g_autoptr(Fetched) kept = get(w, once, &error);
    assert_true(g_get_monotonic_time() - began < 10 * G_USEC_PER_SEC);
    assert_good_copy(kept);
    support_assert_contains(told, "too slow");
    assert_cache_holds(w, 2);
}

static void test_a_server_that_says_nothing(void **state)
{
    hangs_after(*state, "");
}

static void test_a_server_that_stops_in_its_headers(void **state)
{
    hangs_after(*state, OK "Content-Le");
}

static void test_a_server_that_stops_in_its_body(void **state)
{
    hangs_after(*state, OK "Content-Length: 8\r\n\r\na,b");
}

/* A handshake is part of connecting: here it never comes. */
static void test_a_connection_that_is_never_made(void **state)
{
    World *w = *state;
    w->hangs = TRUE;
    say(w, "", -1);
    g_autofree char *url = g_strdup_printf("https://127.0.0.1:%u/data.csv", w->port);
    const FetchRequest request = {.id = "s", .url = url};
    const FetchPatience once = {.attempts = 1, .connect_seconds = 1};
    const FetchOptions options = {.cache_dir = w->cache, .patience = &once};
    g_autoptr(GError) error = NULL;
    const gint64 began = g_get_monotonic_time();
    assert_null(fetch_source(&request, &options, &error));
    assert_true(g_get_monotonic_time() - began < 10 * G_USEC_PER_SEC);
    support_assert_contains(error->message, "could not be fetched");
    support_assert_contains(error->message, "timeout");
    assert_cache_holds(w, 0);
}

/* ---- encodings that are right -------------------------------------------------------------------
 */

static void assert_unpacks(World *w, const char *encoding, const char *bytes, gsize n)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    support_remove_tree(w->cache);
    say_packed(w, encoding, bytes, n);
    g_autoptr(Fetched) f = get(w, (FetchPatience){0}, &error);
    if (!f)
        fail_msg("%s: %s", encoding, error->message);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, GOOD_BODY);
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* The packed bytes are written by hand: brotli's uncompressed meta-block (RFC 7932, 9.2) and zstd's
 * raw block (RFC 8878, 3.1.1.2). */
static const char BROTLI[] = "\x70\x00\x10" GOOD_BODY "\x03";
static const char ZSTD[] = "\x28\xB5\x2F\xFD\x20\x08\x41\x00\x00" GOOD_BODY;

static void test_gzip_brotli_and_zstd(void **state)
{
    g_autoptr(GString) packed = gzip(GOOD_BODY, strlen(GOOD_BODY));
    assert_unpacks(*state, "gzip", packed->str, packed->len);
    assert_unpacks(*state, "X-Gzip", packed->str, packed->len);
    assert_unpacks(*state, "br", BROTLI, sizeof BROTLI - 1);
    assert_unpacks(*state, "zstd", ZSTD, sizeof ZSTD - 1);
    assert_unpacks(*state, "identity", GOOD_BODY, strlen(GOOD_BODY));
}

/* gzip and zstd may be several pieces, each with an end of its own (RFC 1952, 2.2). */
static void test_packed_in_several_pieces(void **state)
{
    g_autoptr(GString) two = gzip("a,b\n", 4);
    g_autoptr(GString) second = gzip("1,2\n", 4);
    g_string_append_len(two, second->str, (gssize)second->len);
    assert_unpacks(*state, "gzip", two->str, two->len);
    static const char frames[] = "\x28\xB5\x2F\xFD\x20\x04\x21\x00\x00"
                                 "a,b\n"
                                 "\x28\xB5\x2F\xFD\x20\x04\x21\x00\x00"
                                 "1,2\n";
    assert_unpacks(*state, "zstd", frames, sizeof frames - 1);
}

static void test_brotli_and_zstd_that_stop_early(void **state)
{
    say_packed(*state, "br", BROTLI, sizeof BROTLI - 2);
    assert_hostile(*state, "its packed bytes stop before their end", 4);
    say_packed(*state, "zstd", ZSTD, sizeof ZSTD - 2);
    assert_hostile(*state, "", 0);
}

/* Blocks that are filled to the brim, and what is left of them. */
static void test_a_long_packed_file_is_whole(void **state)
{
    World *w = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) body = g_string_new("n,m\n");
    for (guint i = 0; body->len < CAP - 20; i++)
        g_string_append_printf(body, "%u,%u\n", i, i * 7);
    g_autoptr(GString) packed = gzip(body->str, body->len);
    g_autofree char *text = NULL;
    say_packed(w, "gzip", packed->str, packed->len);
    g_autoptr(Fetched) f = get(w, (FetchPatience){0}, &error);
    if (!f)
        fail_msg("%s", error->message);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, body->str);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SERVER(test_a_body_shorter_than_declared),
        WITH_SERVER(test_a_body_without_the_last_chunk),
        WITH_SERVER(test_chunks_that_are_none),
        WITH_SERVER(test_lengths_that_are_none),
        WITH_SERVER(test_a_declared_length_over_the_limit),
        WITH_SERVER(test_bodies_that_do_not_end),
        WITH_SERVER(test_nothing_at_all),
        WITH_SERVER(test_a_gzip_bomb),
        WITH_SERVER(test_packing_that_is_none),
        WITH_SERVER(test_a_packed_body_that_stops_early),
        WITH_SERVER(test_packed_bytes_that_are_damaged),
        WITH_SERVER(test_another_protocol),
        WITH_SERVER(test_headers_without_end),
        WITH_SERVER(test_statuses_that_are_no_file),
        WITH_SERVER(test_an_interim_answer_is_passed_over),
        WITH_SERVER(test_redirects_that_lead_away),
        WITH_SERVER(test_a_secret_of_a_redirect_is_not_told),
        WITH_SERVER(test_pages_in_place_of_the_file),
        WITH_SERVER(test_a_server_that_says_nothing),
        WITH_SERVER(test_a_server_that_stops_in_its_headers),
        WITH_SERVER(test_a_server_that_stops_in_its_body),
        WITH_SERVER(test_a_connection_that_is_never_made),
        WITH_SERVER(test_gzip_brotli_and_zstd),
        WITH_SERVER(test_packed_in_several_pieces),
        WITH_SERVER(test_brotli_and_zstd_that_stop_early),
        WITH_SERVER(test_a_long_packed_file_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
