#include "peerline/command/calc.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calc_arguments.h"
#include "calc_methods.h"
#include "peerline/base/text.h"

#define LIMITS   "lower95,upper95,lower99_8,upper99_8"
#define ADJUSTED "adjusted_lower95,adjusted_upper95,adjusted_lower99_8,adjusted_upper99_8"

enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

static const CalcMethod methods[] = {
    {.name = "rate",
     .about = "crude rates with exact or Byar limits",
     .shape = CALC_ROWS,
     .columns = {{"x", CALC_NOT_NEGATIVE}, {"n", CALC_POSITIVE}},
     .results = "value," LIMITS ",method",
     .options = "by,per",
     .run = calc_rate},
    {.name = "proportion",
     .about = "proportions with Wilson limits",
     .shape = CALC_ROWS,
     .columns = {{"x", CALC_NOT_NEGATIVE}, {"n", CALC_POSITIVE}},
     .within = {"x", "n"},
     .results = "value," LIMITS,
     .options = "by,per",
     .run = calc_proportion},
    {.name = "mean",
     .about = "means with Student limits",
     .shape = CALC_GROUPS,
     .columns = {{"v", CALC_ANY}},
     .results = "value_sum,value_count,stdev,value," LIMITS,
     .options = "by",
     .run = calc_mean},
    {.name = "dsr",
     .about = "directly standardised rates",
     .shape = CALC_GROUPS,
     .columns = {{"x", CALC_NOT_NEGATIVE},
                 {"n", CALC_POSITIVE | CALC_PRESENT},
                 {"stdpop", CALC_NOT_NEGATIVE | CALC_PRESENT}},
     .results = "total_count,total_pop,value," LIMITS,
     .options = "by,per",
     .run = calc_dsr},
    {.name = "isratio",
     .about = "indirectly standardised ratios",
     .shape = CALC_GROUPS,
     .columns = {{"x", CALC_NOT_NEGATIVE},
                 {"n", CALC_NOT_NEGATIVE},
                 {"x_ref", CALC_NOT_NEGATIVE},
                 {"n_ref", CALC_POSITIVE | CALC_PRESENT}},
     .results = "observed,expected,value," LIMITS ",method",
     .options = "by,per",
     .run = calc_isratio},
    {.name = "israte",
     .about = "indirectly standardised rates",
     .shape = CALC_GROUPS,
     .columns = {{"x", CALC_NOT_NEGATIVE},
                 {"n", CALC_NOT_NEGATIVE},
                 {"x_ref", CALC_NOT_NEGATIVE},
                 {"n_ref", CALC_POSITIVE | CALC_PRESENT}},
     .results = "observed,expected,ref_rate,value," LIMITS ",method",
     .options = "by,per",
     .run = calc_israte},
    {.name = "smr",
     .about = "observed over expected",
     .shape = CALC_ROWS,
     .columns = {{"observed", CALC_NOT_NEGATIVE}, {"expected", CALC_POSITIVE}},
     .results = "value," LIMITS ",method",
     .options = "by,per",
     .run = calc_smr},
    {.name = "quantile",
     .about = "groups of equal number",
     .shape = CALC_ROWS,
     .columns = {{"value", CALC_ANY}},
     .results = "quantile",
     .options = "by,groups,invert",
     .run = calc_quantile},
    {.name = "rank",
     .about = "ranks and percentiles",
     .shape = CALC_ROWS,
     .columns = {{"v", CALC_ANY}},
     .results = "rank_min_asc,rank_max_asc,rank_avg_asc,rank_min_desc,dense_asc,percent_rank,"
                "cume_dist,midrank_pct",
     .options = "by",
     .run = calc_rank},
    {.name = "zscore",
     .about = "standard and robust scores",
     .shape = CALC_ROWS,
     .columns = {{"v", CALC_ANY}},
     .results = "mean,sd,z,median,mad_scaled,robust_z",
     .options = "by",
     .run = calc_zscore},
    {.name = "adjust",
     .about = "p values adjusted for their number",
     .shape = CALC_ROWS,
     .columns = {{"p", CALC_UNIT}},
     .results = "bh,holm,bonferroni",
     .options = "by",
     .run = calc_adjust},
    {.name = "funnel",
     .about = "funnel limits with overdispersion",
     .shape = CALC_ROWS,
     .columns = {{"num", CALC_NOT_NEGATIVE}, {"den", CALC_POSITIVE}},
     .within = {"num", "den"},
     .within_applies = calc_funnel_within,
     .results = "rr,z,trimmed,z_winsorised,phi,tau2," LIMITS "," ADJUSTED ",outlier95,outlier99_8",
     .options = "by,type,form,trim,per",
     .run = calc_funnel},
    {.name = "variation",
     .about = "measures of variation among areas",
     .shape = CALC_GROUPS,
     .columns = {{"o", CALC_NOT_NEGATIVE}, {"n", CALC_POSITIVE}},
     .results = "k,overall_rate,eq,p90_p10,iq_ratio,cv,cv_pop_weighted,scv_diehr,chisq,df,p,"
                "gini_pop_weighted,theil_pop_weighted",
     .options = "by",
     .run = calc_variation},
    {.name = "shrink",
     .about = "rates shrunk to the pooled rate",
     .shape = CALC_ROWS,
     .columns = {{"o", CALC_NOT_NEGATIVE}, {"n", CALC_POSITIVE}},
     .results = "raw,marshall_eb",
     .options = "by",
     .run = calc_shrink},
    {.name = "trend",
     .about = "trend of the five latest years",
     .shape = CALC_GROUPS,
     .columns = {{"x", CALC_NOT_NEGATIVE}, {"n", CALC_POSITIVE}, {"t", CALC_ANY}},
     .within = {"x", "n"},
     .within_applies = calc_trend_within,
     .results = "slope,chi2,same_sign,marker,reason",
     .options = "by,method,measure,per",
     .run = calc_trend},
    {.name = "spc",
     .about = "XmR chart",
     .shape = CALC_ROWS,
     .columns = {{"y", CALC_ANY}},
     .results = "mean,lpl,upl,outside_limits,special_cause_type",
     .options = "by",
     .run = calc_spc},
    {.name = "neighbours",
     .about = "nearest areas by their variables",
     .shape = CALC_PAIRS,
     .results = "key,k,neighbour,distance,rebased",
     .options = "key,k",
     .run = calc_neighbours},
    {.name = "rank-interval",
     .about = "intervals for ranks",
     .shape = CALC_ROWS,
     .columns = {{"est", CALC_ANY}, {"se", CALC_NOT_NEGATIVE}},
     .results = "rank_asc,lo_individual,hi_individual,lo_sidak,hi_sidak",
     .options = "by",
     .run = calc_rank_interval},
    {.name = "life-expectancy",
     .about = "abridged life tables",
     .shape = CALC_ROWS,
     .columns = {{"startage", CALC_ANY}, {"pop", CALC_ANY}, {"deaths", CALC_ANY}},
     .results = "value," LIMITS,
     .options = "by",
     .run = calc_life},
};

