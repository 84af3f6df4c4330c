// LIBS: microhttpd
/* How the fetcher behaves towards a server: what it asks for, how often, how much of it. */
#include "support.h"

#include <fcntl.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <unistd.h>

#include "peerline/base/text.h"
#include "peerline/intake/fetch.h"

#define V1   "\"v1\""
#define DATE "Wed, 25 Oct 2017 09:30:00 GMT"
#define LONG 100000 /* bytes of the long file */
#define CUT  40000  /* where it is cut */

/* ---- a server on 127.0.0.1 within the test ------------------------------------------------------
 */

/* What one request said. */
typedef struct {
    char path[64], method[16];
    char none_match[64], since[64], range[64], if_range[64], encoding[64];
} Asked;

typedef struct {
    char *dir, *cache;
    struct MHD_Daemon *daemon;
    guint port;
    GMutex lock;
    GArray *asked; /* Asked */
    int version;   /* atomic: of the files that have versions */
    int faults;    /* atomic: so many requests to /faulty.csv yet fail */
    int cuts;      /* atomic: so many answers of /long.csv yet are cut */
    int active, most;
    int stopping;              /* atomic */
    char retry_after[64];      /* what a fault says, or "" */
    gboolean beyond;           /* no part of the long file can be had */
    const char *tag;           /* ETag of the long file */
    const char *content_range; /* of its next part, where it is not the right one */
    gint64 time;               /* of the fetcher's clock, microseconds */
    char told[512];
} World;

static void copy_header(struct MHD_Connection *c, const char *name, char into[64])
{
    const char *value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
    g_strlcpy(into, value ? value : "", 64);
}

static Asked note_request(World *w, struct MHD_Connection *c, const char *url, const char *method)
{
    Asked a = {0};
    g_strlcpy(a.path, url, sizeof a.path);
    g_strlcpy(a.method, method, sizeof a.method);
    copy_header(c, "If-None-Match", a.none_match);
    copy_header(c, "If-Modified-Since", a.since);
    copy_header(c, "Range", a.range);
    copy_header(c, "If-Range", a.if_range);
    copy_header(c, "Accept-Encoding", a.encoding);
    g_mutex_lock(&w->lock);
    g_array_append_val(w->asked, a);
    g_mutex_unlock(&w->lock);
    return a;
}

/* `headers` are pairs of name and value, ending with NULL; a pair without value is left out. */
static enum MHD_Result reply(struct MHD_Connection *c, unsigned status, struct MHD_Response *r,
                             const char *const *headers)
{
    for (; headers && *headers; headers += 2) {
        if (headers[1])
            MHD_add_response_header(r, headers[0], headers[1]);
    }
    enum MHD_Result ok = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return ok;
}

static enum MHD_Result reply_text(struct MHD_Connection *c, unsigned status, const char *text,
                                  const char *const *headers)
{
    return reply(c, status,
                 MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY),
                 headers);
}

/* The long file differs in every byte's neighbourhood, so that a part put together wrongly shows.
 */
static char long_byte(guint64 at, int version)
{
    return (char)('a' + (at * 7 + at / 251 + (guint64)version) % 26);
}

typedef struct {
    guint64 from, cut;
    int version;
} LongPart;

static ssize_t read_long(void *user, uint64_t at, char *buf, size_t max)
{
    const LongPart *p = user;
    const guint64 here = p->from + at;
    if (here >= p->cut)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const gsize n = MIN(max, p->cut - here);
    for (gsize i = 0; i < n; i++)
        buf[i] = long_byte(here + i, p->version);
    return (ssize_t)n;
}

static enum MHD_Result send_long(World *w, struct MHD_Connection *c, const Asked *a)
{
    const gboolean cut = g_atomic_int_add(&w->cuts, -1) > 0;
    const gboolean fits = strcmp(a->if_range, w->tag ? w->tag : DATE) == 0;
    if (a->range[0] && w->beyond)
        return reply_text(c, 416, "beyond", NULL);
    LongPart p = {.cut = cut ? CUT : LONG, .version = g_atomic_int_get(&w->version)};
    if (a->range[0] && fits)
        p.from = g_ascii_strtoull(a->range + strlen("bytes="), NULL, 10);
    g_autofree char *range =
        g_strdup_printf("bytes %" G_GUINT64_FORMAT "-%d/%d", p.from, LONG - 1, LONG);
    const gboolean partial = p.from > 0;
    const char *told = w->content_range && partial ? w->content_range : range;
    const char *headers[] = {"ETag",
                             w->tag,
                             "Last-Modified",
                             w->tag ? NULL : DATE,
                             "Content-Range",
                             partial ? told : NULL,
                             NULL};
    struct MHD_Response *r = MHD_create_response_from_callback(LONG - p.from, 4096, read_long,
                                                               g_memdup2(&p, sizeof p), g_free);
    return reply(c, partial ? 206 : 200, r, headers);
}

