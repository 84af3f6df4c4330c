/* The command `calc` as its users meet it: a table in, a table out. */
#include "stats_support.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "peerline/command/calc.h"

typedef struct {
    int status;
    char *out, *err;
} Result;

static void result_clear(Result *r)
{
    g_free(r->out);
    g_free(r->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Result, result_clear)

/* Puts a file in the place of a standard stream; returns the old descriptor. */
static int redirect(int stream, const char *path, int flags)
{
    int old = dup(stream), fd = open(path, flags, 0600);
    assert_true(old >= 0 && fd >= 0);
    dup2(fd, stream);
    close(fd);
    return old;
}

static void restore(int stream, int old)
{
    dup2(old, stream);
    close(old);
}

/* Runs the command line (words separated by blanks, after "calc") on a table. */
static Result calc(void **state, const char *line, const char *table)
{
    Result r = {0};
    g_autofree char *in = support_write(*state, "in.csv", table);
    g_autofree char *out = g_build_filename(*state, "out.csv", NULL);
    g_autofree char *err = g_build_filename(*state, "err.txt", NULL);
    g_autofree char *command = g_strconcat("calc ", line, NULL);
    g_auto(GStrv) argv = g_strsplit(command, " ", -1);
    int argc = (int)g_strv_length(argv) - (*line == '\0');
    fflush(stdout);
    fflush(stderr);
    int old_in = redirect(STDIN_FILENO, in, O_RDONLY);
    int old_out = redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC);
    int old_err = redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_TRUNC);
    clearerr(stdin);
    r.status = command_calc(argc, argv);
    fflush(stdout);
    fflush(stderr);
    restore(STDIN_FILENO, old_in);
    restore(STDOUT_FILENO, old_out);
    restore(STDERR_FILENO, old_err);
    assert_true(g_file_get_contents(out, &r.out, NULL, NULL));
    assert_true(g_file_get_contents(err, &r.err, NULL, NULL));
    return r;
}

static void expect(void **state, const char *line, const char *table, const char *out)
{
    g_auto(Result) r = calc(state, line, table);
    assert_string_equal(r.err, "");
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, out);
}

static void refuse(void **state, const char *line, const char *table, int status, const char *why)
{
    g_auto(Result) r = calc(state, line, table);
    assert_int_equal(r.status, status);
    assert_string_equal(r.out, "");
    support_assert_contains(r.err, why);
}

static void row_methods_keep_every_column_and_the_order(void **state)
{
    expect(state, "rank --by g", "g,name,v\nb,\"x, y\",3\na,z,1\nb,w,3\na,u,\n",
           "g,name,v,rank_min_asc,rank_max_asc,rank_avg_asc,rank_min_desc,dense_asc,percent_rank,"
           "cume_dist,midrank_pct\n"
           "b,\"x, y\",3,1,2,1.5,1,1,0,1,50\n"
           "a,z,1,1,1,1,1,1,,1,50\n"
           "b,w,3,1,2,1.5,1,1,0,1,50\n"
           "a,u,,,,,,,,,\n");
}

static void group_methods_print_groups_as_they_first_appear(void **state)
{
    expect(state, "mean --by g,h", "v,g,h\n1,b,1\n5,a,1\n1,b,1\n7,b,2\n",
           "g,h,value_sum,value_count,stdev,value,lower95,upper95,lower99_8,upper99_8\n"
           "b,1,2,2,0,1,1,1,1,1\n"
           "a,1,5,1,,5,,,,\n"
           "b,2,7,1,,7,,,,\n");
    expect(state, "mean", "v\n4\nNA\n",
           "value_sum,value_count,stdev,value,lower95,upper95,lower99_8,upper99_8\n,2,,,,,,\n");
}

/* (a, bc) and (ab, c) run together to the same text. */
static void group_keys_do_not_run_together(void **state)
{
    expect(state, "mean --by g,h", "v,g,h\n1,a,bc\n2,ab,c\n",
           "g,h,value_sum,value_count,stdev,value,lower95,upper95,lower99_8,upper99_8\n"
           "a,bc,1,1,,1,,,,\nab,c,2,1,,2,,,,\n");
}

