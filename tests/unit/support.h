#ifndef PEERLINE_TESTS_SUPPORT_H
#define PEERLINE_TESTS_SUPPORT_H

/** What the unit tests share: cmocka with the headers it wants first, a directory of one's own, and
 *  the way to the shared real data. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "peerline/base/diag.h"

/** Removes a directory with everything in it. */
static inline void support_remove_tree(const char *path)
{
    GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        support_remove_tree(child);
    }
    if (dir)
        g_dir_close(dir);
    g_remove(path);
}

/** cmocka setup and teardown: *state is a new temporary directory (char *). */
static inline int support_setup_dir(void **state)
{
    *state = g_dir_make_tmp("peerline-test-XXXXXX", NULL);
    return *state ? 0 : -1;
}

static inline int support_teardown_dir(void **state)
{
    support_remove_tree(*state);
    g_free(*state);
    return 0;
}

/** Writes a text file into a directory; returns its path, newly allocated. */
static inline char *support_write(const char *dir, const char *name, const char *text)
{
    char *path = g_build_filename(dir, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/** Path of a file of the shared real data ("data/x.csv"), newly allocated, or NULL if it is not
 *  there: the test then calls skip(). */
static inline char *support_shared(const char *name)
{
    const char *env = g_getenv("PEERLINE_SHARED");
    const char *roots[] = {env ? env : "../shared", "../../shared"};
    for (guint i = 0; i < G_N_ELEMENTS(roots); i++) {
        char *path = g_build_filename(roots[i], name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return path;
        g_free(path);
    }
    return NULL;
}

/** How many diagnostics carry this rule. */
static inline guint support_count_rule(Diagnostics *d, const char *rule)
{
    guint n, found = 0;
    const Diag *items = diagnostics_sorted(d, &n);
    for (guint i = 0; i < n; i++)
        found += g_strcmp0(items[i].rule, rule) == 0;
    return found;
}

/** Fails unless the text contains the part; shows both. */
static inline void support_assert_contains(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("'%s' does not contain '%s'", text ? text : "(null)", part);
}

#endif
