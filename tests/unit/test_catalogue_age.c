#include "support.h"

#include "peerline/catalogue/age.h"

static void assert_band(const char *text, guint from, guint to)
{
    AgeBand band;
    if (!age_read(text, NULL, &band))
        fail_msg("'%s' is not read", text);
    if (band.from != from || band.to != to)
        fail_msg("'%s' is read as %u to %u", text, band.from, band.to);
}

static void assert_no_band(const char *text)
{
    AgeBand band;
    if (age_read(text, NULL, &band))
        fail_msg("'%s' is read as %u to %u", text, band.from, band.to);
}

static void the_usual_spellings_of_bands_are_read(void **state)
{
    (void)state;
    static const char *const same[] = {"0-4",
                                       "0 - 4",
                                       "0 to 4",
                                       "0\xE2\x80\x93"
                                       "4",
                                       "Age 0-4",
                                       "Aged 0 to 4",
                                       "00-04",
                                       "0-4 years",
                                       "Ages: 0 - 4",
                                       "under 5",
                                       "<5",
                                       "Under 5 years"};
    for (guint i = 0; i < G_N_ELEMENTS(same); i++)
        assert_band(same[i], 0, 4);
}

static void open_bands_have_no_upper_end(void **state)
{
    (void)state;
    static const char *const same[] = {
        "90+",      "90 and over", "Aged 90+",          "90 & over",
        "90 plus",  "90 or over",  "90 years and over", "90 and older",
        "Age 90 +", "90+ years",   "90 and above",
    };
    for (guint i = 0; i < G_N_ELEMENTS(same); i++)
        assert_band(same[i], 90, AGE_OPEN);
}

static void single_years_are_bands_of_one(void **state)
{
    (void)state;
    assert_band("Age 7", 7, 7);
    assert_band("7", 7, 7);
    assert_band("85 years", 85, 85);
    assert_band("under 1", 0, 0);
    assert_band("<1", 0, 0);
}

static void what_is_no_age_is_not_guessed(void **state)
{
    (void)state;
    static const char *const none[] = {"",     "All ages",    "Total", "4-0",  "under 0",
                                       "5-9+", "<5-9",        "2016",  "-4",   "4-",
                                       "4.5",  "0-4 and 5-9", "under", "Aged", "12345"};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        assert_no_band(none[i]);
}

static AgeBand read_with(const char *text, const char *pattern, gboolean *good)
{
    AgeBand band = {0, 0};
    g_autoptr(Pattern) p = pattern_new(pattern, FALSE, NULL);
    *good = age_read(text, p, &band);
    return band;
}

static void a_pattern_says_which_part_is_the_age(void **state)
{
    (void)state;
    gboolean good;
    const char *spans = "(?<from>\\d+)(-(?<to>\\d+)|\\+).*";
    AgeBand band = read_with("65-69 persons", spans, &good);
    assert_true(good && band.from == 65 && band.to == 69);
    band = read_with("90+ persons", spans, &good);
    assert_true(good && band.from == 90 && band.to == AGE_OPEN);
    band = read_with("F 7", "[FM] (?<from>\\d+)", &good);
    assert_true(good && band.from == 7 && band.to == 7);
    band = read_with("Females 85 and over", "Females (?<age>.*)", &good);
    assert_true(good && band.from == 85 && band.to == AGE_OPEN);
    read_with("Males 85 and over", "Females (?<age>.*)", &good);
    assert_false(good);
    read_with("9-5 persons", spans, &good);
    assert_false(good);
}

static void labels_are_short(void **state)
{
    (void)state;
    g_autofree char *band = age_label((AgeBand){0, 4});
    g_autofree char *open = age_label((AgeBand){90, AGE_OPEN});
    g_autofree char *year = age_label((AgeBand){7, 7});
    assert_string_equal(band, "0-4");
    assert_string_equal(open, "90+");
    assert_string_equal(year, "7");
}

static void bands_know_their_order_and_what_they_share(void **state)
{
    (void)state;
    const AgeBand child = {0, 17}, baby = {0, 0}, teen = {13, 19}, old = {65, AGE_OPEN};
    assert_true(age_compare(baby, child) < 0 && age_compare(old, teen) > 0);
    assert_int_equal(age_compare(teen, teen), 0);
    assert_true(age_within(baby, child) && !age_within(teen, child));
    assert_true(age_overlap(teen, child) && !age_overlap(old, child));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_spellings_of_bands_are_read),
        cmocka_unit_test(open_bands_have_no_upper_end),
        cmocka_unit_test(single_years_are_bands_of_one),
        cmocka_unit_test(what_is_no_age_is_not_guessed),
        cmocka_unit_test(a_pattern_says_which_part_is_the_age),
        cmocka_unit_test(labels_are_short),
        cmocka_unit_test(bands_know_their_order_and_what_they_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
