#include "national.h"

#include "peerline/chart/composition.h"
#include "peerline/chart/dots.h"
#include "peerline/chart/quadrant.h"
#include "peerline/stats/quantile.h"

#include <math.h>

#define QUADRANT_HEIGHT   194.0
#define NAMED_OF_A_CORNER 2
/* What dot_chart_height() has for a key that is not needed here. */
#define NO_KEY 23.0
/* Rows are so much closer than where groups of areas are compared. */
#define GLANCE_CLOSER 8.5
/* Ratios beyond this would squeeze all others. */
#define GLANCE_MOST 3.0

/* ---- all indicators at a glance ---- */

Scene *nation_glance(Pen *pen, const guint *indicators, guint n, guint *beyond)
{
    const ReportContext *c = pen->c;
    guint n_areas = c->set->n_areas, used = 0;
    g_autofree DotGroup *groups = g_new0(DotGroup, MAX(n, 1));
    g_autofree double *values = g_new(double, (gsize)MAX(n, 1) * MAX(n_areas, 1));
    for (guint k = 0; k < n; k++) {
        guint i = indicators[k], p = (guint)latest_of(c, i), m = 0;
        double median = summary_of(c, i, p)->median, *own = values + (gsize)used * n_areas;
        for (guint a = 0; median > 0 && a < n_areas; a++) {
            double ratio = observed(c, i, p, a)->value / median;
            if (!verdict_of(c, i, p, a)->ranked || !isfinite(ratio))
                continue;
            if (ratio > GLANCE_MOST || ratio < 0)
                (*beyond)++;
            else
                own[m++] = ratio;
        }
        if (m > 0)
            groups[used++] =
                (DotGroup){phrase_indicator(indicator_of(c, i)), own, m, NAN, CHART_NO_ITEM};
    }
    if (used < 2)
        return NULL;
    const DotChart chart = {.study = pen->c->study,
                            .title = pen_say(pen, WORD_GLANCE_CAPTION),
                            .what = phrase_areas(c),
                            .unit = {.label = pen_say(pen, WORD_GLANCE_UNIT), .study = c->study},
                            .groups = groups,
                            .n = used,
                            .national = 1,
                            .national_label = pen_say(pen, WORD_MEDIAN_LABEL)};
    return dot_chart_scene(&chart, DOCUMENT_TEXT_WIDTH,
                           dot_chart_height(used) - used * GLANCE_CLOSER - NO_KEY);
}

/* ---- spend and outcome ---- */

/* From the median in halves of the middle half; infinite where that half is a single value. */
static double off(double value, const PeriodSummary *s)
{
    const double difference = value - s->median;
    return difference == 0 ? 0 : 2 * difference / (s->upper_quartile - s->lower_quartile);
}

PairPlace *nation_pair_places(const ReportContext *c, const Pair *pair)
{
    PairPlace *places = g_new0(PairPlace, MAX(c->set->n_areas, 1));
    const int q = joint_spend_period(c, pair), p = latest_of(c, (guint)pair->outcome);
    if (q < 0 || p < 0)
        return places;
    const guint x = (guint)pair->spend, y = (guint)pair->outcome;
    const gboolean low_is_better = report_good_sign(indicator_of(c, y)) < 0;
    const PeriodSummary *sx = summary_of(c, x, (guint)q), *sy = summary_of(c, y, (guint)p);
    for (guint a = 0; a < c->set->n_areas; a++) {
        if (!verdict_of(c, x, (guint)q, a)->ranked || !verdict_of(c, y, (guint)p, a)->ranked)
            continue;
        PairPlace place = {.spend = observed(c, x, (guint)q, a)->value,
                           .outcome = observed(c, y, (guint)p, a)->value,
                           .there = TRUE};
        const double dx = off(place.spend, sx), dy = off(place.outcome, sy);
        place.corner =
            quadrant_corner(place.spend - sx->median, place.outcome - sy->median, low_is_better);
        place.far = fabs(dx) > 1 && fabs(dy) > 1 ? fabs(dx) * fabs(dy) : 0;
        places[a] = place;
    }
    return places;
}

