#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "chart_samples.h"
#include "peerline/base/fonts.h"
#include "peerline/publish/pdf.h"

#include <glib/gstdio.h>
#include <string.h>

/* The PDF is read back with poppler's and qpdf's own programs, not with ours. */

typedef struct {
    char *directory;
    char *path;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    f->directory = g_dir_make_tmp("peerline-pdf-XXXXXX", NULL);
    f->path = g_build_filename(f->directory, "report.pdf", NULL);
    *state = f;
    return f->directory ? 0 : -1;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    g_unlink(f->path);
    g_rmdir(f->directory);
    g_free(f->path);
    g_free(f->directory);
    g_free(f);
    return 0;
}

/* Output of a program, or NULL with the test skipped when it is not installed. */
static char *run(const char *program, const char *options, const char *path)
{
    g_autofree char *found = g_find_program_in_path(program);
    if (!found) {
        skip();
    }
    g_autofree char *command = g_strdup_printf("%s %s %s", program, options, path);
    g_autofree char *with_end = g_str_has_prefix(program, "pdftotext")
                                    ? g_strconcat(command, " -", NULL)
                                    : g_strdup(command);
    char *out = NULL;
    g_autofree char *errors = NULL;
    int status = 0;
    assert_true(g_spawn_command_line_sync(with_end, &out, &errors, &status, NULL));
    if (status != 0 || *errors) {
        fail_msg("%s: %s%s", with_end, out, errors);
    }
    return out;
}

static guint count(const char *text, const char *part)
{
    guint n = 0;
    for (const char *c = text; (c = strstr(c, part)); c += strlen(part)) {
        n++;
    }
    return n;
}

static guint write_document(const Document *d, const char *path, char **problem)
{
    g_auto(PdfStats) stats = {0};
    g_autoptr(GError) error = NULL;
    if (!pdf_write(d, path, &stats, &error)) {
        fail_msg("%s", error->message);
    }
    if (problem) {
        *problem = stats.problems->len ? g_strdup(g_ptr_array_index(stats.problems, 0)) : NULL;
    } else if (stats.problems->len) {
        fail_msg("%s", (char *)g_ptr_array_index(stats.problems, 0));
    }
    return stats.pages;
}

static const char LONG_TEXT[] =
    "Spending was **\xC2\xA3"
    "1,234** in Kingston upon Hull, City of, which is higher than 12 of 15 "
    "[peers](#peers); see the [published source](https://example.org/it's) for details. ";

static void add_table(Document *d, guint rows)
{
    Block *t = document_table(d, NULL, "Every area");
    table_add_column(t, "Name of the area", 0, FALSE);
    table_add_column(t, "Rank (95% interval)", 0, TRUE);
    table_add_column(t, "\xC2\xA3 per adult aged 65 and over", 0, TRUE);
    for (guint i = 0; i < rows; i++) {
        table_add_text(t, sample_name(i));
        table_add_number(t, "12 (3 to 45)");
        g_autofree char *value = g_strdup_printf("%u,%03u", 1 + i, i);
        table_add_number(t, value);
    }
}

