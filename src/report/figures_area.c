#include "figures.h"

#include "peerline/chart/ranked.h"
#include "peerline/chart/spine.h"
#include "peerline/chart/trend_chart.h"

#include <math.h>

/* So that four such charts of many peers fit. */
#define PEERS_AS_COLUMNS 132.0
/* A longer name does not fit the head of a column or the label of a row. */
#define OWN_NAME          28
#define TREND_HEIGHT      104.0
#define TREND_WIDE_HEIGHT 90.0
/* So that two charts of sixteen areas fit on a page with their words. */
#define PEERS_ROW_LESS  4.6
#define TRENDS_IN_A_ROW 3

/* ---- the area and its peers in order ---- */

const char *figure_own_name(Pen *pen, guint area)
{
    const char *name = phrase_area_short(pen->c, area);
    return g_utf8_strlen(name, -1) <= OWN_NAME ? name : pen_say(pen, WORD_COLUMN_HERE);
}

static void add_item(Pen *pen, GArray *items, guint i, guint period, guint area, Emphasis emphasis)
{
    const ReportContext *c = pen->c;
    double value = observed(c, i, period, area)->value;
    if (!isfinite(value))
        return;
    const Verdict *v = verdict_of(c, i, period, area);
    RankedItem item = {.name = emphasis == EMPHASIS_NORMAL ? figure_own_name(pen, area)
                                                           : phrase_area_short(c, area),
                       .value = value,
                       .lower = v->lower95,
                       .upper = v->upper95,
                       .value_text = phrase_value(pen, indicator_of(c, i), value),
                       .emphasis = emphasis};
    g_array_append_val(items, item);
}

static void add_peers(Pen *pen, GArray *items, guint i, guint period, guint area)
{
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, area);
    if (peers) {
        for (guint k = 0; k < peers->n; k++)
            add_item(pen, items, i, period, peers->areas[k], EMPHASIS_PEER);
        return;
    }
    for (guint a = 0; a < pen->c->set->n_areas; a++)
        if (a != area && verdict_of(pen->c, i, period, a)->ranked)
            add_item(pen, items, i, period, a, EMPHASIS_PEER);
}

Scene *figure_peers(Pen *pen, guint i, guint period, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(RankedItem));
    add_item(pen, items, i, period, area, EMPHASIS_NORMAL);
    if (items->len == 0)
        return NULL;
    add_peers(pen, items, i, period, area);
    if (items->len < 2)
        return NULL;
    const Verdict *v = verdict_of(c, i, period, area);
    double national = report_nation_value(c, i, period);
    RankedChart chart = {
        .study = pen->c->study,
        .title = pen_format(pen, "%s, %s", indicator->title, phrase_period(c, i, period)),
        .what = phrase_areas(c),
        .unit = figure_unit(pen, indicator),
        .items = (const RankedItem *)items->data,
        .n = items->len,
        .highlight = 0,
        .comparator = national,
        .comparator_label = phrase_labelled(pen, indicator, phrase_nation(c), national),
        .median = v->peer_median,
        .median_label =
            phrase_labelled(pen, indicator, pen_say(pen, WORD_PEER_MEDIAN_LABEL), v->peer_median),
    };
    if (chart.n > RANKED_ROWS_MAX)
        return ranked_chart_scene(&chart, DOCUMENT_TEXT_WIDTH, PEERS_AS_COLUMNS);
    return ranked_chart_scene(&chart, DOCUMENT_COLUMN_WIDTH(2),
                              ranked_chart_height(chart.n) - PEERS_ROW_LESS * chart.n);
}

/* ---- spine ---- */

static SpineMark mark_of(const ReportContext *c, guint i, const Verdict *v)
{
    int good = report_good_sign(indicator_of(c, i));
    switch (v->peer_direction) {
    case DIRECTION_UNKNOWN: return SPINE_NOT_COMPARED;
    case DIRECTION_SIMILAR: return SPINE_SIMILAR;
    case DIRECTION_LOWER:
    case DIRECTION_HIGHER: break;
    }
    if (good == 0)
        return SPINE_DIFFERENT;
    return (v->peer_direction == DIRECTION_HIGHER) == (good > 0) ? SPINE_BETTER : SPINE_LESS_GOOD;
}

