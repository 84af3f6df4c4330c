#include "judge.h"

#include <math.h>
#include <string.h>

#define MOST_THREADS 8

/* The order matters: each step reads what the ones before it wrote. */
static void (*const period_steps[])(Frame *) = {
    judge_ranked,   judge_scale, judge_limits,      judge_points,      judge_comparator,
    judge_position, judge_ranks, judge_among_peers, judge_opportunity, judge_learn,
};

static void (*const indicator_steps[])(const Judge *, guint) = {
    judge_persistence,
    judge_trends,
};

Verdict judge_verdict_none(void)
{
    Verdict v = {.lower95 = NAN,
                 .upper95 = NAN,
                 .lower99_8 = NAN,
                 .upper99_8 = NAN,
                 .percentile = NAN,
                 .peer_median = NAN,
                 .peer_lower_quartile = NAN,
                 .peer_upper_quartile = NAN,
                 .z = NAN,
                 .z_adjusted = NAN,
                 .p_value = NAN,
                 .q_value = NAN,
                 .outlier = OUTLIER_NOT_ESTIMABLE,
                 .trend = TREND_NOT_CALCULABLE,
                 .opportunity = NAN,
                 .opportunity_lower = NAN,
                 .opportunity_upper = NAN,
                 .peer_z = NAN,
                 .peer_q = NAN,
                 .q_area = NAN};
    for (guint i = 0; i < G_N_ELEMENTS(v.funnel); i++)
        v.funnel[i] = v.adjusted[i] = NAN;
    return v;
}

static PeriodSummary summary_none(void)
{
    return (PeriodSummary){.comparator = NAN,
                           .comparator_numerator = NAN,
                           .comparator_denominator = NAN,
                           .target = NAN,
                           .tau2 = NAN,
                           .phi = NAN,
                           .expected_alerts = NAN,
                           .median = NAN,
                           .lower_quartile = NAN,
                           .upper_quartile = NAN,
                           .p10 = NAN,
                           .p90 = NAN,
                           .min = NAN,
                           .max = NAN,
                           .unit = 1};
}

int judge_good(Polarity polarity)
{
    return polarity == POLARITY_HIGH ? 1 : polarity == POLARITY_LOW ? -1 : 0;
}

gboolean judge_without_error(UncertaintyKind kind)
{
    return kind == KIND_CLUSTERED || kind == KIND_NONE;
}

static int latest_period(const Series *series, guint n_areas)
{
    for (int p = (int)series->n_periods - 1; p >= 0; p--)
        for (guint i = 0; i < n_areas; i++)
            if (isfinite(series_at(series, n_areas, (guint)p, i)->value))
                return p;
    return -1;
}

static void indicator_prepare(const Judge *judge, guint indicator)
{
    const Series *series = &judge->set->series[indicator];
    IndicatorAssessment *ia = &judge->a->indicators[indicator];
    const gsize cells = (gsize)series->n_periods * judge->a->n_areas;
    ia->kind = series->kind;
    ia->opportunity_unit = judge_opportunity_unit(&judge->study->indicators[indicator]);
    ia->latest = latest_period(series, judge->a->n_areas);
    ia->grid = g_new(Verdict, cells + 1);
    ia->periods = g_new(PeriodSummary, series->n_periods + 1);
    for (gsize i = 0; i < cells; i++)
        ia->grid[i] = judge_verdict_none();
    for (guint p = 0; p < series->n_periods; p++)
        ia->periods[p] = summary_none();
}

/* All columns of a frame are one allocation. */
static double *frame_columns(Frame *f)
{
    double **columns[] = {&f->value, &f->x,       &f->size,    &f->y,       &f->s,
                          &f->se,    &f->work[0], &f->work[1], &f->work[2], &f->work[3]};
    double *all = g_new(double, (gsize)f->n *G_N_ELEMENTS(columns) + 1);
    for (guint c = 0; c < G_N_ELEMENTS(columns); c++)
        *columns[c] = all + (gsize)c * f->n;
    return all;
}

