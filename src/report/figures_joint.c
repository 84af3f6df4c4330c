#include "figures.h"

#include "peerline/chart/heatmap.h"
#include "peerline/chart/quadrant.h"

#include <math.h>

#define QUADRANT_HEIGHT 192.0

/* ---- the area and its peers × indicators ---- */

static HeatKind kind_of(const ReportContext *c, guint i, guint period, guint area)
{
    const Verdict *v = verdict_of(c, i, period, area);
    if (!isfinite(observed(c, i, period, area)->value))
        return HEAT_MISSING;
    if (!v->ranked || v->outlier == OUTLIER_NOT_ESTIMABLE)
        return HEAT_NOT_COMPARED;
    if (v->outlier == OUTLIER_NONE)
        return HEAT_SIMILAR;
    gboolean far = v->outlier == OUTLIER_ALARM;
    return v->direction == DIRECTION_HIGHER ? (far ? HEAT_MUCH_HIGHER : HEAT_HIGHER)
                                            : (far ? HEAT_MUCH_LOWER : HEAT_LOWER);
}

static HeatCell *heat_cells(Pen *pen, guint i, const guint *areas, guint n)
{
    const ReportContext *c = pen->c;
    const guint p = (guint)latest_of(c, i);
    HeatCell *cells = g_new(HeatCell, MAX(n, 1));
    for (guint k = 0; k < n; k++)
        cells[k] =
            (HeatCell){kind_of(c, i, p, areas[k]),
                       phrase_value(pen, indicator_of(c, i), observed(c, i, p, areas[k])->value)};
    return cells;
}

/* Names of areas must all be different. */
static const char *column_name(Pen *pen, const guint *areas, guint k)
{
    const char *name = phrase_area_short(pen->c, areas[k]);
    for (guint other = 0; other < k; other++)
        if (g_str_equal(name, phrase_area_short(pen->c, areas[other])))
            return pen_format(pen, "%s (%s)", name, pen->c->set->areas[areas[k]].code);
    return name;
}

static guint heat_areas(const ReportContext *c, guint area, guint most, guint *out)
{
    const PeerSet *peers = assessment_peers(c->assessment, 0, area);
    guint n = 0;
    out[n++] = area;
    for (guint k = 0; peers && k < peers->n && n <= most; k++)
        out[n++] = peers->areas[k];
    return n;
}

Scene *figure_heat(Pen *pen, guint area, const guint *indicators, guint n, guint most)
{
    const ReportContext *c = pen->c;
    g_autofree guint *areas = g_new(guint, most + 1);
    const guint n_areas = heat_areas(c, area, most, areas);
    if (n == 0 || n_areas < 2)
        return NULL;
    g_autofree const char **columns = g_new(const char *, n_areas);
    for (guint k = 0; k < n_areas; k++)
        columns[k] = column_name(pen, areas, k);
    g_autofree HeatRow *rows = g_new0(HeatRow, n);
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    for (guint k = 0; k < n; k++) {
        const Indicator *i = indicator_of(c, indicators[k]);
        const int good = report_good_sign(i);
        HeatCell *own = heat_cells(pen, indicators[k], areas, n_areas);
        g_ptr_array_add(cells, own);
        rows[k] = (HeatRow){phrase_indicator(i),
                            good > 0   ? SPINE_HIGH_IS_BETTER
                            : good < 0 ? SPINE_LOW_IS_BETTER
                                       : SPINE_NEUTRAL,
                            own};
    }
    HeatChart chart = {.study = pen->c->study,
                       .title = pen_format(pen, "%s", phrase_area(c, area)),
                       .comparator_label = pen_say(pen, WORD_HEAT_COMPARATOR),
                       .columns = columns,
                       .n_columns = n_areas,
                       .rows = rows,
                       .n = n,
                       .highlight = 0};
    chart.n_columns = MIN(n_areas, heat_chart_columns(&chart, DOCUMENT_TEXT_WIDTH));
    return heat_chart_scene(&chart, DOCUMENT_TEXT_WIDTH);
}