/* 20,000 times 'x', by Python's gzip. */
static const guchar PACKED[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed,
                                0xc1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xc2, 0xa0, 0xda, 0x8b, 0x6f,
                                0x0d, 0x0f, 0xa0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                0x78, 0x30, 0x03, 0x47, 0x65, 0x41, 0x20, 0x4e, 0x00, 0x00};
#define UNPACKED 20000

static enum MHD_Result send_packed(struct MHD_Connection *c)
{
    static const char *const headers[] = {"Content-Encoding", "gzip", NULL};
    return reply(
        c, 200,
        MHD_create_response_from_buffer(sizeof PACKED, (void *)PACKED, MHD_RESPMEM_PERSISTENT),
        headers);
}

/* Ten bytes a second. */
static ssize_t read_slowly(void *user, uint64_t at, char *buf, size_t max)
{
    (void)at, (void)max;
    g_usleep(100000);
    buf[0] = 'x';
    return g_atomic_int_get(&((World *)user)->stopping) ? MHD_CONTENT_READER_END_WITH_ERROR : 1;
}

static enum MHD_Result send_slowly_counted(World *w, struct MHD_Connection *c)
{
    g_mutex_lock(&w->lock);
    w->active++;
    w->most = MAX(w->most, w->active);
    g_mutex_unlock(&w->lock);
    g_usleep(60000);
    g_mutex_lock(&w->lock);
    w->active--;
    g_mutex_unlock(&w->lock);
    return reply_text(c, 200, "counted\n", NULL);
}

static enum MHD_Result send_tagged(World *w, struct MHD_Connection *c, const Asked *a)
{
    g_autofree char *tag = g_strdup_printf("\"v%d\"", g_atomic_int_get(&w->version));
    g_autofree char *body = g_strdup_printf("version %d\n", g_atomic_int_get(&w->version));
    const char *headers[] = {"ETag", tag, NULL};
    const gboolean same = strcmp(a->none_match, tag) == 0;
    return reply_text(c, same ? 304 : 200, same ? "" : body, headers);
}

static enum MHD_Result send_dated(struct MHD_Connection *c, const Asked *a)
{
    static const char *const headers[] = {"Last-Modified", DATE, NULL};
    const gboolean same = strcmp(a->since, DATE) == 0;
    return reply_text(c, same ? 304 : 200, same ? "" : "dated\n", headers);
}

static enum MHD_Result send_versions(World *w, struct MHD_Connection *c)
{
    g_autofree char *body = g_strdup_printf("plain %d\n", g_atomic_int_get(&w->version));
    return reply_text(c, 200, body, NULL);
}

static enum MHD_Result send_fault(World *w, struct MHD_Connection *c, unsigned status)
{
    const char *headers[] = {"Retry-After", w->retry_after[0] ? w->retry_after : NULL, NULL};
    return g_atomic_int_add(&w->faults, -1) > 0 ? reply_text(c, status, "fault", headers)
                                                : reply_text(c, 200, "well\n", NULL);
}

static enum MHD_Result send_redirect(World *w, struct MHD_Connection *c, const char *host,
                                     const char *path)
{
    g_autofree char *to = g_strdup_printf("http://%s:%u%s", host, w->port, path);
    const char *headers[] = {"Location", to, "ETag", V1, NULL};
    return reply_text(c, 302, "elsewhere", headers);
}

