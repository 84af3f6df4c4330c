#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "peerline/base/colour.h"

#include <math.h>

static double contrast_of(const char *text)
{
    guint8 rgb[3];
    assert_true(colour_parse(text, rgb));
    return colour_contrast_on_white(rgb);
}

static void digits_are_red_green_and_blue(void **state)
{
    (void)state;
    guint8 rgb[3];
    assert_true(colour_parse("#12aBf0", rgb));
    assert_int_equal(rgb[0], 0x12);
    assert_int_equal(rgb[1], 0xAB);
    assert_int_equal(rgb[2], 0xF0);
}

static void other_texts_are_no_colour(void **state)
{
    (void)state;
    guint8 rgb[3];
    const char *const texts[] = {"",         "#",       "12436D", "#12436",
                                 "#12436DD", "#12436G", "red",    "#1 436D"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_false(colour_parse(texts[i], rgb));
    }
    assert_false(colour_parse(NULL, rgb));
}

/* The ratios that the Analysis Function gives for its palette; black and white by definition. */
static void contrast_is_that_of_the_guideline(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double ratio;
    } known[] = {{"#000000", 21},   {"#FFFFFF", 1},    {"#12436D", 10.25}, {"#28A197", 3.17},
                 {"#801650", 9.77}, {"#F46A25", 3.03}, {"#2073BC", 4.95},  {"#BFBFBF", 1.84}};
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        assert_true(fabs(contrast_of(known[i].text) - known[i].ratio) < 0.006);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_red_green_and_blue),
        cmocka_unit_test(other_texts_are_no_colour),
        cmocka_unit_test(contrast_is_that_of_the_guideline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
