#include "options.h"
#include "peerline/base/number.h"
#include "peerline/command/commands.h"
#include "peerline/judge/assessment.h"
#include "peerline/observe/observe.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** One figure and everything that belongs to it. */
typedef struct {
    const Study *study;
    const ObservationSet *set;
    const Assessment *assessment;
    guint indicator, period, area;
    GString *out;
} Explanation;

static void say(Explanation *e, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void say(Explanation *e, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(e->out, format, arguments);
    va_end(arguments);
    g_string_append_c(e->out, '\n');
}

/** Full precision for the formula, for whoever wants to check it by hand. */
static const char *exact(double x, char buffer[NUMBER_BUF])
{
    number_shortest(x, buffer);
    return *buffer ? buffer : "missing";
}

static void explain_place(Explanation *e, const char *what, double x, int source, guint line,
                          guint rows)
{
    char number[NUMBER_BUF];
    if (source < 0) {
        say(e, "  %s: %s", what, exact(x, number));
        return;
    }
    const SourceUsed *s = &e->set->sources[source];
    const Source *d = &e->study->sources[source];
    say(e, "  %s: %s, from %s%s%s:%u (%u %s combined)", what, exact(x, number), s->file,
        s->sheet ? "!" : "", s->sheet ? s->sheet : "", line, rows, rows == 1 ? "row" : "rows");
    say(e, "    %s, %s", d->title ? d->title : d->id, d->publisher ? d->publisher : "");
    say(e, "    SHA-256 %s", s->sha256 ? s->sha256 : "unknown");
}

/** Months that make up a period may be in several files: all of them are named. */
static void explain_further(Explanation *e, const Quantity *q)
{
    for (guint k = 0; q->gather && k < q->n_further; k++) {
        const int source = q->further[k].source;
        const SourceUsed *s = &e->set->sources[source];
        const Source *d = &e->study->sources[source];
        say(e, "    other months of it from %s%s%s, where they are there", s->file,
            s->sheet ? "!" : "", s->sheet ? s->sheet : "");
        say(e, "    %s, %s", d->title ? d->title : d->id, d->publisher ? d->publisher : "");
        say(e, "    SHA-256 %s", s->sha256 ? s->sha256 : "unknown");
    }
}

/** An amount in other prices than it was published in. */
static void explain_prices(Explanation *e, const Quantity *q)
{
    if (!q->deflates)
        return;
    g_autofree char *to = period_label(q->deflate.to);
    const char *index = q->deflate.index;
    say(e, "    in prices of %s: amount x index of %s / index of its own period, %s%s of %s", to,
        to, index ? "column " : "", index ? index : "a column per period",
        e->set->sources[q->deflate.source].file);
}

/** Every band with its numbers, so that the figure can be worked out by hand. */
static void explain_bands(Explanation *e)
{
    const AgeFigures *ages = e->set->series[e->indicator].ages;
    const gsize place = ((gsize)e->period * e->set->n_areas + e->area) * ages->n_bands;
    char x[NUMBER_BUF], n[NUMBER_BUF], a[NUMBER_BUF], b[NUMBER_BUF];
    for (guint k = 0; k < ages->n_bands; k++) {
        g_autofree char *label = age_label(ages->bands[k]);
        const gsize of = (gsize)e->period * ages->n_bands + k;
        const char *events = exact(ages->x[place + k], x), *people = exact(ages->n[place + k], n);
        if (ages->weight)
            say(e, "    %s: %s of %s, weight %s", label, events, people, exact(ages->weight[k], a));
        else if (ages->ref_x)
            say(e, "    %s: %s of %s; reference %s of %s", label, events, people,
                exact(ages->ref_x[of], a), exact(ages->ref_n[of], b));
        else
            say(e, "    %s: %s of %s", label, events, people);
    }
}

static void explain_standardised(Explanation *e, const Observation *o)
{
    const Indicator *d = &e->study->indicators[e->indicator];
    char value[NUMBER_BUF], x[NUMBER_BUF], n[NUMBER_BUF], per[NUMBER_BUF];
    explain_place(e, "events", o->numerator, o->source, o->line, o->rows);
    explain_place(e, d->measure == MEASURE_ISR ? "expected events" : "people", o->denominator,
                  o->denominator_source, o->denominator_line, o->denominator_rows);
    say(e, "  by age:");
    explain_bands(e);
    if (d->measure == MEASURE_DSR)
        say(e, "  value = %s x sum of weight x events / people, / sum of weights = %s %s",
            exact(d->per, per), exact(o->value, value), d->unit);
    else if (d->measure == MEASURE_ISR)
        say(e, "  value = %s x %s / %s = %s %s (expected: sum of people x the reference's rate)",
            exact(d->per, per), exact(o->numerator, x), exact(o->denominator, n),
            exact(o->value, value), d->unit);
    else
        say(e, "  value = life expectancy at age %u from an abridged life table = %s %s",
            d->life_age, exact(o->value, value), d->unit);
}

static void explain_value(Explanation *e, const Observation *o)
{
    const Indicator *d = &e->study->indicators[e->indicator];
    char value[NUMBER_BUF], x[NUMBER_BUF], n[NUMBER_BUF], per[NUMBER_BUF];
    say(e, "\nFigure");
    if (indicator_shows_published(d) || d->measure == MEASURE_TOTAL) {
        explain_place(e, d->measure == MEASURE_TOTAL ? "amount" : "published value", o->value,
                      o->source, o->line, o->rows);
        explain_further(e, d->measure == MEASURE_TOTAL ? &d->numerator : &d->value);
        explain_prices(e, d->measure == MEASURE_TOTAL ? &d->numerator : &d->value);
        if (d->measure != MEASURE_TOTAL && isfinite(o->numerator) && isfinite(o->denominator))
            say(e, "  beside it: %s of %s", exact(o->numerator, x), exact(o->denominator, n));
    } else if (measure_by_age(d->measure)) {
        if (e->set->series[e->indicator].ages)
            explain_standardised(e, o);
    } else {
        explain_place(e, "numerator", o->numerator, o->source, o->line, o->rows);
        explain_further(e, &d->numerator);
        explain_prices(e, &d->numerator);
        explain_place(e, "denominator", o->denominator, o->denominator_source, o->denominator_line,
                      o->denominator_rows);
        explain_further(e, &d->denominator);
        explain_prices(e, &d->denominator);
        if (isnan(o->value))
            say(e, "  value: none");
        else
            say(e, "  value = %s x %s / %s = %s %s", exact(d->per, per), exact(o->numerator, x),
                exact(o->denominator, n), exact(o->value, value), d->unit ? d->unit : "");
    }
    const char *because = observation_reason(e->set, e->indicator, e->period, e->area);
    if (o->status != STATUS_OK)
        say(e, "  status: %s%s%s", status_words(o->status), because ? ": " : "",
            because ? because : "");
}

static void explain_national(Explanation *e, const PeriodSummary *s)
{
    char a[NUMBER_BUF];
    if (isnan(s->comparator))
        say(e, "  national value: none is published and none can be summed");
    else
        say(e, "  national value: %s (%s)", exact(s->comparator, a), s->comparator_source);
    if (e->set->series[e->indicator].sum_note[e->period])
        say(e, "  %s", e->set->series[e->indicator].sum_note[e->period]);
    if (series_withheld(&e->set->series[e->indicator], e->period))
        say(e, "  %s", series_withheld(&e->set->series[e->indicator], e->period));
}

static void explain_limits(Explanation *e, const Verdict *v)
{
    const UncertaintyKind kind = e->assessment->indicators[e->indicator].kind;
    const gboolean no_error = kind == KIND_CLUSTERED || kind == KIND_NONE;
    char a[NUMBER_BUF], b[NUMBER_BUF];
    say(e, "  kind of uncertainty: %s%s", uncertainty_name(kind),
        kind == KIND_CLUSTERED ? " (events that come in runs)" : "");
    if (isfinite(v->lower95) && isfinite(v->upper95))
        say(e, "  95 %% limits of the value: %s to %s", exact(v->lower95, a), exact(v->upper95, b));
    else
        say(e, "  95 %% limits of the value: none, because %s",
            no_error ? "no sampling error is known for figures of this kind"
                     : "neither counts nor published limits give them");
}

/** What the area is held against: limits where there is a sampling error, else the spread. */
static void explain_centre(Explanation *e, const PeriodSummary *s, const Verdict *v)
{
    char a[NUMBER_BUF], b[NUMBER_BUF];
    if (isnan(s->target))
        return;
    if (isfinite(v->adjusted[0])) {
        say(e, "  centre of the comparison: %s; between-area variance tau2 %s", exact(s->target, a),
            exact(s->tau2, b));
        say(e, "  limits around it: 95 %% %s to %s", exact(v->adjusted[0], a),
            exact(v->adjusted[1], b));
        say(e, "                    99.8 %% %s to %s", exact(v->adjusted[2], a),
            exact(v->adjusted[3], b));
        if (isfinite(v->z_adjusted))
            say(e, "  z adjusted for that variance: %s", exact(v->z_adjusted, a));
        return;
    }
    say(e, "  centre of the comparison: %s", exact(s->target, a));
    if (isfinite(v->z_adjusted))
        say(e,
            "  distance from it: %s times the usual distance between areas (robust z; without a "
            "sampling error there are no limits around the centre)",
            exact(v->z_adjusted, a));
}

static void explain_rank(Explanation *e, const PeriodSummary *s, const Verdict *v)
{
    if (!v->rank)
        return;
    if (v->rank_lower)
        say(e, "  rank %u of %u (95 %% interval %u to %u)", v->rank, s->areas_ranked, v->rank_lower,
            v->rank_upper);
    else
        say(e, "  rank %u of %u (no interval: the value has no sampling error)", v->rank,
            s->areas_ranked);
}

static void explain_comparison(Explanation *e, const Observation *o, const Verdict *v)
{
    const PeriodSummary *s = &e->assessment->indicators[e->indicator].periods[e->period];
    say(e, "\nComparison with all areas");
    explain_national(e, s);
    if (isnan(o->value))
        return;
    explain_limits(e, v);
    explain_centre(e, s, v);
    explain_rank(e, s, v);
}

static void explain_peers(Explanation *e, const Verdict *v)
{
    const PeerSet *peers =
        e->assessment->n_groupings ? assessment_peers(e->assessment, 0, e->area) : NULL;
    char a[NUMBER_BUF], b[NUMBER_BUF], c[NUMBER_BUF];
    say(e, "\nComparison with peers");
    if (peers && peers->why)
        say(e, "  %s", peers->why);
    for (guint k = 0; peers && k < peers->n; k++)
        say(e, "  %s %s", e->set->areas[peers->areas[k]].code, e->set->areas[peers->areas[k]].name);
    if (isnan(v->peer_median)) {
        say(e, "  no peer has a value that is ranked");
        return;
    }
    say(e, "  median %s, quartiles %s and %s", exact(v->peer_median, a),
        exact(v->peer_lower_quartile, b), exact(v->peer_upper_quartile, c));
    if (v->peer_rank)
        say(e, "  rank %u of %u, itself among them", v->peer_rank, v->peers_ranked);
    if (isfinite(v->peer_z))
        say(e, "  position among peers: %s (z %s, q %s)", direction_name(v->peer_direction),
            exact(v->peer_z, a), exact(v->peer_q, b));
    else
        say(e, "  position among peers: not estimable");
}

static void explain_verdict(Explanation *e, const Verdict *v)
{
    const PeriodSummary *s = &e->assessment->indicators[e->indicator].periods[e->period];
    say(e, "\nVerdict");
    say(e, "  outlier: %s; direction: %s; judgement: %s", outlier_name(v->outlier),
        *direction_name(v->direction) ? direction_name(v->direction) : "none",
        *judgement_name(v->judgement) ? judgement_name(v->judgement) : "none");
    if (s->not_estimable)
        say(e, "  not estimable: %s", s->not_estimable);
    if (v->not_ranked)
        say(e, "  not ranked: %s", v->not_ranked);
    say(e, "  flagged on the same side for %u %s in a row", v->persistent_periods,
        v->persistent_periods == 1 ? "period" : "periods");
    say(e, "  trend: %s%s%s", trend_name(v->trend), v->trend_reason ? ": " : "",
        v->trend_reason ? v->trend_reason : "");
}

static void explain(Explanation *e)
{
    const Indicator *d = &e->study->indicators[e->indicator];
    const Series *s = &e->set->series[e->indicator];
    const Observation *o = series_at(s, e->set->n_areas, e->period, e->area);
    const Verdict *v = verdict_at(e->assessment, e->indicator, e->period, e->area);
    say(e, "%s, %s", e->set->areas[e->area].name, s->period_labels[e->period]);
    say(e, "%s (%s)", d->title, d->id);
    explain_value(e, o);
    explain_comparison(e, o, v);
    if (!isnan(o->value)) {
        explain_peers(e, v);
        explain_verdict(e, v);
    }
}

/** Finds what the call names; FALSE with a message for people. */
static gboolean locate(Explanation *e, int argc, char **argv, char **problem)
{
    const int area = observation_area(e->set, argv[2]);
    const int indicator = study_indicator(e->study, argv[3]);
    if (area < 0 || indicator < 0) {
        *problem = g_strdup_printf("no such %s: %s (peerline list STUDY %s)",
                                   area < 0 ? "area" : "indicator", area < 0 ? argv[2] : argv[3],
                                   area < 0 ? "areas" : "indicators");
        return FALSE;
    }
    e->area = (guint)area;
    e->indicator = (guint)indicator;
    const Series *s = &e->set->series[indicator];
    const int latest = e->assessment->indicators[indicator].latest;
    int period = argc > 4 ? -1 : latest;
    for (guint p = 0; argc > 4 && p < s->n_periods; p++)
        if (strcmp(s->period_labels[p], argv[4]) == 0)
            period = (int)p;
    e->period = (guint)MAX(period, 0);
    if (period < 0)
        *problem = argc > 4 ? g_strdup_printf("%s has no period %s", argv[3], argv[4])
                            : g_strdup_printf("%s has no figures", argv[3]);
    return period >= 0;
}

static int explain_figure(int argc, char **argv, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(argv[1], diags);
    const FetchOptions fetch = options_fetch(options);
    g_autoptr(ObservationSet) set = study ? observe(study, &fetch, diags) : NULL;
    if (!set) {
        diagnostics_print(diags, DIAG_ERROR);
        return EXIT_FAILED;
    }
    g_autoptr(Assessment) assessment = assess(study, set);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *problem = NULL;
    Explanation e = {.study = study, .set = set, .assessment = assessment, .out = out};
    if (!locate(&e, argc, argv, &problem)) {
        fprintf(stderr, "peerline explain: %s\n", problem);
        return EXIT_USAGE;
    }
    explain(&e);
    fwrite(out->str, 1, out->len, stdout);
    return EXIT_FINE;
}

int command_explain(int argc, char **argv)
{
    CommonOptions options = {0};
    int status = options_parse(&options, OPTIONS_SOURCES, NULL, "STUDY AREA INDICATOR [PERIOD]",
                               &argc, &argv);
    if (status < 0 && argc != 4 && argc != 5) {
        fputs("peerline explain: a study, an area and an indicator are needed (peerline explain "
              "STUDY AREA INDICATOR [PERIOD])\n",
              stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = explain_figure(argc, argv, &options);
    common_options_clear(&options);
    return status;
}
