#include "peerline/publish/workbook.h"

#include <string.h>

#include "peerline/base/version.h"
#include "peerline/report/reports.h"
#include "workbook_sheets.h"

const WorkbookSheet workbook_sheets[] = {
    {WORD_SHEET_VARIATION_SUMMARY, "variation_summary", WORD_SHEET_VARIATION_SUMMARY_TITLE,
     WORD_SHEET_VARIATION_SUMMARY_ABOUT, WORD_SHEET_VARIATION_SUMMARY_EMPTY, fill_variation, NULL,
     NULL},
    {WORD_SHEET_AREAS_OUTSIDE_LIMITS, "areas_outside_limits", WORD_SHEET_AREAS_OUTSIDE_LIMITS_TITLE,
     WORD_SHEET_AREAS_OUTSIDE_LIMITS_ABOUT, WORD_SHEET_AREAS_OUTSIDE_LIMITS_EMPTY, fill_chart, NULL,
     NULL},
    {WORD_SHEET_LATEST_VALUES, "latest_values", WORD_SHEET_LATEST_VALUES_TITLE,
     WORD_SHEET_LATEST_VALUES_ABOUT, WORD_SHEET_LATEST_VALUES_EMPTY, fill_latest, NULL, NULL},
    {WORD_SHEET_RANK_AND_PEERS, "rank_and_peers", WORD_SHEET_RANK_AND_PEERS_TITLE,
     WORD_SHEET_RANK_AND_PEERS_ABOUT, WORD_SHEET_RANK_AND_PEERS_EMPTY, fill_position, NULL, NULL},
    {WORD_SHEET_OUTLIERS, "outliers", WORD_SHEET_OUTLIERS_TITLE, WORD_SHEET_OUTLIERS_ABOUT,
     WORD_SHEET_OUTLIERS_EMPTY, fill_outliers, NULL, NULL},
    {WORD_SHEET_OPPORTUNITY, "opportunity", WORD_SHEET_OPPORTUNITY_TITLE,
     WORD_SHEET_OPPORTUNITY_ABOUT, WORD_SHEET_OPPORTUNITY_EMPTY, fill_opportunity, NULL, NULL},
    {WORD_SHEET_WHO_TO_LEARN_FROM, "who_to_learn_from", WORD_SHEET_WHO_TO_LEARN_FROM_TITLE,
     WORD_SHEET_WHO_TO_LEARN_FROM_ABOUT, WORD_SHEET_WHO_TO_LEARN_FROM_EMPTY, fill_learn, NULL,
     NULL},
    {WORD_SHEET_COMPOSITION, "composition", WORD_SHEET_COMPOSITION_TITLE,
     WORD_SHEET_COMPOSITION_ABOUT, WORD_SHEET_COMPOSITION_EMPTY, fill_compositions,
     compositions_fit, "data/compositions.csv"},
    {WORD_SHEET_TIME_SERIES, "time_series", WORD_SHEET_TIME_SERIES_TITLE,
     WORD_SHEET_TIME_SERIES_ABOUT, WORD_SHEET_TIME_SERIES_EMPTY, fill_series, series_fit,
     "data/observations.csv"},
    {WORD_SHEET_OBSERVATIONS, "observations", WORD_SHEET_OBSERVATIONS_TITLE,
     WORD_SHEET_OBSERVATIONS_ABOUT, WORD_SHEET_OBSERVATIONS_EMPTY, fill_observations,
     observations_fit, "data/observations.csv"},
    {WORD_SHEET_INDICATORS, "indicators", WORD_SHEET_INDICATORS_TITLE, WORD_SHEET_INDICATORS_ABOUT,
     WORD_SHEET_INDICATORS_EMPTY, fill_indicators, NULL, NULL},
    {WORD_SHEET_SOURCES, "sources", WORD_SHEET_SOURCES_TITLE, WORD_SHEET_SOURCES_ABOUT,
     WORD_SHEET_SOURCES_EMPTY, fill_sources, NULL, NULL},
    {WORD_SHEET_CORRECTIONS, "corrections", WORD_SHEET_CORRECTIONS_TITLE,
     WORD_SHEET_CORRECTIONS_ABOUT, WORD_SHEET_CORRECTIONS_EMPTY, fill_corrections, NULL, NULL},
    {WORD_SHEET_MISSING_VALUES, "missing_values", WORD_SHEET_MISSING_VALUES_TITLE,
     WORD_SHEET_MISSING_VALUES_ABOUT, WORD_SHEET_MISSING_VALUES_EMPTY, fill_missing, NULL, NULL},
};
const guint n_workbook_sheets = G_N_ELEMENTS(workbook_sheets);

