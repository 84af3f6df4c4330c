#include "support.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "peerline/base/fonts.h"

/* DejaVu comes with fontconfig on Debian; what it says of itself is known from its makers' tables:
 * units of 2048 to the em, all figures 1303 of them wide in Sans. */
#define DEJAVU "/usr/share/fonts/truetype/dejavu/"
#define SANS   DEJAVU "DejaVuSans.ttf"
#define BOLD   DEJAVU "DejaVuSans-Bold.ttf"
#define SERIF  DEJAVU "DejaVuSerif-Bold.ttf"

static void need_dejavu(void)
{
    if (!g_file_test(SANS, G_FILE_TEST_EXISTS) || !g_file_test(BOLD, G_FILE_TEST_EXISTS) ||
        !g_file_test(SERIF, G_FILE_TEST_EXISTS))
        skip();
}

static Fonts *sans(void)
{
    return fonts_new(&(FontFiles){SANS, BOLD, NULL}, NULL);
}

static void assert_refused(const char *regular, const char *bold, const char *expected)
{
    g_autoptr(GError) error = NULL;
    assert_null(fonts_new(&(FontFiles){regular, bold, NULL}, &error));
    assert_non_null(error);
    if (!strstr(error->message, expected))
        fail_msg("%s (wanted: %s)", error->message, expected);
}

/* ---- what a font says ---- */

static void a_pair_of_files_has_its_own_family(void **state)
{
    (void)state;
    need_dejavu();
    Fonts *f = sans();
    assert_non_null(f);
    assert_string_equal(fonts_family(f), "DejaVu Sans");
    assert_true(fonts_figures_align(f));
    assert_int_equal(strlen(fonts_digest(f)), 64);
    fonts_unref(f);
}

static void inter_alone_has_no_family_of_its_own(void **state)
{
    (void)state;
    assert_null(fonts_family(NULL));
    assert_null(fonts_digest(NULL));
    assert_string_equal(fonts_families(), "Inter");
}

static void the_digest_tells_files_apart(void **state)
{
    (void)state;
    need_dejavu();
    char *more[] = {(char *)SERIF, NULL};
    Fonts *a = sans(), *b = fonts_new(&(FontFiles){SANS, BOLD, more}, NULL);
    Fonts *c = fonts_new(&(FontFiles){NULL, NULL, more}, NULL);
    assert_string_not_equal(fonts_digest(a), fonts_digest(b));
    assert_string_not_equal(fonts_digest(a), fonts_digest(c));
    assert_null(fonts_family(c));
    fonts_unref(a);
    fonts_unref(b);
    fonts_unref(c);
}

static void characters_that_no_font_has_are_named(void **state)
{
    (void)state;
    g_autofree char *none = fonts_lacking(NULL, "Ynys M\xC3\xB4n, \xC5\xB4yr, \xCE\x95\xCE\xBB, "
                                                "\xD0\x96, \xC5\x81\xC3\xB3\xC4\x91\xC5\xBA");
    assert_null(none);
    g_autofree char *which = fonts_lacking(NULL, "A \xE5\x8C\x97\xE4\xBA\xAC");
    assert_string_equal(which, "\xE5\x8C\x97 (U+5317)");
    g_autofree char *blanks = fonts_lacking(NULL, "a\xC2\xA0"
                                                  "b\xE2\x80\xAF"
                                                  "c\xE2\x80\x8B\xC2\xAD"
                                                  "d\n");
    assert_null(blanks);
}

static void inter_stands_in_for_what_a_font_lacks(void **state)
{
    (void)state;
    need_dejavu();
    const char *serif = DEJAVU "DejaVuSerif.ttf"; /* has no Arabic letters, DejaVu Sans has */
    const char *const text = "\xD8\xB9";
    if (!g_file_test(serif, G_FILE_TEST_EXISTS))
        skip();
    char *more[] = {(char *)SANS, NULL};
    Fonts *alone = fonts_new(&(FontFiles){serif, SERIF, NULL}, NULL);
    Fonts *helped = fonts_new(&(FontFiles){serif, SERIF, more}, NULL);
    g_autofree char *none = fonts_lacking(alone, text), *now = fonts_lacking(helped, text);
    g_autofree char *other = fonts_stood_in_for(helped, text);
    assert_string_equal(none, "\xD8\xB9 (U+0639)");
    assert_null(now);
    assert_string_equal(other, "\xD8\xB9 (U+0639)");
    fonts_unref(alone);
    fonts_unref(helped);
}

/* ---- measuring ---- */

