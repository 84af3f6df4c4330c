#include "site_page.h"

#include "markup.h"
#include "peerline/base/error.h"

#include <string.h>

extern const char _binary_templates_web_shell_html_start[], _binary_templates_web_shell_html_end[];

/* A list of what is on the page helps from so many parts on. */
#define LISTED_FROM 3

/* The page that the part of the national report with the anchor "corrections" becomes. */
#define CORRECTIONS "corrections.html"

typedef struct {
    const Site *site;
    const SitePage *page;
    const char *root;
} PageWriter;

static const char *root_of(const char *address)
{
    return strchr(address, '/') ? "../" : "";
}

/* ---- menu ---- */

static void put_menu(GString *out, const PageWriter *w)
{
    static const struct {
        const char *address;
        Word word;
    } entries[] = {
        {"index.html", WORD_WEB_NAV_DASHBOARD},       {"areas.html", WORD_WEB_NAV_AREAS},
        {"indicators.html", WORD_WEB_NAV_INDICATORS}, {"methods.html", WORD_WEB_NAV_METHODS},
        {"sources.html", WORD_WEB_NAV_SOURCES},       {"downloads.html", WORD_WEB_NAV_DOWNLOADS}};
    for (guint k = 0; k < G_N_ELEMENTS(entries); k++) {
        g_autofree char *text = site_word(w->site, entries[k].word);
        g_autofree char *address = g_strconcat(w->root, entries[k].address, NULL);
        markup_put(out, "<li><a");
        markup_attribute(out, "href", address);
        if (g_str_equal(w->page->address, entries[k].address))
            markup_put(out, " aria-current=\"page\"");
        else if (g_strcmp0(w->page->part, entries[k].address) == 0)
            markup_put(out, " aria-current=\"true\"");
        markup_put(out, ">");
        markup_text(out, text);
        markup_put(out, "</a></li>\n");
    }
}

/* ---- what is on the page ---- */

static void put_contents(GString *out, const PageWriter *w)
{
    g_autoptr(GArray) headings = html_headings(w->page->blocks, w->page->n);
    guint parts = 0;
    for (guint k = 0; k < headings->len; k++)
        parts += g_array_index(headings, HtmlHeading, k).level == 2;
    if (parts < LISTED_FROM)
        return;
    g_autofree char *title = site_word(w->site, WORD_WEB_ON_THIS_PAGE);
    markup_put(out, "<nav class=\"contents\"");
    markup_attribute(out, "aria-label", title);
    markup_put(out, ">\n<p>");
    markup_text(out, title);
    markup_put(out, "</p>\n<ul>\n");
    for (guint k = 0; k < headings->len; k++) {
        const HtmlHeading *h = &g_array_index(headings, HtmlHeading, k);
        if (h->level != 2)
            continue;
        g_autofree char *address = g_strconcat("#", h->id, NULL);
        markup_put(out, "<li><a");
        markup_attribute(out, "href", address);
        markup_put(out, ">");
        markup_text(out, h->text);
        markup_put(out, "</a></li>\n");
    }
    markup_put(out, "</ul>\n</nav>\n");
}

static char *below_title(const PageWriter *w)
{
    GString *out = g_string_new(NULL);
    if (w->page->twins)
        markup_part(out, w->page->twins);
    put_contents(out, w);
    return g_string_free(out, FALSE);
}

static HtmlPlace place_of(const Site *site, const char *address, const char *root)
{
    return (HtmlPlace){.root = root,
                       .address = address,
                       .anchors = site->anchors,
                       .names = site->names,
                       .data_of_chart = site->data_of_chart,
                       .chart = site->chart};
}

static void put_main(GString *out, const PageWriter *w)
{
    if (w->page->above) {
        markup_put(out, "<p class=\"above\">");
        markup_text(out, w->page->above);
        markup_put(out, "</p>\n");
    }
    g_autofree char *below = below_title(w);
    HtmlPlace place = place_of(w->site, w->page->address, w->root);
    place.below_title = below;
    g_autofree char *body = html_from_blocks(w->page->blocks, w->page->n, &place);
    markup_part(out, body);
}

char *site_links(const Site *site, const char *address, const Document *d)
{
    const HtmlPlace place = place_of(site, address, root_of(address));
    GString *out = g_string_new(NULL);
    const Block *only = d->blocks->len > 0 ? d->blocks->pdata[0] : NULL;
    if (!only || !only->children)
        return g_string_free(out, FALSE);
    g_autofree char *list =
        html_from_blocks((Block *const *)d->blocks->pdata, d->blocks->len, &place);
    markup_put(out, "<div class=\"twins\">\n");
    markup_part(out, list);
    markup_put(out, "</div>\n");
    return g_string_free(out, FALSE);
}

/* ---- the shell ---- */