static const Word note_texts[] = {WORD_BOOK_NOTE_1, WORD_BOOK_NOTE_2, WORD_BOOK_NOTE_3,
                                  WORD_BOOK_NOTE_4, WORD_BOOK_NOTE_5};

static const struct {
    const char *mark;
    Word text;
} shorthand[] = {{"[c]", WORD_BOOK_MARK_C}, {"[x]", WORD_BOOK_MARK_X}, {"[z]", WORD_BOOK_MARK_Z}};

/* ---- cover, contents, notes ---- */

static void fact(XlsxSheet *sheet, const Study *study, Word heading, const char *text)
{
    if (!text || !*text)
        return;
    xlsx_heading(sheet, words_label(study, heading));
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
        return g_strdup(words_label(context->study, WORD_BOOK_NO_PERIOD));
    return !strcmp(first, last)
               ? words_plain(context->study, WORD_BOOK_LATEST_PERIOD, "period", first, NULL)
               : words_plain(context->study, WORD_BOOK_LATEST_PERIODS, "first", first, "last", last,
                             NULL);
}

static void contact(XlsxSheet *sheet, const Study *study)
{
    const char *text = study->contact;
    if (!text || !*text)
        return;
    xlsx_heading(sheet, words_label(study, WORD_BOOK_CONTACT));
    gboolean mail = strchr(text, '@') && !strpbrk(text, " ,;<>:");
    g_autofree char *address = mail ? g_strconcat("mailto:", text, NULL) : g_strdup(text);
    xlsx_line_link(sheet, text, address);
}

static void left_out(XlsxSheet *sheet, const Study *study, const char *const *lines)
{
    if (!lines || !*lines)
        return;
    xlsx_heading(sheet, words_label(study, WORD_BOOK_LEFT_OUT));
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
            xlsx_heading(sheet, words_label(context->study, WORD_BOOK_TOO_MUCH_FOR_A_WORKBOOK));
        any = TRUE;
        g_autofree char *text =
            words_plain(context->study, WORD_BOOK_IN_FILE, "title",
                        words_label(context->study, spec->title), "file", spec->instead, NULL);
        xlsx_line(sheet, text, TRUE);
    }
}

