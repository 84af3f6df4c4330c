#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "fixture.h"
#include "peerline/publish/data.h"

/** What data_write() publishes, column by column, against INTERFACE and the numbers of the fixture.
 */

typedef struct {
    Fixture f;
    char *directory;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    s->directory = g_dir_make_tmp("peerline-data-XXXXXX", NULL);
    assert_true(data_write(&s->f.context, s->directory, NULL));
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    g_autoptr(GDir) dir = g_dir_open(s->directory, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(s->directory, name, NULL);
        g_unlink(path);
    }
    g_rmdir(s->directory);
    g_free(s->directory);
    g_free(s);
    return 0;
}

static char *contents(const State *s, const char *file)
{
    g_autofree char *path = g_build_filename(s->directory, file, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

static char **lines(const State *s, const char *file)
{
    g_autofree char *text = contents(s, file);
    assert_true(g_str_has_suffix(text, "\n"));
    text[strlen(text) - 1] = '\0';
    return g_strsplit(text, "\n", -1);
}

/* The field of a row without quoted commas that stands under `column`. */
static char *field(char **rows, guint row, const char *column)
{
    g_auto(GStrv) names = g_strsplit(rows[0], ",", -1), fields = g_strsplit(rows[row], ",", -1);
    assert_int_equal(g_strv_length(names), g_strv_length(fields));
    for (guint i = 0; names[i]; i++) {
        if (!strcmp(names[i], column))
            return g_strdup(fields[i]);
    }
    fail_msg("no column %s", column);
    return NULL;
}

#define assert_field(rows, row, column, expected)                                                  \
    do {                                                                                           \
        g_autofree char *found_ = field(rows, row, column);                                        \
        assert_string_equal(found_, expected);                                                     \
    } while (0)

static void assessment_has_the_columns_of_the_contract_in_order(void **state)
{
    g_auto(GStrv) rows = lines(*state, "assessment.csv");
    static const char contract[] =
        "indicator_id,indicator,area_code,area_name,period,numerator,denominator,value,lower95,"
        "upper95,lower99_8,upper99_8,status,comparator_value,rank,rank_lower,rank_upper,"
        "areas_ranked,percentile,peer_group,peers_ranked,peer_rank,peer_median,"
        "peer_lower_quartile,peer_upper_quartile,z,phi,tau2,z_adjusted,p_value,q_value,"
        "funnel_lower95,funnel_upper95,funnel_lower99_8,funnel_upper99_8,adjusted_lower95,"
        "adjusted_upper95,adjusted_lower99_8,adjusted_upper99_8,outlier,direction,judgement,"
        "persistent_periods,trend,trend_reason,opportunity,opportunity_lower,opportunity_upper,"
        "opportunity_unit,kind,target,peer_z,peer_q,peer_direction,q_area";
    assert_true(g_str_has_prefix(rows[0], contract));
}

static void the_other_files_begin_with_the_columns_of_the_contract(void **state)
{
    static const struct {
        const char *file, *columns;
    } expected[] = {
        {"observations.csv", "indicator_id,area_code,period,numerator,denominator,value,lower95,"
                             "upper95,status,source,file,line,rows"},
        {"outliers.csv", "indicator_id,area_code,period,indicator,area_name,value,"
                         "comparator_value,target,outlier,direction,judgement,z_adjusted,"
                         "q_value,q_area,persistent_periods"},
        {"good_practice.csv", "indicator_id,area_code,period,learn_from,learn_from_name,value,"
                              "peer_value,difference,q,spend_difference,practice\n"},
        {"variation.csv", "indicator_id,period,k,overall_rate,eq,p90_p10,iq_ratio,cv,"
                          "cv_pop_weighted,scv_diehr,chisq,df,p,gini_pop_weighted,"
                          "theil_pop_weighted"},
        {"rejects.csv", "file,line,rule,text,source,expected\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *text = contents(*state, expected[i].file);
        assert_true(g_str_has_prefix(text, expected[i].columns));
    }
}

static void rows_are_sorted_by_the_bytes_of_indicator_period_and_area(void **state)
{
    static const char *const files[] = {"observations.csv", "assessment.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_auto(GStrv) rows = lines(*state, files[i]);
        assert_int_equal(g_strv_length(rows), 1 + 2 * FIX_PERIODS * FIX_AREAS);
        assert_true(g_str_has_prefix(rows[1], "Spend,"));
        assert_true(g_str_has_prefix(rows[1 + FIX_PERIODS * FIX_AREAS], "falls,"));
    }
    g_auto(GStrv) rows = lines(*state, "observations.csv");
    assert_field(rows, 1, "period", "2015-16");
    assert_field(rows, 4, "area_code", "A4");
    assert_field(rows, 5, "period", "2016-17");
    assert_field(rows, 5, "area_code", "A1");
}

static void periods_are_sorted_by_their_text_not_by_time(void **state)
{
    State *s = *state;
    static char *labels[] = {"Sep 2015", "Apr 2016"};
    s->f.series[0].period_labels = labels;
    assert_true(data_write(&s->f.context, s->directory, NULL));
    g_auto(GStrv) rows = lines(s, "observations.csv");
    assert_field(rows, 9, "period", "Apr 2016");
    assert_field(rows, 13, "period", "Sep 2015");
}

static void an_observation_names_its_file_and_line(void **state)
{
    g_auto(GStrv) rows = lines(*state, "observations.csv");
    assert_string_equal(rows[9], "falls,A1,2015-16,100,30000,333.3333333333333,,,,hospital,"
                                 "admissions.csv,10,1,,,people,people.csv,7,2,");
}

static void a_missing_value_is_an_empty_field_with_its_reason(void **state)
{
    g_auto(GStrv) rows = lines(*state, "observations.csv");
    assert_string_equal(rows[16], "falls,A4,2016-17,,,,,,suppressed,,,,,,,,,,,"
                                  "fewer than eight admissions");
    State *s = *state;
    s->f.indicators[0].title = "Falls";
    assert_true(data_write(&s->f.context, s->directory, NULL));
    g_auto(GStrv) judged = lines(s, "assessment.csv");
    assert_field(judged, 16, "status", "suppressed");
    assert_field(judged, 16, "value", "");
    assert_field(judged, 16, "rank", "");
    assert_field(judged, 16, "outlier", "not_estimable");
    assert_field(judged, 16, "persistent_periods", "0");
}

static void the_judgement_stands_under_its_columns(void **state)
{
    State *s = *state;
    s->f.areas[1].name = "Simple";
    s->f.indicators[0].title = "Falls";
    assert_true(data_write(&s->f.context, s->directory, NULL));
    g_auto(GStrv) rows = lines(s, "assessment.csv");
    static const char *const expected[][2] = {
        {"area_code", "A2"},
        {"rank", "3"},
        {"rank_lower", "2"},
        {"percentile", "83.33333333333333"},
        {"areas_ranked", "3"},
        {"peer_group", "North"},
        {"peers_ranked", "3"},
        {"peer_rank", "3"},
        {"peer_median", "340.125"},
        {"z_adjusted", "3.5"},
        {"comparator_value", "350.5"},
        {"target", "348.25"},
        {"phi", "1.5"},
        {"tau2", "0.01"},
        {"outlier", "alarm"},
        {"direction", "higher"},
        {"judgement", "worse"},
        {"persistent_periods", "2"},
        {"trend", "not_calculable"},
        {"trend_reason", "fewer than five years"},
        {"opportunity", "12.5"},
        {"opportunity_lower", "0"},
        {"opportunity_unit", "events"},
        {"kind", "counts"},
        {"q_area", "0.0005"},
        {"peer_direction", ""},
        {"adjusted_lower95", ""},
        {"z", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_field(rows, 14, expected[i][0], expected[i][1]);
}

static void texts_are_quoted_as_rfc_4180_asks(void **state)
{
    g_autofree char *text = contents(*state, "assessment.csv");
    assert_non_null(strstr(text, "\nfalls,\"Admissions after falls, aged 65+\",A2,"
                                 "\"Comma, \"\"Quoted\"\" & <Marked>\",2015-16,"));
    assert_null(strchr(text, '\r'));
}

static void outliers_are_the_flagged_rows_of_the_latest_period(void **state)
{
    g_autofree char *text = contents(*state, "outliers.csv");
    const char *row = strchr(text, '\n') + 1;
    assert_true(g_str_has_prefix(row, "falls,A2,2016-17,"));
    assert_non_null(
        strstr(row, ",350.5,348.25,alarm,higher,worse,3.5,0.001,0.0005,2,counts,0.2\n"));
    assert_null(strchr(strchr(row, '\n') + 1, '\n'));
}

static void an_alert_of_an_earlier_period_is_no_outlier_of_today(void **state)
{
    State *s = *state;
    s->f.verdicts[0][FIX_AREAS + 1].outlier = OUTLIER_NONE;
    s->f.verdicts[0][1].outlier = OUTLIER_ALERT;
    assert_true(data_write(&s->f.context, s->directory, NULL));
    g_auto(GStrv) rows = lines(s, "outliers.csv");
    assert_int_equal(g_strv_length(rows), 1);
}

static void good_practice_says_who_can_be_asked(void **state)
{
    g_autofree char *text = contents(*state, "good_practice.csv");
    assert_string_equal(strchr(text, '\n') + 1,
                        "falls,A2,2016-17,A4,Deep Haven,428,300.5,-127.5,0.01,,"
                        "\"Balance classes, twice a week\"\n");
}

static void rejects_keep_the_text_that_was_found(void **state)
{
    g_autofree char *text = contents(*state, "rejects.csv");
    assert_string_equal(strchr(text, '\n') + 1,
                        "admissions.csv,3,not-a-number,\"12,\"\"x\"\"\",hospital,false\n"
                        "admissions.csv,12,unknown-area,A9,hospital,true\n");
}

/* Rates of the fixture's first year: 100/30000, 110/31000, 120/32000, 130/33000; by hand:
 * m = 460/126000, e = m n, chi-square = sum (o - e)^2/e. */
static void variation_agrees_with_a_computation_by_hand(void **state)
{
    g_auto(GStrv) rows = lines(*state, "variation.csv");
    assert_int_equal(g_strv_length(rows), 1 + 2 * FIX_PERIODS);
    double m = 460.0 / 126000, chisq = 0, scv = 0;
    for (int i = 0; i < 4; i++) {
        double o = 100 + 10 * i, e = m * (30000 + 1000 * i);
        chisq += (o - e) * (o - e) / e;
        scv += ((o - e) * (o - e) / (e * e) - 1 / e) / 4;
    }
    assert_true(scv < 0);
    g_autofree char *found = field(rows, 3, "chisq"), *rate = field(rows, 3, "overall_rate");
    g_autofree char *eq = field(rows, 3, "eq");
    assert_true(fabs(g_ascii_strtod(found, NULL) - chisq) < 1e-9);
    assert_true(fabs(g_ascii_strtod(rate, NULL) - m) < 1e-12);
    assert_true(fabs(g_ascii_strtod(eq, NULL) - (130.0 / 33000) / (100.0 / 30000)) < 1e-9);
    assert_field(rows, 3, "k", "4");
    assert_field(rows, 3, "df", "3");
    assert_field(rows, 3, "scv_diehr", "0");
    assert_field(rows, 3, "status", "no systematic variation");
    assert_field(rows, 3, "trimmed_k", "2");
}

static void amounts_of_money_have_no_test_of_heterogeneity(void **state)
{
    g_auto(GStrv) rows = lines(*state, "variation.csv");
    assert_field(rows, 1, "indicator_id", "Spend");
    assert_field(rows, 1, "scv_diehr", "");
    assert_field(rows, 1, "chisq", "");
    assert_field(rows, 1, "overall_rate", "128.75"); /* (5.0 + 5.1 + 5.2 + 5.3) m / 160,000 */
}

static void no_file_holds_a_number_that_is_none(void **state)
{
    State *s = *state;
    s->f.verdicts[0][0].z = INFINITY;
    s->f.verdicts[0][0].peer_z = -INFINITY;
    assert_true(data_write(&s->f.context, s->directory, NULL));
    static const char *const files[] = {"observations.csv", "assessment.csv", "variation.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = contents(s, files[i]), *lower = g_ascii_strdown(text, -1);
        assert_null(strstr(lower, ",nan"));
        assert_null(strstr(lower, "inf,"));
    }
}

static void bytes_that_are_no_text_are_replaced(void **state)
{
    State *s = *state;
    s->f.areas[0].name = "B\xe4"
                         "d";
    assert_true(data_write(&s->f.context, s->directory, NULL));
    g_autofree char *text = contents(s, "assessment.csv");
    assert_true(g_utf8_validate(text, -1, NULL));
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    State *s = *state;
    g_autofree char *before = contents(s, "assessment.csv");
    setlocale(LC_ALL, "de_DE.UTF-8");
    assert_true(data_write(&s->f.context, s->directory, NULL));
    setlocale(LC_ALL, "C");
    g_autofree char *after = contents(s, "assessment.csv");
    assert_string_equal(before, after);
}

static void a_directory_that_is_not_there_is_an_error(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->directory, "nowhere", NULL);
    g_autoptr(GError) error = NULL;
    assert_false(data_write(&s->f.context, path, &error));
    assert_non_null(strstr(error->message, "observations.csv: cannot write"));
}

static void a_full_disk_is_an_error(void **state)
{
    State *s = *state;
    if (g_access("/dev/full", W_OK) != 0)
        skip();
    g_autofree char *path = g_build_filename(s->directory, "rejects.csv", NULL);
    g_unlink(path);
    if (symlink("/dev/full", path) != 0)
        skip();
    g_autoptr(GError) error = NULL;
    assert_false(data_write(&s->f.context, s->directory, &error));
    assert_non_null(strstr(error->message, g_strerror(ENOSPC)));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(assessment_has_the_columns_of_the_contract_in_order),
        T(the_other_files_begin_with_the_columns_of_the_contract),
        T(rows_are_sorted_by_the_bytes_of_indicator_period_and_area),
        T(periods_are_sorted_by_their_text_not_by_time),
        T(an_observation_names_its_file_and_line),
        T(a_missing_value_is_an_empty_field_with_its_reason),
        T(the_judgement_stands_under_its_columns),
        T(texts_are_quoted_as_rfc_4180_asks),
        T(outliers_are_the_flagged_rows_of_the_latest_period),
        T(an_alert_of_an_earlier_period_is_no_outlier_of_today),
        T(good_practice_says_who_can_be_asked),
        T(rejects_keep_the_text_that_was_found),
        T(variation_agrees_with_a_computation_by_hand),
        T(amounts_of_money_have_no_test_of_heterogeneity),
        T(no_file_holds_a_number_that_is_none),
        T(bytes_that_are_no_text_are_replaced),
        T(the_same_input_gives_the_same_bytes),
        T(a_directory_that_is_not_there_is_an_error),
        T(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