static enum MHD_Result handle(void *user, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_n, void **connection_state)
{
    World *w = user;
    (void)version, (void)data, (void)data_n, (void)connection_state;
    const Asked a = note_request(w, c, url, method);
    if (strcmp(url, "/tagged.csv") == 0)
        return send_tagged(w, c, &a);
    if (strcmp(url, "/dated.csv") == 0)
        return send_dated(c, &a);
    if (strcmp(url, "/plain.csv") == 0)
        return send_versions(w, c);
    if (strcmp(url, "/never-sent.csv") == 0)
        return reply_text(c, 304, "", NULL);
    if (strcmp(url, "/moved.csv") == 0)
        return send_redirect(w, c, "127.0.0.1", "/tagged.csv");
    if (strcmp(url, "/away.csv") == 0)
        return send_redirect(w, c, "localhost", "/plain.csv");
    if (strcmp(url, "/long.csv") == 0)
        return send_long(w, c, &a);
    if (strcmp(url, "/packed.csv") == 0)
        return send_packed(c);
    if (strcmp(url, "/slow.csv") == 0)
        return reply(c, 200, MHD_create_response_from_callback(1000000, 4096, read_slowly, w, NULL),
                     NULL);
    if (g_str_has_prefix(url, "/counted/"))
        return send_slowly_counted(w, c);
    if (strcmp(url, "/faulty.csv") == 0)
        return send_fault(w, c, 503);
    if (strcmp(url, "/many.csv") == 0)
        return send_fault(w, c, 429);
    if (strcmp(url, "/page-now.csv") == 0)
        return reply_text(c, 200, g_atomic_int_get(&w->version) == 1 ? "data\n" : "<html>", NULL);
    return reply_text(c, 404, "no such file", NULL);
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    g_mutex_init(&w->lock);
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    w->asked = g_array_new(FALSE, TRUE, sizeof(Asked));
    w->version = 1;
    w->tag = V1;
    w->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, w,
        MHD_OPTION_SOCK_ADDR,
        &(struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
        MHD_OPTION_END);
    if (!w->dir || !w->daemon)
        return -1;
    w->port = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    g_setenv("SOURCE_DATE_EPOCH", "1508929200", TRUE); /* 2017-10-25 */
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    World *w = *state;
    g_atomic_int_set(&w->stopping, 1);
    MHD_stop_daemon(w->daemon);
    support_remove_tree(w->dir);
    g_array_unref(w->asked);
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

static FetchPatience patience(World *w)
{
    return (FetchPatience){.now = fake_now, .sleep = fake_sleep, .user = w};
}

static char *url_of(const World *w, const char *name)
{
    return g_strdup_printf("http://127.0.0.1:%u/%s", w->port, name);
}

static Fetched *get_request(World *w, FetchRequest request, const char *name, FetchOptions options,
                            GError **error)
{
    g_autofree char *url = url_of(w, name);
    const FetchPatience usual = patience(w);
    request.id = "s";
    request.url = url;
    options.cache_dir = w->cache;
    options.patience = options.patience ? options.patience : &usual;
    return fetch_source(&request, &options, error);
}

static Fetched *get(World *w, const char *name, FetchOptions options)
{
    g_autoptr(GError) error = NULL;
    Fetched *f = get_request(w, (FetchRequest){0}, name, options, &error);
    if (!f)
        fail_msg("%s", error->message);
    return f;
}

static void assert_text(const Fetched *f, const char *expected)
{
    g_autofree char *found = NULL;
    assert_true(g_file_get_contents(f->path, &found, NULL, NULL));
    assert_string_equal(found, expected);
}

static void assert_refused(World *w, const char *name, FetchOptions options, const char *why)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f = get_request(w, (FetchRequest){0}, name, options, &error);
    assert_null(f);
    support_assert_contains(error->message, why);
}

static guint requests(World *w)
{
    g_mutex_lock(&w->lock);
    guint n = w->asked->len;
    g_mutex_unlock(&w->lock);
    return n;
}

static Asked asked(World *w, guint i)
{
    assert_true(i < requests(w));
    g_mutex_lock(&w->lock);
    Asked a = g_array_index(w->asked, Asked, i);
    g_mutex_unlock(&w->lock);
    return a;
}

/* ---- unchanged files ------------------------------------------------------------------------- */