static void put_title(GString *out, const PageWriter *w)
{
    if (g_str_equal(w->page->address, "index.html")) {
        markup_text(out, w->site->context->title);
        return;
    }
    g_autofree char *title = words(w->site->context->study, WORD_WEB_PAGE_TITLE, "page",
                                   w->page->title, "site", w->site->context->title, NULL);
    g_autofree char *plain = html_plain(title);
    markup_text(out, plain);
}

/* Its size is said, so that the page does not move when it comes. */
static void put_logo(GString *out, const PageWriter *w)
{
    const SiteLogo *logo = &w->site->logo;
    if (!logo->png)
        return;
    g_autofree char *address = g_strconcat(w->root, SITE_LOGO_NAME, NULL);
    g_autofree char *width = g_strdup_printf("%u", logo->width);
    g_autofree char *height = g_strdup_printf("%u", logo->height);
    markup_put(out, "<div class=\"wide logo\"><img");
    markup_attribute(out, "src", address);
    markup_attribute(out, "alt", w->site->context->study->brand.logo_alt);
    markup_attribute(out, "width", width);
    markup_attribute(out, "height", height);
    markup_put(out, "></div>\n");
}

static void put_notice(GString *out, const PageWriter *w)
{
    if (!w->page->notice)
        return;
    markup_put(out, "<p class=\"notice\">");
    markup_text(out, w->page->notice);
    markup_put(out, "</p>\n");
}

/* Whoever meets a page is told that something was wrong before, and where that stands. */
static void put_corrections(GString *out, const PageWriter *w)
{
    const Study *study = w->site->context->study;
    if (study->n_corrections == 0)
        return;
    const HtmlPlace place = place_of(w->site, w->page->address, w->root);
    g_autofree char *n = g_strdup_printf("%u", study->n_corrections);
    g_autofree char *date = words_date(study, study->corrections[0].date);
    g_autofree char *text =
        words(study, WORD_WEB_FOOTER_CORRECTIONS, "n", n, "date", date, "file", CORRECTIONS, NULL);
    g_autoptr(Document) d = document_new("");
    document_paragraph(d, NULL, PARA_BODY, text);
    g_autofree char *paragraph =
        html_from_blocks((Block *const *)d->blocks->pdata, d->blocks->len, &place);
    markup_part(out, paragraph);
}

/* A name with "+" is mark-up of ours; anything else is a text. */
static void put_field(GString *out, const PageWriter *w, const char *name)
{
    const char *text = g_hash_table_lookup(w->site->shell, name);
    if (g_str_equal(name, "root"))
        markup_text(out, w->root);
    else if (g_str_equal(name, "title"))
        put_title(out, w);
    else if (g_str_equal(name, "description"))
        markup_text(out, w->page->description ? w->page->description : w->page->title);
    else if (g_str_equal(name, "+menu"))
        put_menu(out, w);
    else if (g_str_equal(name, "+logo"))
        put_logo(out, w);
    else if (g_str_equal(name, "+notice"))
        put_notice(out, w);
    else if (g_str_equal(name, "+corrections"))
        put_corrections(out, w);
    else if (g_str_equal(name, "+main"))
        put_main(out, w);
    else if (!text)
        g_error("shell.html: no such field: %s", name);
    else if (*name == '+')
        markup_part(out, text);
    else
        markup_text(out, text);
}

static char *page_text(const PageWriter *w)
{
    GString *out = g_string_new(NULL);
    const char *at = _binary_templates_web_shell_html_start;
    const char *const end = _binary_templates_web_shell_html_end;
    while (at < end) {
        const char *open = g_strstr_len(at, end - at, "{{");
        g_string_append_len(out, at, (open ? open : end) - at);
        const char *close = open ? g_strstr_len(open, end - open, "}}") : NULL;
        if (!close)
            break;
        g_autofree char *name = g_strndup(open + 2, (gsize)(close - open - 2));
        put_field(out, w, name);
        at = close + 2;
    }
    return g_string_free(out, FALSE);
}

static gboolean write_file(const Site *site, const SitePage *page, const char *directory,
                           GError **error)
{
    const PageWriter w = {.site = site, .page = page, .root = root_of(page->address)};
    g_autofree char *text = page_text(&w);
    g_autofree char *path = g_build_filename(directory, page->address, NULL);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, text, -1, &cause))
        return TRUE;
    g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, cause->message);
    return FALSE;
}

/* ---- a page that would be too heavy, as several ---- */

static void add_place(GHashTable *anchors, const char *address, const Block *b, gboolean first)
{
    if (b->anchor) {
        g_autofree char *id = html_id(b->anchor);
        g_hash_table_insert(anchors, g_strdup(b->anchor),
                            first ? g_strdup(address) : g_strconcat(address, "#", id, NULL));
    }
    for (guint k = 0; b->children && k < b->children->len; k++)
        add_place(anchors, address, b->children->pdata[k], FALSE);
}

