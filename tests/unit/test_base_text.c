#include "support.h"

#include "peerline/base/clock.h"
#include "peerline/base/place_name.h"
#include "peerline/base/text.h"

static void assert_text(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    g_free(found);
}

static void test_squeeze_folds_every_kind_of_blank(void **state)
{
    (void)state;
    assert_text(text_squeeze("  Adult\r\n Social\xC2\xA0\xC2\xA0"
                             "Care\t"),
                "Adult Social Care");
    assert_text(text_squeeze("\n"), "");
    assert_text(text_squeeze("caf\xC3\xA9"), "caf\xC3\xA9");
    assert_text(text_squeeze("North\x01 \x7F"
                             "East"),
                "North East");
    assert_null(text_squeeze(NULL));
}

static void test_nearest_suggests_only_what_is_near(void **state)
{
    (void)state;
    static const char *const names[] = {"denominator", "numerator", "value", NULL};
    assert_string_equal(text_nearest("numrator", names), "numerator");
    assert_string_equal(text_nearest("Value", names), "value");
    assert_string_equal(text_nearest("denomniator", names), "denominator");
    assert_null(text_nearest("area", names));
    assert_null(text_nearest("vd", names));
    assert_null(text_nearest("", names));
}

static void test_a_swap_of_neighbours_is_one_edit(void **state)
{
    (void)state;
    static const char *const names[] = {"abx", "abdc", NULL}; /* two edits and one from abcd */
    assert_string_equal(text_nearest("abcd", names), "abdc");
    static const char *const swapped[] = {"polarity", NULL};
    assert_string_equal(text_nearest("ploarity", swapped), "polarity");
    assert_string_equal(text_nearest("ba", (const char *const[]){"ab", "b", NULL}) ? "near" : "far",
                        "far"); /* one edit is more than a third of two letters */
    assert_string_equal(text_nearest("cab", (const char *const[]){"acb", NULL}), "acb");
}

static void test_the_nearest_few_come_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {"Suffolk", "Norfolk", "Sufolk", "Kent", "Southfolk", NULL};
    const char *near[3];
    assert_int_equal(text_nearest_few("Suffolk", names, near, 3), 3);
    assert_string_equal(near[0], "Suffolk");
    assert_string_equal(near[1], "Sufolk");
    assert_string_equal(near[2], "Norfolk"); /* three edits, as Southfolk, which stands later */
    assert_int_equal(text_nearest_few("Suffolk", names, near, 1), 1);
    assert_int_equal(text_nearest_few("Zzyzx", names, near, 3), 0);
}

static void check_same_place(const char *a, const char *b)
{
    g_autofree char *folded_a = place_name_fold(a), *folded_b = place_name_fold(b);
    assert_string_equal(folded_a, folded_b);
}

static void test_spellings_of_a_place_fold_to_one(void **state)
{
    (void)state;
    check_same_place("Bristol, City of", "City of Bristol");
    check_same_place("Bristol, City of", "Bristol UA");
    check_same_place("Bath & North East Somerset", "BATH AND NORTH EAST SOMERSET COUNCIL");
    check_same_place("St. Helens", "St Helens");
    check_same_place("King's Lynn", "Kings\xE2\x80\x99 Lynn");
    check_same_place("Stockton-on-Tees", "Stockton on Tees Borough Council");
    check_same_place("Royal Borough of Kensington and Chelsea", "Kensington & Chelsea");
    check_same_place("Ynys M\xC3\xB4n", "Ynys Mon");
    check_same_place("Council of the Isles of Scilly", "Isles of Scilly");
    check_same_place("County Durham", "Durham");
}

static void test_folding_keeps_what_tells_places_apart(void **state)
{
    (void)state;
    g_autofree char *wight = place_name_fold("Isle of Wight");
    assert_string_equal(wight, "isle of wight");
    g_autofree char *derby = place_name_fold("Derby City Council");
    g_autofree char *derbyshire = place_name_fold("Derbyshire County Council");
    assert_string_equal(derby, "derby");
    assert_string_equal(derbyshire, "derbyshire");
    g_autofree char *only = place_name_fold("The City");
    assert_string_equal(only, "the city");
}