static void text_is_measured_with_the_font_in_use(void **state)
{
    (void)state;
    need_dejavu();
    const double inter = fonts_text_width("0123456789", 10, FALSE);
    Fonts *f = sans();
    fonts_use(f);
    assert_string_equal(fonts_families(), "DejaVu Sans,Inter");
    const double own = fonts_text_width("0123456789", 10, FALSE);
    assert_true(fabs(own - 100 * 1303.0 / 2048) < 0.1);
    assert_true(fonts_text_width("Wide", 10, TRUE) > fonts_text_width("Wide", 10, FALSE));
    fonts_use(NULL);
    assert_true(fonts_text_width("0123456789", 10, FALSE) == inter && inter != own);
    fonts_unref(f);
}

static gpointer measure(gpointer fonts)
{
    fonts_use(fonts);
    double *width = g_new(double, 1);
    for (guint k = 0; k < 50; k++)
        *width = fonts_text_width("Saint Aldhelm and the Upper Marches", 8.5, k % 2);
    return width;
}

static void threads_keep_to_their_own_fonts(void **state)
{
    (void)state;
    need_dejavu();
    Fonts *f = sans();
    g_autofree double *inter = measure(NULL), *own = measure(f);
    GThread *threads[6];
    for (guint k = 0; k < G_N_ELEMENTS(threads); k++)
        threads[k] = g_thread_new("measure", measure, k % 2 ? f : NULL);
    for (guint k = 0; k < G_N_ELEMENTS(threads); k++) {
        g_autofree double *width = g_thread_join(threads[k]);
        assert_true(*width == (k % 2 ? *own : *inter));
    }
    assert_true(*own != *inter);
    fonts_use(NULL);
    fonts_unref(f);
}

static void fonts_in_use_outlive_their_study(void **state)
{
    (void)state;
    need_dejavu();
    Fonts *f = sans();
    fonts_use(f);
    fonts_unref(f);
    assert_true(fonts_text_width("x", 10, FALSE) > 0);
    assert_string_equal(fonts_family(fonts_used()), "DejaVu Sans");
    fonts_use(NULL);
}

/* ---- what is refused ---- */

static void other_weights_of_inter_are_not_mixed_with_its_own(void **state)
{
    (void)state;
    static const char *const files[] = {FONTS_DIRECTORY "/Inter-Medium.otf",
                                        FONTS_DIRECTORY "/Inter-Black.otf"};
    if (!g_file_test(files[0], G_FILE_TEST_EXISTS) || !g_file_test(files[1], G_FILE_TEST_EXISTS))
        skip();
    Fonts *f = fonts_new(&(FontFiles){files[0], files[1], NULL}, NULL);
    assert_non_null(f);
    const double regular = fonts_text_width("Variation", 10, FALSE);
    fonts_use(f);
    assert_string_equal(fonts_families(), "Inter");
    assert_true(fonts_text_width("Variation", 10, FALSE) > regular);
    fonts_use(NULL);
    fonts_unref(f);
}

static void a_further_font_of_the_same_family_is_refused(void **state)
{
    (void)state;
    need_dejavu();
    char *more[] = {(char *)SANS, NULL};
    g_autoptr(GError) error = NULL;
    assert_null(fonts_new(&(FontFiles){SANS, BOLD, more}, &error));
    assert_non_null(strstr(error->message, "of the same family as the text, DejaVu Sans"));
}

static void two_families_are_refused(void **state)
{
    (void)state;
    need_dejavu();
    assert_refused(SANS, SERIF, "not of one family: " SANS " is of DejaVu Sans");
}

static void two_files_of_one_weight_are_refused(void **state)
{
    (void)state;
    need_dejavu();
    assert_refused(SANS, SANS, "cannot be told apart by the weights");
    assert_refused(BOLD, SANS, "cannot be told apart by the weights");
}

static void what_is_no_font_is_refused(void **state)
{
    (void)state;
    assert_refused("/nowhere/a.ttf", "/nowhere/b.ttf", "cannot read the font");
    assert_refused("/etc/passwd", "/etc/passwd", "no OpenType or TrueType file");
}

/* Where a table of an OpenType file begins; 0 where it has none. */
static gsize table_at(const guint8 *data, const char *tag)
{
    const guint n = (guint)data[4] << 8 | data[5];
    for (guint k = 0; k < n; k++) {
        const guint8 *entry = data + 12 + 16 * k;
        if (memcmp(entry, tag, 4) == 0)
            return (gsize)entry[8] << 24 | (gsize)entry[9] << 16 | (gsize)entry[10] << 8 |
                   entry[11];
    }
    return 0;
}

