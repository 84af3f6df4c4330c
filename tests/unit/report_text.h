#ifndef PEERLINE_TESTS_REPORT_TEXT_H
#define PEERLINE_TESTS_REPORT_TEXT_H

#include "peerline/report/document.h"

/** A document as text, a line per paragraph and per table row, so that tests can ask what it says.
 *  Inline mark-up is taken off; figures give their text alternative. */

static inline void report_text_plain(GString *out, const char *text)
{
    g_autoptr(GPtrArray) runs = document_runs(text ? text : "");
    for (guint i = 0; i < runs->len; i++)
        if (!document_is_pages(runs->pdata[i]))
            g_string_append(out, ((Run *)runs->pdata[i])->text);
}

static inline void report_text_table(GString *out, const TableData *t)
{
    for (guint i = 0; i < t->n_columns; i++)
        g_string_append_printf(out, "%s%s", i ? " | " : "", t->columns[i].header);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < t->cells->len; i++) {
        const Cell *cell = &g_array_index(t->cells, Cell, i);
        if (cell->kind == CELL_NUMBER)
            g_string_append(out, cell->text);
        else
            report_text_plain(out, cell->text);
        g_string_append(out, (i + 1) % t->n_columns ? " | " : "\n");
    }
}

static inline void report_text_block(GString *out, const Block *b)
{
    if (b->text) {
        report_text_plain(out, b->text);
        g_string_append_c(out, '\n');
    }
    if (b->figure)
        g_string_append_printf(out, "[figure] %s\n", b->figure->alt);
    if (b->table)
        report_text_table(out, b->table);
    for (guint i = 0; b->children && i < b->children->len; i++)
        report_text_block(out, b->children->pdata[i]);
}

static inline char *report_text(const Document *d)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < d->blocks->len; i++)
        report_text_block(out, d->blocks->pdata[i]);
    return g_string_free(out, FALSE);
}

/** The text from the first line that is `from` to the next that is `to` (or the end); new. */
static inline char *report_text_between(const char *text, const char *from, const char *to)
{
    g_autofree char *begin = g_strdup_printf("\n%s\n", from);
    g_autofree char *end = g_strdup_printf("\n%s\n", to);
    const char *a = strstr(text, begin);
    const char *b = a ? strstr(a + strlen(begin) - 1, end) : NULL;
    return a ? b ? g_strndup(a, (gsize)(b - a)) : g_strdup(a) : g_strdup("");
}

/** Calls `visit` with every piece of marked-up text and every block of the document. */
typedef void (*ReportVisit)(const Block *block, const char *marked_up, gpointer data);

static inline void report_visit_block(const Block *b, ReportVisit visit, gpointer data)
{
    visit(b, b->text ? b->text : "", data);
    for (guint i = 0; b->table && i < b->table->cells->len; i++) {
        const Cell *cell = &g_array_index(b->table->cells, Cell, i);
        if (cell->kind == CELL_TEXT)
            visit(b, cell->text, data);
    }
    for (guint i = 0; b->children && i < b->children->len; i++)
        report_visit_block(b->children->pdata[i], visit, data);
}

static inline void report_visit(const Document *d, ReportVisit visit, gpointer data)
{
    for (guint i = 0; i < d->blocks->len; i++)
        report_visit_block(d->blocks->pdata[i], visit, data);
}

/* ---- structure ---- */

typedef struct {
    GHashTable *anchors, *links;
    int level;
    guint faults;
} ReportStructure;

static inline void report_structure_look(const Block *block, const char *marked_up, gpointer data)
{
    ReportStructure *s = data;
    if (block->anchor)
        g_hash_table_add(s->anchors, g_strdup(block->anchor));
    if (block->kind == BLOCK_HEADING) {
        s->faults += block->level > s->level + 1;
        s->level = block->level;
    }
    g_autoptr(GPtrArray) runs = document_runs(marked_up);
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = runs->pdata[i];
        g_auto(GStrv) places = g_strsplit(run->link ? run->link : "", " ", -1);
        for (guint k = 0; places[k]; k++)
            if (places[k][0] == '#')
                g_hash_table_add(s->links, g_strdup(places[k] + 1));
    }
    for (guint i = 0; block->table && i < block->table->cells->len; i++) {
        const Cell *cell = &g_array_index(block->table->cells, Cell, i);
        if (cell->anchor)
            g_hash_table_add(s->anchors, g_strdup(cell->anchor));
    }
}

/** How many headings skip a level and how many links within the document lead nowhere. */
static inline guint report_structure_faults(const Document *d)
{
    ReportStructure s = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                         g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), 0, 0};
    report_visit(d, report_structure_look, &s);
    GHashTableIter iter;
    gpointer link;
    g_hash_table_iter_init(&iter, s.links);
    while (g_hash_table_iter_next(&iter, &link, NULL))
        s.faults += !g_hash_table_contains(s.anchors, link);
    g_hash_table_unref(s.anchors);
    g_hash_table_unref(s.links);
    return s.faults;
}

#endif
