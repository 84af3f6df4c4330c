#include "support.h"

#include "peerline/catalogue/period.h"
#include "peerline/catalogue/status.h"

#define AT(year, month) ((year)*12 + (month)-1)

typedef struct {
    const char *text;
    Period period;
} Reading;

#define CALENDAR(y)                                                                                \
    {                                                                                              \
        PERIOD_CALENDAR_YEAR, AT(y, 1), 12                                                         \
    }
#define FINANCIAL(y)                                                                               \
    {                                                                                              \
        PERIOD_FINANCIAL_YEAR, AT(y, 4), 12                                                        \
    }
#define MONTH(y, m)                                                                                \
    {                                                                                              \
        PERIOD_MONTH, AT(y, m), 1                                                                  \
    }
#define QUARTER(y, q)                                                                              \
    {                                                                                              \
        PERIOD_QUARTER, AT(y, 3 * (q)-2), 3                                                        \
    }
#define RANGE(from, to)                                                                            \
    {                                                                                              \
        PERIOD_RANGE, AT(from, 1), 12 * ((to) - (from) + 1)                                        \
    }

static void assert_period(const char *text, Period found, Period expected)
{
    if (period_equal(found, expected))
        return;
    g_autofree char *a = period_label(found), *b = period_label(expected);
    fail_msg("'%s' was read as %s %s, expected %s %s", text, period_kind_name(found.kind), a,
             period_kind_name(expected.kind), b);
}

static void usual_spellings_are_read_without_being_told(void **state)
{
    (void)state;
    static const Reading READINGS[] = {
        {"2016", CALENDAR(2016)},
        {" 2016 ", CALENDAR(2016)},
        {"20160000", CALENDAR(2016)},
        {"2016-17", FINANCIAL(2016)},
        {"2016/17", FINANCIAL(2016)},
        {"2016/2017", FINANCIAL(2016)},
        {"2016-2017", FINANCIAL(2016)},
        {"2016\xe2\x80\x93"
         "17",
         FINANCIAL(2016)},
        {"1999-00", FINANCIAL(1999)},
        {"1999/2000", FINANCIAL(1999)},
        {"2011-12", FINANCIAL(2011)},
        {"2016 to 2017", RANGE(2016, 2017)},
        {"2015 to 2017", RANGE(2015, 2017)},
        {"2015 to 17", RANGE(2015, 2017)},
        {"2015 - 17", RANGE(2015, 2017)},
        {"2015 - 2017", RANGE(2015, 2017)},
        {"2015 \xe2\x80\x93 17", RANGE(2015, 2017)},
        {"1998 - 00", RANGE(1998, 2000)},
        {"April 2016", MONTH(2016, 4)},
        {"april 2016", MONTH(2016, 4)},
        {"Sept 2016", MONTH(2016, 9)},
        {"December 2019", MONTH(2019, 12)},
        {"Apr-16", MONTH(2016, 4)},
        {"Apr-2016", MONTH(2016, 4)},
        {"2016 April", MONTH(2016, 4)},
        {"2016-04", MONTH(2016, 4)},
        {"2016 Q2", QUARTER(2016, 2)},
        {"2016-Q2", QUARTER(2016, 2)},
        {"2016Q2", QUARTER(2016, 2)},
        {"Q2 2016", QUARTER(2016, 2)},
        {"April\xc2\xa0"
         "2016",
         MONTH(2016, 4)},
    };
    for (guint i = 0; i < G_N_ELEMENTS(READINGS); i++) {
        Period p;
        if (!period_parse(READINGS[i].text, &p))
            fail_msg("'%s' was not read", READINGS[i].text);
        assert_period(READINGS[i].text, p, READINGS[i].period);
    }
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",           " ",       "16",           "2016-19",      "2015-17",
        "2016/18",    "2016/04", "2016-13",      "2016-00",      "0999",
        "9999",       "2016 Q5", "2016 Q0",      "20160101",     "Ma 2016",
        "Maybe 2016", "2016 to", "2017 to 2016", "2016 to 2016", "2016-17-18",
        "-2016",      "2016.0",  "total",        "Q2 2016/17",   "2016 - 17 - 18 - 19",
        "2016-04-01",
    };
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        Period p;
        if (period_parse(TEXTS[i], &p))
            fail_msg("'%s' was read as a period", TEXTS[i]);
    }
    Period p;
    assert_false(period_parse(NULL, &p));
}

