#include "peerline/report/web.h"

#include "peerline/base/number.h"
#include "peerline/chart/strip.h"
#include "peerline/judge/variation.h"
#include "phrase.h"
#include "web_rows.h"

#include <math.h>

#define STRIP_WIDTH  96.0
#define STRIP_HEIGHT 18.0

/* ---- the table ---- */

static const PenColumn GLANCE_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0, FALSE},   {WORD_WEB_COLUMN_DOMAIN, 0, FALSE},
    {WORD_WEB_COLUMN_PERIOD, 0, FALSE},  {WORD_COLUMN_NATIONAL, 0, TRUE},
    {WORD_WEB_COLUMN_SPREAD, 0, FALSE},  {WORD_COLUMN_P10_P90, 0, TRUE},
    {WORD_COLUMN_FOLD_TRIMMED, 0, TRUE}, {WORD_COLUMN_OUTSIDE_EXPECTED, 0, TRUE},
    {WORD_WEB_COLUMN_TREND, 0, FALSE}, /* only where one is known */
};

/* What the table is made of: the compared indicators in the report's order. */
typedef struct {
    guint n, n_tested;
    guint *indicators;
    VariationTrend *trends;
} Glance;

static Glance gather(const ReportContext *c)
{
    g_autofree guint *order = report_indicator_order(c);
    const guint n = c->study->n_indicators;
    Glance g = {0, 0, g_new(guint, n + 1), g_new(VariationTrend, n + 1)};
    for (guint k = 0; k < n; k++) {
        const guint i = order[k];
        if (latest_of(c, i) < 0 || !is_compared(indicator_of(c, i)))
            continue;
        g.indicators[g.n] = i;
        g.trends[g.n] =
            judge_variation_trend(c->study, c->set, c->assessment, i, (guint)latest_of(c, i));
        g.n_tested += g.trends[g.n++].direction != VARIATION_TREND_UNKNOWN;
    }
    return g;
}

static Scene *strip_of(const ReportContext *c, guint i, guint p, const char *alt)
{
    const PeriodSummary *s = summary_of(c, i, p);
    g_autofree double *values = g_new(double, MAX(c->set->n_areas, 1));
    for (guint a = 0; a < c->set->n_areas; a++)
        values[a] = verdict_of(c, i, p, a)->ranked ? observed(c, i, p, a)->value : NAN;
    const StripChart chart = {.values = values,
                              .n = c->set->n_areas,
                              .low = s->p10,
                              .high = s->p90,
                              .national = report_nation_value(c, i, p),
                              .alt = alt};
    return strip_chart_scene(&chart, STRIP_WIDTH, STRIP_HEIGHT);
}

static const char *outside_text(Pen *pen, const PeriodSummary *s)
{
    if (s->not_estimable)
        return pen_say(pen, WORD_DASH);
    g_autofree char *expected = words_number(pen->c->study, number_text(s->expected_alerts, 0));
    return pen_say(pen, WORD_FLAGGED_AND_EXPECTED, "n", phrase_count(pen, s->alerts + s->alarms),
                   "expected", expected);
}

static void add_spread(Pen *pen, Block *table, guint i, guint p)
{
    const Indicator *indicator = indicator_of(pen->c, i);
    const PeriodSummary *s = summary_of(pen->c, i, p);
    const char *words = isfinite(s->min) ? pen_say(pen, WORD_WEB_SPREAD_WORDS, "low",
                                                   phrase_value(pen, indicator, s->min), "high",
                                                   phrase_value(pen, indicator, s->max))
                                         : pen_say(pen, WORD_WEB_SPREAD_NO_VALUES);
    Scene *strip = isfinite(s->min) ? strip_of(pen->c, i, p, words) : NULL;
    if (strip)
        table_add_figure(table, strip, words);
    else
        table_add_text(table, words);
}

static const char *trend_text(Pen *pen, guint i, const VariationTrend *t)
{
    static const Word said[] = {[VARIATION_SAME] = WORD_WEB_TREND_SAME,
                                [VARIATION_WIDER] = WORD_WEB_TREND_WIDER,
                                [VARIATION_NARROWER] = WORD_WEB_TREND_NARROWER};
    return t->direction == VARIATION_TREND_UNKNOWN
               ? pen_say(pen, WORD_DASH)
               : pen_say(pen, said[t->direction], "period",
                         phrase_period(pen->c, i, (guint)t->from));
}

static void glance_row(Pen *pen, Block *table, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const guint p = (guint)latest_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    const char *middle = phrase_range(pen, indicator, s->p10, s->p90);
    table_add_text(table, web_indicator_cell(pen, i));
    table_add_text(table, web_domain(pen, i));
    table_add_text(table, pen_escape(pen, phrase_period(c, i, p)));
    table_add_number(table, phrase_value(pen, indicator, report_nation_value(c, i, p)));
    add_spread(pen, table, i, p);
    table_add_number(table, *middle ? middle : pen_say(pen, WORD_DASH));
    table_add_number(table, phrase_fold(pen, s->p90, s->p10));
    table_add_number(table, outside_text(pen, s));
}

static void write_glance(Pen *pen)
{
    const Glance g = gather(pen->c);
    pen_heading(pen, NULL, 2, WORD_WEB_GLANCE_HEADING, "at-a-glance");
    pen_para(pen, NULL, PARA_BODY, WORD_WEB_GLANCE_LEAD);
    Block *table = pen_table(pen, NULL, pen_say(pen, WORD_WEB_GLANCE_CAPTION), GLANCE_COLUMNS,
                             G_N_ELEMENTS(GLANCE_COLUMNS) - (g.n_tested == 0));
    table->table->row_headers = TRUE;
    table->table->sortable = TRUE;
    table->search = web_label(pen, WORD_WEB_GLANCE_SEARCH);
    for (guint k = 0; k < g.n; k++) {
        glance_row(pen, table, g.indicators[k]);
        if (g.n_tested > 0)
            table_add_text(table, trend_text(pen, g.indicators[k], &g.trends[k]));
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_SUMMARY_TABLE_NOTE);
    if (g.n_tested > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_WEB_TREND_NOTE);
    g_free(g.indicators);
    g_free(g.trends);
}

/* ---- the areas ---- */

static void write_finder(Pen *pen, const gboolean *wanted)
{
    g_autoptr(GArray) order = report_web_area_order(pen->c);
    pen_heading(pen, NULL, 2, WORD_WEB_FIND_HEADING, "find-area");
    Block *list = document_list(pen->d, NULL);
    list->search = web_label(pen, WORD_WEB_FIND_SEARCH);
    for (guint k = 0; k < order->len; k++)
        document_item(list, web_area_link(pen, g_array_index(order, guint, k), wanted));
}

Document *report_web_dashboard(const ReportContext *c, const gboolean *wanted)
{
    Pen pen = {0};
    pen_init(&pen, c, c->title);
    document_heading(pen.d, NULL, 1, pen_escape(&pen, c->title), NULL);
    pen_text(&pen, NULL, PARA_LEAD, NULL, c->study->summary);
    pen_para(&pen, NULL, PARA_BODY, WORD_WEB_DASHBOARD_SCOPE, "n",
             phrase_count(&pen, open_areas(c)), "indicators",
             phrase_count(&pen, c->study->n_indicators));
    Block *box = document_container(pen.d, NULL, BLOCK_CALLOUT);
    pen_para(&pen, box, PARA_BODY, WORD_STARTING_POINT);
    write_glance(&pen);
    write_finder(&pen, wanted);
    return pen_finish(&pen);
}
