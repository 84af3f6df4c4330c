#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ftw.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peerline/base/error.h"
#include "peerline/publish/edition.h"

/** Editions appear whole or not at all. Every test works below a directory of its own. */

#define OURS "{\"program\": {\"name\": \"peerline\"}, \"study\": {\"id\": \"tiny\"}}\n"

typedef struct {
    char *root, *start; /* start: the working directory to go back to */
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    s->start = g_get_current_dir();
    s->root = g_dir_make_tmp("peerline-edition-XXXXXX", NULL);
    assert_int_equal(chdir(s->root), 0);
    *state = s;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

static int teardown(void **state)
{
    State *s = *state;
    assert_int_equal(chdir(s->start), 0);
    nftw(s->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    g_free(s->root);
    g_free(s->start);
    g_free(s);
    return 0;
}

static void put(const char *directory, const char *file, const char *text)
{
    g_autofree char *path = g_build_filename(directory, file, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *get(const char *path)
{
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("(absent)");
}

#define assert_contents(path, expected)                                                            \
    do {                                                                                           \
        g_autofree char *found_ = get(path);                                                       \
        assert_string_equal(found_, expected);                                                     \
    } while (0)

static guint entries(const char *directory)
{
    guint n = 0;
    g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
    while (dir && g_dir_read_name(dir))
        n++;
    return n;
}

static void publish(const char *target, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Edition) e = edition_begin(target, &error);
    assert_null(error);
    put(edition_directory(e), "provenance.json", OURS);
    put(edition_directory(e), "figure", text);
    assert_true(edition_commit(e, &error));
}

static void assert_refused(const char *target, int code, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(edition_begin(target, &error));
    assert_true(g_error_matches(error, PEERLINE_ERROR, code));
    if (!strstr(error->message, part))
        fail_msg("\"%s\" is not in \"%s\"", part, error->message);
}

static void a_first_edition_appears_and_nothing_is_left_beside_it(void **state)
{
    (void)state;
    publish("demo", "1");
    assert_contents("demo/figure", "1");
    assert_int_equal(entries("."), 1);
}

static void nothing_is_seen_before_the_commit(void **state)
{
    (void)state;
    publish("demo", "1");
    g_autoptr(Edition) e = edition_begin("demo", NULL);
    put(edition_directory(e), "figure", "2");
    assert_contents("demo/figure", "1");
}

static void a_second_edition_replaces_the_first_as_a_whole(void **state)
{
    (void)state;
    publish("demo", "1");
    put("demo", "only-in-the-first", "x");
    publish("demo", "2");
    assert_contents("demo/figure", "2");
    assert_contents("demo/only-in-the-first", "(absent)");
    assert_int_equal(entries("."), 1);
}

static void a_run_that_gives_up_leaves_the_earlier_edition_and_no_trace(void **state)
{
    (void)state;
    publish("demo", "1");
    Edition *e = edition_begin("demo", NULL);
    put(edition_directory(e), "figure", "2");
    assert_int_equal(g_mkdir(edition_directory(e), 0777), -1);
    edition_free(e);
    assert_contents("demo/figure", "1");
    assert_int_equal(entries("."), 1);
}

static void a_run_that_gives_up_removes_the_directories_it_made_above(void **state)
{
    (void)state;
    edition_free(edition_begin("new/deep/demo", NULL));
    assert_int_equal(entries("."), 0);
}

static void directories_above_the_target_are_made(void **state)
{
    (void)state;
    publish("out/deep/demo", "1");
    assert_contents("out/deep/demo/figure", "1");
}

static void an_empty_directory_is_a_target(void **state)
{
    (void)state;
    g_mkdir("demo", 0777);
    publish("demo", "1");
    assert_contents("demo/figure", "1");
}

static void slashes_and_dots_at_the_end_change_nothing(void **state)
{
    (void)state;
    publish("demo/", "1");
    publish("demo//", "2");
    publish("./demo/.", "3");
    publish("fresh/./", "4");
    assert_contents("demo/figure", "3");
    assert_contents("fresh/figure", "4");
    assert_int_equal(entries("."), 2);
}

static void an_absolute_target_is_the_same_as_a_relative_one(void **state)
{
    State *s = *state;
    g_autofree char *absolute = g_build_filename(s->root, "demo", NULL);
    publish("demo", "1");
    publish(absolute, "2");
    assert_contents("demo/figure", "2");
}

static void a_symbolic_link_stays_and_its_target_is_replaced(void **state)
{
    (void)state;
    g_mkdir_with_parents("far/away", 0777);
    assert_int_equal(symlink("far/away", "demo"), 0);
    publish("demo", "1");
    publish("demo", "2");
    assert_true(g_file_test("demo", G_FILE_TEST_IS_SYMLINK));
    assert_contents("far/away/figure", "2");
    assert_int_equal(entries("far"), 1);
}

static void a_link_that_leads_nowhere_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink("nothing", "demo"), 0);
    assert_refused("demo", PEERLINE_ERROR_USAGE, "leads nowhere");
}

static void the_root_and_the_working_directory_are_refused(void **state)
{
    (void)state;
    static const char *const targets[] = {"/", "//", "/.", ".", "./", "./."};
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++)
        assert_refused(targets[i], PEERLINE_ERROR_USAGE, "cannot publish there");
    assert_refused("", PEERLINE_ERROR_USAGE, "no directory is named");
    assert_int_equal(entries("."), 0);
}

