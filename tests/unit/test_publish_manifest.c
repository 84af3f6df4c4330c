#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/fingerprint.h"
#include "peerline/publish/inputs.h"
#include "peerline/publish/manifest.h"

/** Which files of an edition are still what they were, and which can serve again. */

typedef struct {
    char *old, *new; /* two editions, side by side */
    Manifest *before, *now;
    Earlier earlier;
    ManifestCounts counts;
} State;

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

static void put(const char *directory, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0777);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* So that a file written in the same tick of the clock is seen to be later. */
static void age(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    const struct timespec times[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static Manifest *new_manifest(const char *program)
{
    Manifest *m = manifest_new();
    m->inputs = g_strdup("inputs");
    m->program = g_strdup(program);
    return m;
}

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    s->old = g_dir_make_tmp("peerline-manifest-XXXXXX", NULL);
    s->new = g_dir_make_tmp("peerline-manifest-XXXXXX", NULL);
    put(s->old, "areas/A1.pdf", "one");
    put(s->old, "data.csv", "figures");
    g_autoptr(Manifest) m = new_manifest("program");
    manifest_note_document(m, "areas/A1.pdf", "contents");
    ManifestCounts counts = {0};
    m->exit_status = 3;
    m->areas = 7;
    m->warnings = g_strsplit("a row|another", "|", -1);
    assert_true(manifest_list(m, s->old, NULL, &counts, NULL));
    assert_int_equal(counts.written, 2);
    age(s->old, "areas/A1.pdf");
    age(s->old, "data.csv");
    assert_true(manifest_write(m, s->old, NULL));
    age(s->old, "manifest.json");
    s->before = manifest_read(s->old);
    assert_non_null(s->before);
    s->earlier = (Earlier){s->old, s->before};
    s->now = new_manifest("program");
    g_autofree char *folder = g_build_filename(s->new, "areas", NULL);
    g_mkdir(folder, 0777);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    nftw(s->old, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    nftw(s->new, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    manifest_free(s->before);
    manifest_free(s->now);
    g_free(s->old);
    g_free(s->new);
    g_free(s);
    return 0;
}

static gint64 seconds(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    struct stat info;
    return stat(path, &info) == 0 ? info.st_mtim.tv_sec : -1;
}

static void it_reads_what_it_wrote(void **state)
{
    State *s = *state;
    assert_string_equal(s->before->inputs, "inputs");
    assert_int_equal(s->before->exit_status, 3);
    assert_int_equal(s->before->areas, 7);
    assert_string_equal(s->before->warnings[1], "another");
    assert_null(s->before->warnings[2]);
    assert_null(s->before->replaces);
    assert_int_equal(s->before->files->len, 2);
    const ManifestFile *file = manifest_find(s->before, "areas/A1.pdf");
    assert_string_equal(file->document, "contents");
    assert_int_equal(file->bytes, 3);
    assert_null(manifest_find(s->before, "areas/A2.pdf"));
}

static void hashes_are_those_of_sha256(void **state)
{
    State *s = *state;
    put(s->new, "abc", "abc"); /* the example of FIPS 180-4 */
    g_autofree char *path = g_build_filename(s->new, "abc", NULL);
    guint64 bytes;
    g_autofree char *found = fingerprint_file(path, &bytes, NULL);
    assert_string_equal(found, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(bytes, 3);
}

static void an_untouched_edition_is_whole(void **state)
{
    State *s = *state;
    assert_true(manifest_is_whole(s->before, s->old));
    put(s->old, "note", "of somebody else");
    assert_true(manifest_is_whole(s->before, s->old));
}

static void a_missing_file_is_found(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->old, "data.csv", NULL);
    g_unlink(path);
    assert_false(manifest_is_whole(s->before, s->old));
}

static void a_file_of_other_length_is_found(void **state)
{
    State *s = *state;
    put(s->old, "data.csv", "figure");
    age(s->old, "data.csv");
    assert_false(manifest_is_whole(s->before, s->old));
}

static void a_file_of_the_same_length_with_other_bytes_is_found(void **state)
{
    State *s = *state;
    put(s->old, "data.csv", "FIGURES");
    assert_false(manifest_is_whole(s->before, s->old));
}

static void another_time_alone_is_no_matter(void **state)
{
    State *s = *state;
    put(s->old, "data.csv", "figures");
    assert_true(manifest_is_whole(s->before, s->old));
}

static void a_link_in_the_place_of_a_file_is_found(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->old, "data.csv", NULL);
    g_unlink(path);
    assert_int_equal(symlink("areas/A1.pdf", path), 0);
    assert_false(manifest_is_whole(s->before, s->old));
}

static gboolean take(State *s, const char *path, const char *contents)
{
    return manifest_take_over(s->now, &s->earlier, path, contents, s->new);
}

static void a_report_of_the_same_contents_is_taken_over_with_its_time(void **state)
{
    State *s = *state;
    assert_true(take(s, "areas/A1.pdf", "contents"));
    assert_int_equal(seconds(s->new, "areas/A1.pdf"), 1000000000);
}

static void a_report_of_other_contents_is_not_taken_over(void **state)
{
    State *s = *state;
    assert_false(take(s, "areas/A1.pdf", "other"));
    assert_false(take(s, "areas/A2.pdf", "contents"));
    assert_false(take(s, "data.csv", "contents"));
    assert_int_equal(seconds(s->new, "areas/A1.pdf"), -1);
}

static void a_report_of_another_program_is_not_taken_over(void **state)
{
    State *s = *state;
    manifest_free(s->now);
    s->now = new_manifest("another");
    assert_false(take(s, "areas/A1.pdf", "contents"));
}

static void a_damaged_report_is_not_taken_over(void **state)
{
    State *s = *state;
    put(s->old, "areas/A1.pdf", "two");
    assert_false(take(s, "areas/A1.pdf", "contents"));
}

static void files_of_the_same_bytes_keep_their_time(void **state)
{
    State *s = *state;
    put(s->new, "data.csv", "figures");
    put(s->new, "areas/A1.pdf", "new");
    assert_true(manifest_list(s->now, s->new, &s->earlier, &s->counts, NULL));
    assert_int_equal(s->counts.kept, 1);
    assert_int_equal(s->counts.written, 1);
    assert_int_equal(seconds(s->new, "data.csv"), 1000000000);
    assert_int_not_equal(seconds(s->new, "areas/A1.pdf"), 1000000000);
    assert_string_equal(((ManifestFile *)s->now->files->pdata[0])->path, "areas/A1.pdf");
}

static void a_damaged_file_does_not_come_back(void **state)
{
    State *s = *state;
    put(s->old, "data.csv", "FIGURES");
    put(s->new, "data.csv", "figures");
    assert_true(manifest_list(s->now, s->new, &s->earlier, &s->counts, NULL));
    g_autofree char *path = g_build_filename(s->new, "data.csv", NULL);
    g_autofree char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "figures");
}

static void a_manifest_that_is_not_ours_is_none(void **state)
{
    State *s = *state;
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{\"layout\": 2}",
        "{\"layout\": 1, \"inputs\": \"a\", \"program\": \"b\"}",
        "{\"layout\": 1, \"inputs\": \"a\", \"program\": \"b\", \"files\": [{\"path\": "
        "\"../../etc/passwd\", \"bytes\": 1, \"sha256\": \"00\"}]}",
        "{\"layout\": 1, \"inputs\": \"a\", \"program\": \"b\", \"files\": [{\"path\": "
        "\"/etc/passwd\", \"bytes\": 1, \"sha256\": \"00\"}]}"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        put(s->new, "manifest.json", bad[i]);
        assert_null(manifest_read(s->new));
    }
}

/* ---- what a report is drawn from ---- */

static Document *sample(void)
{
    Document *d = document_new("Title");
    document_paragraph(d, NULL, PARA_BODY, "Text");
    Scene *scene = scene_new(100, 50);
    scene_line(scene, (Point){0, 0}, (Point){1, 2}, (Paint){.width = 1});
    document_figure(d, NULL, scene, "Caption");
    Block *table = document_table(d, NULL, "Table");
    table_add_column(table, "Head", 0, TRUE);
    table_add_number(table, "1");
    return d;
}

static char *digest_of_a_line_to(double x)
{
    g_autoptr(Document) d = document_new("Title");
    Scene *scene = scene_new(100, 50);
    const Point line[] = {{0, 0}, {x, 2}};
    scene_line(scene, line[0], line[1], (Paint){.width = 1});
    scene_path(scene, line, 2, FALSE, (Paint){.width = 1});
    scene_rect(scene, line[0], line[1], (Paint){.width = 1}, NULL);
    scene_mark(scene, line[1], 5, MARK_CIRCLE, (Paint){.width = 1});
    scene_text(scene, line[1], "Text", (TextStyle){.size = 8});
    document_figure(d, NULL, scene, "Caption");
    return document_digest(d);
}

static void what_moves_by_less_than_is_printed_is_the_same_chart(void **state)
{
    (void)state;
    g_autofree char *here = digest_of_a_line_to(10), *there = digest_of_a_line_to(10.02);
    g_autofree char *hardly = digest_of_a_line_to(10.004);
    assert_string_equal(here, hardly);
    assert_string_not_equal(here, there);
    g_autofree char *nought = digest_of_a_line_to(0), *below = digest_of_a_line_to(-0.004);
    assert_string_equal(nought, below);
}

static void assert_digest(const Document *d, const char *other, gboolean same)
{
    g_autofree char *digest = document_digest(d);
    assert_int_equal(strcmp(digest, other) == 0, same);
}

static void documents_alike_have_one_digest_and_others_another(void **state)
{
    (void)state;
    g_autoptr(Document) d = sample();
    g_autoptr(Document) twin = sample();
    g_autofree char *digest = document_digest(d);
    assert_digest(twin, digest, TRUE);
    Block *figure = d->blocks->pdata[1], *table = d->blocks->pdata[2];
    g_array_index(figure->figure->items, Primitive, 0).w = 1.5;
    assert_digest(d, digest, FALSE);
    g_array_index(figure->figure->items, Primitive, 0).w = 1;
    assert_digest(d, digest, TRUE);
    g_array_index(table->table->cells, Cell, 0).bold = TRUE;
    assert_digest(d, digest, FALSE);
    g_array_index(table->table->cells, Cell, 0).bold = FALSE;
    document_paragraph(d, NULL, PARA_BODY, "");
    assert_digest(d, digest, FALSE);
}

/* A struct that has grown has a member that document_digest() should know of: name it there, then
 * here. */
static void the_digest_knows_every_member(void **state)
{
    (void)state;
    if (sizeof(gpointer) != 8)
        skip();
    assert_int_equal(sizeof(Document), 112);
    assert_int_equal(sizeof(DocumentBrand), 32);
    assert_int_equal(sizeof(Block), 88);
    assert_int_equal(sizeof(TableData), 40);
    assert_int_equal(sizeof(TableColumn), 24);
    assert_int_equal(sizeof(Cell), 40);
    assert_int_equal(sizeof(Scene), 40);
    assert_int_equal(sizeof(SceneTable), 48);
    assert_int_equal(sizeof(Primitive), 144);
}

static void the_program_is_the_same_program_twice(void **state)
{
    (void)state;
    g_autofree char *a = program_digest();
    g_autofree char *b = program_digest();
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), 64);
}