/* How far the last that is named of each corner is: the farthest are, if clearly off in both. */
static void named_from(const PairPlace *places, guint n, double from[4])
{
    for (guint k = 0; k < 4; k++) {
        double farthest[NAMED_OF_A_CORNER] = {0};
        for (guint a = 0; a < n; a++) {
            if (!places[a].there || places[a].corner != k)
                continue;
            double far = places[a].far;
            for (guint m = 0; m < NAMED_OF_A_CORNER; m++)
                if (far > farthest[m]) {
                    const double less = farthest[m];
                    farthest[m] = far;
                    far = less;
                }
        }
        from[k] = farthest[NAMED_OF_A_CORNER - 1];
    }
}

const char *nation_corner(Pen *pen, const Indicator *outcome, guint corner)
{
    const gboolean more = corner % 2 == 1, high = corner < 2;
    const int good = report_good_sign(outcome);
    const Word words = good == 0            ? high ? WORD_NATION_PAIR_HIGH : WORD_NATION_PAIR_LOW
                       : high == (good > 0) ? WORD_NATION_PAIR_BETTER
                                            : WORD_NATION_PAIR_LESS_GOOD;
    return pen_say(pen, WORD_NATION_PAIR_CORNER, "spend",
                   pen_say(pen, more ? WORD_NATION_PAIR_MORE : WORD_NATION_PAIR_LESS), "outcome",
                   pen_say(pen, words));
}

static GArray *quadrant_items(Pen *pen, const Pair *pair, guint q, guint p)
{
    const ReportContext *c = pen->c;
    GArray *items = g_array_new(FALSE, TRUE, sizeof(QuadrantItem));
    g_autofree PairPlace *places = nation_pair_places(c, pair);
    double from[4];
    named_from(places, c->set->n_areas, from);
    for (guint a = 0; a < c->set->n_areas; a++) {
        const PairPlace place = places[a];
        const Verdict *x = verdict_of(c, (guint)pair->spend, q, a);
        const Verdict *y = verdict_of(c, (guint)pair->outcome, p, a);
        if (!place.there)
            continue;
        const QuadrantItem item = {.name = phrase_area_short(c, a),
                                   .x = place.spend,
                                   .y = place.outcome,
                                   .x_lower = x->lower95,
                                   .x_upper = x->upper95,
                                   .y_lower = y->lower95,
                                   .y_upper = y->upper95,
                                   .emphasis = EMPHASIS_NORMAL,
                                   .labelled = place.far > 0 && place.far >= from[place.corner]};
        g_array_append_val(items, item);
    }
    return items;
}

Scene *nation_quadrant(Pen *pen, const Pair *pair)
{
    const ReportContext *c = pen->c;
    const Indicator *spend = indicator_of(c, (guint)pair->spend);
    const Indicator *outcome = indicator_of(c, (guint)pair->outcome);
    const int q = joint_spend_period(c, pair), p = latest_of(c, (guint)pair->outcome);
    if (q < 0 || p < 0)
        return NULL;
    g_autoptr(GArray) items = quadrant_items(pen, pair, (guint)q, (guint)p);
    if (items->len < 3)
        return NULL;
    const PeriodSummary *x = summary_of(c, (guint)pair->spend, (guint)q);
    const PeriodSummary *y = summary_of(c, (guint)pair->outcome, (guint)p);
    const char *median = pen_say(pen, WORD_MEDIAN_LABEL);
    QuadrantChart chart = {.study = pen->c->study,
                           .title =
                               pen_keep(pen, words_plain(c->study, WORD_NATION_PAIR_TITLE, "spend",
                                                         phrase_indicator(spend), "outcome",
                                                         phrase_indicator(outcome), NULL)),
                           .what = phrase_areas(c),
                           .x_unit = figure_unit(pen, spend),
                           .y_unit = figure_unit(pen, outcome),
                           .x_centre = x->median,
                           .y_centre = y->median,
                           .x_near = (x->upper_quartile - x->lower_quartile) / 2,
                           .y_near = (y->upper_quartile - y->lower_quartile) / 2,
                           .x_centre_label = phrase_labelled(pen, spend, median, x->median),
                           .y_centre_label = phrase_labelled(pen, outcome, median, y->median),
                           .y_low_is_better = report_good_sign(outcome) < 0,
                           .items = (const QuadrantItem *)(const void *)items->data,
                           .n = items->len,
                           .highlight = CHART_NO_ITEM};
    for (guint k = 0; k < 4; k++)
        chart.corners[k] = nation_corner(pen, outcome, k);
    return quadrant_chart_scene(&chart, NATION_QUADRANT_WIDTH, QUADRANT_HEIGHT);
}
