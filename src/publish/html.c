#include "html_writer.h"

#include "peerline/base/text.h"

#include <string.h>

/* ---- names of places ---- */

/* What an id may hold without being quoted anywhere; others become "-". */
char *html_id(const char *anchor)
{
    char *id = g_strdup(anchor);
    for (char *c = id; *c; c++)
        if (!g_ascii_isalnum(*c) && !strchr("-_", *c))
            *c = '-';
    return id;
}

void html_write_id(HtmlWriter *w, const char *anchor)
{
    if (!anchor || !*anchor)
        return;
    g_autofree char *id = html_id(anchor);
    markup_attribute(w->out, "id", id);
}

static char *heading_id(const Block *heading, guint number)
{
    return heading->anchor && *heading->anchor ? html_id(heading->anchor)
                                               : g_strdup_printf("part-%u", number);
}

static void collect_places(Block *const *blocks, guint n, GHashTable *here)
{
    for (guint k = 0; k < n; k++) {
        if (blocks[k]->anchor)
            g_hash_table_add(here, blocks[k]->anchor);
        if (blocks[k]->children)
            collect_places((Block *const *)blocks[k]->children->pdata, blocks[k]->children->len,
                           here);
    }
}

/* ---- headings ---- */

/* Levels of a page: its first heading is <h1>, others are below it and below no level that is not
 * there. */
static int level_of(const Block *heading, int *top, int before)
{
    if (before == 0) {
        *top = heading->level;
        return 1;
    }
    return CLAMP(heading->level - *top + 1, 2, before + 1);
}

static void heading_clear(gpointer data)
{
    HtmlHeading *h = data;
    g_free(h->text);
    g_free(h->id);
}

static void collect_headings(Block *const *blocks, guint n, GArray *out, int *top)
{
    for (guint k = 0; k < n; k++) {
        const Block *b = blocks[k];
        if (b->kind == BLOCK_HEADING) {
            const int before = out->len ? g_array_index(out, HtmlHeading, out->len - 1).level : 0;
            HtmlHeading h = {html_plain(b->text), heading_id(b, out->len),
                             level_of(b, top, before)};
            g_array_append_val(out, h);
        } else if (b->children && b->kind != BLOCK_COVER) {
            collect_headings((Block *const *)b->children->pdata, b->children->len, out, top);
        }
    }
}

GArray *html_headings(Block *const *blocks, guint n)
{
    GArray *out = g_array_new(FALSE, TRUE, sizeof(HtmlHeading));
    g_array_set_clear_func(out, heading_clear);
    int top = 1;
    collect_headings(blocks, n, out, &top);
    return out;
}

static void write_heading(HtmlWriter *w, const Block *b)
{
    w->level = level_of(b, &w->top, w->level);
    g_autofree char *id = heading_id(b, w->headings++);
    g_string_append_printf(w->out, "<h%d", w->level);
    markup_attribute(w->out, "id", id);
    markup_put(w->out, ">");
    html_write_runs(w, b->text);
    g_string_append_printf(w->out, "</h%d>\n", w->level);
    if (w->headings == 1 && w->place->below_title)
        markup_part(w->out, w->place->below_title);
    g_free(w->subject);
    w->subject = html_plain(b->text);
}

/* ---- inline text ---- */

char *html_plain(const char *text)
{
    g_autoptr(GPtrArray) runs = document_runs(text);
    GString *out = g_string_new(NULL);
    for (guint k = 0; k < runs->len; k++)
        if (!document_is_pages(runs->pdata[k]))
            g_string_append(out, ((const Run *)runs->pdata[k])->text);
    return g_string_free(out, FALSE);
}

/* From this page to another page, or to a place on it. */
static char *relative(const HtmlWriter *w, const char *address)
{
    const gsize n = strcspn(address, "#");
    if (strlen(w->place->address) == n && strncmp(address, w->place->address, n) == 0)
        return address[n] ? g_strdup(address + n) : NULL;
    return g_strconcat(w->place->root, address, NULL);
}

/* "Falls." leads where "Falls" leads. */
char *html_address_of_name(const HtmlWriter *w, const char *name)
{
    if (!w->place->names)
        return NULL;
    const char *address = g_hash_table_lookup(w->place->names, name);
    if (!address && g_str_has_suffix(name, ".")) {
        g_autofree char *bare = g_strndup(name, strlen(name) - 1);
        address = g_hash_table_lookup(w->place->names, bare);
    }
    return address && *address ? relative(w, address) : NULL;
}

static char *address_of_place(const HtmlWriter *w, const char *anchor)
{
    if (g_hash_table_contains(w->here, anchor)) {
        g_autofree char *id = html_id(anchor);
        return g_strconcat("#", id, NULL);
    }
    const char *address = w->place->anchors ? g_hash_table_lookup(w->place->anchors, anchor) : NULL;
    return address ? relative(w, address) : NULL;
}