static void values_do_not_run_into_each_other(void **state)
{
    (void)state;
    Fingerprint *f = fingerprint_new(), *g = fingerprint_new(), *h = fingerprint_new();
    fingerprint_text(f, "ab");
    fingerprint_text(f, "c");
    fingerprint_text(g, "a");
    fingerprint_text(g, "bc");
    fingerprint_text(h, "abc");
    fingerprint_text(h, NULL);
    g_autofree char *a = fingerprint_end(f);
    g_autofree char *b = fingerprint_end(g);
    g_autofree char *c = fingerprint_end(h);
    assert_string_not_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(b, c);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(it_reads_what_it_wrote),
        T(hashes_are_those_of_sha256),
        T(an_untouched_edition_is_whole),
        T(a_missing_file_is_found),
        T(a_file_of_other_length_is_found),
        T(a_file_of_the_same_length_with_other_bytes_is_found),
        T(another_time_alone_is_no_matter),
        T(a_link_in_the_place_of_a_file_is_found),
        T(a_report_of_the_same_contents_is_taken_over_with_its_time),
        T(a_report_of_other_contents_is_not_taken_over),
        T(a_report_of_another_program_is_not_taken_over),
        T(a_damaged_report_is_not_taken_over),
        T(files_of_the_same_bytes_keep_their_time),
        T(a_damaged_file_does_not_come_back),
        T(a_manifest_that_is_not_ours_is_none),
        cmocka_unit_test(documents_alike_have_one_digest_and_others_another),
        cmocka_unit_test(what_moves_by_less_than_is_printed_is_the_same_chart),
        cmocka_unit_test(the_digest_knows_every_member),
        cmocka_unit_test(the_program_is_the_same_program_twice),
        cmocka_unit_test(values_do_not_run_into_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