static void the_directory_above_is_refused_unless_it_is_ours(void **state)
{
    (void)state;
    g_mkdir("here", 0777);
    assert_int_equal(chdir("here"), 0);
    assert_refused("..", PEERLINE_ERROR_USAGE, "no edition");
    assert_refused("nowhere/..", PEERLINE_ERROR_USAGE, "no such directory");
}

static void a_directory_of_somebody_else_is_refused_and_kept(void **state)
{
    (void)state;
    g_mkdir("thesis", 0777);
    put("thesis", "chapter", "1");
    assert_refused("thesis", PEERLINE_ERROR_USAGE, "no edition of Peerline");
    put("thesis", "provenance.json", "{\"program\": {\"name\": \"another\"}}");
    assert_refused("thesis", PEERLINE_ERROR_USAGE, "no edition of Peerline");
    put("thesis", "provenance.json", "not even JSON");
    assert_refused("thesis", PEERLINE_ERROR_USAGE, "no edition of Peerline");
    assert_contents("thesis/chapter", "1");
    assert_int_equal(entries("."), 1);
}

static void a_file_is_refused_and_kept(void **state)
{
    (void)state;
    put(".", "report", "x");
    assert_refused("report", PEERLINE_ERROR_USAGE, "it is a file");
    assert_refused("report/", PEERLINE_ERROR_USAGE, "it is a file");
    assert_refused("report/demo", PEERLINE_ERROR_USAGE, "report");
    assert_contents("report", "x");
}

static void a_mount_point_is_refused_with_the_way_out(void **state)
{
    (void)state;
    assert_refused("/proc", PEERLINE_ERROR_USAGE, "such as /proc/report");
}

static void a_directory_that_may_not_be_written_is_an_error(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip(); /* to root nothing is forbidden */
    g_mkdir("locked", 0555);
    assert_refused("locked/demo", PEERLINE_ERROR_FAILED, "locked");
}

static void two_runs_on_one_target_exclude_each_other(void **state)
{
    (void)state;
    g_autoptr(Edition) first = edition_begin("demo", NULL);
    assert_non_null(first);
    assert_refused("demo", PEERLINE_ERROR_FAILED, "already under way");
    assert_refused("./demo/", PEERLINE_ERROR_FAILED, "already under way");
    assert_true(g_file_test(edition_directory(first), G_FILE_TEST_IS_DIR));
}

static void runs_on_targets_side_by_side_do_not_meet(void **state)
{
    (void)state;
    g_autoptr(Edition) first = edition_begin("demo", NULL);
    publish("other", "2");
    publish("demo.building-1", "3");
    put(edition_directory(first), "figure", "1");
    assert_true(edition_commit(first, NULL));
    assert_contents("demo/figure", "1");
    assert_contents("other/figure", "2");
}

static void a_lock_is_free_again_after_the_run(void **state)
{
    (void)state;
    edition_free(edition_begin("demo", NULL));
    publish("demo", "1");
    publish("demo", "2");
    assert_int_equal(entries("."), 1);
}