static void a_declared_kind_settles_what_a_spelling_means(void **state)
{
    (void)state;
    static const Reading READINGS[] = {
        {"2011-12", MONTH(2011, 12)},   {"2011-12", FINANCIAL(2011)},
        {"2015-17", RANGE(2015, 2017)}, {"2008-2010", RANGE(2008, 2010)},
        {"20160000", FINANCIAL(2016)},  {"2016", CALENDAR(2016)},
    };
    for (guint i = 0; i < G_N_ELEMENTS(READINGS); i++) {
        Period p;
        if (!period_read(READINGS[i].text, READINGS[i].period.kind, NULL, &p))
            fail_msg("'%s' was not read", READINGS[i].text);
        assert_period(READINGS[i].text, p, READINGS[i].period);
    }
    Period p;
    assert_false(period_read("2016-17", PERIOD_MONTH, NULL, &p));
    assert_false(period_read("2016", PERIOD_FINANCIAL_YEAR, NULL, &p));
    assert_false(period_read(NULL, PERIOD_MONTH, NULL, &p));
}

static void every_label_reads_back_as_the_same_period(void **state)
{
    (void)state;
    for (int year = 1800; year < 2199; year++) {
        const Period periods[] = {
            CALENDAR(year),        FINANCIAL(year), QUARTER(year, 1), QUARTER(year, 4),
            RANGE(year, year + 1), MONTH(year, 1),  MONTH(year, 4),   MONTH(year, 12),
        };
        for (guint i = 0; i < G_N_ELEMENTS(periods); i++) {
            g_autofree char *label = period_label(periods[i]);
            Period told, untold;
            if (!period_read(label, periods[i].kind, NULL, &told) || !period_parse(label, &untold))
                fail_msg("'%s' was not read", label);
            assert_period(label, told, periods[i]);
            gboolean looks_like_a_year =
                periods[i].kind == PERIOD_MONTH && periods[i].start % 12 + 1 == (year + 1) % 100;
            if (!looks_like_a_year)
                assert_period(label, untold, periods[i]);
        }
    }
}

typedef struct {
    const char *pattern, *text;
    Period period; /* of its kind; months 0: not to be read */
} PatternReading;

static void patterns_name_the_parts(void **state)
{
    (void)state;
    static const PatternReading READINGS[] = {
        {"(?<start>\\d{4})", "2016", FINANCIAL(2016)},
        {"FY_Ending (?<end>\\d{4})", "FY_Ending 2017", FINANCIAL(2016)},
        {"(?<start>\\d{4})/(?<end>\\d\\d)", "2016/17", FINANCIAL(2016)},
        {"(?<start>\\d{4})/(?<end>\\d\\d)", "2016/18", {PERIOD_FINANCIAL_YEAR, 0, 0}},
        {"(?<year>\\d{4})0000", "20160000", CALENDAR(2016)},
        {".*_(?<start>\\d{4})\\.csv", "index_2018.csv", CALENDAR(2018)},
        {"(?<month>\\w+) (?<year>\\d{4})", "April 2019", MONTH(2019, 4)},
        {"(?<month>\\w+)-(?<year>\\d\\d)", "Sep-09", MONTH(2009, 9)},
        {"(?<year>\\d{4})(?<month>\\d\\d)", "201612", MONTH(2016, 12)},
        {"(?<year>\\d{4})(?<month>\\d\\d)", "201613", {PERIOD_MONTH, 0, 0}},
        {"(?<month>\\w+) (?<year>\\d{4})", "Total 2019", {PERIOD_MONTH, 0, 0}},
        {"Q(?<quarter>\\d) (?<year>\\d{4})", "Q3 2016", QUARTER(2016, 3)},
        {"Q(?<quarter>\\d) (?<year>\\d{4})", "Q7 2016", {PERIOD_QUARTER, 0, 0}},
        {"(?<start>\\d{4})-(?<end>\\d\\d)", "2015-17", RANGE(2015, 2017)},
        {"(?<start>\\d{4})-(?<end>\\d\\d)", "x2015-17", {PERIOD_RANGE, 0, 0}},
        {"(?<start>\\d{4})", "2015", {PERIOD_RANGE, 0, 0}},
    };
    for (guint i = 0; i < G_N_ELEMENTS(READINGS); i++) {
        const PatternReading *r = &READINGS[i];
        g_autoptr(Pattern) pattern = pattern_new(r->pattern, FALSE, NULL);
        assert_non_null(pattern);
        Period p;
        gboolean fits = period_read(r->text, r->period.kind, pattern, &p);
        if (fits != (r->period.months > 0))
            fail_msg("'%s' with '%s': %s", r->text, r->pattern, fits ? "was read" : "was not read");
        if (fits)
            assert_period(r->text, p, r->period);
    }
}