static void test_an_entity_tag_spares_the_body(void **state)
{
    World *w = *state;
    g_autoptr(Fetched) first = get(w, "tagged.csv", (FetchOptions){0});
    assert_string_equal(first->origin, "network");
    assert_false(first->unchanged);
    assert_string_equal(asked(w, 0).none_match, "");
    g_autoptr(Fetched) again = get(w, "tagged.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).none_match, V1);
    assert_string_equal(again->origin, "cache");
    assert_true(again->unchanged);
    assert_null(again->note);
    assert_text(again, "version 1\n");
    g_atomic_int_set(&w->version, 2);
    g_autoptr(Fetched) newer = get(w, "tagged.csv", (FetchOptions){0});
    assert_false(newer->unchanged);
    assert_text(newer, "version 2\n");
    g_autoptr(Fetched) known = get(w, "tagged.csv", (FetchOptions){0});
    assert_true(known->unchanged);
    assert_string_equal(asked(w, 3).none_match, "\"v2\"");
}

static void test_a_date_spares_the_body(void **state)
{
    World *w = *state;
    fetched_free(get(w, "dated.csv", (FetchOptions){0}));
    g_autoptr(Fetched) again = get(w, "dated.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).since, DATE);
    assert_true(again->unchanged);
    assert_text(again, "dated\n");
}

static void test_the_same_bytes_again_are_unchanged(void **state)
{
    World *w = *state;
    fetched_free(get(w, "plain.csv", (FetchOptions){0}));
    g_autoptr(Fetched) again = get(w, "plain.csv", (FetchOptions){0});
    assert_string_equal(again->origin, "network");
    assert_true(again->unchanged);
    g_atomic_int_set(&w->version, 2);
    g_autoptr(Fetched) newer = get(w, "plain.csv", (FetchOptions){0});
    assert_false(newer->unchanged);
}

static void test_refresh_asks_without_conditions_and_reuse_does_not_ask(void **state)
{
    World *w = *state;
    fetched_free(get(w, "tagged.csv", (FetchOptions){0}));
    g_autoptr(Fetched) again = get(w, "tagged.csv", (FetchOptions){.refresh = TRUE});
    assert_string_equal(asked(w, 1).none_match, "");
    assert_string_equal(again->origin, "network");
    fetched_free(get(w, "tagged.csv", (FetchOptions){.reuse = TRUE}));
    fetched_free(get(w, "tagged.csv", (FetchOptions){.offline = TRUE}));
    assert_int_equal(requests(w), 2);
}

static void test_an_unasked_304_is_a_fault(void **state)
{
    World *w = *state;
    assert_refused(w, "never-sent.csv", (FetchOptions){0}, "status 304");
}

static void test_conditions_go_to_the_address_they_came_from(void **state)
{
    World *w = *state;
    fetched_free(get(w, "moved.csv", (FetchOptions){0}));
    g_autoptr(Fetched) again = get(w, "moved.csv", (FetchOptions){0});
    assert_true(again->unchanged);
    assert_int_equal(requests(w), 4);
    assert_string_equal(asked(w, 2).path, "/moved.csv");
    assert_string_equal(asked(w, 2).none_match, "");
    assert_string_equal(asked(w, 3).path, "/tagged.csv");
    assert_string_equal(asked(w, 3).none_match, V1);
}

/* Opens the one manifest of the cache. */
static char *manifest_path(const World *w)
{
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    char *path = NULL;
    while (dir && (name = g_dir_read_name(dir))) {
        if (name[0] != '.' && g_str_has_suffix(name, ".json")) {
            assert_null(path);
            path = g_build_filename(w->cache, name, NULL);
        }
    }
    assert_non_null(path);
    return path;
}

static void test_the_manifest_says_where_the_bytes_come_from(void **state)
{
    World *w = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) f =
        get_request(w, (FetchRequest){.licence = "OGL"}, "moved.csv", (FetchOptions){0}, &error);
    assert_non_null(f);
    g_autofree char *path = manifest_path(w);
    json_t *record = json_load_file(path, 0, NULL);
    g_autofree char *url = url_of(w, "moved.csv"), *final = url_of(w, "tagged.csv");
    const char *const texts[][2] = {
        {"url", url},       {"final_url", final},           {"etag", V1},
        {"licence", "OGL"}, {"last_checked", "2017-10-25"}, {"sha256", f->sha256}};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_string_equal(json_string_value(json_object_get(record, texts[i][0])), texts[i][1]);
    assert_int_equal(json_integer_value(json_object_get(record, "status")), 200);
    assert_int_equal(json_integer_value(json_object_get(record, "bytes")), strlen("version 1\n"));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(record, "seen"), f->sha256)),
        "2017-10-25");
    json_decref(record);
    /* A confirmation moves the day of the check, not that of the bytes. */
    g_setenv("SOURCE_DATE_EPOCH", "1509015600", TRUE);
    fetched_free(get(w, "moved.csv", (FetchOptions){0}));
    record = json_load_file(path, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(record, "last_checked")), "2017-10-26");
    assert_string_equal(json_string_value(json_object_get(record, "etag")), V1);
    assert_int_equal(json_integer_value(json_object_get(record, "status")), 304);
    json_decref(record);
}