static SpineRow spine_row(Pen *pen, guint area, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    int good = report_good_sign(indicator), p = latest_of(c, i);
    SpineRow row = {.name = phrase_indicator(indicator),
                    .area_text = phrase_value(pen, indicator, NAN),
                    .peer_text = phrase_value(pen, indicator, NAN),
                    .national_text = phrase_value(pen, indicator, NAN),
                    .value = NAN,
                    .peer_lower = NAN,
                    .peer_upper = NAN,
                    .minimum = NAN,
                    .maximum = NAN,
                    .national = NAN,
                    .median = NAN,
                    .polarity = good > 0   ? SPINE_HIGH_IS_BETTER
                                : good < 0 ? SPINE_LOW_IS_BETTER
                                           : SPINE_NEUTRAL,
                    .mark = SPINE_NOT_COMPARED};
    if (p < 0)
        return row;
    const Verdict *v = verdict_of(c, i, (guint)p, area);
    const PeriodSummary *s = summary_of(c, i, (guint)p);
    row.value = observed(c, i, (guint)p, area)->value;
    row.peer_lower = v->peer_lower_quartile;
    row.peer_upper = v->peer_upper_quartile;
    row.minimum = s->min;
    row.maximum = s->max;
    row.national = report_nation_value(c, i, (guint)p);
    row.median = s->median;
    row.area_text = phrase_value(pen, indicator, row.value);
    row.peer_text = phrase_value(pen, indicator, v->peer_median);
    row.national_text = phrase_value(pen, indicator, row.national);
    row.mark = mark_of(c, i, v);
    return row;
}

Scene *figure_spine(Pen *pen, guint area, const guint *indicators, guint n)
{
    const ReportContext *c = pen->c;
    g_autofree SpineRow *rows = g_new0(SpineRow, MAX(n, 1));
    for (guint k = 0; k < n; k++)
        rows[k] = spine_row(pen, area, indicators[k]);
    SpineChart chart = {
        .study = pen->c->study,
        .title = pen_format(pen, "%s", phrase_area(c, area)),
        .area_label = figure_own_name(pen, area),
        .peer_label = pen_say(pen, WORD_PEERS_LABEL),
        .national_label = phrase_nation(c),
        .rows = rows,
        .n = n,
    };
    return spine_chart_scene(&chart, DOCUMENT_TEXT_WIDTH, spine_chart_height(n));
}

/* ---- trends ---- */

static guint trend_periods(const ReportContext *c, guint i, guint area, const GArray *places,
                           TrendPeriod *out)
{
    gboolean compared = is_compared(indicator_of(c, i));
    guint with_value = 0;
    for (guint k = 0; k < places->len; k++) {
        const PeriodPlace *place = &g_array_index(places, PeriodPlace, k);
        if (place->period < 0) {
            out[k] = (TrendPeriod){place->label, NAN, NAN, NAN, NAN, NAN, FALSE};
            continue;
        }
        const guint p = (guint)place->period;
        const Verdict *v = verdict_of(c, i, p, area);
        const Observation *o = observed(c, i, p, area);
        out[k] = (TrendPeriod){.label = place->label,
                               .value = o->value,
                               .lower = v->lower95,
                               .upper = v->upper95,
                               .peer = compared ? v->peer_median : NAN,
                               .national = compared ? report_nation_value(c, i, p) : NAN,
                               .break_before =
                                   p > 0 && o->status != STATUS_BOUNDARY_CHANGE &&
                                   observed(c, i, p - 1, area)->status == STATUS_BOUNDARY_CHANGE};
        with_value += isfinite(o->value);
    }
    return with_value;
}

static Scene *trend(Pen *pen, guint i, guint area, gboolean wide)
{
    const ReportContext *c = pen->c;
    g_autoptr(GArray) places = figure_periods(pen, i);
    g_autofree TrendPeriod *periods = g_new0(TrendPeriod, MAX(places->len, 1));
    if (trend_periods(c, i, area, places, periods) < 2)
        return NULL;
    TrendChart chart = {.study = pen->c->study,
                        .title = phrase_indicator(indicator_of(c, i)),
                        .unit = figure_unit(pen, indicator_of(c, i)),
                        .periods = periods,
                        .n = places->len,
                        .area_label = pen_say(pen, WORD_COLUMN_HERE),
                        .area_name = phrase_area(c, area),
                        .peer_label = pen_say(pen, WORD_PEERS_LABEL),
                        .untitled = wide,
                        .national_label = phrase_nation(c)};
    return wide ? trend_chart_scene(&chart, DOCUMENT_COLUMN_WIDTH(2), TREND_WIDE_HEIGHT)
                : trend_chart_scene(&chart, DOCUMENT_COLUMN_WIDTH(TRENDS_IN_A_ROW), TREND_HEIGHT);
}

Scene *figure_trend(Pen *pen, guint i, guint area)
{
    return trend(pen, i, area, FALSE);
}

Scene *figure_trend_wide(Pen *pen, guint i, guint area)
{
    return trend(pen, i, area, TRUE);
}
