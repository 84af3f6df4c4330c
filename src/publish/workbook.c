#include "peerline/publish/workbook.h"

#include <string.h>

#include "peerline/base/clock.h"
#include "peerline/base/version.h"
#include "peerline/report/reports.h"
#include "workbook_sheets.h"

const WorkbookSheet workbook_sheets[] = {
    {"Variation", "variation_summary", "Variation among areas in the latest period",
     "How much areas differ, per indicator", "No indicator has a value.", fill_variation, NULL,
     NULL},
    {"Chart", "areas_outside_limits", "Areas outside the limits in the latest period, as a chart",
     "How many areas differ by more than chance, beside how many are expected to",
     "No indicator has limits in its latest period.", fill_chart, NULL, NULL},
    {"Latest values", "latest_values", "Latest value of every indicator, by area",
     "One row per area, one column per indicator", "There are no areas.", fill_latest, NULL, NULL},
    {"Rank and peers", "rank_and_peers", "Rank, peers, trend and gap in the latest period, by area",
     "Where each area stands among all areas and among its peers", "No indicator has a value.",
     fill_position, NULL, NULL},
    {"Outliers", "outliers", "Areas outside the limits in the latest period",
     "Areas that differ by more than chance and ordinary variation, both lower and higher",
     "No area lies outside the limits in the latest period of any indicator.", fill_outliers, NULL,
     NULL},
    {"Opportunity", "opportunity", "What it would mean to be at the median of the peers",
     "Events or pounds between an area and the median of its peers; areas already there are not "
     "listed",
     "No area is away from the median of its peers in an indicator of which one direction is "
     "better.",
     fill_opportunity, NULL, NULL},
    {"Who to learn from", "who_to_learn_from", "Peers that an area can learn from",
     "Peers with credibly different figures in the direction that is better, at no more spending",
     "No peer is credibly better than another in any indicator.", fill_learn, NULL, NULL},
    {"Composition", "composition", "What amounts are made of, by area",
     "The parts of an amount, each as a share of the whole, beside the peers and the nation",
     "The study declares no compositions.", fill_compositions, compositions_fit,
     "data/compositions.csv"},
    {"Time series", "time_series", "Values of all periods",
     "One row per indicator and area, the periods side by side", "There are no values.",
     fill_series, series_fit, "data/observations.csv"},
    {"Observations", "observations", "Every observation, with what it is made of",
     "Numerator, denominator, value, limits and source, by indicator, area and period",
     "There are no values.", fill_observations, observations_fit, "data/observations.csv"},
    {"Indicators", "indicators", "Definitions of the indicators",
     "What each indicator measures, and how", "The study has no indicators.", fill_indicators, NULL,
     NULL},
    {"Sources", "sources", "Sources of the figures", "The files from which the figures were read",
     "The study has no sources.", fill_sources, NULL, NULL},
    {"Corrections", "corrections", "What earlier editions had wrong",
     "Figures that were corrected, the latest first",
     "No figure of an earlier edition is known to have been wrong.", fill_corrections, NULL, NULL},
    {"Missing values", "missing_values", "Values that are missing, with the reason",
     "Every cell without a value, by indicator, area and period", "No value is missing.",
     fill_missing, NULL, NULL},
};
const guint n_workbook_sheets = G_N_ELEMENTS(workbook_sheets);

const WorkbookNote workbook_notes[] = {
    {"note 1", "The national value is the publisher's own where there is one, else it is computed "
               "from the sums of numerators and denominators over the areas with a value."},
    {"note 2", "A rank is uncertain. The lower and upper ends enclose the ranks that the figures "
               "allow, for all areas together with 95 % confidence. Where they overlap, the order "
               "of two areas says little."},
    {"note 3", "The limits allow for chance and for the ordinary variation between areas. Lying "
               "outside them is a starting point for questions, not a judgement. Some areas lie "
               "outside by chance alone: their expected number is given."},
    {"note 4", "Independent events and published estimates have a known sampling error. For events "
               "that come in runs and for amounts of money there is none: such areas are unusual "
               "among areas, not statistically different."},
    {"note 5", "How many events or pounds fewer (or more, where higher is better) there would be "
               "at the median of the peers; 0 where the area is already there. Extreme gaps tend "
               "to shrink by themselves from one period to the next."},
};
const guint n_workbook_notes = G_N_ELEMENTS(workbook_notes);