static void test_a_manifest_cannot_smuggle_a_header_in(void **state)
{
    World *w = *state;
    fetched_free(get(w, "tagged.csv", (FetchOptions){0}));
    g_autofree char *path = manifest_path(w);
    json_t *record = json_load_file(path, 0, NULL);
    json_object_set_new(record, "etag", json_string("\"v1\"\r\nRange: bytes=1-2"));
    assert_int_equal(json_dump_file(record, path, 0), 0);
    json_decref(record);
    fetched_free(get(w, "tagged.csv", (FetchOptions){0}));
    assert_string_equal(asked(w, 1).none_match, "");
    assert_string_equal(asked(w, 1).range, "");
}

/* ---- cut downloads ------------------------------------------------------------------------------
 */

static void assert_long(const World *w, const Fetched *f)
{
    g_autofree char *found = NULL;
    gsize n;
    assert_true(g_file_get_contents(f->path, &found, &n, NULL));
    assert_int_equal(n, LONG);
    for (gsize i = 0; i < n; i++) {
        if (found[i] != long_byte(i, w->version))
            fail_msg("byte %zu differs", i);
    }
    g_autofree char *sha256 = text_sha256(found, n);
    assert_string_equal(f->sha256, sha256);
}

static void test_a_cut_download_goes_on_where_it_stopped(void **state)
{
    World *w = *state;
    w->cuts = 1;
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_int_equal(requests(w), 2);
    assert_string_equal(asked(w, 0).range, "");
    assert_string_equal(asked(w, 1).range, "bytes=40000-");
    assert_string_equal(asked(w, 1).if_range, V1);
    assert_string_equal(asked(w, 1).encoding, "identity");
    assert_long(w, f);
    assert_int_equal(w->time, G_USEC_PER_SEC);
}

static void cut_once(World *w)
{
    FetchPatience once = patience(w);
    once.attempts = 1;
    w->cuts = 1;
    assert_refused(w, "long.csv", (FetchOptions){.patience = &once}, "could not be fetched");
}

static void test_a_later_run_goes_on_where_it_stopped(void **state)
{
    World *w = *state;
    cut_once(w);
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).range, "bytes=40000-");
    assert_long(w, f);
    /* Nothing is left to go on with. */
    fetched_free(get(w, "long.csv", (FetchOptions){.refresh = TRUE}));
    assert_string_equal(asked(w, 2).range, "");
}

static void test_refresh_does_not_go_on(void **state)
{
    World *w = *state;
    cut_once(w);
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){.refresh = TRUE});
    assert_string_equal(asked(w, 1).range, "");
    assert_long(w, f);
}

static void test_a_part_of_an_older_version_is_not_gone_on_with(void **state)
{
    World *w = *state;
    cut_once(w);
    w->version = 2;
    w->tag = "\"v2\"";
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).if_range, V1);
    assert_long(w, f);
}

static void test_a_weak_tag_is_not_gone_on_with(void **state)
{
    World *w = *state;
    w->tag = "W/\"v1\"";
    w->cuts = 1;
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).range, "");
    assert_long(w, f);
}

static void test_a_date_long_past_will_do_for_going_on(void **state)
{
    World *w = *state;
    w->tag = NULL;
    w->cuts = 1;
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).range, "bytes=40000-");
    assert_string_equal(asked(w, 1).if_range, DATE);
    assert_long(w, f);
}

static void test_a_part_beyond_the_file_is_given_up(void **state)
{
    World *w = *state;
    w->cuts = 1;
    w->beyond = TRUE;
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_int_equal(requests(w), 3);
    assert_string_equal(asked(w, 2).range, "");
    assert_long(w, f);
}

static void test_another_part_than_was_asked_for_is_not_put_in(void **state)
{
    World *w = *state;
    w->cuts = 1;
    w->content_range = "bytes 39999-99999/100000";
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_int_equal(requests(w), 3);
    assert_string_equal(asked(w, 2).range, "");
    assert_long(w, f);
}

static void test_a_part_that_another_run_writes_is_left_alone(void **state)
{
    World *w = *state;
    cut_once(w);
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    int fd = -1;
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(w->cache, name, NULL);
        if (g_str_has_prefix(name, ".part-") && !g_str_has_suffix(name, ".json"))
            fd = open(path, O_RDWR);
    }
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    g_autoptr(Fetched) f = get(w, "long.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).range, "");
    assert_long(w, f);
    assert_int_equal(lseek(fd, 0, SEEK_END), CUT);
    close(fd);
}

/* ---- faults that pass ---------------------------------------------------------------------------
 */