static void marks_quotes_and_line_ends_are_read(void **state)
{
    expect(state, "adjust", "\xef\xbb\xbf\"id\",\"p\"\r\n1,\"0.01\"\r\n2,NA\r\n3,0.04\r\n",
           "id,p,bh,holm,bonferroni\n1,0.01,0.02,0.02,0.02\n2,NA,,,\n3,0.04,0.04,0.04,0.08\n");
}

static void rows_without_any_value_stay_rows(void **state)
{
    expect(state, "quantile --groups 2", "a,value\n,\n1,5\n2,6\n",
           "a,value,quantile\n,,\n1,5,1\n2,6,2\n");
}

static void order_of_rows_does_not_matter_to_a_trend(void **state)
{
    const char *sorted = "x,n,t\n10,100,2012\n20,100,2013\n30,100,2014\n41,100,2015\n50,100,2016\n";
    const char *mixed = "x,n,t\n50,100,2016\n20,100,2013\n10,100,2012\n41,100,2015\n30,100,2014\n";
    g_auto(Result) a = calc(state, "trend --method proportion", sorted);
    g_auto(Result) b = calc(state, "trend --method proportion", mixed);
    assert_int_equal(a.status, 0);
    assert_string_equal(a.out, b.out);
    support_assert_contains(a.out, ",1,increasing,\n");
}

static void a_trend_needs_five_years_in_a_row(void **state)
{
    expect(state, "trend", "x,n,t\n1,9,1\n1,9,2\n1,9,3\n1,9,4\n",
           "slope,chi2,same_sign,marker,reason\n,,,,fewer than five points\n");
    expect(state, "trend", "x,n,t\n1,9,1\n1,9,2\n1,9,3\n1,9,4\n1,9,6\n",
           "slope,chi2,same_sign,marker,reason\n"
           ",,,,the latest five points are not consecutive\n");
}

static void neighbours_prints_pairs_under_the_name_of_the_key(void **state)
{
    expect(state, "neighbours --key area --k 1",
           "area,name,a,b\nA,one,0,1\nB,two,1,1\nC,three,2,1\nD,four,,1\n",
           "area,k,neighbour,distance,rebased\n"
           "A,1,B,1,0.5\n"
           "B,1,A,1,0.5\n"
           "C,1,B,1,0.5\n");
}

static void life_tables_take_bands_in_any_order(void **state)
{
    GString *up = g_string_new("startage,pop,deaths\n"), *down = g_string_new(up->str);
    for (int i = 0; i < 20; i++) {
        int age = i < 2 ? i : 5 * (i - 1), other = 19 - i < 2 ? 19 - i : 5 * (18 - i);
        g_string_append_printf(up, "%d,10000,%d\n", age, 10 + 4 * age);
        g_string_append_printf(down, "%d,10000,%d\n", other, 10 + 4 * other);
    }
    g_auto(Result) a = calc(state, "life-expectancy", up->str);
    g_auto(Result) b = calc(state, "life-expectancy", down->str);
    g_auto(GStrv) rows_a = g_strsplit(a.out, "\n", -1), rows_b = g_strsplit(b.out, "\n", -1);
    for (int i = 1; i <= 20; i++)
        assert_string_equal(rows_a[i], rows_b[21 - i]);
    support_assert_contains(rows_a[1], "0,10000,10,6");
    expect(state, "life-expectancy", "startage,pop,deaths\n0,900,1\n",
           "startage,pop,deaths,value,lower95,upper95,lower99_8,upper99_8\n0,900,1,,,,,\n");
    g_string_free(up, TRUE);
    g_string_free(down, TRUE);
}

