#include "site_page.h"

#include "peerline/base/error.h"
#include "peerline/publish/data_json.h"
#include "peerline/report/web.h"

#include <string.h>

/* ---- an area ---- */

/* The report to print and the figures as data, where the edition has them. */
static char *twins(const Site *site, const char *address, const char *pdf, const char *data)
{
    const struct {
        gboolean there;
        Word word;
        const char *file;
    } files[] = {{site->options.pdf && pdf, WORD_WEB_TWIN_PDF, pdf},
                 {site->options.data && data, WORD_WEB_TWIN_DATA, data}};
    g_autoptr(Document) d = document_new("");
    Block *list = document_list(d, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(files); k++) {
        if (!files[k].there)
            continue;
        g_autofree char *sentence =
            words(site->context->study, files[k].word, "file", files[k].file, NULL);
        document_item(list, sentence);
    }
    return site_links(site, address, d);
}

gboolean site_write_area(const Site *site, const Document *report, guint area,
                         const char *directory, GError **error)
{
    const char *code = site->context->set->areas[area].code;
    g_autofree char *address = g_strdup_printf("areas/%s.html", code);
    g_autofree char *pdf = g_strdup_printf("areas/%s.pdf", code);
    g_autofree char *data = g_strdup_printf("data/areas/%s.json", code);
    g_autofree char *links = twins(site, address, pdf, data);
    const SitePage page = {.address = address,
                           .title = report->title,
                           .part = "areas.html",
                           .twins = links,
                           .notice = report->notice,
                           .blocks = (Block *const *)report->blocks->pdata,
                           .n = report->blocks->len};
    return site_page_write(site, &page, directory, error);
}

/* ---- the national report, taken apart ---- */

/** A part of the national report that becomes a page. */
typedef struct {
    const Block *heading;
    char *address;
    char *title;
    int indicator;     /**< or -1 */
    int section;       /**< of an indicator: the part it stands in */
    guint contents;    /**< blocks beside the heading that have something to read */
    GPtrArray *blocks; /**< Block*, borrowed */
} Part;

typedef struct {
    const Site *site;
    Site own;      /**< with the places of the national report */
    GArray *parts; /**< Part */
    const char *directory, *notice;
} NationalSite;

static void part_clear(gpointer data)
{
    Part *p = data;
    g_free(p->address);
    g_free(p->title);
    g_ptr_array_unref(p->blocks);
}

static int indicator_of_anchor(const Site *site, const char *anchor)
{
    if (!anchor || !g_str_has_prefix(anchor, "indicator-"))
        return -1;
    const guint64 n = g_ascii_strtoull(anchor + strlen("indicator-"), NULL, 10);
    return n >= 1 && n <= site->context->study->n_indicators ? (int)n - 1 : -1;
}

static Part *begin_part(NationalSite *n, const Block *heading, int indicator, int section)
{
    Part part = {.heading = heading,
                 .title = html_plain(heading->text),
                 .indicator = indicator,
                 .section = section,
                 .blocks = g_ptr_array_new()};
    g_autofree char *id =
        heading->anchor ? html_id(heading->anchor) : g_strdup_printf("part-%u", n->parts->len + 1);
    part.address = indicator >= 0 ? site_indicator_address(n->site, (guint)indicator)
                                  : g_strconcat(id, ".html", NULL);
    g_array_append_val(n->parts, part);
    return &g_array_index(n->parts, Part, n->parts->len - 1);
}

static void take_apart(NationalSite *n, const Document *report)
{
    int section = -1, current = -1;
    for (guint k = 0; k < report->blocks->len; k++) {
        Block *b = report->blocks->pdata[k];
        const Block *heading = site_leading_heading(b);
        const int indicator = heading ? indicator_of_anchor(n->site, heading->anchor) : -1;
        if (heading && (heading->level == 1 || indicator >= 0)) {
            begin_part(n, heading, indicator, section);
            current = (int)n->parts->len - 1;
            if (heading->level == 1)
                section = current;
        } else if (heading && heading->level == 2) {
            current = section;
        }
        if (current < 0)
            continue;
        Part *part = &g_array_index(n->parts, Part, current);
        g_ptr_array_add(part->blocks, b);
        part->contents += b->kind != BLOCK_PAGE_BREAK && b != heading;
    }
}

/* Covers, lists of page numbers, and subjects that only hold indicators are no pages; the index of
 * areas is that of the site. */
static gboolean is_page(const Part *part)
{
    const char *anchor = part->heading->anchor;
    return part->contents > 0 && g_strcmp0(anchor, "contents") != 0 &&
           g_strcmp0(anchor, "index") != 0;
}

/* The site with the places of the national report; all else is shared. */
static void add_all_places(NationalSite *n)
{
    n->own = *n->site;
    n->own.anchors = site_copy_places(n->site->anchors);
    for (guint k = 0; k < n->parts->len; k++) {
        const Part *part = &g_array_index(n->parts, Part, k);
        if (is_page(part))
            site_add_places(n->own.anchors, part->address, (Block *const *)part->blocks->pdata,
                            part->blocks->len);
    }
}

/* ---- pages ---- */

static gboolean write_document(const NationalSite *n, const Document *d, const char *address,
                               GError **error)
{
    const GPtrArray *blocks = d->blocks;
    const Block *first = blocks->pdata[0];
    g_autofree char *title = html_plain(first->text);
    const SitePage page = {.address = address,
                           .title = title,
                           .part = address,
                           .description = n->site->context->title,
                           .notice = n->notice,
                           .blocks = (Block *const *)blocks->pdata,
                           .n = blocks->len};
    return site_page_write(&n->own, &page, n->directory, error);
}