static void assert_waits(World *w, const char *name, int faults, const char *retry_after,
                         gint64 seconds)
{
    g_atomic_int_set(&w->faults, faults);
    g_strlcpy(w->retry_after, retry_after, sizeof w->retry_after);
    w->time = 0;
    g_autoptr(Fetched) f = get(w, name, (FetchOptions){0});
    assert_text(f, "well\n");
    assert_int_equal(w->time, seconds * G_USEC_PER_SEC);
}

static void test_waits_double_or_are_what_the_server_asks_for(void **state)
{
    World *w = *state;
    assert_waits(w, "faulty.csv", 1, "", 1);
    assert_waits(w, "faulty.csv", 3, "", 1 + 2 + 4);
    assert_waits(w, "many.csv", 1, "7", 7);
    assert_waits(w, "faulty.csv", 2, "7", 14);
    assert_waits(w, "faulty.csv", 1, "100000", 60);
    assert_waits(w, "faulty.csv", 1, "-5", 1);
    assert_waits(w, "faulty.csv", 1, "soon", 1);
}

static void test_retry_after_may_be_a_date(void **state)
{
    World *w = *state;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) later = g_date_time_add_hours(now, 2);
    g_autofree char *date = g_date_time_format(later, "%a, %d %b %Y %H:%M:%S GMT");
    assert_waits(w, "faulty.csv", 1, date, 60);
    assert_waits(w, "faulty.csv", 1, DATE, 1); /* past */
}

static void test_gives_up_after_four_attempts(void **state)
{
    World *w = *state;
    w->faults = 100;
    assert_refused(w, "faulty.csv", (FetchOptions){0}, "status 503");
    assert_int_equal(requests(w), 4);
    assert_int_equal(w->time, 7 * G_USEC_PER_SEC);
}

static void test_a_missing_file_is_asked_for_once(void **state)
{
    World *w = *state;
    assert_refused(w, "none.csv", (FetchOptions){0}, "status 404");
    assert_int_equal(requests(w), 1);
}

/* A host that asks to be left alone is, for its other files too. */
static void test_a_pause_is_for_the_whole_host(void **state)
{
    World *w = *state;
    g_autofree char *busy = url_of(w, "many.csv"), *other = url_of(w, "plain.csv");
    const FetchRequest two[] = {{.id = "a", .url = busy}, {.id = "b", .url = other}};
    FetchPatience one = patience(w);
    one.per_host = 1;
    w->faults = 1;
    g_strlcpy(w->retry_after, "20", sizeof w->retry_after);
    FetchResult *r = fetch_all(two, 2, &(FetchOptions){.cache_dir = w->cache, .patience = &one});
    assert_non_null(r[0].fetched);
    assert_non_null(r[1].fetched);
    assert_int_equal(requests(w), 3);
    assert_string_equal(asked(w, 0).path, "/many.csv");
    /* Without the pause /plain.csv would have been asked for before any time went by. */
    assert_string_equal(asked(w, 1).path, "/many.csv");
    assert_int_equal(w->time, 20 * G_USEC_PER_SEC);
    fetch_results_free(r, 2);
}

static void test_a_slow_server_is_given_up(void **state)
{
    World *w = *state;
    const FetchPatience short_one = {.attempts = 1, .slow_seconds = 1};
    const gint64 began = g_get_monotonic_time();
    assert_refused(w, "slow.csv", (FetchOptions){.patience = &short_one}, "too slow");
    assert_true(g_get_monotonic_time() - began < 20 * G_USEC_PER_SEC);
}

/* ---- sizes and packing --------------------------------------------------------------------------
 */

static void test_packed_bodies_are_unpacked(void **state)
{
    World *w = *state;
    g_autoptr(Fetched) f = get(w, "packed.csv", (FetchOptions){0});
    support_assert_contains(asked(w, 0).encoding, "gzip");
    assert_int_equal(f->bytes, UNPACKED);
    g_autofree char *expected = g_strnfill(UNPACKED, 'x');
    assert_text(f, expected);
}

static void test_size_counts_what_is_unpacked(void **state)
{
    World *w = *state;
    assert_refused(w, "packed.csv", (FetchOptions){.max_bytes = UNPACKED - 1}, "too large");
    fetched_free(get(w, "packed.csv", (FetchOptions){.max_bytes = UNPACKED}));
}