/* A report with every kind of block. */
static Document *report_new(void)
{
    Document *d = document_new("Variation \xE2\x80\x93 a test");
    d->author = g_strdup("Statistics");
    d->running = g_strdup("Running text");
    d->notice = g_strdup("Not for release before 25 October");
    d->date = g_strdup("2017-10-25");
    Block *cover = document_cover(d, "The title", "The subtitle");
    document_paragraph(d, cover, PARA_BODY, "Published 25 October 2017");
    document_heading(d, NULL, 1, "Contents", NULL)->unlisted = TRUE;
    document_container(d, NULL, BLOCK_CONTENTS);
    document_page_break(d);
    document_heading(d, NULL, 1, "First chapter", NULL);
    document_paragraph(d, NULL, PARA_LEAD, LONG_TEXT);
    Block *list = document_list(d, NULL);
    document_item(list, "First item");
    document_item(list, LONG_TEXT);
    Block *callout = document_container(d, NULL, BLOCK_CALLOUT);
    document_heading(d, callout, 3, "Inside a box", NULL);
    document_paragraph(d, callout, PARA_BODY, LONG_TEXT);
    Block *columns = document_container(d, NULL, BLOCK_COLUMNS);
    for (guint i = 0; i < 2; i++) {
        Block *g = document_container(d, columns, BLOCK_GROUP);
        document_paragraph(d, g, PARA_SMALL, i ? "Right column" : "Left column");
        document_figure(d, g, sample_trend(SAMPLE_USUAL, 8, DOCUMENT_COLUMN_WIDTH(2), 140), NULL);
    }
    document_page_break(d);
    document_heading(d, NULL, 1, "Peers", "peers");
    add_table(d, 120);
    document_heading(d, NULL, 2, "Funnel", NULL);
    document_figure(d, NULL, sample_funnel(SAMPLE_USUAL, 151, DOCUMENT_TEXT_WIDTH, TRUE),
                    "A figure");
    return d;
}

static void a_report_has_no_problems(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    assert_true(write_document(d, f->path, NULL) >= 6);
}

static void the_file_is_sound(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *out = run("qpdf", "--check", f->path);
    assert_non_null(strstr(out, "No syntax or stream encoding errors"));
}

static void two_runs_give_the_same_bytes(void **state)
{
    Fixture *f = *state;
    g_autofree char *first = NULL, *second = NULL;
    gsize n = 0, m = 0;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    assert_true(g_file_get_contents(f->path, &first, &n, NULL));
    g_autoptr(Document) again = report_new();
    write_document(again, f->path, NULL);
    assert_true(g_file_get_contents(f->path, &second, &m, NULL));
    assert_int_equal(n, m);
    assert_memory_equal(first, second, n);
}

static gpointer write_in_thread(gpointer path)
{
    g_autoptr(Document) d = report_new();
    gboolean good = pdf_write(d, path, NULL, NULL);
    return GINT_TO_POINTER(good);
}

static void threads_write_the_same_bytes(void **state)
{
    Fixture *f = *state;
    enum { THREADS = 4 };
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *expected = NULL;
    gsize n = 0;
    assert_true(g_file_get_contents(f->path, &expected, &n, NULL));
    GThread *threads[THREADS];
    char *paths[THREADS];
    for (guint i = 0; i < THREADS; i++) {
        paths[i] = g_strdup_printf("%s/%u.pdf", f->directory, i);
        threads[i] = g_thread_new("pdf", write_in_thread, paths[i]);
    }
    for (guint i = 0; i < THREADS; i++) {
        assert_true(GPOINTER_TO_INT(g_thread_join(threads[i])));
        g_autofree char *got = NULL;
        gsize m = 0;
        assert_true(g_file_get_contents(paths[i], &got, &m, NULL));
        g_unlink(paths[i]);
        g_free(paths[i]);
        assert_int_equal(m, n);
        assert_memory_equal(got, expected, n);
    }
}

static void metadata_come_from_the_document(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *out = run("pdfinfo", "-isodates", f->path);
    assert_non_null(strstr(out, "Variation \xE2\x80\x93 a test"));
    assert_non_null(strstr(out, "Statistics"));
    assert_int_equal(count(out, "2017-10-25T00:00:00Z"), 2);
    assert_non_null(strstr(out, "595.276 x 841.89 pts (A4)"));
}

static void only_inter_is_in_the_file_and_embedded(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *out = run("pdffonts", "", f->path);
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    for (guint i = 2; lines[i] && *lines[i]; i++) {
        assert_non_null(strstr(lines[i], "+Inter-"));
        assert_non_null(strstr(lines[i], "yes yes yes"));
    }
}

static char *page_text(const char *path, guint page)
{
    g_autofree char *options = g_strdup_printf("-layout -f %u -l %u", page, page);
    return run("pdftotext", options, path);
}