static const struct {
    const char *mark, *text;
} shorthand[] = {
    {"[c]", "[c] confidential: suppressed by the publisher"},
    {"[x]", "[x] not available: not reported, rejected, or not comparable"},
    {"[z]", "[z] not applicable"},
};

/* ---- cover, contents, notes ---- */

static void fact(XlsxSheet *sheet, const char *heading, const char *text)
{
    if (!text || !*text)
        return;
    xlsx_heading(sheet, heading);
    xlsx_line(sheet, text, TRUE);
}

static char *period_of(const ReportContext *context)
{
    const char *first = NULL, *last = NULL;
    const ObservationSet *set = context->set;
    for (guint i = 0; i < set->n_indicators; i++) {
        int latest = context->assessment->indicators[i].latest;
        if (latest < 0)
            continue;
        const char *label = set->series[i].period_labels[latest];
        first = !first || strcmp(label, first) < 0 ? label : first;
        last = !last || strcmp(label, last) > 0 ? label : last;
    }
    if (!first)
        return g_strdup("No indicator has a value.");
    return !strcmp(first, last)
               ? g_strdup_printf("Latest period of the indicators: %s", first)
               : g_strdup_printf("Latest periods of the indicators: %s to %s", first, last);
}

static void contact(XlsxSheet *sheet, const char *text)
{
    if (!text || !*text)
        return;
    xlsx_heading(sheet, "Contact");
    gboolean mail = strchr(text, '@') && !strpbrk(text, " ,;<>:");
    g_autofree char *address = mail ? g_strconcat("mailto:", text, NULL) : g_strdup(text);
    xlsx_line_link(sheet, text, address);
}

static void left_out(XlsxSheet *sheet, const char *const *lines)
{
    if (!lines || !*lines)
        return;
    xlsx_heading(sheet, "What was left out or is not up to date");
    for (; *lines; lines++)
        xlsx_line(sheet, *lines, TRUE);
}

static gboolean is_there(const WorkbookSheet *spec, const ReportContext *context)
{
    return !spec->fits || spec->fits(context);
}

static void left_to_csv(XlsxSheet *sheet, const ReportContext *context)
{
    gboolean any = FALSE;
    for (guint i = 0; i < n_workbook_sheets; i++) {
        const WorkbookSheet *spec = &workbook_sheets[i];
        if (is_there(spec, context))
            continue;
        if (!any)
            xlsx_heading(sheet, "Too much for a workbook");
        any = TRUE;
        g_autofree char *text = g_strdup_printf("%s: in %s.", spec->title, spec->instead);
        xlsx_line(sheet, text, TRUE);
    }
}

static void shorthand_used(XlsxSheet *sheet, const XlsxBook *book)
{
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(shorthand); i++) {
        if (!xlsx_book_uses(book, shorthand[i].mark))
            continue;
        if (!any)
            xlsx_heading(sheet, "Shorthand");
        any = TRUE;
        xlsx_line(sheet, shorthand[i].text, TRUE);
    }
}

static const char *title_of(const ReportContext *context)
{
    return context->title ? context->title : context->study->title;
}

/* Filled last: it says which shorthand the others use. */
static void cover(XlsxSheet *sheet, const XlsxBook *book, const ReportContext *context)
{
    const Study *study = context->study;
    g_autofree char *period = period_of(context);
    g_autofree char *date = context->edition_date ? clock_date_words(context->edition_date) : NULL;
    g_autofree char *embargo = report_embargo(context);
    xlsx_line(sheet, study->subtitle, TRUE);
    fact(sheet, "Release", embargo);
    fact(sheet, "Please note", study->notice);
    fact(sheet, "What this workbook is for", study->summary);
    fact(sheet, "Publisher", study->publisher);
    fact(sheet, "Area", study->areas.nation);
    fact(sheet, "Period", period);
    fact(sheet, "Status", study->status);
    fact(sheet, "Date of this edition", date);
    fact(sheet, "Next release", study->next_release);
    fact(sheet, "Revisions", study->revision_note);
    contact(sheet, study->contact);
    fact(sheet, "Licence", study->licence);
    left_out(sheet, context->left_out);
    left_to_csv(sheet, context);
    shorthand_used(sheet, book);
    fact(
        sheet, "Accessibility",
        "Each worksheet holds one table, marked up as such, without merged or empty cells, filters "
        "or frozen panes. The same figures are published as CSV files.");
    fact(sheet, "Language", study->language ? study->language : "en-GB");
    fact(sheet, "Made with", "Peerline " PEERLINE_VERSION ", method " PEERLINE_METHODS_VERSION);
    xlsx_sheet_end(sheet, NULL);
}

