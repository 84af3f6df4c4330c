#include "site_page.h"

#include "markup.h"
#include "peerline/base/clock.h"
#include "peerline/base/version.h"
#include "peerline/publish/data_json.h"
#include "peerline/report/web.h"

#include <string.h>

extern const char _binary_templates_web_style_css_start[], _binary_templates_web_style_css_end[];
extern const char _binary_templates_web_script_js_start[], _binary_templates_web_script_js_end[];

/* ---- words ---- */

static char *plain(char *text)
{
    char *out = html_plain(text);
    g_free(text);
    return out;
}

char *site_word(const Site *site, Word word)
{
    return plain(words(site->context->study, word, NULL));
}

/* ---- addresses ---- */

char *site_indicator_address(const Site *site, guint indicator)
{
    g_autofree char *name = data_json_indicator_name(site->context, indicator);
    return g_strdup_printf("indicators/%s.html", name);
}

static void add_anchor(Site *site, const char *anchor, const char *address)
{
    g_hash_table_insert(site->anchors, g_strdup(anchor), g_strdup(address));
}

/* A name that two things have leads to neither. */
static void add_name(Site *site, const char *name, const char *address)
{
    if (!name || !*name)
        return;
    const char *there = g_hash_table_lookup(site->names, name);
    if (!there || !g_str_equal(there, address))
        g_hash_table_insert(site->names, g_strdup(name), g_strdup(there ? "" : address));
}

static void add_areas(Site *site)
{
    const ObservationSet *set = site->context->set;
    for (guint a = 0; a < set->n_areas; a++) {
        if (!site->options.areas[a])
            continue;
        g_autofree char *anchor = g_strdup_printf("area-%s", set->areas[a].code);
        g_autofree char *address = g_strdup_printf("areas/%s.html", set->areas[a].code);
        add_anchor(site, anchor, address);
        add_name(site, set->areas[a].name, address);
        add_name(site, set->areas[a].short_name, address);
    }
}

static void add_indicators(Site *site)
{
    const Study *study = site->context->study;
    for (guint i = 0; i < study->n_indicators; i++) {
        g_autofree char *anchor = report_web_indicator_anchor(i);
        g_autofree char *address = site_indicator_address(site, i);
        add_anchor(site, anchor, address);
        add_name(site, study->indicators[i].title, address);
        add_name(site, study->indicators[i].short_title, address);
    }
}

/* ---- what is the same on every page ---- */

static void set(Site *site, const char *name, char *text)
{
    g_hash_table_insert(site->shell, (gpointer)name, text);
}

/* As Content-Security-Policy wants it: the hash of exactly what stands between the tags. */
static char *hash_of(const char *text, gsize n)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text, (gssize)n);
    g_checksum_get_digest(sum, digest, &length);
    return g_base64_encode(digest, length);
}

/* `more`: to put below the file; or NULL. */
static void set_file(Site *site, const char *name, const char *const ends[2], const char *more)
{
    g_autofree char *hash = g_strconcat(name + 1, " hash", NULL);
    g_autofree char *file = g_strndup(ends[0], (gsize)(ends[1] - ends[0]));
    char *text = g_strconcat(file, more, NULL);
    set(site, name, text);
    set(site, g_intern_string(hash), hash_of(text, strlen(text)));
}

static void set_brand(Site *site)
{
    const Brand *brand = &site->context->study->brand;
    g_autofree char *style = site_brand_style(brand);
    set_file(site, "+style",
             (const char *const[]){_binary_templates_web_style_css_start,
                                   _binary_templates_web_style_css_end},
             style);
    site->logo = site_logo_new(brand);
    set(site, "pictures", g_strdup(site->logo.png ? "'self' data:" : "data:"));
}