static void the_contents_name_the_right_pages(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    guint pages = write_document(d, f->path, NULL);
    g_autofree char *contents = page_text(f->path, 2);
    assert_null(strstr(contents, "Contents   "));
    static const char *const chapters[] = {"First chapter", "Peers", "Funnel"};
    for (guint i = 0; i < G_N_ELEMENTS(chapters); i++) {
        const char *entry = strstr(contents, chapters[i]);
        assert_non_null(entry);
        guint page = (guint)g_ascii_strtoull(entry + strlen(chapters[i]), NULL, 10);
        assert_true(page > 2 && page <= pages);
        g_autofree char *there = page_text(f->path, page);
        g_autofree char *line = g_strconcat("\n", chapters[i], "\n", NULL);
        g_autofree char *padded = g_strconcat("\n", there, NULL);
        assert_non_null(strstr(padded, line));
    }
}

/* A row far down a table, a heading, and a place that is not there. */
static void pages_in_the_text_are_those_where_the_places_are(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    document_heading(d, NULL, 1, "Beginning", "beginning");
    Block *t = document_table(d, NULL, NULL);
    table_add_column(t, "Name", 1, FALSE);
    for (guint i = 0; i < 150; i++) {
        g_autofree char *name = g_strdup_printf("Row %u.", i);
        table_add_text(t, name);
        if (i == 100)
            table_anchor(t, "row");
        else if (i == 101)
            table_anchor(t, "next");
    }
    document_page_break(d);
    document_paragraph(d, NULL, PARA_BODY,
                       "See[, pages #](#next #nowhere #row #beginning).[, #](#nowhere)");
    const guint pages = write_document(d, f->path, NULL);
    guint row = 1;
    for (; row < pages; row++) {
        g_autofree char *there = page_text(f->path, row);
        if (strstr(there, "Row 100.")) {
            break;
        }
    }
    assert_true(row > 1 && row < pages);
    g_autofree char *expected = g_strdup_printf("See, pages 1, %u.\n", row);
    g_autofree char *last = page_text(f->path, pages);
    assert_true(g_str_has_prefix(last, expected));
}

static void a_long_table_repeats_its_header_and_keeps_all_rows(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    add_table(d, 200);
    guint pages = write_document(d, f->path, NULL);
    assert_true(pages > 3);
    g_autofree char *all = run("pdftotext", "-layout", f->path);
    assert_int_equal(count(all, "Name of the area"), pages);
    for (guint i = 0; i < 200; i++) {
        g_autofree char *value = g_strdup_printf(" %u,%03u\n", 1 + i, i);
        assert_int_equal(count(all, value), 1);
    }
}

/* No word leaves the margins of 18 mm (51 pt) at the sides. */
static void everything_is_inside_the_margins(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    document_paragraph(
        d, NULL, PARA_BODY,
        "Averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryvery"
        "veryveryveryveryverylongword");
    document_heading(d, NULL, 1,
                     "A heading so long that it cannot stand on a single line of the page", NULL);
    write_document(d, f->path, NULL);
    g_autofree char *out = run("pdftotext", "-bbox", f->path);
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    guint words = 0;
    for (guint i = 0; lines[i]; i++) {
        const char *left = strstr(lines[i], "<word xMin=\""), *right = strstr(lines[i], "xMax=\"");
        if (left && right) {
            words++;
            assert_true(g_ascii_strtod(left + 12, NULL) > 50);
            assert_true(g_ascii_strtod(right + 6, NULL) < 545.5);
        }
    }
    assert_true(words > 500);
}

static void links_are_in_the_file(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *out = run("qpdf", "--json=1 --json-key=objects", f->path);
    assert_non_null(strstr(out, "https://example.org/it's"));
    assert_true(count(out, "/Subtype\": \"/Link\"") >= 3 + 6);
    g_autofree char *info = run("pdfinfo", "-dests", f->path);
    assert_non_null(strstr(info, "\"peers\""));
}