static void test_a_declared_size_over_the_limit_is_not_read(void **state)
{
    World *w = *state;
    assert_refused(w, "long.csv", (FetchOptions){.max_bytes = LONG - 1}, "too large");
    assert_int_equal(requests(w), 1);
    fetched_free(get(w, "long.csv", (FetchOptions){.max_bytes = LONG}));
}

/* ---- hosts
 * ---------------------------------------------------------------------------------------- */

static void test_another_host_only_if_the_source_names_it(void **state)
{
    World *w = *state;
    static const char *const wrong[] = {"example.org", "host", NULL};
    static const char *const right[] = {"example.org", "LocalHost", NULL};
    g_autoptr(GError) error = NULL;
    assert_refused(w, "away.csv", (FetchOptions){0}, "another host");
    assert_null(
        get_request(w, (FetchRequest){.hosts = wrong}, "away.csv", (FetchOptions){0}, &error));
    support_assert_contains(error->message, "http://localhost:");
    g_clear_error(&error);
    g_autoptr(Fetched) f =
        get_request(w, (FetchRequest){.hosts = right}, "away.csv", (FetchOptions){0}, &error);
    if (!f)
        fail_msg("%s", error->message);
    assert_text(f, "plain 1\n");
}

static void test_two_transfers_of_a_host_at_a_time(void **state)
{
    World *w = *state;
    FetchRequest all[6];
    char *urls[6];
    for (guint i = 0; i < 6; i++) {
        g_autofree char *name = g_strdup_printf("counted/%u", i);
        urls[i] = url_of(w, name);
        all[i] = (FetchRequest){.id = "s", .url = urls[i]};
    }
    FetchResult *r = fetch_all(all, 6, &(FetchOptions){.cache_dir = w->cache});
    for (guint i = 0; i < 6; i++) {
        assert_non_null(r[i].fetched);
        assert_string_equal(r[i].fetched->url, urls[i]);
        g_free(urls[i]);
    }
    fetch_results_free(r, 6);
    assert_int_equal(w->most, 2);
}

static void test_proxies_of_the_environment_serve_the_outside(void **state)
{
    World *w = *state;
    g_autofree char *proxy = url_of(w, "");
    g_setenv("https_proxy", proxy, TRUE);
    g_setenv("http_proxy", proxy, TRUE);
    g_unsetenv("no_proxy");
    const FetchPatience once = {.attempts = 1};
    const FetchRequest request = {.id = "s", .url = "https://example.invalid/x.csv"};
    const FetchOptions options = {.cache_dir = w->cache, .patience = &once};
    g_autoptr(GError) error = NULL;
    assert_null(fetch_source(&request, &options, &error));
    assert_string_equal(asked(w, 0).method, "CONNECT");
    g_autoptr(Fetched) direct = get(w, "plain.csv", (FetchOptions){0});
    assert_string_equal(asked(w, 1).path, "/plain.csv");
    g_unsetenv("https_proxy");
    g_unsetenv("http_proxy");
}

/* ---- several at once
 * ------------------------------------------------------------------------------ */

static void test_one_address_is_asked_once_and_order_is_kept(void **state)
{
    World *w = *state;
    g_autofree char *plain = url_of(w, "plain.csv"), *tagged = url_of(w, "tagged.csv"),
                    *none = url_of(w, "none.csv");
    g_autofree char *wrong = text_sha256("", 0);
    const FetchRequest all[] = {{.id = "a", .url = plain},
                                {.id = "b", .path = "/nonexistent/x.csv"},
                                {.id = "c", .url = none},
                                {.id = "d", .url = tagged},
                                {.id = "e", .url = plain},
                                {.id = "f", .url = none},
                                {.id = "g", .url = plain, .sha256 = wrong}};
    const FetchPatience quick = patience(w);
    FetchResult *r = fetch_all(all, 7, &(FetchOptions){.cache_dir = w->cache, .patience = &quick});
    assert_int_equal(requests(w), 4);
    assert_text(r[0].fetched, "plain 1\n");
    assert_text(r[3].fetched, "version 1\n");
    assert_text(r[4].fetched, "plain 1\n");
    assert_null(r[1].fetched);
    support_assert_contains(r[1].error->message, "source 'b': ");
    support_assert_contains(r[2].error->message, "source 'c': ");
    support_assert_contains(r[5].error->message, "source 'f': ");
    support_assert_contains(r[6].error->message, "not the one declared");
    fetch_results_free(r, 7);
}

