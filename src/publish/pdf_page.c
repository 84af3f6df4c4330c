#include "pdf_layout.h"

/* Where links point to, and the breaking into pages. */

/* Less of a text in columns is not left behind on a page. */
static const double SPLIT_LEAST = 72;
/* A chapter whose last page would be filled less than this is set closer, by one of these parts of
 * the usual space, if that spares the page. The foot stands far enough below for a line's half. */
static const double LITTLE = 0.25;
static const double CLOSER[] = {0.85, 0.7, 0.55};
static const double CLOSER_SLACK = 8;

static void add_target(PdfJob *job, const Block *b, const char *anchor)
{
    Target t = {.block = b, .anchor = anchor};
    g_array_append_val(job->targets, t);
    gpointer index = GUINT_TO_POINTER(job->targets->len);
    if (anchor && !g_hash_table_insert(job->by_anchor, (gpointer)anchor, index)) {
        problem_add(job, "two places have the same name: %s", anchor);
    }
}

static void collect_rows(PdfJob *job, const Block *b)
{
    for (guint i = 0; i < b->table->cells->len; i++) {
        const Cell *c = &g_array_index(b->table->cells, Cell, i);
        if (c->anchor) {
            add_target(job, b, c->anchor);
        }
    }
}

static void collect(PdfJob *job, const GPtrArray *blocks)
{
    for (guint i = 0; blocks && i < blocks->len; i++) {
        const Block *b = g_ptr_array_index(blocks, i);
        if (b->anchor || b->kind == BLOCK_HEADING) {
            add_target(job, b, b->anchor);
            g_hash_table_insert(job->by_block, (gpointer)b, GUINT_TO_POINTER(job->targets->len));
        }
        if (b->table) {
            collect_rows(job, b);
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
    return t->anchor ? g_strdup(t->anchor) : g_strdup_printf("heading.%u", (guint)(t - first));
}

static void note_targets(PdfJob *job, const Piece *p, guint page, double y)
{
    Target *t = p->target  ? &g_array_index(job->targets, Target, p->target - 1)
                : p->block ? target_at(job, job->by_block, p->block)
                           : NULL;
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
    double gap;        /* part of the usual space between pieces */
    double room;       /* height of a page */
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
    return c->last ? MAX(c->last->after, p->before) * c->gap : 0;
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

static double cluster_height(const Cursor *c, const GPtrArray *pieces, guint from, guint to)
{
    double height = 0;
    for (guint i = from; i < to; i++) {
        const Piece *p = g_ptr_array_index(pieces, i);
        const Piece *above = i > from ? g_ptr_array_index(pieces, i - 1) : NULL;
        height += p->height + (above ? MAX(above->after, p->before) * c->gap : 0);
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
                  cluster_height(c, pieces, from, to) - last->height;
    double room = c->room - used;
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
    const double page = c->room;
    Piece *first = g_ptr_array_index(pieces, from);
    double height = cluster_height(c, pieces, from, to);
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

/* ---- chapters: what lies between page breaks ---------------------------------------------------
 */

static gboolean starts_page(const Cursor *c, const Piece *p)
{
    return c->closed || (p->page_before && c->used && c->y > p->filled * c->job->body_height);
}

static gboolean starts_chapter(const Cursor *c, const Piece *p)
{
    return c->closed || (p->page_before && c->used);
}

/* Places a chapter from its first piece on; returns where the next one begins. */
static guint place_chapter(Cursor *c, const GPtrArray *pieces, guint from)
{
    guint i = from;
    do {
        guint end = cluster_end(pieces, i);
        place_cluster(c, pieces, i, end);
        i = end;
    } while (i < pieces->len && !starts_chapter(c, g_ptr_array_index(pieces, i)));
    return i;
}

/* What placing changes, to take it back. */
typedef struct {
    Cursor cursor;
    guint n_placed, n_problems;
    Target *targets;
} Before;

static Before remember(const Cursor *c)
{
    const PdfJob *job = c->job;
    const guint n = job->targets->len;
    Before b = {*c, job->placed->len, job->stats->problems->len, g_new(Target, MAX(n, 1))};
    for (guint i = 0; i < n; i++) {
        b.targets[i] = g_array_index(job->targets, Target, i);
    }
    return b;
}

static void take_back(Cursor *c, const Before *b)
{
    PdfJob *job = c->job;
    for (guint i = 0; i < job->targets->len; i++) {
        g_array_index(job->targets, Target, i) = b->targets[i];
    }
    g_array_set_size(job->placed, b->n_placed);
    g_ptr_array_set_size(job->stats->problems, (int)b->n_problems);
    *c = b->cursor;
}

static void set_gap(Cursor *c, double gap)
{
    c->gap = gap;
    c->room = c->job->body_height + (gap < 1 ? CLOSER_SLACK : 0);
}

/* A few lines alone on a last page read as a mistake. */
static gboolean ends_with_little(const Cursor *c, const Cursor *start)
{
    return c->page > start->page && !c->closed && c->y < LITTLE * c->job->body_height;
}

static guint place_well(Cursor *c, const GPtrArray *pieces, guint from)
{
    const Before before = remember(c);
    guint end = place_chapter(c, pieces, from);
    if (ends_with_little(c, &before.cursor)) {
        const guint pages = c->page;
        for (guint k = 0; k < G_N_ELEMENTS(CLOSER) && c->page == pages; k++) {
            take_back(c, &before);
            set_gap(c, CLOSER[k]);
            end = place_chapter(c, pieces, from);
        }
        if (c->page == pages) {
            take_back(c, &before);
            end = place_chapter(c, pieces, from);
        }
        set_gap(c, 1);
    }
    g_free(before.targets);
    return end;
}

void pages_place(PdfJob *job, const GPtrArray *pieces)
{
    Cursor c = {.job = job};
    set_gap(&c, 1);
    for (guint i = 0; i < pieces->len;) {
        if (starts_page(&c, g_ptr_array_index(pieces, i))) {
            next_page(&c);
        }
        i = place_well(&c, pieces, i);
    }
    /* A page break at the very end makes no page. */
    job->n_pages = c.page + (c.used || c.page == 0 ? 1 : 0);
    job->stats->pages = job->n_pages;
}