/* cairo 1.16 leaves out the destination of a link to the number of a page that is not drawn yet. */
static void every_link_has_a_destination(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *out = run("qpdf", "--json=1 --json-key=objects", f->path);
    const guint links = count(out, "/Subtype\": \"/Link\"");
    assert_int_equal(count(out, "\"/Dest\": \"") + count(out, "\"/URI\": \""), links);
    assert_int_equal(count(out, "heading.0"), count(out, "\"/Dest\": \"heading.0\"") + 1);
}

static void a_long_running_foot_is_cut_at_a_word(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    d->running =
        g_strdup("The Metropolitan and Coastal Borough of Lower Withering on the Marsh with "
                 "Saint Aldhelm: Variation in spending on adult social care and admissions");
    document_paragraph(d, NULL, PARA_BODY, "Text");
    write_document(d, f->path, NULL);
    g_autofree char *text = run("pdftotext", "-layout", f->path);
    assert_non_null(strstr(text, "The Metropolitan and Coastal Borough"));
    assert_non_null(strstr(text, "\xE2\x80\xA6"));
    assert_null(strstr(text, "and admissions"));
}

/* Pages of a chapter of so many lines after a page break. */
static guint pages_of_lines(const char *path, guint lines)
{
    g_autoptr(Document) d = document_new("T");
    document_heading(d, NULL, 1, "Chapter", NULL);
    for (guint i = 0; i < lines; i++) {
        document_paragraph(d, NULL, PARA_BODY, "Filling");
    }
    document_page_break(d);
    document_heading(d, NULL, 1, "Next", NULL);
    document_paragraph(d, NULL, PARA_BODY, "Filling");
    return write_document(d, path, NULL);
}

/* 34 lines of 14 pt with 6 pt between them fill a page below the heading; 38 do with less. */
static void a_few_lines_do_not_take_a_page_of_their_own(void **state)
{
    Fixture *f = *state;
    assert_int_equal(pages_of_lines(f->path, 34), 2);
    assert_int_equal(pages_of_lines(f->path, 38), 2);
    assert_int_equal(pages_of_lines(f->path, 60), 3);
}

/* Pages of a chapter of so many lines, and of one of two lines after a soft break. */
static guint pages_with_soft_break(const char *path, guint lines)
{
    g_autoptr(Document) d = document_new("T");
    for (guint i = 0; i < lines; i++) {
        document_paragraph(d, NULL, PARA_BODY, "Filling");
    }
    document_soft_break(d);
    document_heading(d, NULL, 1, "Next", NULL);
    document_paragraph(d, NULL, PARA_BODY, "Filling");
    return write_document(d, path, NULL);
}

/* A page has 733 pt: 20 lines of 14 pt with 6 pt between them fill 54 per cent, 24 fill 65. */
static void a_chapter_goes_on_below_a_short_end_only(void **state)
{
    Fixture *f = *state;
    assert_int_equal(pages_with_soft_break(f->path, 20), 1);
    assert_int_equal(pages_with_soft_break(f->path, 24), 2);
}

static void every_page_but_the_cover_has_its_foot(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    guint pages = write_document(d, f->path, NULL);
    g_autofree char *all = run("pdftotext", "-layout", f->path);
    assert_int_equal(count(all, "Running text"), pages - 1);
    assert_int_equal(count(all, "Not for release before 25 October"), pages);
    for (guint page = 2; page <= pages; page++) {
        g_autofree char *number = g_strdup_printf("Page %u of %u\n", page, pages);
        assert_int_equal(count(all, number), 1);
    }
}

static void a_heading_is_not_left_alone_at_the_foot_of_a_page(void **state)
{
    Fixture *f = *state;
    for (guint lines = 30; lines < 60; lines++) {
        g_autoptr(Document) d = document_new("T");
        for (guint i = 0; i < lines; i++) {
            document_paragraph(d, NULL, PARA_BODY, "Filling");
        }
        document_heading(d, NULL, 2, "The heading", NULL);
        document_paragraph(d, NULL, PARA_BODY, "The text below it");
        guint pages = write_document(d, f->path, NULL);
        for (guint page = 1; page <= pages; page++) {
            g_autofree char *text = page_text(f->path, page);
            assert_int_equal(count(text, "The heading"), count(text, "The text below it"));
        }
    }
}