static void months_and_quarters_lie_within_years(void **state)
{
    (void)state;
    Period out;
    guint part;
    assert_true(period_containing((Period)MONTH(2017, 3), PERIOD_FINANCIAL_YEAR, &out, &part));
    assert_period("March 2017", out, (Period)FINANCIAL(2016));
    assert_int_equal(part, 11);
    assert_true(period_containing((Period)MONTH(2017, 4), PERIOD_FINANCIAL_YEAR, &out, &part));
    assert_period("April 2017", out, (Period)FINANCIAL(2017));
    assert_int_equal(part, 0);
    assert_true(period_containing((Period)QUARTER(2017, 1), PERIOD_FINANCIAL_YEAR, &out, &part));
    assert_period("2017-Q1", out, (Period)FINANCIAL(2016));
    assert_int_equal(part, 9);
    assert_true(period_containing((Period)MONTH(2017, 5), PERIOD_QUARTER, &out, &part));
    assert_period("May 2017", out, (Period)QUARTER(2017, 2));
    assert_int_equal(part, 1);
    assert_true(period_containing((Period)FINANCIAL(2016), PERIOD_FINANCIAL_YEAR, &out, &part));
    assert_false(period_containing((Period)CALENDAR(2016), PERIOD_FINANCIAL_YEAR, &out, &part));
    assert_false(period_containing((Period)CALENDAR(2016), PERIOD_MONTH, &out, &part));
    assert_false(period_containing((Period)MONTH(2016, 1), PERIOD_RANGE, &out, &part));
}

static void periods_sort_by_start_length_and_kind(void **state)
{
    (void)state;
    Period year = CALENDAR(2016), month = MONTH(2016, 1), next = CALENDAR(2017);
    assert_true(period_compare(month, year) < 0);
    assert_true(period_compare(next, year) > 0);
    assert_int_equal(period_compare(year, year), 0);
    assert_false(period_equal(year, month));
}

static void every_kind_and_status_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (guint i = 0; i < N_PERIOD_KINDS; i++)
        for (guint j = 0; j < i; j++)
            assert_string_not_equal(period_kind_name((PeriodKind)i),
                                    period_kind_name((PeriodKind)j));
    for (guint i = 0; i < N_STATUS; i++) {
        assert_true(*status_words((Status)i) != '\0');
        for (guint j = 0; j < i; j++)
            assert_string_not_equal(status_name((Status)i), status_name((Status)j));
    }
    assert_string_equal(status_name(STATUS_OK), "");
    assert_true(status_is_missing(STATUS_NOT_REPORTED));
    assert_false(status_is_missing(STATUS_STALE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_spellings_are_read_without_being_told),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(a_declared_kind_settles_what_a_spelling_means),
        cmocka_unit_test(every_label_reads_back_as_the_same_period),
        cmocka_unit_test(patterns_name_the_parts),
        cmocka_unit_test(months_and_quarters_lie_within_years),
        cmocka_unit_test(periods_sort_by_start_length_and_kind),
        cmocka_unit_test(every_kind_and_status_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