static const CalcMethod *find_method(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    }
    return NULL;
}

static void print_methods(FILE *to)
{
    fputs("usage: peerline calc METHOD [options] < in.csv > out.csv\n\n", to);
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        fprintf(to, "  %-16s %s\n", methods[i].name, methods[i].about);
}

static void print_method(const CalcMethod *m, FILE *to)
{
    g_auto(GStrv) options = g_strsplit(m->options, ",", -1);
    fprintf(to, "usage: peerline calc %s", m->name);
    for (guint i = 0; options[i]; i++)
        fprintf(to, strcmp(options[i], "invert") == 0 ? " [--%s]" : " [--%s ...]", options[i]);
    fprintf(to, " < in.csv > out.csv\n%s\ncolumns:", m->about);
    for (guint j = 0; j < CALC_MOST_COLUMNS && m->columns[j].name; j++)
        fprintf(to, "%s%s", j ? "," : " ", m->columns[j].name);
    fprintf(to, "%s\nresults: %s\n", m->columns[0].name ? "" : " the key and every numeric column",
            m->results);
}

static int unknown_method(const char *name)
{
    const char *names[G_N_ELEMENTS(methods) + 1] = {NULL};
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        names[i] = methods[i].name;
    const char *nearest = text_nearest(name, names);
    g_autofree char *known = text_list(names, G_N_ELEMENTS(methods), "and");
    fprintf(stderr, "calc: unknown method: found \"%s\" (%s%s%s%s)\n", name,
            nearest ? "did you mean \"" : "", nearest ? nearest : "", nearest ? "\"? " : "", known);
    return STATUS_USAGE;
}

static gboolean read_stdin(GByteArray *data)
{
    guint8 block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        g_byte_array_append(data, block, (guint)n);
    return !ferror(stdin);
}

static void run_method(Calc *c)
{
    g_auto(GStrv) results = g_strsplit(c->spec->results, ",", -1);
    c->n_results = g_strv_length(results);
    calc_set_records(c, c->spec->shape == CALC_ROWS     ? c->table->n_rows
                        : c->spec->shape == CALC_GROUPS ? c->groups->len
                                                        : 0);
    for (guint i = 0; i < c->groups->len; i++)
        c->spec->run(c, &g_array_index(c->groups, CalcGroup, i),
                     c->spec->shape == CALC_GROUPS ? i : 0);
}

static int print_result(const Calc *c)
{
    GString *out = calc_write(c);
    gboolean done = fwrite(out->str, 1, out->len, stdout) == out->len && fflush(stdout) == 0;
    if (!done)
        fprintf(stderr, "stdout: the result cannot be written: %s\n", g_strerror(errno));
    g_string_free(out, TRUE);
    return done ? STATUS_DONE : STATUS_FAILED;
}

static int calculate(const CalcMethod *method, const CalcOptions *options)
{
    g_auto(Calc) c = {.spec = method, .options = options};
    g_autoptr(GByteArray) data = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    if (!read_stdin(data)) {
        fprintf(stderr, "stdin: the table cannot be read: %s\n", g_strerror(errno));
        return STATUS_FAILED;
    }
    if (!calc_read(&c, (const char *)data->data, data->len, &error)) {
        diagnostics_print(c.diags, DIAG_WARNING);
        fprintf(stderr, "%s\n", error->message);
        return STATUS_FAILED;
    }
    run_method(&c);
    return print_result(&c);
}

int command_calc(int argc, char **argv)
{
    if (argc < 2) {
        print_methods(stderr);
        return STATUS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_methods(stdout);
        return STATUS_DONE;
    }
    const CalcMethod *method = find_method(argv[1]);
    if (method == NULL)
        return unknown_method(argv[1]);
    if (argc == 3 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)) {
        print_method(method, stdout);
        return STATUS_DONE;
    }
    g_autoptr(GError) error = NULL;
    g_auto(CalcArguments) arguments = {0};
    if (!calc_arguments_parse(&arguments, method, argc - 1, argv + 1, &error)) {
        fprintf(stderr, "calc %s: %s\n", method->name, error->message);
        print_method(method, stderr);
        return STATUS_USAGE;
    }
    return calculate(method, &arguments.options);
}