static void a_group_that_fits_is_not_split(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    for (guint i = 0; i < 30; i++) {
        document_paragraph(d, NULL, PARA_BODY, "Filling");
    }
    Block *g = document_container(d, NULL, BLOCK_GROUP);
    for (guint i = 0; i < 20; i++) {
        document_paragraph(d, g, PARA_BODY, "Together");
    }
    assert_int_equal(write_document(d, f->path, NULL), 2);
    g_autofree char *first = page_text(f->path, 1);
    assert_int_equal(count(first, "Together"), 0);
}

static void side_by_side_is_drawn_once(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    Block *columns = document_container(d, NULL, BLOCK_COLUMNS);
    document_paragraph(d, columns, PARA_BODY, "Left");
    document_paragraph(d, columns, PARA_BODY, "Right");
    write_document(d, f->path, NULL);
    g_autofree char *tree = run("pdfinfo", "-struct-text", f->path);
    assert_int_equal(count(tree, "\"Left\""), 1);
    assert_int_equal(count(tree, "\"Right\""), 1);
}

static void balanced_text_begins_both_columns_on_one_line(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    Block *columns = document_container(d, NULL, BLOCK_BALANCED);
    for (guint i = 0; i < 6; i++) {
        g_autofree char *text = g_strdup_printf("Part%u", i);
        document_paragraph(d, columns, PARA_BODY, text);
    }
    assert_int_equal(write_document(d, f->path, NULL), 1);
    g_autofree char *page = run("pdftotext", "-layout", f->path);
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    assert_non_null(strstr(lines[0], "Part0"));
    assert_non_null(strstr(lines[0], "Part3"));
}

static void balanced_text_is_parted_at_the_end_of_a_page_and_none_is_lost(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    for (guint i = 0; i < 28; i++) {
        document_paragraph(d, NULL, PARA_BODY, "Above");
    }
    Block *columns = document_container(d, NULL, BLOCK_BALANCED);
    for (guint i = 0; i < 40; i++) {
        document_paragraph(d, columns, PARA_BODY, "Columned");
    }
    assert_int_equal(write_document(d, f->path, NULL), 2);
    g_autofree char *all = run("pdftotext", "-layout", f->path);
    char *second = strchr(all, '\f');
    assert_int_equal(count(all, "Columned"), 40);
    assert_non_null(second);
    assert_in_range(count(second, "Columned"), 1, 39);
}

static void the_structure_has_headings_paragraphs_tables_and_figures(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    write_document(d, f->path, NULL);
    g_autofree char *tree = run("pdfinfo", "-struct", f->path);
    assert_true(g_str_has_prefix(tree, "Document\n"));
    assert_int_equal(count(tree, "  H1"), 3);
    assert_int_equal(count(tree, "  H2"), 1);
    assert_int_equal(count(tree, "  TOCI\n"), 3);
    assert_int_equal(count(tree, "  Figure"), 3);
    assert_int_equal(count(tree, "  Table"), 1);
    assert_int_equal(count(tree, "  TR"), 121);
    assert_int_equal(count(tree, "  TH"), 3);
    assert_int_equal(count(tree, "  TD"), 360);
    assert_int_equal(count(tree, "  LBody"), 2);
}

/* The objects of the file as text, streams and all (without the NUL bytes that fonts have). */
static char *objects_of(const Fixture *f)
{
    g_autofree char *command =
        g_strdup_printf("qpdf --qdf --object-streams=disable '%s' - | tr -d '\\000'", f->path);
    char *out = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char *[]){"sh", "-c", command, NULL}, NULL, G_SPAWN_SEARCH_PATH,
                             NULL, NULL, &out, NULL, &status, NULL));
    assert_int_equal(status, 0);
    return out;
}

