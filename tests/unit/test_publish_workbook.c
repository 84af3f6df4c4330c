#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../../src/publish/workbook_sheets.h"
#include "fixture.h"
#include "peerline/publish/workbook.h"

/** The guarded writer refuses what would spoil a file, and the workbook keeps to the checklist for
 *  accessible spreadsheets. Parts of the file are read by unzip. */

typedef struct {
    Fixture f;
    char *directory, *path;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    s->directory = g_dir_make_tmp("peerline-workbook-XXXXXX", NULL);
    s->path = g_build_filename(s->directory, "variation.xlsx", NULL);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    g_unlink(s->path);
    g_rmdir(s->directory);
    g_free(s->path);
    g_free(s->directory);
    g_free(s);
    return 0;
}

/* ---- the guard ---- */

static const char *const two_headers[] = {"Area", "Value"};

/* Begins a sheet with a table of two columns. */
static XlsxSheet *begin(const State *s, XlsxBook **book)
{
    *book = xlsx_book_new(s->path, &(XlsxProperties){.title = "t"});
    XlsxSheet *sheet = xlsx_sheet_new(*book, "Sheet", "Title");
    xlsx_table(sheet, "things", two_headers, 2);
    return sheet;
}

static void assert_refusal(XlsxBook *book, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_false(xlsx_book_close(book, &error));
    if (!strstr(error->message, part))
        fail_msg("\"%s\" is not in \"%s\"", part, error->message);
}

static void numbers_that_are_none_are_refused(void **state)
{
    static const double numbers[] = {NAN, INFINITY, -INFINITY};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        XlsxBook *book;
        XlsxSheet *sheet = begin(*state, &book);
        xlsx_text(sheet, "A");
        xlsx_number(sheet, numbers[i], 1);
        xlsx_sheet_end(sheet, NULL);
        assert_refusal(book, "sheet Sheet, row 3, column 2: a number is none");
    }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    XlsxBook *book;
    XlsxSheet *sheet = begin(*state, &book);
    xlsx_text(sheet, "B\xe4"
                     "d");
    xlsx_sheet_end(sheet, NULL);
    assert_refusal(book, "no UTF-8");
}

static void a_text_longer_than_a_cell_is_refused_and_one_as_long_is_not(void **state)
{
    for (int extra = 0; extra < 2; extra++) {
        XlsxBook *book;
        XlsxSheet *sheet = begin(*state, &book);
        g_autofree char *text = g_strnfill(32767 + (gsize)extra, 'x');
        xlsx_text(sheet, text);
        xlsx_number(sheet, 1, 0);
        xlsx_end_row(sheet);
        xlsx_sheet_end(sheet, NULL);
        if (extra)
            assert_refusal(book, "more than 32767");
        else
            assert_true(xlsx_book_close(book, NULL));
    }
}

static void rows_with_too_few_or_too_many_cells_are_refused(void **state)
{
    for (int cells = 1; cells <= 3; cells += 2) {
        XlsxBook *book;
        XlsxSheet *sheet = begin(*state, &book);
        for (int i = 0; i < cells; i++)
            xlsx_number(sheet, i, 0);
        xlsx_end_row(sheet);
        xlsx_sheet_end(sheet, NULL);
        assert_refusal(book, cells == 1 ? "a row has 1 cells (2 are needed)"
                                        : "a row has more than 2 cells");
    }
}

