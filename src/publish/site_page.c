#include "site_page.h"

#include "markup.h"
#include "peerline/base/error.h"

#include <string.h>

extern const char _binary_templates_web_shell_html_start[], _binary_templates_web_shell_html_end[];

/* A list of what is on the page helps from so many parts on. */
#define LISTED_FROM 3

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

static void put_notice(GString *out, const PageWriter *w)
{
    if (!w->page->notice)
        return;
    markup_put(out, "<p class=\"notice\">");
    markup_text(out, w->page->notice);
    markup_put(out, "</p>\n");
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
    else if (g_str_equal(name, "+notice"))
        put_notice(out, w);
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

gboolean site_page_write(const Site *site, const SitePage *page, const char *directory,
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