static void figures_headers_and_the_document_say_what_a_screen_reader_needs(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = report_new();
    g_free(d->language);
    d->language = g_strdup("cy");
    d->subject = g_strdup("Care & <hospitals>");
    write_document(d, f->path, NULL);
    g_autofree char *objects = objects_of(f);
    assert_int_equal(count(objects, "/S /Figure"), 3);
    assert_int_equal(count(objects, "/Alt "), 3);
    assert_int_equal(count(objects, "/Scope /Column"), 3);
    assert_int_equal(count(objects, "/S /TH"), 3);
    assert_int_equal(count(objects, "/Lang (cy)"), 1);
    assert_int_equal(count(objects, "/Marked true"), 1);
    assert_int_equal(count(objects, "/DisplayDocTitle true"), 1);
    assert_int_equal(count(objects, "<dc:language><rdf:Bag><rdf:li>cy<"), 1);
    assert_int_equal(count(objects, "Care &amp; &lt;hospitals&gt;"), 1);
    assert_int_equal(count(objects, "pdfuaid"), 0);
    g_autofree char *info = run("pdfinfo", "-box", f->path);
    const int pages = atoi(strstr(info, "Pages:") + strlen("Pages:"));
    assert_int_equal(count(objects, "/Tabs /S"), pages);
}

static void words_on_both_sides_of_a_line_end_stay_two_words(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 60; i++)
        g_string_append(text, i ? " wordy" : "wordy");
    document_paragraph(d, NULL, PARA_BODY, text->str);
    write_document(d, f->path, NULL);
    g_autofree char *tree = run("pdfinfo", "-struct-text", f->path);
    assert_int_equal(count(tree, "wordywordy"), 0);
    assert_int_equal(count(tree, "wordy wordy"), 30); /* pairs that do not share a word */
}

static void columns_higher_than_a_page_go_below_each_other(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    Block *columns = document_container(d, NULL, BLOCK_COLUMNS);
    Block *left = document_container(d, columns, BLOCK_GROUP);
    for (guint i = 0; i < 60; i++) {
        document_paragraph(d, left, PARA_BODY, "Left");
    }
    document_paragraph(d, columns, PARA_BODY, "Right");
    assert_int_equal(write_document(d, f->path, NULL), 2);
    g_autofree char *all = run("pdftotext", "-layout", f->path);
    assert_int_equal(count(all, "Left"), 60);
}

static void assert_problem(Fixture *f, const Document *d, const char *expected)
{
    g_autofree char *problem = NULL;
    write_document(d, f->path, &problem);
    assert_non_null(problem);
    assert_non_null(strstr(problem, expected));
}

static void a_link_to_nowhere_is_a_problem(void **state)
{
    g_autoptr(Document) d = document_new("T");
    document_paragraph(d, NULL, PARA_BODY, "[x](#nowhere)");
    assert_problem(*state, d, "points to nowhere: #nowhere");
}

static void a_character_that_inter_lacks_is_a_problem(void **state)
{
    g_autoptr(Document) d = document_new("T");
    document_paragraph(d, NULL, PARA_BODY, "\xE6\xBC\xA2");
    assert_problem(*state, d,
                   "no font has the character \xE6\xBC\xA2 (U+6F22): \xE6\xBC\xA2 (brand");
}

static void small_text_in_a_figure_is_a_problem(void **state)
{
    g_autoptr(Document) d = document_new("T");
    document_figure(d, NULL, sample_trend(SAMPLE_USUAL, 8, 900, 200), NULL);
    assert_problem(*state, d, "below 7 pt");
}

static void a_table_with_too_many_columns_is_a_problem(void **state)
{
    g_autoptr(Document) d = document_new("T");
    Block *t = document_table(d, NULL, NULL);
    for (guint i = 0; i < 30; i++) {
        table_add_column(t, "Wideheader", 0, TRUE);
    }
    for (guint i = 0; i < 30; i++) {
        table_add_number(t, "1,000,000");
    }
    assert_problem(*state, d, "too wide");
}

static void an_incomplete_table_is_a_problem(void **state)
{
    g_autoptr(Document) d = document_new("T");
    Block *t = document_table(d, NULL, NULL);
    table_add_column(t, "A", 0, FALSE);
    table_add_column(t, "B", 0, FALSE);
    table_add_text(t, "1");
    assert_problem(*state, d, "not complete");
}