static void shorthand_used(XlsxSheet *sheet, const Study *study, const XlsxBook *book)
{
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(shorthand); i++) {
        if (!xlsx_book_uses(book, shorthand[i].mark))
            continue;
        if (!any)
            xlsx_heading(sheet, words_label(study, WORD_BOOK_SHORTHAND));
        any = TRUE;
        g_autofree char *line =
            g_strdup_printf("%s %s", shorthand[i].mark, words_label(study, shorthand[i].text));
        xlsx_line(sheet, line, TRUE);
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
    g_autofree char *date = context->edition_date ? words_date(study, context->edition_date) : NULL;
    g_autofree char *embargo = report_embargo(context);
    g_autofree char *made = words_plain(study, WORD_BOOK_MADE_WITH_TEXT, "version",
                                        PEERLINE_VERSION, "method", PEERLINE_METHODS_VERSION, NULL);
    xlsx_line(sheet, study->subtitle, TRUE);
    fact(sheet, study, WORD_BOOK_RELEASE, embargo);
    fact(sheet, study, WORD_BOOK_PLEASE_NOTE, study->notice);
    fact(sheet, study, WORD_BOOK_WHAT_THIS_WORKBOOK_IS_FOR, study->summary);
    fact(sheet, study, WORD_BOOK_PUBLISHER, study->publisher);
    fact(sheet, study, WORD_BOOK_AREA_OF_STUDY, study->areas.nation);
    fact(sheet, study, WORD_BOOK_PERIOD_OF_STUDY, period);
    fact(sheet, study, WORD_BOOK_STATUS_OF_STUDY, study->status);
    fact(sheet, study, WORD_BOOK_DATE_OF_THIS_EDITION, date);
    fact(sheet, study, WORD_BOOK_NEXT_RELEASE, study->next_release);
    fact(sheet, study, WORD_BOOK_REVISIONS, study->revision_note);
    contact(sheet, study);
    fact(sheet, study, WORD_BOOK_LICENCE, study->licence);
    left_out(sheet, study, context->left_out);
    left_to_csv(sheet, context);
    shorthand_used(sheet, study, book);
    fact(sheet, study, WORD_BOOK_ACCESSIBILITY, words_label(study, WORD_BOOK_ACCESSIBILITY_TEXT));
    fact(sheet, study, WORD_BOOK_LANGUAGE, study->language ? study->language : "en-GB");
    fact(sheet, study, WORD_BOOK_MADE_WITH, made);
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
    static const SheetColumn columns[] = {{WORD_BOOK_WORKSHEET, NULL, 0, 0},
                                          {WORD_BOOK_WHAT_IT_HOLDS, NULL, 0, 0}};
    const Study *study = context->study;
    const char *name = words_label(study, WORD_SHEET_CONTENTS);
    XlsxSheet *sheet = xlsx_sheet_new(book, name, name);
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_ONE_TABLE), FALSE);
    sheet_begin(sheet, context, "contents", columns, G_N_ELEMENTS(columns));
    contents_row(sheet, words_label(study, WORD_SHEET_NOTES),
                 words_label(study, WORD_SHEET_NOTES_ABOUT));
    for (guint i = 0; i < n_workbook_sheets; i++)
        if (is_there(&workbook_sheets[i], context))
            contents_row(sheet, words_label(study, workbook_sheets[i].name),
                         words_label(study, workbook_sheets[i].about));
    xlsx_sheet_end(sheet, NULL);
}

static void notes(XlsxBook *book, const ReportContext *context)
{
    static const SheetColumn columns[] = {{WORD_BOOK_NOTE, NULL, 0, 0},
                                          {WORD_BOOK_TEXT_OF_THE_NOTE, NULL, 0, 0}};
    const Study *study = context->study;
    const char *title = words_label(study, WORD_SHEET_NOTES);
    XlsxSheet *sheet = xlsx_sheet_new(book, title, title);
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_ONE_TABLE), FALSE);
    sheet_begin(sheet, context, "notes", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < G_N_ELEMENTS(note_texts); i++) {
        g_autofree char *name = note_name(study, i + 1);
        xlsx_text(sheet, name);
        xlsx_text(sheet, words_label(study, note_texts[i]));
        xlsx_end_row(sheet);
    }
    xlsx_sheet_end(sheet, NULL);
}

static void figures(XlsxBook *book, const WorkbookSheet *spec, const ReportContext *context)
{
    XlsxSheet *sheet = xlsx_sheet_new(book, words_label(context->study, spec->name),
                                      words_label(context->study, spec->title));
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_ONE_TABLE), FALSE);
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_WHERE_NOTES), FALSE);
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_NO_EMPTY_CELL), FALSE);
    xlsx_line(sheet, words_label(context->study, WORD_BOOK_WHERE_SOURCES), FALSE);
    g_autofree char *notice = report_notice(context);
    xlsx_line(sheet, notice, FALSE);
    spec->fill(sheet, spec->table, context);
    xlsx_sheet_end(sheet, words_label(context->study, spec->why_empty));
}

gboolean workbook_file_write(const ReportContext *context, const char *path, GError **error)
{
    XlsxProperties properties = {.title = title_of(context),
                                 .subject = words_label(context->study, WORD_BOOK_SUBJECT),
                                 .author = context->study->publisher ? context->study->publisher
                                                                     : "Peerline",
                                 .keywords = words_label(context->study, WORD_BOOK_KEYWORDS),
                                 .comments = context->study->summary,
                                 .date = context->edition_date};
    XlsxBook *book = xlsx_book_new(path, &properties);
    XlsxSheet *first =
        xlsx_sheet_new(book, words_label(context->study, WORD_SHEET_COVER), title_of(context));
    contents(book, context);
    notes(book, context);
    for (guint i = 0; i < n_workbook_sheets; i++)
        if (is_there(&workbook_sheets[i], context))
            figures(book, &workbook_sheets[i], context);
    cover(first, book, context);
    return xlsx_book_close(book, error);
}