static void headers_that_differ_in_case_only_are_refused(void **state)
{
    static const char *const pairs[][2] = {{"Value", "VALUE"}, {"Öl", "öl"}, {"Value", ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        State *s = *state;
        XlsxBook *book = xlsx_book_new(s->path, &(XlsxProperties){.title = "t"});
        XlsxSheet *sheet = xlsx_sheet_new(book, "Sheet", "Title");
        xlsx_table(sheet, "things", pairs[i], 2);
        xlsx_sheet_end(sheet, NULL);
        assert_refusal(book, "empty, too long or there twice");
    }
}

static void table_names_that_look_like_cells_are_refused(void **state)
{
    static const char *const names[] = {"A1",        "xfd12", "R1C1", "r",     "rc", "C",
                                        "two words", "",      "1st",  "Größe", "a-b"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        State *s = *state;
        XlsxBook *book = xlsx_book_new(s->path, &(XlsxProperties){.title = "t"});
        XlsxSheet *sheet = xlsx_sheet_new(book, "Sheet", "Title");
        xlsx_table(sheet, names[i], two_headers, 2);
        xlsx_sheet_end(sheet, NULL);
        assert_refusal(book, "is no name for a table");
    }
}

static void names_that_are_taken_are_refused(void **state)
{
    XlsxBook *book;
    xlsx_sheet_end(begin(*state, &book), NULL);
    XlsxSheet *second = xlsx_sheet_new(book, "SHEET", "Title");
    xlsx_sheet_end(second, NULL);
    assert_refusal(book, "the sheet name SHEET is taken");
    xlsx_sheet_end(begin(*state, &book), NULL);
    second = xlsx_sheet_new(book, "Other", "Title");
    xlsx_table(second, "THINGS", two_headers, 2);
    xlsx_sheet_end(second, NULL);
    assert_refusal(book, "the table name THINGS is taken");
}

static void sheet_names_that_excel_rejects_are_refused(void **state)
{
    static const char *const names[] = {
        "",         "a/b", "What?", "it's",
        "12 areas", " a",  "a ",    "a name of more than thirty-one letters"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        State *s = *state;
        XlsxBook *book = xlsx_book_new(s->path, &(XlsxProperties){.title = "t"});
        XlsxSheet *sheet = xlsx_sheet_new(book, names[i], "Title");
        xlsx_sheet_end(sheet, NULL);
        assert_refusal(book, "no name for a sheet");
    }
}

static void columns_are_as_wide_as_their_text_up_to_a_limit(void **state)
{
    (void)state;
    assert_true(xlsx_text_width("iiii") < xlsx_text_width("nnnn"));
    assert_true(xlsx_text_width("nnnn") < xlsx_text_width("WWWW"));
    assert_true(xlsx_word_width("long words here") == xlsx_text_width("words"));
    /* Ten figures of Arial 12: 10 * 0.556 em of 16 pixels, 7 pixels to a unit. */
    assert_true(fabs(xlsx_text_width("0123456789") - 10 * 0.556 * 16 / 7) < 1e-9);
}

/* ---- the workbook ---- */

static char *part(const State *s, const char *name)
{
    const char *argv[] = {"unzip", "-p", s->path, name, NULL};
    char *text = NULL;
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                      &status, NULL))
        skip();
    return text;
}

static void write_book(State *s)
{
    g_autoptr(GError) error = NULL;
    if (!workbook_file_write(&s->f.context, s->path, &error))
        fail_msg("%s", error->message);
}

static guint count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = strstr(text, what); p; p = strstr(p + strlen(what), what))
        n++;
    return n;
}

static void sheets_come_in_the_order_of_the_standard(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *book = part(s, "xl/workbook.xml");
    const char *cover = strstr(book, "\"Cover\""), *contents = strstr(book, "\"Contents\"");
    const char *notes = strstr(book, "\"Notes\""), *first = strstr(book, "\"Variation\"");
    assert_true(cover && cover < contents && contents < notes && notes < first);
    assert_int_equal(count(book, "<sheet "), 17);
}

static void every_sheet_but_the_cover_has_one_table_without_filter_or_bands(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *tables = part(s, "xl/tables/table*.xml");
    assert_int_equal(count(tables, "<table "), 16);
    assert_int_equal(count(tables, "showRowStripes=\"0\""), 16);
    assert_null(strstr(tables, "autoFilter"));
    g_autofree char *sheets = part(s, "xl/worksheets/sheet*.xml");
    assert_int_equal(count(sheets, "<tablePart "), 16);
    assert_null(strstr(sheets, "mergeCell"));
    assert_null(strstr(sheets, "<pane"));
    assert_null(strstr(sheets, "headerFooter"));
    assert_null(strstr(sheets, "hidden"));
    assert_null(strstr(sheets, "NAN"));
}

static void fonts_are_arial_of_at_least_twelve_points_without_fill(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *styles = part(s, "xl/styles.xml");
    assert_int_equal(count(styles, "patternType="), count(styles, "patternType=\"none\"") +
                                                        count(styles, "patternType=\"gray125\""));
    assert_null(strstr(styles, "<i/>"));
    assert_null(strstr(styles, "<fill><patternFill patternType=\"solid\""));
    assert_true(count(styles, "\"Arial\"") >= 4);
    assert_null(strstr(styles, "<sz val=\"10\"/>"));
}