static void faults_of_the_table_name_line_and_column(void **state)
{
    refuse(state, "rate", "x,n\n1,10\n-1,10\n", 1, "stdin:3:1: column \"x\" is out of range");
    refuse(state, "rate", "x,n\n1,10\n\"2\n\",5\n1,0\n", 1, "stdin:5:2: column \"n\"");
    refuse(state, "rate", "x,m\n1,10\n", 1, "column \"n\" is missing");
    refuse(state, "rate", "x,n\n1,ten\n", 1, "stdin:2:2: column \"n\" is no number: found \"ten\"");
    refuse(state, "rate", "x,n\n1,inf\n", 1, "stdin:2:2");
    refuse(state, "proportion", "x,n\n1,10\n11,10\n", 1, "stdin:3:1: column \"x\" is above \"n\"");
    refuse(state, "funnel --type pr", "num,den\n11,10\n", 1, "above \"den\"");
    refuse(state, "trend --measure proportion", "x,n,t\n11,10,1\n", 1, "above \"n\"");
    refuse(state, "adjust", "p\n1.5\n", 1, "from 0 to 1");
    refuse(state, "dsr", "x,n,stdpop\n1,,5\n", 1, "column \"n\" is empty");
    refuse(state, "mean --by g", "v\n1\n", 1, "column \"g\" is missing");
    refuse(state, "rate", "x,n\n1\n", 1, "stdin:2:");
    refuse(state, "rate", "x,n\n1,2,3\n", 1, "stdin:2:");
    refuse(state, "rate", "", 1, "empty");
}

static void all_faults_are_told_at_once(void **state)
{
    g_auto(Result) r = calc(state, "rate", "x,n\n-1,10\n1,0\n");
    support_assert_contains(r.err, "stdin:2:1:");
    support_assert_contains(r.err, "stdin:3:2:");
}

static void faults_of_the_call_are_usage_errors(void **state)
{
    const char *table = "x,n\n1,2\n";
    refuse(state, "", table, 2, "usage");
    refuse(state, "ratte", table, 2, "did you mean \"rate\"");
    refuse(state, "rate --nonsense 1", table, 2, "--nonsense");
    refuse(state, "rate --invert", table, 2, "--invert");
    refuse(state, "rate --per", table, 2, "--per");
    refuse(state, "rate --per 0", table, 2, "above 0");
    refuse(state, "rate stray", table, 2, "stray");
    refuse(state, "funnel --type xx", table, 2, "sr|pr|rc");
    refuse(state, "funnel --trim 0.5", table, 2, "0.5");
    refuse(state, "quantile --groups 2.5", table, 2, "whole number");
    refuse(state, "neighbours", table, 2, "--key");
}

static void help_is_printed_where_asked_for(void **state)
{
    g_auto(Result) all = calc(state, "--help", ""), one = calc(state, "rate --help", "");
    assert_int_equal(all.status, 0);
    support_assert_contains(all.out, "rank-interval");
    support_assert_contains(one.out, "columns: x,n");
}

static void options_may_be_joined_to_their_value(void **state)
{
    expect(state, "rate --per=10", "x,n\n,5\n",
           "x,n,value,lower95,upper95,lower99_8,upper99_8,method\n,5,,,,,,\n");
}

int main(void)
{
#define IN_DIR(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)
    const struct CMUnitTest tests[] = {
        IN_DIR(row_methods_keep_every_column_and_the_order),
        IN_DIR(group_methods_print_groups_as_they_first_appear),
        IN_DIR(group_keys_do_not_run_together),
        IN_DIR(marks_quotes_and_line_ends_are_read),
        IN_DIR(rows_without_any_value_stay_rows),
        IN_DIR(order_of_rows_does_not_matter_to_a_trend),
        IN_DIR(a_trend_needs_five_years_in_a_row),
        IN_DIR(neighbours_prints_pairs_under_the_name_of_the_key),
        IN_DIR(life_tables_take_bands_in_any_order),
        IN_DIR(faults_of_the_table_name_line_and_column),
        IN_DIR(all_faults_are_told_at_once),
        IN_DIR(faults_of_the_call_are_usage_errors),
        IN_DIR(help_is_printed_where_asked_for),
        IN_DIR(options_may_be_joined_to_their_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