static void test_a_page_in_place_of_the_file_keeps_the_last_good_copy(void **state)
{
    World *w = *state;
    fetched_free(get(w, "page-now.csv", (FetchOptions){0}));
    w->version = 2;
    g_autoptr(Fetched) kept = get(w, "page-now.csv", (FetchOptions){0});
    assert_text(kept, "data\n");
    assert_non_null(kept->note);
    g_autoptr(Fetched) cached = get(w, "page-now.csv", (FetchOptions){.offline = TRUE});
    assert_null(cached->note);
    assert_text(cached, "data\n");
}

static gpointer fetch_often(gpointer user)
{
    World *w = user;
    g_autofree char *a = url_of(w, "plain.csv"), *b = url_of(w, "tagged.csv"),
                    *c = url_of(w, "long.csv");
    const FetchRequest all[] = {
        {.id = "a", .url = a}, {.id = "b", .url = b}, {.id = "c", .url = c}};
    guint wrong = 0;
    for (guint i = 0; i < 10; i++) {
        FetchResult *r = fetch_all(all, 3, &(FetchOptions){.cache_dir = w->cache});
        for (guint k = 0; k < 3; k++) {
            g_autofree char *text = NULL;
            gsize n = 0;
            const Fetched *f = r[k].fetched;
            g_autofree char *sum =
                f && g_file_get_contents(f->path, &text, &n, NULL) ? text_sha256(text, n) : NULL;
            wrong += !sum || strcmp(sum, f->sha256) != 0;
        }
        fetch_results_free(r, 3);
    }
    return GUINT_TO_POINTER(wrong);
}

static void test_several_fetchers_share_a_cache(void **state)
{
    World *w = *state;
    GThread *threads[3];
    for (guint i = 0; i < 3; i++)
        threads[i] = g_thread_new("fetcher", fetch_often, w);
    for (guint i = 0; i < 3; i++)
        assert_int_equal(GPOINTER_TO_UINT(g_thread_join(threads[i])), 0);
    g_autoptr(GDir) dir = g_dir_open(w->cache, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir)))
        assert_false(g_str_has_prefix(name, ".part-") && !g_str_has_suffix(name, ".json"));
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SERVER(test_an_entity_tag_spares_the_body),
        WITH_SERVER(test_a_date_spares_the_body),
        WITH_SERVER(test_the_same_bytes_again_are_unchanged),
        WITH_SERVER(test_refresh_asks_without_conditions_and_reuse_does_not_ask),
        WITH_SERVER(test_an_unasked_304_is_a_fault),
        WITH_SERVER(test_conditions_go_to_the_address_they_came_from),
        WITH_SERVER(test_the_manifest_says_where_the_bytes_come_from),
        WITH_SERVER(test_a_manifest_cannot_smuggle_a_header_in),
        WITH_SERVER(test_a_cut_download_goes_on_where_it_stopped),
        WITH_SERVER(test_a_later_run_goes_on_where_it_stopped),
        WITH_SERVER(test_refresh_does_not_go_on),
        WITH_SERVER(test_a_part_of_an_older_version_is_not_gone_on_with),
        WITH_SERVER(test_a_weak_tag_is_not_gone_on_with),
        WITH_SERVER(test_a_date_long_past_will_do_for_going_on),
        WITH_SERVER(test_a_part_beyond_the_file_is_given_up),
        WITH_SERVER(test_another_part_than_was_asked_for_is_not_put_in),
        WITH_SERVER(test_a_part_that_another_run_writes_is_left_alone),
        WITH_SERVER(test_waits_double_or_are_what_the_server_asks_for),
        WITH_SERVER(test_retry_after_may_be_a_date),
        WITH_SERVER(test_gives_up_after_four_attempts),
        WITH_SERVER(test_a_missing_file_is_asked_for_once),
        WITH_SERVER(test_a_pause_is_for_the_whole_host),
        WITH_SERVER(test_a_slow_server_is_given_up),
        WITH_SERVER(test_packed_bodies_are_unpacked),
        WITH_SERVER(test_size_counts_what_is_unpacked),
        WITH_SERVER(test_a_declared_size_over_the_limit_is_not_read),
        WITH_SERVER(test_another_host_only_if_the_source_names_it),
        WITH_SERVER(test_two_transfers_of_a_host_at_a_time),
        WITH_SERVER(test_proxies_of_the_environment_serve_the_outside),
        WITH_SERVER(test_one_address_is_asked_once_and_order_is_kept),
        WITH_SERVER(test_a_page_in_place_of_the_file_keeps_the_last_good_copy),
        WITH_SERVER(test_several_fetchers_share_a_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
