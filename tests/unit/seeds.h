#ifndef PEERLINE_TESTS_SEEDS_H
#define PEERLINE_TESTS_SEEDS_H

/** What the tests that run the body of a fuzz target share. The body's own checks abort, so that
 *  reaching the end is the proof. */

#include "support.h"

typedef int (*SeedsBody)(const guint8 *data, gsize n);

/** How a seed is spoilt: cut off at so many places (0: everywhere), and so often with some bytes
 *  other than the first changed. */
typedef struct {
    SeedsBody body;
    guint cuts, changes;
} Seeds;

/** As it is, cut off, and changed. Each time in memory of its very length. */
static inline void seeds_feed(const Seeds *s, const char *data, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171025);
    const gsize step = s->cuts ? 1 + n / s->cuts : 1;
    s->body((const guint8 *)data, n);
    for (gsize cut = 0; cut < n; cut += step) {
        g_autofree guint8 *part = g_memdup2(data, MAX(cut, 1));
        s->body(part, cut);
    }
    for (guint i = 0; i < s->changes && n > 1; i++) {
        g_autofree guint8 *changed = g_memdup2(data, n);
        for (guint k = 0; k <= i % 4; k++)
            changed[g_rand_int_range(rand, 1, (gint32)n)] = (guint8)g_rand_int_range(rand, 0, 256);
        s->body(changed, n);
    }
}

/** A file below tests/fuzz/seeds, or the folder itself where name is NULL; newly allocated. */
static inline char *seeds_path(const char *target, const char *name)
{
    const char *root = g_getenv("PEERLINE_ROOT");
    return g_build_filename(root ? root : ".", "tests/fuzz/seeds", target, name, NULL);
}

/** All seeds of a target; skips the test where there are none. */
static inline void seeds_feed_all(const Seeds *s, const char *target)
{
    g_autofree char *folder = seeds_path(target, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint fed = 0;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *data = NULL;
        gsize n;
        if (!g_file_get_contents(path, &data, &n, NULL))
            continue;
        seeds_feed(s, data, n);
        fed++;
    }
    if (fed == 0)
        skip();
}

#endif