/* A child builds half an edition and kills itself. */
static void die_while_building(void)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Edition *e = edition_begin("demo", NULL);
        g_autofree char *deep = g_build_filename(edition_directory(e), "areas", NULL);
        g_mkdir(deep, 0777);
        put(deep, "half", "x");
        kill(getpid(), SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void a_killed_run_leaves_the_earlier_edition_and_the_next_clears_up(void **state)
{
    (void)state;
    publish("demo", "1");
    die_while_building();
    die_while_building();
    assert_contents("demo/figure", "1");
    assert_true(entries(".") > 1);
    publish("demo", "2");
    assert_contents("demo/figure", "2");
    assert_int_equal(entries("."), 1);
}

static void only_what_a_killed_run_left_is_cleared(void **state)
{
    (void)state;
    g_mkdir(".demo.building-1", 0777);
    g_mkdir(".demo.building-old", 0777);
    g_mkdir(".demo.building-", 0777);
    g_mkdir("precious", 0777);
    put("precious", "letter", "x");
    assert_int_equal(symlink("precious", ".demo.building-2"), 0);
    publish("demo", "1");
    assert_false(g_file_test(".demo.building-1", G_FILE_TEST_EXISTS));
    assert_true(g_file_test(".demo.building-old", G_FILE_TEST_EXISTS));
    assert_true(g_file_test(".demo.building-", G_FILE_TEST_EXISTS));
    assert_contents("precious/letter", "x");
}

static void links_inside_an_old_edition_are_not_followed(void **state)
{
    (void)state;
    g_mkdir("precious", 0777);
    put("precious", "letter", "x");
    publish("demo", "1");
    assert_int_equal(symlink("../precious", "demo/link"), 0);
    publish("demo", "2");
    assert_contents("precious/letter", "x");
}

static void what_comes_to_lie_there_meanwhile_is_not_overwritten(void **state)
{
    (void)state;
    g_autoptr(Edition) e = edition_begin("demo", NULL);
    put(edition_directory(e), "figure", "1");
    g_mkdir("demo", 0777);
    put("demo", "theirs", "x");
    g_autoptr(GError) error = NULL;
    assert_false(edition_commit(e, &error));
    assert_true(g_error_matches(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED));
    assert_contents("demo/theirs", "x");
}

static void permissions_are_those_of_the_umask(void **state)
{
    (void)state;
    mode_t before = umask(027);
    publish("demo", "1");
    umask(before);
    struct stat info;
    assert_int_equal(stat("demo", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0750);
}

static void names_with_blanks_and_other_letters_are_fine(void **state)
{
    (void)state;
    publish("Bericht für %s 2017", "1");
    publish("Bericht für %s 2017", "2");
    assert_contents("Bericht für %s 2017/figure", "2");
    assert_int_equal(entries("."), 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_first_edition_appears_and_nothing_is_left_beside_it),
        T(nothing_is_seen_before_the_commit),
        T(a_second_edition_replaces_the_first_as_a_whole),
        T(a_run_that_gives_up_leaves_the_earlier_edition_and_no_trace),
        T(a_run_that_gives_up_removes_the_directories_it_made_above),
        T(directories_above_the_target_are_made),
        T(an_empty_directory_is_a_target),
        T(slashes_and_dots_at_the_end_change_nothing),
        T(an_absolute_target_is_the_same_as_a_relative_one),
        T(a_symbolic_link_stays_and_its_target_is_replaced),
        T(a_link_that_leads_nowhere_is_refused),
        T(the_root_and_the_working_directory_are_refused),
        T(the_directory_above_is_refused_unless_it_is_ours),
        T(a_directory_of_somebody_else_is_refused_and_kept),
        T(a_file_is_refused_and_kept),
        T(a_mount_point_is_refused_with_the_way_out),
        T(a_directory_that_may_not_be_written_is_an_error),
        T(two_runs_on_one_target_exclude_each_other),
        T(runs_on_targets_side_by_side_do_not_meet),
        T(a_lock_is_free_again_after_the_run),
        T(a_killed_run_leaves_the_earlier_edition_and_the_next_clears_up),
        T(only_what_a_killed_run_left_is_cleared),
        T(links_inside_an_old_edition_are_not_followed),
        T(what_comes_to_lie_there_meanwhile_is_not_overwritten),
        T(permissions_are_those_of_the_umask),
        T(names_with_blanks_and_other_letters_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
