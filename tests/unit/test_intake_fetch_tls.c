// LIBS: microhttpd
/* HTTPS: which servers are believed, and how a proxy of the environment is asked. The certificates
 * are made here and now by openssl; without it the tests are skipped. */
#include "support.h"

#include "loopback.h"

#include <microhttpd.h>
#include <poll.h>

#include "peerline/intake/fetch.h"

#define BODY "a,b\n1,2\n"

/* An authority, a key, and certificates for it: the right one, one of another host, one of the
 * past, and one that vouches for itself. */
static const char MAKE[] =
    "set -e; cd \"$1\"\n"
    "new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'\n"
    "openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj '/CN=Test authority'\n"
    "openssl req $new -keyout key.pem -out request.pem -subj /CN=server\n"
    "sign() {\n"
    "  echo \"subjectAltName=$2\" >extensions\n"
    "  openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days $3 \\\n"
    "    -extfile extensions -out $1.pem\n"
    "}\n"
    "sign right IP:127.0.0.1,DNS:data.example.org 2\n"
    "sign elsewhere DNS:other.example.org 2\n"
    "sign past IP:127.0.0.1 -1\n"
    "openssl req -x509 -key key.pem -out itself.pem -days 2 -subj /CN=127.0.0.1 \\\n"
    "  -addext subjectAltName=IP:127.0.0.1\n"
    "mkdir folder; cp ca.pem folder/$(openssl x509 -in ca.pem -noout -hash).0\n";

static char *pems; /* the folder they are in, or NULL */

static int make_certificates(void **state)
{
    (void)state;
    char *dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    char *argv[] = {"sh", "-c", (char *)MAKE, "sh", dir, NULL};
    int status = -1;
    if (g_spawn_sync(NULL, argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL) &&
        status == 0)
        pems = g_strdup(dir);
    else
        support_remove_tree(dir);
    g_free(dir);
    return 0;
}

static int remove_certificates(void **state)
{
    (void)state;
    if (pems)
        support_remove_tree(pems);
    g_clear_pointer(&pems, g_free);
    return 0;
}

static char *pem(const char *name)
{
    return g_build_filename(pems, name, NULL);
}

/* ---- a server and a proxy on 127.0.0.1 ----------------------------------------------------------
 */

typedef struct {
    char *dir, *cache;
    struct MHD_Daemon *daemon;
    guint port;
    int requests; /* atomic: that came through the handshake */
    /* the proxy */
    int listener;
    guint proxy_port;
    GThread *thread;
    const char *refusal;   /* its answer to everyone, or NULL */
    int breaks;            /* so many first tunnels break */
    gsize most;            /* bytes of the server that they let through */
    const char *garbage;   /* that they say in place of the server, or NULL */
    gboolean mute, reset;  /* they do not answer; they end by a reset */
    char asked[256];       /* the first line of the last request */
    int tunnels, stopping; /* atomic */
    gint64 time;           /* of the fetcher's clock, microseconds */
} World;