typedef struct {
    char *directory, *path;
    guint8 *data;
    gsize n;
} Copy;

static Copy copy_of_sans(void)
{
    Copy c = {.directory = g_dir_make_tmp("peerline-fonts-XXXXXX", NULL)};
    c.path = g_build_filename(c.directory, "copy.ttf", NULL);
    assert_true(g_file_get_contents(SANS, (char **)(void *)&c.data, &c.n, NULL));
    return c;
}

static void write_copy(const Copy *c, gsize n)
{
    assert_true(g_file_set_contents(c->path, (const char *)c->data, (gssize)n, NULL));
}

static void copy_clear(Copy *c)
{
    g_unlink(c->path);
    g_rmdir(c->directory);
    g_free(c->directory);
    g_free(c->path);
    g_free(c->data);
}

/* OpenType, OS/2: fsType is the fifth word. */
static void a_font_that_may_not_be_embedded_is_refused(void **state)
{
    (void)state;
    need_dejavu();
    static const struct {
        guint type;
        const char *expected;
    } cases[] = {{0x0002, "does not allow it to be embedded"},
                 {0x0100, "does not allow a part of it"},
                 {0x0208, "does not allow its outlines"}};
    Copy c = copy_of_sans();
    for (guint k = 0; k < G_N_ELEMENTS(cases); k++) {
        guint8 *at = c.data + table_at(c.data, "OS/2") + 8;
        at[0] = (guint8)(cases[k].type >> 8);
        at[1] = (guint8)cases[k].type;
        write_copy(&c, c.n);
        assert_refused(c.path, BOLD, cases[k].expected);
    }
    copy_clear(&c);
}

static void a_font_for_preview_and_print_will_do(void **state)
{
    (void)state;
    need_dejavu();
    Copy c = copy_of_sans();
    c.data[table_at(c.data, "OS/2") + 9] = 0x04;
    write_copy(&c, c.n);
    Fonts *f = fonts_new(&(FontFiles){c.path, BOLD, NULL}, NULL);
    assert_non_null(f);
    fonts_unref(f);
    copy_clear(&c);
}

/* hmtx holds four bytes a glyph, the width first; the glyph of "1" is the 21st. */
static void figures_of_different_widths_are_noticed(void **state)
{
    (void)state;
    need_dejavu();
    Copy c = copy_of_sans();
    guint8 *one = c.data + table_at(c.data, "hmtx") + 4 * 20;
    assert_int_equal((guint)one[0] << 8 | one[1], 1303);
    one[0] = 2;
    write_copy(&c, c.n);
    Fonts *f = fonts_new(&(FontFiles){c.path, BOLD, NULL}, NULL);
    assert_non_null(f);
    assert_false(fonts_figures_align(f));
    fonts_unref(f);
    copy_clear(&c);
}

static void a_font_that_is_cut_off_is_refused(void **state)
{
    (void)state;
    need_dejavu();
    Copy c = copy_of_sans();
    write_copy(&c, 2000);
    assert_refused(c.path, BOLD, "it is damaged");
    memcpy(c.data, "wOF2", 4);
    write_copy(&c, c.n);
    assert_refused(c.path, BOLD, "no OpenType or TrueType file");
    memcpy(c.data, "ttcf", 4);
    write_copy(&c, c.n);
    assert_refused(c.path, BOLD, "a collection of fonts");
    copy_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_of_files_has_its_own_family),
        cmocka_unit_test(inter_alone_has_no_family_of_its_own),
        cmocka_unit_test(the_digest_tells_files_apart),
        cmocka_unit_test(characters_that_no_font_has_are_named),
        cmocka_unit_test(inter_stands_in_for_what_a_font_lacks),
        cmocka_unit_test(text_is_measured_with_the_font_in_use),
        cmocka_unit_test(threads_keep_to_their_own_fonts),
        cmocka_unit_test(fonts_in_use_outlive_their_study),
        cmocka_unit_test(other_weights_of_inter_are_not_mixed_with_its_own),
        cmocka_unit_test(a_further_font_of_the_same_family_is_refused),
        cmocka_unit_test(two_families_are_refused),
        cmocka_unit_test(two_files_of_one_weight_are_refused),
        cmocka_unit_test(what_is_no_font_is_refused),
        cmocka_unit_test(a_font_that_may_not_be_embedded_is_refused),
        cmocka_unit_test(a_font_for_preview_and_print_will_do),
        cmocka_unit_test(figures_of_different_widths_are_noticed),
        cmocka_unit_test(a_font_that_is_cut_off_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
