#include "peerline/base/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A bar redrawn more often than this only costs time. */
#define REDRAW_US 80000
#define BAR_WIDTH 30

/* A line that is longer than the terminal is wide would break the way back up. */
#define BAR_COLUMNS 78

struct Progress {
    GMutex lock;
    gboolean quiet, live;
    char *what;
    guint steps, done;
    gint64 drawn;
    GPtrArray *bars; /* not owned; in the order in which they began */
    guint below;     /* lines drawn below the stage's */
};

struct ProgressBar {
    Progress *of;
    char *name;
    guint64 bytes, total;
};

Progress *progress_new(gboolean quiet)
{
    Progress *p = g_new0(Progress, 1);
    const char *term = g_getenv("TERM");
    g_mutex_init(&p->lock);
    p->bars = g_ptr_array_new();
    p->quiet = quiet;
    p->live = !quiet && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    return p;
}

static void erase(Progress *p)
{
    if (!p->live || !p->what)
        return;
    if (p->below)
        fprintf(stderr, "\033[%uA", p->below);
    fputs("\r\033[J", stderr);
    p->below = 0;
}

/* "[####......]", in a new string. */
static char *bar_text(guint64 done, guint64 of)
{
    char bar[BAR_WIDTH + 1];
    const double part = of ? MIN((double)done / (double)of, 1) : 0;
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', (gsize)(part * BAR_WIDTH));
    bar[BAR_WIDTH] = '\0';
    return g_strdup_printf("[%s]", bar);
}

static void draw_bar(const ProgressBar *b)
{
    const double mb = 1e6;
    g_autofree char *bar = b->total ? bar_text(b->bytes, b->total) : g_strdup("");
    g_autofree char *of =
        b->total ? g_strdup_printf(" of %.1f", (double)b->total / mb) : g_strdup("");
    g_autofree char *line =
        g_strdup_printf("  %-20.24s %s %.1f%s MB", b->name, bar, (double)b->bytes / mb, of);
    fprintf(stderr, "\n%.*s", BAR_COLUMNS, line);
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
        g_autofree char *bar = bar_text(p->done, p->steps);
        fprintf(stderr, "%s %s %u/%u", p->what, bar, p->done, p->steps);
    }
    for (guint i = 0; i < p->bars->len; i++)
        draw_bar(p->bars->pdata[i]);
    p->below = p->bars->len;
    fflush(stderr);
}

/* With the lock held: a drawing that comes too soon after the last is left out. */
static void draw_if_due(Progress *p)
{
    if (p->live && p->what && g_get_monotonic_time() - p->drawn >= REDRAW_US)
        draw(p);
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
    g_ptr_array_unref(p->bars);
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
    draw_if_due(p);
    g_mutex_unlock(&p->lock);
}

void progress_stage_end(Progress *p)
{
    if (!p || p->quiet)
        return;
    g_mutex_lock(&p->lock);
    finish(p);
    g_mutex_unlock(&p->lock);
}

ProgressBar *progress_bar_new(Progress *p, const char *name)
{
    if (!p || p->quiet)
        return NULL;
    ProgressBar *b = g_new0(ProgressBar, 1);
    b->of = p;
    b->name = g_strdup(name);
    g_mutex_lock(&p->lock);
    g_ptr_array_add(p->bars, b);
    draw_if_due(p);
    g_mutex_unlock(&p->lock);
    return b;
}

void progress_bar_set(ProgressBar *b, guint64 bytes, guint64 of)
{
    if (!b)
        return;
    g_mutex_lock(&b->of->lock);
    b->bytes = bytes;
    b->total = of;
    draw_if_due(b->of);
    g_mutex_unlock(&b->of->lock);
}

void progress_bar_end(ProgressBar *b, const char *outcome)
{
    if (!b)
        return;
    Progress *p = b->of;
    g_mutex_lock(&p->lock);
    erase(p);
    g_ptr_array_remove(p->bars, b);
    p->done++;
    fprintf(stderr, "  %s: %s\n", b->name, outcome);
    if (p->live && p->what)
        draw(p);
    g_mutex_unlock(&p->lock);
    g_free(b->name);
    g_free(b);
}
