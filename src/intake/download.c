#include "download.h"

#include <string.h>

#include "peerline/base/error.h"

#define MOST_REDIRECTS 5
/* Of all hosts together. */
#define MOST_TRANSFERS 8
#define POLL_MS        1000

/* What is going on with one host. */
typedef struct {
    guint active;
    gint64 not_before; /* it asked to be left alone until then */
} Host;

typedef struct {
    const DownloadRequest *request;
    Download *out;
    Transfer transfer;
    WebUrl *moved; /* where redirects led to, or NULL */
    Host *host;    /* of the address to ask next */
    guint attempt, redirects;
    gint64 due;
    enum { WAITING, RUNNING, ENDED } state;
} Job;

typedef struct {
    CURLM *multi;
    const FetchOptions *options;
    FetchPatience patience;
    Job *jobs;
    guint n, active, ended;
    GHashTable *hosts; /* name -> Host */
} Pool;

void download_clear(Download *d)
{
    part_clear(&d->part);
    g_clear_pointer(&d->sha256, g_free);
    g_clear_pointer(&d->final_url, g_free);
    g_clear_pointer(&d->etag, g_free);
    g_clear_pointer(&d->last_modified, g_free);
    g_clear_error(&d->error);
}

/* ---- time -------------------------------------------------------------------------------------
 */

static gint64 real_now(gpointer unused)
{
    (void)unused;
    return g_get_monotonic_time();
}

static void real_sleep(gpointer unused, gint64 us)
{
    (void)unused;
    g_usleep((gulong)us);
}

static FetchPatience patience_of(const FetchOptions *options)
{
    FetchPatience p = options->patience ? *options->patience : (FetchPatience){0};
    p.attempts = p.attempts ? p.attempts : 4;
    p.per_host = p.per_host ? p.per_host : 2;
    p.connect_seconds = p.connect_seconds ? p.connect_seconds : 20;
    p.slow_seconds = p.slow_seconds ? p.slow_seconds : 30;
    p.pause_seconds = p.pause_seconds ? p.pause_seconds : 60;
    p.now = p.now ? p.now : real_now;
    p.sleep = p.sleep ? p.sleep : real_sleep;
    return p;
}

static gint64 now(const Pool *pool)
{
    return pool->patience.now(pool->patience.user);
}

/* ---- the life of one job ------------------------------------------------------------------------
 */

static const WebUrl *address(const Job *job)
{
    return job->moved ? job->moved : job->request->url;
}

static Host *host_of(Pool *pool, const char *name)
{
    Host *host = g_hash_table_lookup(pool->hosts, name);
    if (!host) {
        host = g_new0(Host, 1);
        g_hash_table_insert(pool->hosts, g_strdup(name), host);
    }
    return host;
}

/* Takes the error. */
static void end_job(Pool *pool, Job *job, const char *outcome, GError *error)
{
    job->out->error = error;
    job->state = ENDED;
    pool->ended++;
    progress_bar_end(job->transfer.bar, outcome);
    job->transfer.bar = NULL;
    transfer_clear(&job->transfer);
}

static void hand_over(Pool *pool, Job *job)
{
    Transfer *t = &job->transfer;
    Download *d = job->out;
    g_autofree char *outcome = g_strdup_printf("%" G_GUINT64_FORMAT " bytes", t->bytes);
    part_forget(t->dir, t->key);
    d->part = t->part;
    t->part = (Part){.fd = -1};
    d->sha256 = g_strdup(g_checksum_get_string(t->sum));
    d->bytes = t->bytes;
    end_job(pool, job, outcome, NULL);
}

static void start(Pool *pool, Job *job)
{
    Transfer *t = &job->transfer;
    GError *error = NULL;
    if (!t->sum) {
        t->bar = progress_bar_new(pool->options->progress, job->request->id);
        if (!transfer_open(t, !pool->options->refresh, &error)) {
            end_job(pool, job, "failed", error);
            return;
        }
    }
    CURL *curl = transfer_begin(t, address(job), &job->request->have);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, job);
    curl_multi_add_handle(pool->multi, curl);
    job->state = RUNNING;
    job->host->active++;
    pool->active++;
}

