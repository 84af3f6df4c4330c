#include "sql_watch.h"

/* One call may fall between two steps of the driver, where there is nothing to cancel. */
#define AGAIN (G_USEC_PER_SEC / 2)

struct SqlWatch {
    SQLHSTMT statement;
    gint64 deadline;
    GThread *thread;
    GMutex lock;
    GCond changed;
    gboolean ended, over;
};

static gpointer watch(gpointer data)
{
    SqlWatch *w = data;
    gint64 next = w->deadline;
    g_mutex_lock(&w->lock);
    while (!w->ended) {
        if (g_cond_wait_until(&w->changed, &w->lock, next))
            continue;
        if (w->ended)
            break;
        w->over = TRUE;
        /* Under the lock: sql_watch_end() must not return while the statement is in use here. */
        SQLCancel(w->statement);
        next = g_get_monotonic_time() + AGAIN;
    }
    g_mutex_unlock(&w->lock);
    return NULL;
}

SqlWatch *sql_watch_new(SQLHSTMT statement, guint seconds)
{
    SqlWatch *w = g_new0(SqlWatch, 1);
    w->statement = statement;
    w->deadline = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    g_mutex_init(&w->lock);
    g_cond_init(&w->changed);
    w->thread = g_thread_new("sql-watch", watch, w);
    return w;
}

gboolean sql_watch_end(SqlWatch *w)
{
    if (!w)
        return FALSE;
    g_mutex_lock(&w->lock);
    w->ended = TRUE;
    g_cond_signal(&w->changed);
    g_mutex_unlock(&w->lock);
    g_thread_join(w->thread);
    const gboolean over = w->over;
    g_mutex_clear(&w->lock);
    g_cond_clear(&w->changed);
    g_free(w);
    return over;
}