static void an_empty_document_is_one_page(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    assert_int_equal(write_document(d, f->path, NULL), 1);
    document_page_break(d);
    assert_int_equal(write_document(d, f->path, NULL), 1);
}

static void awkward_blocks_are_no_problem(void **state)
{
    Fixture *f = *state;
    g_autoptr(Document) d = document_new("T");
    document_paragraph(d, NULL, PARA_BODY, "");
    document_list(d, NULL);
    document_container(d, NULL, BLOCK_COLUMNS);
    document_container(d, NULL, BLOCK_CALLOUT);
    document_container(d, NULL, BLOCK_GROUP);
    document_container(d, NULL, BLOCK_CONTENTS);
    document_table(d, NULL, "No columns");
    Block *t = document_table(d, NULL, "No rows");
    table_add_column(t, "Only a header", 0, FALSE);
    document_figure(d, NULL, sample_spine(SAMPLE_MISSING, 0, 493), "Nothing");
    document_heading(d, NULL, 1, "It's a \\[heading\\] with **marks**", "it's");
    document_paragraph(d, NULL, PARA_BODY, "[a](#it's) [b](https://example.org/\\\\'\xC3\xA9)");
    assert_int_equal(write_document(d, f->path, NULL), 1);
    g_autofree char *out = run("qpdf", "--check", f->path);
    assert_non_null(strstr(out, "No syntax or stream encoding errors"));
}

static void a_path_that_cannot_be_written_is_an_error(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = g_build_filename(f->directory, "none", "x.pdf", NULL);
    g_autoptr(Document) d = document_new("T");
    g_autoptr(GError) error = NULL;
    assert_false(pdf_write(d, path, NULL, &error));
    assert_non_null(error);
}

static void a_missing_font_names_the_package(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    assert_false(fonts_check_directory(f->directory, &error));
    assert_non_null(strstr(error->message, "fonts-inter"));
    assert_true(fonts_check(NULL));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_report_has_no_problems),
        TEST(the_file_is_sound),
        TEST(two_runs_give_the_same_bytes),
        TEST(threads_write_the_same_bytes),
        TEST(metadata_come_from_the_document),
        TEST(only_inter_is_in_the_file_and_embedded),
        TEST(the_contents_name_the_right_pages),
        TEST(pages_in_the_text_are_those_where_the_places_are),
        TEST(a_long_table_repeats_its_header_and_keeps_all_rows),
        TEST(everything_is_inside_the_margins),
        TEST(links_are_in_the_file),
        TEST(every_link_has_a_destination),
        TEST(a_long_running_foot_is_cut_at_a_word),
        TEST(a_few_lines_do_not_take_a_page_of_their_own),
        TEST(a_chapter_goes_on_below_a_short_end_only),
        TEST(every_page_but_the_cover_has_its_foot),
        TEST(a_heading_is_not_left_alone_at_the_foot_of_a_page),
        TEST(a_group_that_fits_is_not_split),
        TEST(side_by_side_is_drawn_once),
        TEST(balanced_text_begins_both_columns_on_one_line),
        TEST(balanced_text_is_parted_at_the_end_of_a_page_and_none_is_lost),
        TEST(the_structure_has_headings_paragraphs_tables_and_figures),
        TEST(figures_headers_and_the_document_say_what_a_screen_reader_needs),
        TEST(words_on_both_sides_of_a_line_end_stay_two_words),
        TEST(columns_higher_than_a_page_go_below_each_other),
        TEST(a_link_to_nowhere_is_a_problem),
        TEST(a_character_that_inter_lacks_is_a_problem),
        TEST(small_text_in_a_figure_is_a_problem),
        TEST(a_table_with_too_many_columns_is_a_problem),
        TEST(an_incomplete_table_is_a_problem),
        TEST(an_empty_document_is_one_page),
        TEST(awkward_blocks_are_no_problem),
        TEST(a_path_that_cannot_be_written_is_an_error),
        TEST(a_missing_font_names_the_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