static void contents_row(XlsxSheet *sheet, const char *name, const char *about)
{
    g_autofree char *address = g_strdup_printf("internal:'%s'!A1", name);
    xlsx_link(sheet, name, address);
    xlsx_text(sheet, about);
    xlsx_end_row(sheet);
}

static void contents(XlsxBook *book, const ReportContext *context)
{
    static const char *const headers[] = {"Worksheet", "What it holds"};
    XlsxSheet *sheet = xlsx_sheet_new(book, "Contents", "Contents");
    xlsx_line(sheet, "This worksheet contains one table.", FALSE);
    xlsx_table(sheet, "contents", headers, G_N_ELEMENTS(headers));
    contents_row(sheet, "Notes", "Notes that headers refer to");
    for (guint i = 0; i < n_workbook_sheets; i++)
        if (is_there(&workbook_sheets[i], context))
            contents_row(sheet, workbook_sheets[i].name, workbook_sheets[i].about);
    xlsx_sheet_end(sheet, NULL);
}

static void notes(XlsxBook *book)
{
    static const char *const headers[] = {"Note", "Text of the note"};
    XlsxSheet *sheet = xlsx_sheet_new(book, "Notes", "Notes");
    xlsx_line(sheet, "This worksheet contains one table.", FALSE);
    xlsx_table(sheet, "notes", headers, G_N_ELEMENTS(headers));
    for (guint i = 0; i < n_workbook_notes; i++) {
        xlsx_text(sheet, workbook_notes[i].name);
        xlsx_text(sheet, workbook_notes[i].text);
        xlsx_end_row(sheet);
    }
    xlsx_sheet_end(sheet, NULL);
}

static void figures(XlsxBook *book, const WorkbookSheet *spec, const ReportContext *context)
{
    XlsxSheet *sheet = xlsx_sheet_new(book, spec->name, spec->title);
    xlsx_line(sheet, "This worksheet contains one table.", FALSE);
    xlsx_line(
        sheet,
        "Notes that headers refer to are in the worksheet Notes; shorthand in square brackets "
        "is explained on the cover.",
        FALSE);
    xlsx_line(sheet, "No cell is empty: where there is no figure, shorthand says why.", FALSE);
    xlsx_line(sheet, "Sources are listed in the worksheet Sources.", FALSE);
    g_autofree char *notice = report_notice(context);
    xlsx_line(sheet, notice, FALSE);
    spec->fill(sheet, spec->table, context);
    xlsx_sheet_end(sheet, spec->why_empty);
}

gboolean workbook_file_write(const ReportContext *context, const char *path, GError **error)
{
    XlsxProperties properties = {.title = title_of(context),
                                 .subject = "Variation between areas",
                                 .author = context->study->publisher ? context->study->publisher
                                                                     : "Peerline",
                                 .keywords = "variation, benchmarking, peers, outliers",
                                 .comments = context->study->summary,
                                 .date = context->edition_date};
    XlsxBook *book = xlsx_book_new(path, &properties);
    XlsxSheet *first = xlsx_sheet_new(book, "Cover", title_of(context));
    contents(book, context);
    notes(book);
    for (guint i = 0; i < n_workbook_sheets; i++)
        if (is_there(&workbook_sheets[i], context))
            figures(book, &workbook_sheets[i], context);
    cover(first, book, context);
    return xlsx_book_close(book, error);
}
