#include "judge.h"

#include <math.h>

#include "peerline/stats/rank.h"

/* Joint intervals on the scale of comparison: an area without an error has none, but counts as a
 * rank that the others may be above or below. */
static void rank_intervals(Frame *f)
{
    double *est = f->work[0], *se = f->work[1];
    g_autofree double(*interval)[2] = g_malloc(sizeof *interval * (f->n + 1));
    for (guint i = 0; i < f->n; i++) {
        const gboolean known = isfinite(f->y[i]) && isfinite(f->s[i]);
        est[i] = known ? f->y[i] : f->verdicts[i].ranked ? 0 : NAN;
        se[i] = known ? f->s[i] : NAN;
    }
    const size_t k = rank_interval_areas(est, se, f->n);
    if (!k)
        return;
    rank_interval(est, se, f->n, rank_critical(RANK_SIDAK, k, 0.95), interval);
    for (guint i = 0; i < f->n; i++) {
        if (isnan(interval[i][0]))
            continue;
        f->verdicts[i].rank_lower = (guint)interval[i][0];
        f->verdicts[i].rank_upper = (guint)interval[i][1];
    }
}

static int compare_values(gconstpointer a, gconstpointer b, gpointer data)
{
    const double *value = data;
    const guint i = *(const guint *)a, j = *(const guint *)b;
    if (value[i] != value[j])
        return value[i] < value[j] ? -1 : 1;
    return i < j ? -1 : i > j;
}

static void order_by_value(Frame *f)
{
    f->ranked = 0;
    for (guint i = 0; i < f->n; i++)
        if (f->verdicts[i].ranked)
            f->order[f->ranked++] = i;
    g_qsort_with_data(f->order, (gint)f->ranked, sizeof *f->order, compare_values, f->value);
}

void judge_ranks(Frame *f)
{
    order_by_value(f);
    double *rank = f->work[0], *percentile = f->work[1];
    rank_competition(f->value, f->n, FALSE, rank);
    rank_percentile(f->value, f->n, percentile);
    for (guint i = 0; i < f->n; i++) {
        if (!f->verdicts[i].ranked)
            continue;
        f->verdicts[i].rank = (guint)rank[i];
        f->verdicts[i].percentile = percentile[i];
    }
    rank_intervals(f);
}