/* How numbers are written, for the script that sorts by them, where it is not as in English. */
static char *number_marks(const Study *study)
{
    const char *thousands = words_label(study, WORD_THOUSANDS_MARK);
    const char *decimal = words_label(study, WORD_DECIMAL_MARK);
    GString *out = g_string_new(NULL);
    if (!g_str_equal(thousands, ","))
        markup_attribute(out, "data-thousands", thousands);
    if (!g_str_equal(decimal, "."))
        markup_attribute(out, "data-decimal", decimal);
    return g_string_free(out, FALSE);
}

static void set_words(Site *site)
{
    const Study *study = site->context->study;
    static const struct {
        const char *name;
        Word word;
    } simple[] = {{"skip", WORD_WEB_SKIP},
                  {"navigation", WORD_WEB_NAVIGATION},
                  {"search", WORD_WEB_SEARCH},
                  {"sort", WORD_WEB_SORT}};
    for (guint k = 0; k < G_N_ELEMENTS(simple); k++)
        set(site, simple[k].name, site_word(site, simple[k].word));
    set(site, "found", plain(words(study, WORD_WEB_FOUND, "n", "{n}", "of", "{of}", NULL)));
    set(site, "sorted up", plain(words(study, WORD_WEB_SORTED_UP, "column", "{column}", NULL)));
    set(site, "sorted down", plain(words(study, WORD_WEB_SORTED_DOWN, "column", "{column}", NULL)));
    set(site, "+marks", number_marks(study));
    set(site, "site", g_strdup(site->context->title));
    set(site, "language", g_strdup(study->language ? study->language : "en-GB"));
    site->data_of_chart = site_word(site, WORD_WEB_DATA_OF_CHART);
    site->chart = site_word(site, WORD_WEB_CHART);
}

static void footer_line(Site *site, GString *out, Word word, const char *text)
{
    if (!text || !*text)
        return;
    g_autofree char *line = plain(words(site->context->study, word, "text", text, NULL));
    markup_put(out, "<p>");
    markup_text(out, line);
    markup_put(out, "</p>\n");
}

static void set_footer(Site *site)
{
    const Study *study = site->context->study;
    const char *edition = site->context->edition_date;
    g_autofree char *date = edition ? words_date(study, edition) : NULL;
    GString *out = g_string_new(NULL);
    footer_line(site, out, WORD_WEB_FOOTER_PUBLISHER, study->publisher);
    footer_line(site, out, WORD_WEB_FOOTER_DATED, date);
    footer_line(site, out, WORD_COVER_STATUS, study->status);
    footer_line(site, out, WORD_COVER_NEXT, study->next_release);
    footer_line(site, out, WORD_COVER_CONTACT, study->contact);
    footer_line(site, out, WORD_COVER_LICENCE, study->licence);
    g_autofree char *made =
        plain(words(study, WORD_WEB_FOOTER_MADE, "version", PEERLINE_VERSION, NULL));
    markup_put(out, "<p>");
    markup_text(out, made);
    markup_put(out, "</p>\n");
    set(site, "+footer", g_string_free(out, FALSE));
}

Site *site_new(const ReportContext *context, const SiteOptions *options)
{
    Site *site = g_new0(Site, 1);
    site->context = context;
    site->options = *options;
    site->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    site->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    site->shell = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    add_areas(site);
    add_indicators(site);
    add_anchor(site, "areas-index", "areas.html");
    add_anchor(site, "index", "areas.html");
    add_anchor(site, "downloads", "downloads.html");
    set_words(site);
    set_footer(site);
    set_brand(site);
    set_file(site, "+script",
             (const char *const[]){_binary_templates_web_script_js_start,
                                   _binary_templates_web_script_js_end},
             NULL);
    return site;
}

void site_free(Site *site)
{
    if (!site)
        return;
    g_hash_table_unref(site->anchors);
    g_hash_table_unref(site->names);
    g_hash_table_unref(site->shell);
    g_free(site->data_of_chart);
    g_free(site->chart);
    site_logo_clear(&site->logo);
    g_free(site);
}