static void figures_are_numbers_and_what_is_missing_is_shorthand(void **state)
{
    State *s = *state;
    write_book(s);
    /* 160/36000 per 100,000 in the latest period of area A3 is a number of the latest values. */
    g_autofree char *latest = part(s, "xl/worksheets/sheet6.xml");
    assert_non_null(strstr(latest, "<v>444.4444444444445</v>"));
    g_autofree char *strings = part(s, "xl/sharedStrings.xml");
    assert_non_null(strstr(strings, ">[c]<"));
    assert_non_null(strstr(strings, "Comma, \"Quoted\" &amp; &lt;Marked&gt;"));
    assert_non_null(strstr(strings, "Ynys Môn"));
}

static void a_rank_is_never_shown_without_its_interval(void **state)
{
    State *s = *state;
    Verdict *v = &s->f.verdicts[0][FIX_AREAS + 1];
    v->rank = 777;
    s->f.summaries[0][1].areas_ranked = 4; /* fewer have no quarters */
    write_book(s);
    g_autofree char *with = part(s, "xl/worksheets/sheet7.xml");
    assert_non_null(strstr(with, "<v>777</v>"));
    v->rank_lower = v->rank_upper = 0;
    write_book(s);
    g_autofree char *without = part(s, "xl/worksheets/sheet7.xml");
    assert_null(strstr(without, "<v>777</v>"));
    g_autofree char *strings = part(s, "xl/sharedStrings.xml");
    assert_non_null(strstr(strings, ">highest quarter<"));
}

static void the_cover_says_who_what_when_and_that_data_are_invented(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *strings = part(s, "xl/sharedStrings.xml");
    static const char *const said[] = {"A tiny study",
                                       "All data are invented.",
                                       "25 October 2017",
                                       "November 2018",
                                       "CC0",
                                       "en-GB",
                                       "Nobody &amp; Sons",
                                       "nobody@example.org",
                                       "empty: the column is not there"};
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
        if (!strstr(strings, said[i]))
            fail_msg("the workbook does not say \"%s\"", said[i]);
    }
}

static void every_note_that_a_header_names_is_explained(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *tables = part(s, "xl/tables/table*.xml");
    g_autofree char *strings = part(s, "xl/sharedStrings.xml");
    for (int note = 1; note <= 5; note++) {
        g_autofree char *used = g_strdup_printf("[note %d]", note);
        g_autofree char *declared = g_strdup_printf(">note %d<", note);
        assert_non_null(strstr(tables, used));
        assert_non_null(strstr(strings, declared));
    }
    assert_null(strstr(tables, "[note 6]"));
}

static void properties_are_set_and_the_date_is_that_of_the_edition(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *core = part(s, "docProps/core.xml");
    assert_non_null(strstr(core, "<dc:title>A tiny study</dc:title>"));
    assert_non_null(strstr(core, "<dc:creator>Nobody &amp; Sons</dc:creator>"));
    assert_non_null(strstr(core, "2017-10-25T00:00:00Z</dcterms:created>"));
    s->f.context.edition_date = NULL;
    write_book(s);
    g_autofree char *undated = part(s, "docProps/core.xml");
    assert_non_null(strstr(undated, "2000-01-01T00:00:00Z</dcterms:created>"));
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    State *s = *state;
    g_autofree char *before = NULL, *after = NULL;
    gsize n_before, n_after;
    write_book(s);
    assert_true(g_file_get_contents(s->path, &before, &n_before, NULL));
    g_setenv("TZ", "Asia/Tokyo", TRUE);
    write_book(s);
    g_unsetenv("TZ");
    assert_true(g_file_get_contents(s->path, &after, &n_after, NULL));
    assert_int_equal(n_before, n_after);
    assert_memory_equal(before, after, n_before);
}

static void an_empty_table_says_why_it_is_empty(void **state)
{
    State *s = *state;
    s->f.verdicts[0][FIX_AREAS + 1].outlier = OUTLIER_NONE;
    s->f.assessment.n_learn = 0;
    write_book(s);
    g_autofree char *strings = part(s, "xl/sharedStrings.xml");
    assert_non_null(strstr(strings, "No area lies outside the limits"));
    assert_non_null(strstr(strings, "No peer is credibly better"));
}

static void a_study_without_anything_still_gives_a_workbook(void **state)
{
    State *s = *state;
    s->f.set.n_areas = s->f.assessment.n_areas = 0;
    s->f.set.n_indicators = s->f.assessment.n_indicators = s->f.study.n_indicators = 0;
    s->f.set.n_sources = s->f.study.n_sources = 0;
    s->f.assessment.n_learn = 0;
    write_book(s);
    g_autofree char *tables = part(s, "xl/tables/table*.xml");
    assert_int_equal(count(tables, "<table "), 16);
}