/* "site:data/x.csv" is a file of the edition. New, or NULL where the link leads nowhere. */
static char *address_of(const HtmlWriter *w, const char *link)
{
    static const char *const outside[] = {"https://", "http://", "mailto:"};
    if (*link == '#')
        return address_of_place(w, link + 1);
    if (g_str_has_prefix(link, "site:"))
        return relative(w, link + strlen("site:"));
    for (guint k = 0; k < G_N_ELEMENTS(outside); k++)
        if (g_ascii_strncasecmp(link, outside[k], strlen(outside[k])) == 0)
            return g_strdup(link);
    return NULL;
}

static void write_run(HtmlWriter *w, const Run *run)
{
    g_autofree char *address = run->link   ? address_of(w, run->link)
                               : run->bold ? html_address_of_name(w, run->text)
                                           : NULL;
    if (address) {
        markup_put(w->out, "<a");
        markup_attribute(w->out, "href", address);
        markup_put(w->out, ">");
    }
    if (run->bold)
        markup_put(w->out, "<strong>");
    markup_text(w->out, run->text);
    if (run->bold)
        markup_put(w->out, "</strong>");
    if (address)
        markup_put(w->out, "</a>");
}

void html_write_runs(HtmlWriter *w, const char *text)
{
    g_autoptr(GPtrArray) runs = document_runs(text);
    for (guint k = 0; k < runs->len; k++)
        if (!document_is_pages(runs->pdata[k]))
            write_run(w, runs->pdata[k]);
}

/* ---- blocks ---- */

static void write_blocks(HtmlWriter *w, Block *const *blocks, guint n);

static void write_children(HtmlWriter *w, const Block *b)
{
    if (b->children)
        write_blocks(w, (Block *const *)b->children->pdata, b->children->len);
}

static void write_paragraph(HtmlWriter *w, const Block *b)
{
    static const char *const classes[] = {
        [PARA_BODY] = NULL, [PARA_LEAD] = "lead", [PARA_SMALL] = "small", [PARA_CAPTION] = "small"};
    markup_put(w->out, "<p");
    html_write_id(w, b->anchor);
    if (classes[b->style])
        markup_attribute(w->out, "class", classes[b->style]);
    markup_put(w->out, ">");
    html_write_runs(w, b->text);
    markup_put(w->out, "</p>\n");
}

static void write_list(HtmlWriter *w, const Block *b)
{
    if (!b->children)
        return;
    markup_put(w->out, "<ul");
    html_write_id(w, b->anchor);
    if (b->search) {
        markup_put(w->out, " class=\"names\"");
        markup_attribute(w->out, "data-search", b->search);
    }
    markup_put(w->out, ">\n");
    for (guint k = 0; k < b->children->len; k++) {
        markup_put(w->out, "<li>");
        html_write_runs(w, ((const Block *)b->children->pdata[k])->text);
        markup_put(w->out, "</li>\n");
    }
    markup_put(w->out, "</ul>\n");
}

static void write_columns(HtmlWriter *w, const Block *b)
{
    if (!b->children)
        return;
    g_string_append_printf(w->out, "<div class=\"columns of-%u\">\n", MIN(b->children->len, 3));
    for (guint k = 0; k < b->children->len; k++) {
        markup_put(w->out, "<div>\n");
        write_blocks(w, (Block *const *)&b->children->pdata[k], 1);
        markup_put(w->out, "</div>\n");
    }
    markup_put(w->out, "</div>\n");
}

static void write_callout(HtmlWriter *w, const Block *b)
{
    markup_put(w->out, "<div class=\"callout\">\n");
    write_children(w, b);
    markup_put(w->out, "</div>\n");
}

/* Pages, covers and lists with page numbers are for paper. */
static void write_nothing(HtmlWriter *w, const Block *b)
{
    (void)w;
    (void)b;
}

static void write_blocks(HtmlWriter *w, Block *const *blocks, guint n)
{
    static void (*const WRITE[])(HtmlWriter *, const Block *) = {
        [BLOCK_HEADING] = write_heading,    [BLOCK_PARAGRAPH] = write_paragraph,
        [BLOCK_LIST] = write_list,          [BLOCK_TABLE] = html_write_table,
        [BLOCK_FIGURE] = html_write_figure, [BLOCK_COLUMNS] = write_columns,
        [BLOCK_BALANCED] = write_children,  [BLOCK_GROUP] = write_children,
        [BLOCK_CALLOUT] = write_callout,    [BLOCK_PAGE_BREAK] = write_nothing,
        [BLOCK_COVER] = write_nothing,      [BLOCK_CONTENTS] = write_nothing,
    };
    for (guint k = 0; k < n; k++)
        if (blocks[k]->kind < G_N_ELEMENTS(WRITE))
            WRITE[blocks[k]->kind](w, blocks[k]);
}

char *html_from_blocks(Block *const *blocks, guint n, const HtmlPlace *place)
{
    g_autoptr(GHashTable) here = g_hash_table_new(g_str_hash, g_str_equal);
    collect_places(blocks, n, here);
    HtmlWriter w = {.out = g_string_new(NULL), .place = place, .here = here, .top = 1};
    write_blocks(&w, blocks, n);
    g_free(w.subject);
    return g_string_free(w.out, FALSE);
}
