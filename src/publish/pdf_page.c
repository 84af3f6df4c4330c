#include "pdf_layout.h"

/* Where links point to, and the breaking into pages. */

/* Less of a text in columns is not left behind on a page. */
static const double SPLIT_LEAST = 72;

static void collect(PdfJob *job, const GPtrArray *blocks)
{
    for (guint i = 0; blocks && i < blocks->len; i++) {
        const Block *b = g_ptr_array_index(blocks, i);
        if (b->anchor || b->kind == BLOCK_HEADING) {
            Target t = {.block = b};
            g_array_append_val(job->targets, t);
            gpointer index = GUINT_TO_POINTER(job->targets->len);
            g_hash_table_insert(job->by_block, (gpointer)b, index);
            if (b->anchor && !g_hash_table_insert(job->by_anchor, b->anchor, index)) {
                problem_add(job, "two places have the same name: %s", b->anchor);
            }
        }
        collect(job, b->children);
    }
}

void targets_collect(PdfJob *job)
{
    collect(job, job->document->blocks);
}

static Target *target_at(const PdfJob *job, GHashTable *table, gconstpointer key)
{
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
    return index ? &g_array_index(job->targets, Target, index - 1) : NULL;
}

const Target *target_find(const PdfJob *job, const char *anchor)
{
    const Target *t = target_at(job, job->by_anchor, anchor);
    return t && t->page ? t : NULL;
}

char *target_name(const PdfJob *job, const Target *t)
{
    const Target *first = (const Target *)(const void *)job->targets->data;
    return t->block->anchor ? g_strdup(t->block->anchor)
                            : g_strdup_printf("heading.%u", (guint)(t - first));
}

static void note_targets(PdfJob *job, const Piece *p, guint page, double y)
{
    Target *t = p->block ? target_at(job, job->by_block, p->block) : NULL;
    if (t && t->page == 0) {
        t->page = page + 1;
        t->y = y;
    }
    for (guint i = 0; p->parts && i < p->parts->len; i++) {
        const Part *part = &g_array_index(p->parts, Part, i);
        note_targets(job, part->piece, page, y + part->y);
    }
}

typedef struct {
    PdfJob *job;
    guint page;
    double y;          /* used height of the page */
    const Piece *last; /* on this page; NULL at its top */
    gboolean closed;   /* nothing more may come on this page */
    gboolean used;
} Cursor;

static void next_page(Cursor *c)
{
    c->page++;
    c->y = 0;
    c->last = NULL;
    c->closed = FALSE;
    c->used = FALSE;
}

static double gap_before(const Cursor *c, const Piece *p)
{
    return c->last ? MAX(c->last->after, p->before) : 0;
}

static void put(Cursor *c, Piece *p, gboolean repeated)
{
    c->y += gap_before(c, p);
    Placed placed = {p, c->page, PAGE_LEFT, PAGE_TOP + c->y, repeated};
    g_array_append_val(c->job->placed, placed);
    note_targets(c->job, p, c->page, PAGE_TOP + c->y);
    if (p->height > c->job->body_height + 0.5) {
        problem_add(c->job, "page %u: a block is higher than a page", c->page + 1);
    }
    c->y += p->height;
    c->closed = p->alone;
    /* An empty piece at the top (a page break, a marker) takes no space, so none is left below it.
     */
    gboolean at_top = !c->last && p->height <= 0;
    c->last = at_top ? NULL : p;
    c->used = c->used || !at_top;
}

static guint cluster_end(const GPtrArray *pieces, guint from)
{
    while (from + 1 < pieces->len && ((Piece *)g_ptr_array_index(pieces, from))->keep_next &&
           !((Piece *)g_ptr_array_index(pieces, from + 1))->page_before) {
        from++;
    }
    return from + 1;
}

static double cluster_height(const GPtrArray *pieces, guint from, guint to)
{
    double height = 0;
    for (guint i = from; i < to; i++) {
        const Piece *p = g_ptr_array_index(pieces, i);
        const Piece *above = i > from ? g_ptr_array_index(pieces, i - 1) : NULL;
        height += p->height + (above ? MAX(above->after, p->before) : 0);
    }
    return height;
}

static void put_on_new_page(Cursor *c, Piece *p)
{
    next_page(c);
    if (p->repeat) {
        put(c, p->repeat, TRUE);
    }
}

/* Text in columns at the end of a cluster may begin on this page and go on on the next. */
static gboolean place_split(Cursor *c, const GPtrArray *pieces, guint from, guint to)
{
    const Piece *last = g_ptr_array_index(pieces, to - 1);
    if (!last->can_split) {
        return FALSE;
    }
    double used = c->y + gap_before(c, g_ptr_array_index(pieces, from)) +
                  cluster_height(pieces, from, to) - last->height;
    double room = c->job->body_height - used;
    Piece *rest = NULL;
    Piece *head = room < SPLIT_LEAST ? NULL : balanced_split(c->job, last, room, &rest);
    if (!head) {
        return FALSE;
    }
    for (guint i = from; i + 1 < to; i++) {
        put(c, g_ptr_array_index(pieces, i), FALSE);
    }
    put(c, head, FALSE);
    put_on_new_page(c, rest);
    put(c, rest, FALSE);
    return TRUE;
}

static void place_cluster(Cursor *c, const GPtrArray *pieces, guint from, guint to)
{
    const double page = c->job->body_height;
    Piece *first = g_ptr_array_index(pieces, from);
    double height = cluster_height(pieces, from, to);
    double header = first->repeat ? first->repeat->height : 0;
    if (c->last && c->y + gap_before(c, first) + height > page && height + header <= page) {
        if (place_split(c, pieces, from, to)) {
            return;
        }
        put_on_new_page(c, first);
    }
    /* What does not fit on a page of its own breaks where it must. */
    for (guint i = from; i < to; i++) {
        Piece *p = g_ptr_array_index(pieces, i);
        if (c->last && c->y + gap_before(c, p) + p->height > page + 0.01) {
            put_on_new_page(c, p);
        }
        put(c, p, FALSE);
    }
}

void pages_place(PdfJob *job, const GPtrArray *pieces)
{
    Cursor c = {.job = job};
    for (guint i = 0; i < pieces->len;) {
        guint end = cluster_end(pieces, i);
        const Piece *p = g_ptr_array_index(pieces, i);
        if (c.closed || (p->page_before && c.used)) {
            next_page(&c);
        }
        place_cluster(&c, pieces, i, end);
        i = end;
    }
    /* A page break at the very end makes no page. */
    job->n_pages = c.page + (c.used || c.page == 0 ? 1 : 0);
    job->stats->pages = job->n_pages;
}