static gboolean write_indicator(const NationalSite *n, const Part *part, GError **error)
{
    const guint i = (guint)part->indicator;
    const Indicator *indicator = &n->site->context->study->indicators[i];
    g_autoptr(Document) more = report_web_indicator(n->site->context, i);
    g_autoptr(GPtrArray) blocks = g_ptr_array_new();
    g_ptr_array_extend(blocks, part->blocks, NULL, NULL);
    if (more)
        g_ptr_array_extend(blocks, more->blocks, NULL, NULL);
    g_autofree char *name = data_json_indicator_name(n->site->context, i);
    g_autofree char *data = g_strdup_printf("data/indicators/%s.json", name);
    g_autofree char *links = twins(n->site, part->address, NULL, data);
    const SitePage page = {.address = part->address,
                           .title = part->title,
                           .part = "indicators.html",
                           .above = indicator->domain,
                           .twins = links,
                           .notice = n->notice,
                           .blocks = (Block *const *)blocks->pdata,
                           .n = blocks->len};
    return site_page_write(&n->own, &page, n->directory, error);
}

/* A part whose indicators have pages of their own lists them. */
static Document *list_of_indicators(const NationalSite *n, int section)
{
    g_autoptr(Document) d = document_new("");
    Block *list = NULL;
    for (guint k = 0; k < n->parts->len; k++) {
        const Part *part = &g_array_index(n->parts, Part, k);
        if (part->indicator < 0 || part->section != section)
            continue;
        g_autofree char *title = document_escape(part->title);
        g_autofree char *item = g_strdup_printf("[%s](#%s)", title, part->heading->anchor);
        list = list ? list : document_list(d, NULL);
        document_item(list, item);
    }
    return list ? g_steal_pointer(&d) : NULL;
}

static gboolean write_section(const NationalSite *n, guint place, GError **error)
{
    const Part *part = &g_array_index(n->parts, Part, place);
    g_autoptr(Document) list = list_of_indicators(n, (int)place);
    g_autoptr(GPtrArray) blocks = g_ptr_array_new();
    g_ptr_array_extend(blocks, part->blocks, NULL, NULL);
    if (list)
        g_ptr_array_extend(blocks, list->blocks, NULL, NULL);
    const SitePage page = {.address = part->address,
                           .title = part->title,
                           .part = "index.html",
                           .notice = n->notice,
                           .blocks = (Block *const *)blocks->pdata,
                           .n = blocks->len};
    return site_page_write(&n->own, &page, n->directory, error);
}

/* The dashboard ends with what else there is. */
static gboolean write_dashboard(const NationalSite *n, GError **error)
{
    g_autoptr(Document) d = report_web_dashboard(n->site->context, n->site->options.areas);
    Block *list = NULL;
    for (guint k = 0; k < n->parts->len; k++) {
        const Part *part = &g_array_index(n->parts, Part, k);
        if (part->indicator >= 0 || !is_page(part))
            continue;
        if (!list) {
            g_autofree char *heading = words(n->site->context->study, WORD_WEB_REST_HEADING, NULL);
            document_heading(d, NULL, 2, heading, NULL);
            list = document_list(d, NULL);
        }
        g_autofree char *title = document_escape(part->title);
        g_autofree char *item = g_strdup_printf("[%s](site:%s)", title, part->address);
        document_item(list, item);
    }
    return write_document(n, d, "index.html", error);
}

static gboolean write_parts(const NationalSite *n, GError **error)
{
    for (guint k = 0; k < n->parts->len; k++) {
        const Part *part = &g_array_index(n->parts, Part, k);
        if (part->indicator >= 0 ? !write_indicator(n, part, error)
                                 : is_page(part) && !write_section(n, k, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_own(const NationalSite *n, GError **error)
{
    const ReportContext *c = n->site->context;
    g_autoptr(Document) areas = report_web_areas(c, n->site->options.areas);
    g_autoptr(Document) indicators = report_web_indicators(c);
    g_autoptr(Document) downloads = site_downloads(n->site);
    return write_dashboard(n, error) && write_document(n, areas, "areas.html", error) &&
           write_document(n, indicators, "indicators.html", error) &&
           write_document(n, downloads, "downloads.html", error);
}

static gboolean write_logo(const NationalSite *n, GError **error)
{
    GBytes *png = n->site->logo.png;
    if (!png)
        return TRUE;
    gsize size;
    const char *data = g_bytes_get_data(png, &size);
    g_autofree char *path = g_build_filename(n->directory, SITE_LOGO_NAME, NULL);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, data, (gssize)size, &cause))
        return TRUE;
    g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, cause->message);
    return FALSE;
}

gboolean site_write_national(const Site *site, const Document *report, const char *directory,
                             GError **error)
{
    NationalSite n = {.site = site,
                      .parts = g_array_new(FALSE, TRUE, sizeof(Part)),
                      .directory = directory,
                      .notice = report->notice};
    g_array_set_clear_func(n.parts, part_clear);
    take_apart(&n, report);
    add_all_places(&n);
    const gboolean done = write_logo(&n, error) && write_own(&n, error) && write_parts(&n, error);
    g_hash_table_unref(n.own.anchors);
    g_array_unref(n.parts);
    return done;
}