static void judge_indicator(const Judge *judge, guint indicator, GArray *learn)
{
    const Series *series = &judge->set->series[indicator];
    IndicatorAssessment *ia = &judge->a->indicators[indicator];
    Frame f = {.judge = judge,
               .indicator = indicator,
               .n = judge->a->n_areas,
               .def = &judge->study->indicators[indicator],
               .series = series,
               .learn = learn};
    g_autofree double *columns = frame_columns(&f);
    g_autofree guint *indices = g_new(guint, 2 * (gsize)f.n + 2);
    g_autofree gboolean *is_member = f.is_member = g_new0(gboolean, (gsize)f.n + 1);
    f.members = indices;
    f.order = indices + f.n + 1;
    for (f.period = 0; f.period < series->n_periods; f.period++) {
        f.obs = series_at(series, f.n, f.period, 0);
        f.verdicts = &ia->grid[(gsize)f.period * f.n];
        f.summary = &ia->periods[f.period];
        for (guint s = 0; s < G_N_ELEMENTS(period_steps); s++)
            period_steps[s](&f);
    }
    for (guint s = 0; s < G_N_ELEMENTS(indicator_steps); s++)
        indicator_steps[s](judge, indicator);
}

/* Shared by the threads: each takes the next indicator, and nothing that one writes is read by
 * another before all have ended. */
typedef struct {
    const Judge *judge;
    GArray **learn; /* by indicator */
    gint next, n;
} Work;

static gpointer work_off(gpointer data)
{
    Work *work = data;
    for (;;) {
        const gint indicator = g_atomic_int_add(&work->next, 1);
        if (indicator >= work->n)
            return NULL;
        work->learn[indicator] = g_array_new(FALSE, FALSE, sizeof(LearnFrom));
        indicator_prepare(work->judge, (guint)indicator);
        judge_indicator(work->judge, (guint)indicator, work->learn[indicator]);
    }
}

/* The result does not depend on the number of threads, so that is not the caller's business. */
static void judge_indicators(Work *work)
{
    GThread *threads[MOST_THREADS];
    const guint wanted = MIN((guint)work->n, MIN(g_get_num_processors(), MOST_THREADS));
    guint n = 0;
    while (n + 1 < wanted && (threads[n] = g_thread_try_new("judge", work_off, work, NULL)))
        n++;
    work_off(work);
    while (n > 0)
        g_thread_join(threads[--n]);
}

/* In the order of the indicators' ids. */
static void join_learn(Assessment *a, GArray **learn)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(LearnFrom));
    for (guint i = 0; i < a->n_indicators; i++) {
        GArray *one = learn[a->indicator_order[i]];
        if (one->len)
            g_array_append_vals(all, one->data, one->len);
        g_array_unref(one);
    }
    a->n_learn = all->len;
    a->learn = (LearnFrom *)(void *)g_array_free(all, FALSE);
}

static int compare_indicator_ids(gconstpointer a, gconstpointer b, gpointer data)
{
    const Study *study = data;
    return strcmp(study->indicators[*(const guint *)a].id, study->indicators[*(const guint *)b].id);
}

static guint *indicators_by_id(const Study *study)
{
    guint *order = g_new(guint, study->n_indicators + 1);
    for (guint i = 0; i < study->n_indicators; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)study->n_indicators, sizeof *order, compare_indicator_ids,
                      (gpointer)study);
    return order;
}

Assessment *assess(const Study *study, const ObservationSet *set)
{
    Assessment *a = g_new0(Assessment, 1);
    Judge judge = {.study = study, .set = set, .a = a, .texts = g_string_chunk_new(1024)};
    a->storage = judge.texts;
    judge.last_day = observation_last_day(set);
    a->n_areas = set->n_areas;
    a->n_indicators = study->n_indicators;
    a->n_groupings = study->n_peers;
    a->indicators = g_new0(IndicatorAssessment, a->n_indicators + 1);
    a->indicator_order = indicators_by_id(study);
    judge_peer_sets(&judge);
    g_autofree GArray **learn = g_new0(GArray *, a->n_indicators + 1);
    judge_indicators(&(Work){.judge = &judge, .learn = learn, .n = (gint)a->n_indicators});
    judge_across_indicators(&judge);
    judge_compositions(&judge);
    join_learn(a, learn);
    if (judge.everyone)
        judge_peer_sets_free(judge.everyone, a->n_areas);
    return a;
}

const PeerSet *assessment_peers(const Assessment *a, guint grouping, guint area)
{
    return grouping < a->n_groupings ? &a->peers[(gsize)grouping * a->n_areas + area] : NULL;
}

void assessment_free(Assessment *a)
{
    if (!a)
        return;
    for (guint i = 0; i < a->n_indicators; i++) {
        g_free(a->indicators[i].grid);
        g_free(a->indicators[i].periods);
    }
    g_free(a->indicators);
    judge_peer_sets_free(a->peers, a->n_groupings * a->n_areas);
    g_free(a->learn);
    g_free(a->made_peers);
    g_free(a->indicator_order);
    g_string_chunk_free(a->storage);
    g_free(a);
}