static void test_list_reads_like_a_sentence(void **state)
{
    (void)state;
    static const char *const items[] = {"a", "b", "c"};
    assert_text(text_list(items, 0, "and"), "");
    assert_text(text_list(items, 1, "and"), "a");
    assert_text(text_list(items, 2, "or"), "a or b");
    assert_text(text_list(items, 3, "and"), "a, b and c");
}

static void test_code_is_safe_as_a_file_name(void **state)
{
    (void)state;
    assert_true(text_is_code("E06000001"));
    assert_true(text_is_code("a-b_9"));
    assert_false(text_is_code(""));
    assert_false(text_is_code(NULL));
    assert_false(text_is_code("../x"));
    assert_false(text_is_code("a b"));
    assert_false(text_is_code("caf\xC3\xA9"));
    g_autofree char *longest = g_strnfill(64, 'a'), *longer = g_strnfill(65, 'a');
    assert_true(text_is_code(longest));
    assert_false(text_is_code(longer));
}

/* FIPS 180-2, appendix B.1, and the digest of the empty message. */
static void test_sha256_matches_the_standard(void **state)
{
    (void)state;
    assert_text(text_sha256("abc", 3),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_text(text_sha256(NULL, 0),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_csv_field_is_quoted_where_needed(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"plain", "plain"},     {"", ""},
        {"a,b", "\"a,b\""},     {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},   {"a\rb", "\"a\rb\""},
        {" lead", "\" lead\""}, {"trail ", "\"trail \""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        text_append_csv(out, cases[i][0]);
        assert_string_equal(out->str, cases[i][1]);
    }
}

static void test_clock_can_be_fixed(void **state)
{
    (void)state;
    g_setenv("SOURCE_DATE_EPOCH", "1508929200", TRUE);
    assert_true(clock_is_fixed());
    assert_true(clock_now() == 1508929200);
    g_setenv("SOURCE_DATE_EPOCH", "yesterday", TRUE);
    assert_false(clock_is_fixed());
    g_unsetenv("SOURCE_DATE_EPOCH");
    assert_false(clock_is_fixed());
    assert_true(clock_now() > 1700000000);
}

/* Days from `date -u -d @SECONDS`. */
static void test_clock_dates(void **state)
{
    (void)state;
    assert_text(clock_date(0), "1970-01-01");
    assert_text(clock_date(1508929200), "2017-10-25");
    assert_text(clock_date(951782400), "2000-02-29");
    assert_text(clock_date_words("2017-10-25"), "25 October 2017");
    assert_text(clock_date_words("2016-02-29"), "29 February 2016");
    assert_text(clock_date_words("2017-02-29"), "2017-02-29");
    assert_text(clock_date_words("2017-13-01"), "2017-13-01");
    assert_text(clock_date_words("2017"), "2017");
    assert_text(clock_date_words("2017-1x-01"), "2017-1x-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_squeeze_folds_every_kind_of_blank),
        cmocka_unit_test(test_nearest_suggests_only_what_is_near),
        cmocka_unit_test(test_a_swap_of_neighbours_is_one_edit),
        cmocka_unit_test(test_the_nearest_few_come_in_order),
        cmocka_unit_test(test_spellings_of_a_place_fold_to_one),
        cmocka_unit_test(test_folding_keeps_what_tells_places_apart),
        cmocka_unit_test(test_list_reads_like_a_sentence),
        cmocka_unit_test(test_code_is_safe_as_a_file_name),
        cmocka_unit_test(test_sha256_matches_the_standard),
        cmocka_unit_test(test_csv_field_is_quoted_where_needed),
        cmocka_unit_test(test_clock_can_be_fixed),
        cmocka_unit_test(test_clock_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