static enum MHD_Result handle(void *user, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_n, void **connection_state)
{
    World *w = user;
    (void)url, (void)method, (void)version, (void)data, (void)data_n, (void)connection_state;
    g_atomic_int_inc(&w->requests);
    struct MHD_Response *r =
        MHD_create_response_from_buffer(strlen(BODY), (void *)BODY, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result ok = MHD_queue_response(c, 200, r);
    MHD_destroy_response(r);
    return ok;
}

/* Starts the server anew with a certificate. */
static void serve_as(World *w, const char *certificate)
{
    g_autofree char *key_at = pem("key.pem"), *certificate_at = pem(certificate), *key = NULL,
                    *text = NULL;
    assert_true(g_file_get_contents(key_at, &key, NULL, NULL));
    assert_true(g_file_get_contents(certificate_at, &text, NULL, NULL));
    g_clear_pointer(&w->daemon, MHD_stop_daemon);
    w->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL,
                                 handle, w, MHD_OPTION_HTTPS_MEM_KEY, key,
                                 MHD_OPTION_HTTPS_MEM_CERT, text, MHD_OPTION_SOCK_ADDR,
                                 &(struct sockaddr_in){.sin_family = AF_INET,
                                                       .sin_port = htons((guint16)w->port),
                                                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
                                 MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    assert_non_null(w->daemon);
    w->port = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

static int connect_to(guint port)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((guint16)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* FALSE when one side is done. */
static gboolean pass_on(int from, int to)
{
    char buf[16384];
    ssize_t n = read(from, buf, sizeof buf);
    return n > 0 && send(to, buf, (gsize)n, MSG_NOSIGNAL) == n;
}

static void tunnel(World *w, int client)
{
    int server = connect_to(w->port);
    struct pollfd p[2] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    gboolean open = server >= 0;
    while (open && !g_atomic_int_get(&w->stopping)) {
        if (poll(p, 2, 50) <= 0)
            continue;
        for (guint i = 0; i < 2; i++) {
            if (p[i].revents)
                open = open && pass_on(p[i].fd, p[1 - i].fd);
        }
    }
    if (server >= 0)
        close(server);
}

/* As proxies do that have too much to do. */
static void break_tunnel(World *w, int client)
{
    static const char OPEN[] = "HTTP/1.1 200 Connection established\r\n\r\n";
    char buf[16384];
    ssize_t n = w->mute ? 0 : send(client, OPEN, sizeof OPEN - 1, MSG_NOSIGNAL);
    const int server = w->most ? connect_to(w->port) : -1;
    if (!w->mute)
        n = read(client, buf, sizeof buf); /* hello */
    if (server >= 0 && n > 0 && send(server, buf, (gsize)n, MSG_NOSIGNAL) == n)
        n = recv(server, buf, w->most, MSG_WAITALL);
    if (server >= 0 && n > 0)
        n = send(client, buf, (gsize)n, MSG_NOSIGNAL);
    if (w->garbage)
        n = send(client, w->garbage, strlen(w->garbage), MSG_NOSIGNAL);
    if (server >= 0)
        close(server);
    if (w->reset)
        loopback_reset(client);
}

static void answer_client(World *w, int client)
{
    char buf[4096];
    gsize n = 0;
    while (n < sizeof buf - 1) {
        ssize_t got = read(client, buf + n, 1); /* what follows belongs to the tunnel */
        if (got <= 0)
            return;
        buf[++n] = '\0';
        if (g_str_has_suffix(buf, "\r\n\r\n"))
            break;
    }
    *strchr(buf, '\r') = '\0';
    g_strlcpy(w->asked, buf, sizeof w->asked);
    if (g_atomic_int_add(&w->tunnels, 1) < w->breaks) {
        break_tunnel(w, client);
        return;
    }
    const char *answer = w->refusal ? w->refusal : "HTTP/1.1 200 Connection established\r\n\r\n";
    if (send(client, answer, strlen(answer), MSG_NOSIGNAL) > 0 && !w->refusal)
        tunnel(w, client);
}

/* Sends every tunnel to the server of the test, wherever it was meant to lead. */
static gpointer serve_proxy(gpointer user)
{
    World *w = user;
    int client;
    while ((client = accept(w->listener, NULL, NULL)) >= 0) {
        if (!g_atomic_int_get(&w->stopping))
            answer_client(w, client);
        close(client);
    }
    return NULL;
}

static gboolean start_proxy(World *w)
{
    w->listener = loopback_listen(&w->proxy_port);
    if (w->listener < 0)
        return FALSE;
    w->thread = g_thread_new("proxy", serve_proxy, w);
    return TRUE;
}

static void forget_environment(void)
{
    static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR",
                                        "https_proxy",    "HTTPS_PROXY",   "all_proxy",
                                        "ALL_PROXY",      "no_proxy",      "NO_PROXY"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_unsetenv(names[i]);
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    forget_environment();
    *state = w;
    return w->dir && start_proxy(w) ? 0 : -1;
}

static int teardown(void **state)
{
    World *w = *state;
    g_atomic_int_set(&w->stopping, 1);
    shutdown(w->listener, SHUT_RDWR); /* ends accept() */
    g_thread_join(w->thread);
    close(w->listener);
    g_clear_pointer(&w->daemon, MHD_stop_daemon);
    support_remove_tree(w->dir);
    forget_environment();
    g_free(w->dir);
    g_free(w->cache);
    g_free(w);
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

static Fetched *get(World *w, const char *host, GError **error)
{
    g_autofree char *url = g_strdup_printf("https://%s:%u/data.csv", host, w->port);
    const FetchRequest request = {.id = "s", .url = url};
    const FetchPatience patience = {.now = fake_now, .sleep = fake_sleep, .user = w};
    const FetchOptions options = {.cache_dir = w->cache, .patience = &patience};
    g_atomic_int_set(&w->requests, 0);
    g_atomic_int_set(&w->tunnels, 0);
    return fetch_source(&request, &options, error);
}

static void assert_gets(World *w, const char *host)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_autoptr(Fetched) f = get(w, host, &error);
    if (!f)
        fail_msg("%s", error->message);
    assert_null(f->note);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, BODY);
}

/* Refused without having asked for the file, whatever is in the cache. */
static void assert_refused(World *w, const char *host, const char *why)
{
    g_autoptr(GError) error = NULL;
    support_remove_tree(w->cache);
    assert_null(get(w, host, &error));
    support_assert_contains(error->message, why);
    assert_int_equal(g_atomic_int_get(&w->requests), 0);
}

static void name(const char *variable, const char *file)
{
    g_autofree char *path = pem(file);
    g_setenv(variable, path, TRUE);
}

static void by_proxy(const World *w)
{
    g_autofree char *proxy = g_strdup_printf("http://127.0.0.1:%u", w->proxy_port);
    g_setenv("https_proxy", proxy, TRUE);
}

#define NEEDS_CERTIFICATES                                                                         \
    if (!pems)                                                                                     \
    skip()

/* ---- who is believed ----------------------------------------------------------------------------
 */

static void test_an_unknown_authority_is_not_believed(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    assert_refused(w, "127.0.0.1", "certificate");
    assert_refused(w, "127.0.0.1", "SSL_CERT_FILE or CURL_CA_BUNDLE");
    serve_as(w, "itself.pem");
    assert_refused(w, "127.0.0.1", "certificate");
    assert_int_equal(w->time, 0); /* asking again would not help */
}

static void test_the_environment_names_authorities(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    name("SSL_CERT_FILE", "ca.pem");
    assert_gets(w, "127.0.0.1");
    forget_environment();
    name("SSL_CERT_DIR", "folder");
    assert_gets(w, "127.0.0.1");
    forget_environment();
    name("CURL_CA_BUNDLE", "ca.pem");
    name("SSL_CERT_FILE", "itself.pem"); /* as curl has it, the bundle wins */
    assert_gets(w, "127.0.0.1");
    g_setenv("CURL_CA_BUNDLE", "", TRUE); /* empty is not set */
    assert_refused(w, "127.0.0.1", "certificate");
}

static void test_a_file_of_authorities_that_is_missing_is_named(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    g_setenv("SSL_CERT_FILE", "/nonexistent/bundle.pem", TRUE);
    assert_refused(w, "127.0.0.1", "/nonexistent/bundle.pem");
    assert_refused(w, "127.0.0.1", "SSL_CERT_FILE");
}

static void test_a_certificate_is_for_one_host_and_one_time(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    name("SSL_CERT_FILE", "ca.pem");
    serve_as(w, "elsewhere.pem");
    assert_refused(w, "127.0.0.1", "127.0.0.1");
    serve_as(w, "past.pem");
    assert_refused(w, "127.0.0.1", "expired");
}

static void test_the_last_good_copy_serves_when_a_server_is_not_believed(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    name("SSL_CERT_FILE", "ca.pem");
    serve_as(w, "right.pem");
    assert_gets(w, "127.0.0.1");
    serve_as(w, "itself.pem");
    g_autoptr(Fetched) f = get(w, "127.0.0.1", &error);
    assert_non_null(f);
    assert_non_null(f->note);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, BODY);
    assert_int_equal(g_atomic_int_get(&w->requests), 0);
}

/* ---- through a proxy ----------------------------------------------------------------------------
 */

static void test_a_proxy_leads_to_the_publisher(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    name("SSL_CERT_FILE", "ca.pem");
    by_proxy(w);
    assert_gets(w, "data.example.org");
    g_autofree char *expected = g_strdup_printf("CONNECT data.example.org:%u HTTP/1.1", w->port);
    assert_string_equal(w->asked, expected);
    assert_int_equal(g_atomic_int_get(&w->tunnels), 1);
}

static void test_a_proxy_is_believed_no_more_than_a_server(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "elsewhere.pem");
    name("SSL_CERT_FILE", "ca.pem");
    by_proxy(w);
    assert_refused(w, "data.example.org", "data.example.org");
}

static void test_no_proxy_for_some_hosts_and_this_machine(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    name("SSL_CERT_FILE", "ca.pem");
    by_proxy(w);
    assert_gets(w, "127.0.0.1");
    assert_int_equal(g_atomic_int_get(&w->tunnels), 0);
    g_setenv("no_proxy", ".example.invalid", TRUE);
    assert_refused(w, "data.example.invalid", "could not be fetched");
    assert_int_equal(g_atomic_int_get(&w->tunnels), 0);
}

static void test_a_proxy_that_refuses_is_named(void **state)
{
    World *w = *state;
    w->port = 443;
    by_proxy(w);
    w->refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    assert_refused(w, "data.example.org", "the proxy answered with status 407");
    assert_int_equal(g_atomic_int_get(&w->tunnels), 1);
    w->refusal = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    assert_refused(w, "data.example.org", "the proxy answered with status 503");
    assert_int_equal(g_atomic_int_get(&w->tunnels), 4);
}

static void test_a_proxy_that_is_not_there(void **state)
{
    World *w = *state;
    w->port = 443;
    g_setenv("https_proxy", "http://127.0.0.1:1", TRUE);
    assert_refused(w, "data.example.org", "could not be fetched");
}

/* The first three tunnels break, and a run in which all do gives up after four. */
static void gets_through(World *w, gboolean mute, gsize most, const char *garbage)
{
    w->mute = mute;
    w->most = most;
    w->garbage = garbage;
    for (guint reset = 0; reset < 2; reset++) {
        w->reset = reset == 1;
        w->breaks = 3;
        w->time = 0;
        support_remove_tree(w->cache);
        assert_gets(w, "data.example.org");
        assert_int_equal(g_atomic_int_get(&w->tunnels), 4);
        assert_int_equal(w->time, 7 * G_USEC_PER_SEC);
        w->breaks = 100;
        assert_refused(w, "data.example.org", "could not be fetched");
        assert_int_equal(g_atomic_int_get(&w->tunnels), 4);
    }
}

static void test_tunnels_that_break_are_asked_for_again(void **state)
{
    NEEDS_CERTIFICATES;
    World *w = *state;
    serve_as(w, "right.pem");
    name("SSL_CERT_FILE", "ca.pem");
    by_proxy(w);
    gets_through(w, TRUE, 0, NULL);
    gets_through(w, FALSE, 0, NULL);
    gets_through(w, FALSE, 3, NULL);
    gets_through(w, FALSE, 100, NULL);
    gets_through(w, FALSE, 0, "HTTP/1.0 502 Bad Gateway\r\n\r\n");
}

static void test_no_tunnel_is_asked_for_again_for_a_certificate(void **state)
{
    NEEDS_CERTIFICATES;
    static const char *const wrong[] = {"elsewhere.pem", "past.pem", "itself.pem"};
    World *w = *state;
    name("SSL_CERT_FILE", "ca.pem");
    by_proxy(w);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        serve_as(w, wrong[i]);
        assert_refused(w, "data.example.org", "could not be fetched: SSL");
        assert_int_equal(g_atomic_int_get(&w->tunnels), 1);
    }
    assert_int_equal(w->time, 0);
}

#define WITH_WORLD(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(test_an_unknown_authority_is_not_believed),
        WITH_WORLD(test_the_environment_names_authorities),
        WITH_WORLD(test_a_file_of_authorities_that_is_missing_is_named),
        WITH_WORLD(test_a_certificate_is_for_one_host_and_one_time),
        WITH_WORLD(test_the_last_good_copy_serves_when_a_server_is_not_believed),
        WITH_WORLD(test_a_proxy_leads_to_the_publisher),
        WITH_WORLD(test_a_proxy_is_believed_no_more_than_a_server),
        WITH_WORLD(test_no_proxy_for_some_hosts_and_this_machine),
        WITH_WORLD(test_a_proxy_that_refuses_is_named),
        WITH_WORLD(test_a_proxy_that_is_not_there),
        WITH_WORLD(test_tunnels_that_break_are_asked_for_again),
        WITH_WORLD(test_no_tunnel_is_asked_for_again_for_a_certificate),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