/* ---- spending and an outcome ---- */

static QuadrantItem pair_item(Pen *pen, const Joint *j, guint area)
{
    const ReportContext *c = pen->c;
    const Verdict *s = verdict_of(c, j->spend, j->spend_period, area);
    const Verdict *o = verdict_of(c, j->outcome, j->outcome_period, area);
    const double x = observed(c, j->spend, j->spend_period, area)->value;
    const double y = observed(c, j->outcome, j->outcome_period, area)->value;
    return (QuadrantItem){.name = phrase_area_short(c, area),
                          .x = x,
                          .y = y,
                          .verdict = joint_where(pen, j, x, y),
                          .x_lower = s->lower95,
                          .x_upper = s->upper95,
                          .y_lower = o->lower95,
                          .y_upper = o->upper95,
                          .emphasis = EMPHASIS_PEER};
}

/* Peers with less spending and a better outcome are named as far as there is room. */
static gboolean is_of_interest(const Joint *j, const QuadrantItem *item)
{
    return j->good != 0 && item->x <= j->spend_median - j->spend_near &&
           (item->y - j->outcome_median) * j->good > 0;
}

static GArray *pair_items(Pen *pen, const Joint *j, guint area)
{
    const ReportContext *c = pen->c;
    GArray *items = g_array_new(FALSE, TRUE, sizeof(QuadrantItem));
    QuadrantItem own = pair_item(pen, j, area);
    own.labelled = TRUE;
    g_array_append_val(items, own);
    const PeerSet *peers = assessment_peers(c->assessment, 0, area);
    for (guint a = 0; !peers && a < c->set->n_areas; a++)
        if (a != area && verdict_of(c, j->outcome, j->outcome_period, a)->ranked) {
            QuadrantItem item = pair_item(pen, j, a);
            g_array_append_val(items, item);
        }
    for (guint k = 0; peers && k < peers->n; k++) {
        QuadrantItem item = pair_item(pen, j, peers->areas[k]);
        item.labelled = is_of_interest(j, &item);
        g_array_append_val(items, item);
    }
    return items;
}

static ChartUnit axis_unit(Pen *pen, const Indicator *i)
{
    ChartUnit unit = figure_unit(pen, i);
    unit.label = pen_format(pen, "%s", phrase_indicator(i));
    return unit;
}

Scene *figure_pair(Pen *pen, const Joint *j, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *spend = indicator_of(c, j->spend), *outcome = indicator_of(c, j->outcome);
    g_autoptr(GArray) items = pair_items(pen, j, area);
    const char *median = pen_say(pen, WORD_PEER_MEDIAN_LABEL);
    QuadrantChart chart = {
        .study = pen->c->study,
        .title =
            pen_keep(pen, words_plain(c->study, WORD_PAIR_CAPTION, "spend", phrase_indicator(spend),
                                      "outcome", phrase_indicator(outcome), NULL)),
        .what = phrase_areas(c),
        .x_unit = axis_unit(pen, spend),
        .y_unit = axis_unit(pen, outcome),
        .x_centre = j->spend_median,
        .y_centre = j->outcome_median,
        .x_near = j->spend_near,
        .y_near = j->outcome_near,
        .x_centre_label = phrase_labelled(pen, spend, median, j->spend_median),
        .y_centre_label = phrase_labelled(pen, outcome, median, j->outcome_median),
        .corners = {joint_corner(pen, j, FALSE, TRUE), joint_corner(pen, j, TRUE, TRUE),
                    joint_corner(pen, j, FALSE, FALSE), joint_corner(pen, j, TRUE, FALSE)},
        .y_low_is_better = j->good < 0,
        .items = (const QuadrantItem *)(const void *)items->data,
        .n = items->len,
        .highlight = 0,
    };
    return quadrant_chart_scene(&chart, DOCUMENT_COLUMN_WIDTH(2), QUADRANT_HEIGHT);
}
