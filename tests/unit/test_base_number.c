#include "support.h"

#include "peerline/base/number.h"

/* Expected texts are Python's repr() of the same doubles, with %g's exponent form. */
static void test_shortest_reads_back(void **state)
{
    (void)state;
    static const struct {
        double x;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-17, "-17"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {123456.789, "123456.789"},
        {0x1p-10, "0.0009765625"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1e15, "1e+15"},
        {999999999999999, "999999999999999"},
        {1e-5, "1e-05"},
        {0.0001, "0.0001"},
        {94936049782172.375, "94936049782172.38"}, /* a tie: the even digit */
        {100000000000000.5, "100000000000000.5"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char buf[NUMBER_BUF];
        assert_string_equal(number_shortest(cases[i].x, buf), cases[i].text);
    }
}

static void test_shortest_is_empty_for_what_is_no_number(void **state)
{
    (void)state;
    char buf[NUMBER_BUF];
    assert_string_equal(number_shortest(NAN, buf), "");
    assert_string_equal(number_shortest(INFINITY, buf), "");
    assert_string_equal(number_shortest(-INFINITY, buf), "");
}

/* 200,000 doubles of all sizes from a fixed generator: each reads back as itself, and no decimal
 * of one digit less does. */
static void test_shortest_is_exact_and_short_everywhere(void **state)
{
    (void)state;
    guint64 s = G_GUINT64_CONSTANT(88172645463325252);
    for (int i = 0; i < 200000; i++) {
        s ^= s << 13;
        s ^= s >> 7;
        s ^= s << 17;
        double x;
        memcpy(&x, &s, sizeof x);
        if (i % 2)
            x = ldexp((double)(s >> 11), -(int)(s % 64) - 10);
        if (!isfinite(x))
            continue;
        char buf[NUMBER_BUF], shorter[NUMBER_BUF];
        number_shortest(x, buf);
        assert_true(g_ascii_strtod(buf, NULL) == x);
        int digits = 0;
        for (const char *p = buf; *p && *p != 'e'; p++)
            digits += g_ascii_isdigit(*p) && (digits > 0 || *p != '0');
        if (digits < 2 || x == trunc(x))
            continue;
        g_autofree char *format = g_strdup_printf("%%.%dg", digits - 1);
        g_ascii_formatd(shorter, sizeof shorter, format, x);
        assert_true(g_ascii_strtod(shorter, NULL) != x);
    }
}

static void test_parse_accepts_numbers_only(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gboolean thousands, ok;
        double value;
    } cases[] = {
        {"12", FALSE, TRUE, 12},
        {"  -12.50\t", FALSE, TRUE, -12.5},
        {"+3", FALSE, TRUE, 3},
        {".5", FALSE, TRUE, 0.5},
        {"5.", FALSE, TRUE, 5},
        {"1.5E-3", FALSE, TRUE, 0.0015},
        {"00012", FALSE, TRUE, 12},
        {"1,234", TRUE, TRUE, 1234},
        {"12,345,678.5", TRUE, TRUE, 12345678.5},
        {"1,234", FALSE, FALSE, 0},
        {"1,23", TRUE, FALSE, 0},
        {"1234,567", TRUE, FALSE, 0},
        {"1,2345", TRUE, FALSE, 0},
        {",123", TRUE, FALSE, 0},
        {"1,", TRUE, FALSE, 0},
        {"0,123", TRUE, FALSE, 0}, /* a continental decimal */
        {"", FALSE, FALSE, 0},
        {" ", FALSE, FALSE, 0},
        {"-", FALSE, FALSE, 0},
        {".", FALSE, FALSE, 0},
        {"1e", FALSE, FALSE, 0},
        {"e5", FALSE, FALSE, 0},
        {"1.2.3", FALSE, FALSE, 0},
        {"0x10", FALSE, FALSE, 0},
        {"nan", FALSE, FALSE, 0},
        {"inf", FALSE, FALSE, 0},
        {"1e999", FALSE, FALSE, 0},
        {"12 34", FALSE, FALSE, 0},
        {"12%", FALSE, FALSE, 0},
        {"--1", FALSE, FALSE, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        double value = -1;
        gboolean ok = number_parse(cases[i].text, cases[i].thousands, &value);
        if (ok != cases[i].ok || (ok && value != cases[i].value))
            fail_msg("'%s': %d %.17g", cases[i].text, ok, value);
    }
}

static void test_parse_refuses_a_field_of_digits_without_end(void **state)
{
    (void)state;
    g_autofree char *many = g_strnfill(100000, '9');
    double value;
    assert_false(number_parse(many, FALSE, &value));
}

/* The fast way and strtod must agree to the last bit. */
static void test_parse_is_correctly_rounded(void **state)
{
    (void)state;
    for (int i = 1; i < 100000; i++) {
        g_autofree char *text = g_strdup_printf("%d.%06d", i * 37, (i * 7919) % 1000000);
        double value;
        assert_true(number_parse(text, FALSE, &value));
        assert_true(value == g_ascii_strtod(text, NULL));
    }
    double value;
    assert_true(number_parse("0.1234567890123456789", FALSE, &value));
    assert_true(value == 0.1234567890123456789);
    assert_true(number_parse("123456789012345678901234567890", FALSE, &value));
    assert_true(value == 123456789012345678901234567890.0);
}

static void assert_text(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    g_free(found);
}

static void test_text_for_people(void **state)
{
    (void)state;
    assert_text(number_text(1685926.67, 0), "1,685,927");
    assert_text(number_text(1234567.891, 2), "1,234,567.89");
    assert_text(number_text(999.999, 2), "1,000.00");
    assert_text(number_text(0, 1), "0.0");
    assert_text(number_text(-5.25, 1), "\u22125.3");
    assert_text(number_text(-0.001, 1), "0.0"); /* no minus before a zero */
    assert_text(number_text(NAN, 1), "\u2013");
    assert_text(number_text(INFINITY, 1), "\u2013");
    assert_text(number_text(100, 0), "100");
    assert_text(number_text(1000, 0), "1,000");
}

/* Half goes away from zero on the decimal that the data files show, whatever its binary is. */
static void test_text_rounds_the_decimal(void **state)
{
    (void)state;
    assert_text(number_text(2.675, 2), "2.68"); /* binary: 2.67499999... */
    assert_text(number_text(1.005, 2), "1.01");
    assert_text(number_text(0.5, 0), "1");
    assert_text(number_text(1.5, 0), "2");
    assert_text(number_text(2.5, 0), "3");
    assert_text(number_text(-2.5, 0), "\u22123");
    assert_text(number_text(0.05, 1), "0.1");
    assert_text(number_text(0.0049, 2), "0.00");
}

static void test_text_significant(void **state)
{
    (void)state;
    assert_text(number_text_significant(1685926.67, 3), "1,690,000");
    assert_text(number_text_significant(0.0123456, 3), "0.0123");
    assert_text(number_text_significant(12, 3), "12.0");
    assert_text(number_text_significant(9.996, 3), "10.0");
    assert_text(number_text_significant(999.5, 3), "1,000");
    assert_text(number_text_significant(0, 3), "0");
    assert_text(number_text_significant(-1234, 2), "\u22121,200");
    assert_text(number_text_significant(NAN, 2), "\u2013");
}

static void test_text_axis(void **state)
{
    (void)state;
    assert_text(number_text_axis(1500000, 500000), "1.5 million");
    assert_text(number_text_axis(500000, 500000), "500,000");
    assert_text(number_text_axis(20000, 5000), "20,000");
    assert_text(number_text_axis(1002000, 2000), "1,002,000");
    assert_text(number_text_axis(2e9, 1e9), "2 billion");
    assert_text(number_text_axis(0.1 + 0.2, 0.1), "0.3");
    assert_text(number_text_axis(0.1 + 0.2 - 0.3, 0.1), "0.0");
    assert_text(number_text_axis(12.5, 2.5), "12.5");
    assert_text(number_text_axis(NAN, 1), "\u2013");
}

static void test_sum_keeps_small_terms(void **state)
{
    (void)state;
    Sum s = {0};
    sum_add(&s, 1);
    sum_add(&s, 1e100);
    sum_add(&s, 1);
    sum_add(&s, -1e100);
    assert_true(sum_total(&s) == 2); /* Neumaier's own example; a plain sum gives 0 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shortest_reads_back),
        cmocka_unit_test(test_shortest_is_empty_for_what_is_no_number),
        cmocka_unit_test(test_shortest_is_exact_and_short_everywhere),
        cmocka_unit_test(test_parse_accepts_numbers_only),
        cmocka_unit_test(test_parse_refuses_a_field_of_digits_without_end),
        cmocka_unit_test(test_parse_is_correctly_rounded),
        cmocka_unit_test(test_text_for_people),
        cmocka_unit_test(test_text_rounds_the_decimal),
        cmocka_unit_test(test_text_significant),
        cmocka_unit_test(test_text_axis),
        cmocka_unit_test(test_sum_keeps_small_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
