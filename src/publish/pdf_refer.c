#include "pdf_layout.h"

#include <string.h>

/* Numbers of pages in the text, as in the index of a book. They are known only when all has been
 * placed, and then the text may take other room: so it is placed again, until they stay. */

/* An index stands at the end, so that its own numbers move no other page. */
enum { PLACED_MOST = 4 };

static int by_page(gconstpointer a, gconstpointer b)
{
    const Target *x = *(Target *const *)a, *y = *(Target *const *)b;
    return (x->page > y->page) - (x->page < y->page);
}

/* The places that a link names and the document has, in the order of their pages. */
static GPtrArray *places(PdfJob *job, const char *link)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) names = g_strsplit(link, " ", -1);
    for (guint i = 0; names[i]; i++) {
        const guint index =
            *names[i] ? GPOINTER_TO_UINT(g_hash_table_lookup(job->by_anchor, names[i] + 1)) : 0;
        if (index == 0) {
            continue;
        }
        Target *t = g_memdup2(&g_array_index(job->targets, Target, index - 1), sizeof(Target));
        t->page = job->known ? g_array_index(job->known, guint, index - 1) : 0;
        g_ptr_array_add(found, t);
    }
    g_ptr_array_sort(found, by_page);
    return found;
}

static void append_pages(PdfJob *job, GString *out, const Run *r)
{
    g_autoptr(GPtrArray) found = places(job, r->link);
    guint last = 0;
    for (guint i = 0; i < found->len; i++) {
        const Target *t = g_ptr_array_index(found, i);
        if (i > 0 && t->page == last) {
            continue;
        }
        g_autofree char *before = i > 0 ? g_strdup(", ") : g_strndup(r->text, strlen(r->text) - 1);
        g_autofree char *escaped = document_escape(before);
        g_string_append_printf(out, "%s[%u](#%s)", escaped, t->page, t->anchor);
        last = t->page;
    }
}

static void append_run(GString *out, const Run *r)
{
    g_autofree char *text = document_escape(r->text);
    g_autofree char *link = r->link ? document_escape(r->link) : NULL;
    const char *mark = r->bold ? "**" : "";
    g_string_append(out, mark);
    if (link) {
        g_string_append_printf(out, "[%s](%s)", text, link);
    } else {
        g_string_append(out, text);
    }
    g_string_append(out, mark);
}

char *pages_named(PdfJob *job, const char *markup)
{
    if (!strstr(markup, "#](#")) {
        return NULL;
    }
    job->names_pages = TRUE;
    g_autoptr(GPtrArray) runs = document_runs(markup);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < runs->len; i++) {
        const Run *r = g_ptr_array_index(runs, i);
        if (document_is_pages(r)) {
            append_pages(job, out, r);
        } else {
            append_run(out, r);
        }
    }
    return g_string_free(out, FALSE);
}

/* Keeps the pages of all targets for the next time; FALSE if they are those kept before. */
static gboolean keep_pages(PdfJob *job)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean changed = !job->known;
    for (guint i = 0; i < job->targets->len; i++) {
        const guint page = g_array_index(job->targets, Target, i).page;
        g_array_append_val(pages, page);
        changed = changed || g_array_index(job->known, guint, i) != page;
    }
    g_clear_pointer(&job->known, g_array_unref);
    job->known = pages;
    return changed;
}

static void forget_places(PdfJob *job, guint problems)
{
    for (guint i = 0; i < job->targets->len; i++) {
        g_array_index(job->targets, Target, i).page = 0;
    }
    g_array_set_size(job->placed, 0);
    g_ptr_array_set_size(job->stats->problems, (gint)problems);
}

void document_place(PdfJob *job)
{
    const guint problems = job->stats->problems->len;
    for (guint k = 0; k < PLACED_MOST; k++) {
        forget_places(job, problems);
        g_autoptr(GPtrArray) pieces = g_ptr_array_new();
        flow_blocks(job, job->document->blocks, DOCUMENT_TEXT_WIDTH, pieces);
        pages_place(job, pieces);
        if (!job->names_pages || !keep_pages(job)) {
            return;
        }
    }
    problem_add(job, "the page numbers in the text do not settle");
}
