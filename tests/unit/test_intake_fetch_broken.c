/* A server that breaks its first connections, each in another way, and then serves: asked again
 * after 1, 2 and 4 seconds, and no more often. */
#include "support.h"

#include "loopback.h"

#include "peerline/intake/fetch.h"

#define BODY "a,b\n1,2\n"
#define HEAD "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"

/* What the server does with a connection. */
typedef struct {
    const char *answer; /* before it ends: text, or NULL */
    gboolean unheard;   /* without having read the request */
    gboolean reset;     /* ends by a reset, not as is usual */
} Fault;

typedef struct {
    char *dir, *cache;
    int listener;
    guint port;
    GThread *thread;
    Fault fault;
    int faults;   /* so many first connections */
    int taken;    /* atomic: connections */
    int stopping; /* atomic */
    guint deaf;   /* refuses connections until the fetcher has waited so often */
    guint waits;
    gint64 time; /* of the fetcher's clock, microseconds */
} World;

static void say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void answer(World *w, int fd)
{
    const gboolean faulty = g_atomic_int_add(&w->taken, 1) < w->faults;
    if (!faulty || !w->fault.unheard)
        loopback_hear(fd);
    if (!faulty)
        say(fd, HEAD BODY);
    else if (w->fault.answer)
        say(fd, w->fault.answer);
    if (faulty && w->fault.reset) {
        g_usleep(w->fault.answer ? 20000 : 0); /* a reset overtakes what was said */
        loopback_reset(fd);
    } else {
        shutdown(fd, SHUT_WR);
    }
}

static gpointer serve(gpointer user)
{
    World *w = user;
    int fd;
    while ((fd = accept(w->listener, NULL, NULL)) >= 0) {
        if (!g_atomic_int_get(&w->stopping))
            answer(w, fd);
        close(fd);
    }
    return NULL;
}

static void start(World *w)
{
    assert_int_equal(listen(w->listener, 16), 0);
    w->thread = g_thread_new("server", serve, w);
}

static int setup(void **state)
{
    World *w = g_new0(World, 1);
    w->dir = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    w->cache = g_build_filename(w->dir, "cache", NULL);
    w->listener = loopback_bind(&w->port);
    if (!w->dir || w->listener < 0)
        return -1;
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    World *w = *state;
    g_atomic_int_set(&w->stopping, 1);
    shutdown(w->listener, SHUT_RDWR); /* ends accept() */
    if (w->thread)
        g_thread_join(w->thread);
    close(w->listener);
    support_remove_tree(w->dir);
    g_free(w->dir);
    g_free(w->cache);
    g_free(w);
    return 0;
}

static gint64 fake_now(gpointer user)
{
    return ((World *)user)->time;
}

/* Nobody listens at a port that is only bound: until now connections were refused. */
static void fake_sleep(gpointer user, gint64 us)
{
    World *w = user;
    w->time += us;
    if (++w->waits == w->deaf)
        start(w);
}

static Fetched *get(World *w, GError **error)
{
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/data.csv", w->port);
    const FetchRequest request = {.id = "s", .url = url};
    const FetchPatience patience = {.now = fake_now, .sleep = fake_sleep, .user = w};
    const FetchOptions options = {.cache_dir = w->cache, .patience = &patience};
    w->time = 0;
    g_atomic_int_set(&w->taken, 0);
    return fetch_source(&request, &options, error);
}

static void assert_served(World *w, gint64 seconds)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_autoptr(Fetched) f = get(w, &error);
    if (!f)
        fail_msg("%s", error->message);
    assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    assert_string_equal(text, BODY);
    assert_null(f->note);
    assert_int_equal(w->time, seconds * G_USEC_PER_SEC);
}

static void assert_given_up(World *w)
{
    g_autoptr(GError) error = NULL;
    support_remove_tree(w->cache);
    assert_null(get(w, &error));
    support_assert_contains(error->message, "could not be fetched");
    assert_int_equal(w->time, 7 * G_USEC_PER_SEC);
}

/* One fault is got over, three are, four are too many. */
static void gets_over(void **state, Fault fault)
{
    World *w = *state;
    w->fault = fault;
    start(w);
    w->faults = 1;
    assert_served(w, 1);
    assert_int_equal(g_atomic_int_get(&w->taken), 2);
    w->faults = 3;
    assert_served(w, 1 + 2 + 4);
    assert_int_equal(g_atomic_int_get(&w->taken), 4);
    w->faults = 100;
    assert_given_up(w);
    assert_int_equal(g_atomic_int_get(&w->taken), 4);
}

static void test_connections_that_are_refused(void **state)
{
    World *w = *state;
    assert_given_up(w);
    w->waits = 0;
    w->deaf = 3;
    assert_served(w, 1 + 2 + 4);
}

static void test_connections_that_end_without_an_answer(void **state)
{
    gets_over(state, (Fault){0});
}

static void test_connections_that_are_reset(void **state)
{
    gets_over(state, (Fault){.reset = TRUE});
}

static void test_connections_that_are_reset_before_they_are_heard(void **state)
{
    gets_over(state, (Fault){.unheard = TRUE, .reset = TRUE});
}

static void test_answers_that_stop_in_their_headers(void **state)
{
    gets_over(state, (Fault){.answer = "HTTP/1.1 200 OK\r\nContent-Le", .reset = TRUE});
}

static void test_answers_that_stop_in_their_body(void **state)
{
    gets_over(state, (Fault){.answer = HEAD "a,b"});
}

static void test_answers_that_are_reset_in_their_body(void **state)
{
    gets_over(state, (Fault){.answer = HEAD "a,b", .reset = TRUE});
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SERVER(test_connections_that_are_refused),
        WITH_SERVER(test_connections_that_end_without_an_answer),
        WITH_SERVER(test_connections_that_are_reset),
        WITH_SERVER(test_connections_that_are_reset_before_they_are_heard),
        WITH_SERVER(test_answers_that_stop_in_their_headers),
        WITH_SERVER(test_answers_that_stop_in_their_body),
        WITH_SERVER(test_answers_that_are_reset_in_their_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