static gboolean is_allowed(const Job *job, const WebUrl *target)
{
    if (strcmp(target->host, job->request->url->host) == 0)
        return TRUE;
    for (const char *const *h = job->request->hosts; h && *h; h++) {
        if (g_ascii_strcasecmp(*h, target->host) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The address a redirect leads to, or NULL with error. */
static WebUrl *redirected(const Job *job, GError **error)
{
    const char *from = address(job)->text;
    if (job->redirects == MOST_REDIRECTS) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: redirected more than %d times", job->request->url->text, MOST_REDIRECTS);
        return NULL;
    }
    g_autoptr(WebUrl) target = weburl_new(job->transfer.next, error);
    if (!target) {
        g_prefix_error(error, "%s: redirected: ", from);
        return NULL;
    }
    if (!is_allowed(job, target)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: redirected to another host: '%s' (the same host, or one named in the "
                    "source's hosts)",
                    from, target->text);
        return NULL;
    }
    return g_steal_pointer(&target);
}

static void go_on_elsewhere(Pool *pool, Job *job)
{
    GError *error = NULL;
    WebUrl *target = redirected(job, &error);
    if (!target) {
        end_job(pool, job, "failed", error);
        return;
    }
    job->redirects++;
    weburl_free(job->moved);
    job->moved = target;
    job->host = host_of(pool, target->host);
    job->due = now(pool);
    job->state = WAITING;
}

/* Takes the error, which is told if this was the last attempt. */
static void try_again(Pool *pool, Job *job, GError *error)
{
    if (job->attempt == pool->patience.attempts) {
        end_job(pool, job, "failed", error);
        return;
    }
    g_error_free(error);
    const Transfer *t = &job->transfer;
    const gint64 usual = G_GINT64_CONSTANT(1) << MIN(job->attempt - 1, 16);
    const gint64 seconds = MIN(t->pause ? t->pause : usual, (gint64)pool->patience.pause_seconds);
    job->due = now(pool) + (t->at_once ? 0 : seconds * G_USEC_PER_SEC);
    if (t->pause) /* it said so to this program, not about this file */
        job->host->not_before = MAX(job->host->not_before, job->due);
    job->attempt++;
    job->redirects = 0;
    g_clear_pointer(&job->moved, weburl_free);
    job->host = host_of(pool, job->request->url->host);
    job->state = WAITING;
}

static void answered(Pool *pool, Job *job, CURLcode rc)
{
    Transfer *t = &job->transfer;
    GError *error = NULL;
    Answer answer = transfer_end(t, rc, &error);
    curl_multi_remove_handle(pool->multi, t->curl);
    job->host->active--;
    pool->active--;
    if (answer == ANSWER_DONE || answer == ANSWER_UNCHANGED) {
        job->out->status = t->status;
        job->out->final_url = g_strdup(address(job)->text);
        job->out->etag = g_strdup(t->etag);
        job->out->last_modified = g_strdup(t->last_modified);
    }
    job->out->unchanged = answer == ANSWER_UNCHANGED;
    switch (answer) {
    case ANSWER_DONE: hand_over(pool, job); break;
    case ANSWER_UNCHANGED: end_job(pool, job, "unchanged", NULL); break;
    case ANSWER_REDIRECT: go_on_elsewhere(pool, job); break;
    case ANSWER_AGAIN: try_again(pool, job, error); break;
    case ANSWER_FAILED: end_job(pool, job, "failed", error); break;
    }
}

/* ---- all of them --------------------------------------------------------------------------------
 */

static gint64 earliest(const Job *job)
{
    return MAX(job->due, job->host->not_before);
}

static void start_what_is_due(Pool *pool)
{
    for (guint i = 0; i < pool->n && pool->active < MOST_TRANSFERS; i++) {
        Job *job = &pool->jobs[i];
        if (job->state == WAITING && job->host->active < pool->patience.per_host &&
            earliest(job) <= now(pool))
            start(pool, job);
    }
}

/* Until the first job that waits for a time, not for a place; G_MAXINT64 if none does. */
static gint64 time_to_next(const Pool *pool)
{
    gint64 next = G_MAXINT64;
    const gint64 at = now(pool);
    for (guint i = 0; i < pool->n; i++) {
        const Job *job = &pool->jobs[i];
        if (job->state == WAITING && earliest(job) > at)
            next = MIN(next, earliest(job) - at);
    }
    return next;
}

static void take_answers(Pool *pool)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(pool->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        Job *job = NULL;
        const CURLcode rc = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&job);
        answered(pool, job, rc);
    }
}

/* Only if libcurl itself is out of order: nothing must be left running. */
static void give_up(Pool *pool, CURLMcode rc)
{
    for (guint i = 0; i < pool->n; i++) {
        Job *job = &pool->jobs[i];
        if (job->state == RUNNING)
            curl_multi_remove_handle(pool->multi, job->transfer.curl);
        if (job->state != ENDED)
            end_job(pool, job, "failed",
                    g_error_new(PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                                "%s: could not be fetched: %s", address(job)->text,
                                curl_multi_strerror(rc)));
    }
}

static void work(Pool *pool)
{
    while (pool->ended < pool->n) {
        start_what_is_due(pool);
        if (pool->ended == pool->n)
            return;
        const gint64 next = time_to_next(pool);
        if (pool->active == 0) {
            if (next != G_MAXINT64) /* else a place has just become free */
                pool->patience.sleep(pool->patience.user, next);
            continue;
        }
        int running;
        CURLMcode rc = curl_multi_perform(pool->multi, &running);
        const guint before = pool->active;
        take_answers(pool);
        if (rc == CURLM_OK && pool->active == before)
            rc = curl_multi_poll(pool->multi, NULL, 0, (int)CLAMP(next / 1000, 1, POLL_MS), NULL);
        if (rc != CURLM_OK) {
            give_up(pool, rc);
            return;
        }
    }
}

void download_all(const DownloadRequest *requests, guint n, const char *dir,
                  const FetchOptions *options, Download *out)
{
    transfer_initialise();
    Pool pool = {.multi = curl_multi_init(),
                 .options = options,
                 .patience = patience_of(options),
                 .jobs = g_new0(Job, n + 1),
                 .n = n,
                 .hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    for (guint i = 0; i < n; i++) {
        out[i].part.fd = -1;
        pool.jobs[i] = (Job){.request = &requests[i],
                             .out = &out[i],
                             .attempt = 1,
                             .host = host_of(&pool, requests[i].url->host),
                             .transfer = {.dir = dir,
                                          .key = requests[i].key,
                                          .max_bytes = options->max_bytes,
                                          .connect_seconds = pool.patience.connect_seconds,
                                          .slow_seconds = pool.patience.slow_seconds,
                                          .part = {.fd = -1}}};
    }
    /* No two transfers on one connection: libcurl 7.87 to 7.88 (Debian 12) puts a transfer on one
     * whose handshake through a proxy is not over, as soon as another to that host is. */
    curl_multi_setopt(pool.multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    work(&pool);
    curl_multi_cleanup(pool.multi);
    for (guint i = 0; i < n; i++)
        weburl_free(pool.jobs[i].moved);
    g_hash_table_unref(pool.hosts);
    g_free(pool.jobs);
}