void site_add_places(GHashTable *anchors, const char *address, Block *const *blocks, guint n)
{
    g_autoptr(GArray) starts = site_split(blocks, n);
    for (guint part = 0; part < starts->len; part++) {
        const guint from = g_array_index(starts, guint, part);
        const guint to = part + 1 < starts->len ? g_array_index(starts, guint, part + 1) : n;
        g_autofree char *own = site_part_address(address, part);
        for (guint k = from; k < to; k++)
            add_place(anchors, own, blocks[k], k == 0);
    }
}

static void copy_place(gpointer key, gpointer value, gpointer into)
{
    g_hash_table_insert(into, g_strdup(key), g_strdup(value));
}

GHashTable *site_copy_places(GHashTable *anchors)
{
    GHashTable *copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_foreach(anchors, copy_place, copy);
    return copy;
}

typedef struct {
    const Site *site;
    const SitePage *page;
    const GArray *starts;
    const char *directory;
} Parts;

static guint part_end(const Parts *p, guint part)
{
    return part + 1 < p->starts->len ? g_array_index(p->starts, guint, part + 1) : p->page->n;
}

/* "Part 2 of 3: Trends, Who to learn from" */
static char *part_sentence(const Parts *p, guint part)
{
    const guint from = g_array_index(p->starts, guint, part);
    g_autoptr(GArray) headings = html_headings(p->page->blocks + from, part_end(p, part) - from);
    g_autoptr(GString) what = g_string_new(NULL);
    for (guint k = part == 0; k < headings->len; k++) {
        const HtmlHeading *h = &g_array_index(headings, HtmlHeading, k);
        if (h->level <= (part == 0 ? 2 : 1))
            g_string_append_printf(what, "%s%s", what->len ? ", " : ": ", h->text);
    }
    g_autofree char *n = g_strdup_printf("%u", part + 1);
    g_autofree char *of = g_strdup_printf("%u", p->starts->len);
    g_autofree char *address = site_part_address(p->page->address, part);
    return words(p->site->context->study, WORD_WEB_PART_LINK, "n", n, "of", of, "file", address,
                 "what", what->str, NULL);
}

static char *part_links(const Parts *p, guint part)
{
    g_autoptr(Document) d = document_new("");
    Block *list = document_list(d, NULL);
    for (guint k = 0; k < p->starts->len; k++) {
        g_autofree char *sentence = part_sentence(p, k);
        document_item(list, sentence);
    }
    g_autofree char *own = site_part_address(p->page->address, part);
    g_autofree char *links = site_links(p->site, own, d);
    return g_strconcat(part == 0 && p->page->twins ? p->page->twins : "", links, NULL);
}

/* A part has the title of the page and a number; what follows keeps its level. */
static gboolean write_part(const Parts *p, guint part, GError **error)
{
    const guint from = g_array_index(p->starts, guint, part), to = part_end(p, part);
    const Block *title = site_leading_heading(p->page->blocks[0]);
    g_autofree char *n = g_strdup_printf("%u", part + 1);
    g_autofree char *of = g_strdup_printf("%u", p->starts->len);
    g_autofree char *sentence = words(p->site->context->study, WORD_WEB_PART_TITLE, "page",
                                      p->page->title, "n", n, "of", of, NULL);
    g_autofree char *plain = html_plain(sentence);
    g_autofree char *address = site_part_address(p->page->address, part);
    g_autofree char *links = part_links(p, part);
    g_autoptr(Document) d = document_new("");
    g_autoptr(GPtrArray) blocks = g_ptr_array_new();
    if (part > 0)
        g_ptr_array_add(blocks,
                        document_heading(d, NULL, title ? title->level : 1, sentence, NULL));
    for (guint k = from; k < to; k++)
        g_ptr_array_add(blocks, p->page->blocks[k]);
    SitePage page = *p->page;
    page.address = address;
    page.title = part == 0 ? p->page->title : plain;
    page.twins = links;
    page.blocks = (Block *const *)blocks->pdata;
    page.n = blocks->len;
    return write_file(p->site, &page, p->directory, error);
}

gboolean site_page_write(const Site *site, const SitePage *page, const char *directory,
                         GError **error)
{
    g_autoptr(GArray) starts = site_split(page->blocks, page->n);
    if (starts->len == 1)
        return write_file(site, page, directory, error);
    Site own = *site;
    own.anchors = site_copy_places(site->anchors);
    site_add_places(own.anchors, page->address, page->blocks, page->n);
    const Parts parts = {&own, page, starts, directory};
    gboolean done = TRUE;
    for (guint k = 0; done && k < starts->len; k++)
        done = write_part(&parts, k, error);
    g_hash_table_unref(own.anchors);
    return done;
}
