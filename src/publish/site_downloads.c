#include "data_table.h"
#include "site_page.h"

static void add_heading(const Site *site, Document *d, int level, Word word)
{
    g_autofree char *text = words(site->context->study, word, NULL);
    document_heading(d, NULL, level, text, NULL);
}

static void add_paragraph(const Site *site, Document *d, ParaStyle style, Word word)
{
    g_autofree char *text = words(site->context->study, word, NULL);
    document_paragraph(d, NULL, style, text);
}

static void add_item(const Site *site, Block *list, Word word)
{
    g_autofree char *text = words(site->context->study, word, NULL);
    document_item(list, text);
}

static void add_reports(const Site *site, Document *d)
{
    const SiteOptions *o = &site->options;
    if (!o->pdf && !o->workbook)
        return;
    add_heading(site, d, 2, WORD_WEB_DOWNLOADS_REPORTS_HEADING);
    Block *list = document_list(d, NULL);
    if (o->pdf)
        add_item(site, list, WORD_WEB_DOWNLOADS_NATIONAL);
    if (o->pdf)
        add_item(site, list, WORD_WEB_DOWNLOADS_AREAS);
    if (o->workbook)
        add_item(site, list, WORD_WEB_DOWNLOADS_WORKBOOK);
}

static void add_data(const Site *site, Document *d)
{
    add_heading(site, d, 2, WORD_WEB_DOWNLOADS_DATA_HEADING);
    if (site->options.data)
        add_paragraph(site, d, PARA_BODY, WORD_WEB_DOWNLOADS_DATA_LEAD);
    Block *list = document_list(d, NULL);
    for (guint t = 0; site->options.data && data_tables[t]; t++) {
        g_autofree char *text =
            words(site->context->study, WORD_WEB_DOWNLOADS_FILE, "file", data_tables[t]->file,
                  "title", words_data(site->context->study, data_tables[t]->title), NULL);
        document_item(list, text);
    }
    add_item(site, list, WORD_WEB_DOWNLOADS_PROVENANCE);
}

Document *site_downloads(const Site *site)
{
    Document *d = document_new("");
    add_heading(site, d, 1, WORD_WEB_DOWNLOADS_HEADING);
    add_paragraph(site, d, PARA_LEAD, WORD_WEB_DOWNLOADS_LEAD);
    add_reports(site, d);
    add_data(site, d);
    return d;
}
