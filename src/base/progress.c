#include "peerline/base/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A bar redrawn more often than this only costs time. */
#define REDRAW_US 80000
#define BAR_WIDTH 30

struct Progress {
    GMutex lock;
    gboolean quiet, live;
    char *what;
    guint steps, done;
    gint64 drawn;
};

Progress *progress_new(gboolean quiet)
{
    Progress *p = g_new0(Progress, 1);
    const char *term = g_getenv("TERM");
    g_mutex_init(&p->lock);
    p->quiet = quiet;
    p->live = !quiet && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    return p;
}

static void erase(Progress *p)
{
    if (p->live && p->what)
        fputs("\r\033[K", stderr);
}

static void draw(Progress *p)
{
    p->drawn = g_get_monotonic_time();
    erase(p);
    if (p->steps == 0) {
        fprintf(stderr, "%s", p->what);
        if (p->done)
            fprintf(stderr, " %u", p->done);
    } else {
        guint full = (guint)((guint64)p->done * BAR_WIDTH / p->steps);
        char bar[BAR_WIDTH + 1];
        memset(bar, '.', BAR_WIDTH);
        memset(bar, '#', MIN(full, BAR_WIDTH));
        bar[BAR_WIDTH] = '\0';
        fprintf(stderr, "%s [%s] %u/%u", p->what, bar, p->done, p->steps);
    }
    fflush(stderr);
}

/* Leaves the finished stage's line standing. */
static void finish(Progress *p)
{
    if (!p->what)
        return;
    if (p->live) {
        draw(p);
        fputc('\n', stderr);
    }
    g_clear_pointer(&p->what, g_free);
}

void progress_free(Progress *p)
{
    if (!p)
        return;
    finish(p);
    g_mutex_clear(&p->lock);
    g_free(p);
}

void progress_stage(Progress *p, const char *what, guint steps)
{
    if (!p || p->quiet)
        return;
    g_mutex_lock(&p->lock);
    finish(p);
    p->what = g_strdup(what);
    p->steps = steps;
    p->done = 0;
    if (p->live)
        draw(p);
    else if (steps)
        fprintf(stderr, "%s (%u)\n", what, steps);
    else
        fprintf(stderr, "%s\n", what);
    g_mutex_unlock(&p->lock);
}

void progress_step(Progress *p)
{
    if (!p || p->quiet)
        return;
    g_mutex_lock(&p->lock);
    p->done++;
    if (p->live && p->what && g_get_monotonic_time() - p->drawn >= REDRAW_US)
        draw(p);
    g_mutex_unlock(&p->lock);
}

void progress_say(Progress *p, const char *format, ...)
{
    if (!p || p->quiet)
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *line = g_strdup_vprintf(format, args);
    va_end(args);
    g_mutex_lock(&p->lock);
    erase(p);
    fprintf(stderr, "%s\n", line);
    if (p->live && p->what)
        draw(p);
    g_mutex_unlock(&p->lock);
}