static void what_no_one_could_open_is_left_to_the_csv_files(void **state)
{
    State *s = *state;
    assert_true(observations_fit(&s->f.context) && series_fit(&s->f.context));
    s->f.set.n_areas = 60000; /* times two periods of two indicators */
    assert_false(observations_fit(&s->f.context));
    assert_true(series_fit(&s->f.context));
    s->f.set.n_areas = 600000;
    assert_false(series_fit(&s->f.context));
}

static void indicators_of_the_same_name_get_headers_of_their_own(void **state)
{
    State *s = *state;
    s->f.indicators[1].short_title = "FALLS";
    write_book(s);
    g_autofree char *tables = part(s, "xl/tables/table*.xml");
    assert_non_null(strstr(tables, "\"FALLS (2016-17, Spend)\""));
}

/* Periods are headers of the time series: a file of one's own may call them anything. */
static void periods_that_are_no_headers_still_become_some(void **state)
{
    State *s = *state;
    g_autofree char *longer = g_strnfill(300, 'x');
    Series *series = &s->f.set.series[0];
    char *labels[] = {(char *)"Area", (char *)"AREA", longer};
    char **before = series->period_labels;
    const guint n = MIN(series->n_periods, G_N_ELEMENTS(labels));
    series->period_labels = g_new0(char *, series->n_periods + 1);
    for (guint p = 0; p < series->n_periods; p++)
        series->period_labels[p] = p < n ? labels[p] : before[p];
    write_book(s);
    g_free(series->period_labels);
    series->period_labels = before;
    g_autofree char *tables = part(s, "xl/tables/table*.xml");
    assert_non_null(strstr(tables, "\"AREA (2)\""));
    assert_non_null(strstr(tables, "\"Area (3)\""));
}

static void a_contact_that_is_an_address_and_odd_links_do_no_harm(void **state)
{
    State *s = *state;
    g_autofree char *beyond = g_strnfill(5000, 'x');
    g_autofree char *address = g_strconcat("https://example.org/", beyond, NULL);
    s->f.study.contact = "The team, nobody@example.org, Monday to Friday";
    s->f.practice[0].link = address;
    s->f.sources[0].page = "javascript:alert(1)";
    write_book(s);
    g_autofree char *links = part(s, "xl/worksheets/_rels/sheet*.rels");
    assert_null(strstr(links, "javascript"));
    assert_null(strstr(links, "xxxx"));
}

static void a_path_that_cannot_be_written_is_an_error(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->directory, "nowhere", "x.xlsx", NULL);
    g_autoptr(GError) error = NULL;
    assert_false(workbook_file_write(&s->f.context, path, &error));
    assert_non_null(strstr(error->message, "cannot write"));
}

static void a_full_disk_is_an_error(void **state)
{
    State *s = *state;
    if (g_access("/dev/full", W_OK) != 0 || symlink("/dev/full", s->path) != 0)
        skip();
    g_autoptr(GError) error = NULL;
    assert_false(workbook_file_write(&s->f.context, s->path, &error));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(numbers_that_are_none_are_refused),
        T(bytes_that_are_no_text_are_refused),
        T(a_text_longer_than_a_cell_is_refused_and_one_as_long_is_not),
        T(rows_with_too_few_or_too_many_cells_are_refused),
        T(headers_that_differ_in_case_only_are_refused),
        T(table_names_that_look_like_cells_are_refused),
        T(names_that_are_taken_are_refused),
        T(sheet_names_that_excel_rejects_are_refused),
        T(columns_are_as_wide_as_their_text_up_to_a_limit),
        T(sheets_come_in_the_order_of_the_standard),
        T(every_sheet_but_the_cover_has_one_table_without_filter_or_bands),
        T(fonts_are_arial_of_at_least_twelve_points_without_fill),
        T(figures_are_numbers_and_what_is_missing_is_shorthand),
        T(a_rank_is_never_shown_without_its_interval),
        T(the_cover_says_who_what_when_and_that_data_are_invented),
        T(every_note_that_a_header_names_is_explained),
        T(properties_are_set_and_the_date_is_that_of_the_edition),
        T(the_same_input_gives_the_same_bytes),
        T(an_empty_table_says_why_it_is_empty),
        T(a_study_without_anything_still_gives_a_workbook),
        T(what_no_one_could_open_is_left_to_the_csv_files),
        T(indicators_of_the_same_name_get_headers_of_their_own),
        T(periods_that_are_no_headers_still_become_some),
        T(a_contact_that_is_an_address_and_odd_links_do_no_harm),
        T(a_path_that_cannot_be_written_is_an_error),
        T(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
