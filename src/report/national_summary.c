#include "national.h"
#include "plain.h"

#include "peerline/base/number.h"

#include <math.h>

/* With more indicators the contents need a second page, which has room for more. */
#define CONTENTS_OF_A_PAGE 20
#define VARIES_MOST        3
#define EXAMPLE_HEIGHT     150.0
#define EXAMPLE_WIDTH      190.0
/* Rows of the chart at a glance that fit on a page. More are parted into charts of which two do, so
 * that the first one also fits below the findings. */
#define GLANCE_WHOLE 34u
#define GLANCE_ROWS  20u

/* ---- key findings ---- */

static void varies_item(Pen *pen, Block *list, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    pen_item(pen, list, WORD_VARIES_ITEM, "+indicator", phrase_link(pen, i), "period",
             phrase_period(c, i, p), "low", phrase_value(pen, indicator, s->p10), "high",
             phrase_value_unit(pen, indicator, s->p90), "+share",
             plain_share_beside(pen, indicator, s->p90), "fold", phrase_fold(pen, s->p90, s->p10));
}

static void write_varies_most(Pen *pen)
{
    g_autoptr(GArray) order = figure_folds(pen->c);
    if (order->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_VARIES_NOTHING);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_VARIES_MOST);
    Block *list = document_list(pen->d, NULL);
    for (guint k = 0; k < MIN(order->len, VARIES_MOST); k++)
        varies_item(pen, list, g_array_index(order, guint, k));
    if (order->len > VARIES_MOST) {
        pen_para(pen, NULL, PARA_BODY, WORD_VARIES_LEAST);
        list = document_list(pen->d, NULL);
        varies_item(pen, list, g_array_index(order, guint, order->len - 1));
    }
}

/* The indicator that varies most first; a chart that would not fit on a page is parted evenly. */
static void write_glance(NationalReport *r)
{
    Pen *pen = &r->pen;
    g_autoptr(GArray) order = figure_folds(pen->c);
    const guint *indicators = (const guint *)(const void *)order->data;
    const guint pieces =
        order->len > GLANCE_WHOLE ? (order->len + GLANCE_ROWS - 1) / GLANCE_ROWS : 1;
    guint beyond = 0;
    if (order->len < 2)
        return;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_GLANCE_HEADING, "at-a-glance")->unlisted = TRUE;
    pen_para(pen, group, PARA_BODY, WORD_GLANCE_LEAD);
    for (guint k = 0; k < pieces; k++) {
        const guint from = order->len * k / pieces, to = order->len * (k + 1) / pieces;
        Scene *scene = nation_glance(pen, indicators + from, to - from, &beyond);
        if (scene)
            document_figure(pen->d, k ? NULL : group, scene,
                            k ? NULL : pen_say(pen, WORD_GLANCE_CAPTION));
    }
    if (beyond > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_GLANCE_BEYOND, "n", phrase_count(pen, beyond));
}

static void write_flagged_total(Pen *pen)
{
    const ReportContext *c = pen->c;
    guint flagged = 0, judged = 0;
    double expected = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0)
            continue;
        const PeriodSummary *s = summary_of(c, i, (guint)p);
        flagged += s->alerts + s->alarms;
        judged += s->judged;
        expected += isfinite(s->expected_alerts) ? s->expected_alerts : 0;
    }
    g_autofree char *chance = words_number(pen->c->study, number_text(expected, 0));
    const Word word = judged == 0    ? WORD_FLAGGED_TOTAL_NOTHING_JUDGED
                      : flagged == 0 ? WORD_FLAGGED_TOTAL_NONE
                                     : WORD_FLAGGED_TOTAL;
    pen_para(pen, NULL, PARA_BODY, word, "flagged", phrase_count(pen, flagged), "judged",
             phrase_count(pen, judged), "expected", chance);
}

/* ---- the table ---- */

static const PenColumn SUMMARY_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.37, FALSE},
    {WORD_COLUMN_NATIONAL, 0, TRUE},
    {WORD_COLUMN_MEDIAN, 0, TRUE},
    {WORD_COLUMN_P10_P90, 0, TRUE},
    {WORD_COLUMN_FOLD_TRIMMED, 0.08, TRUE},
    {WORD_COLUMN_FOLD_ALL, 0.09, TRUE},
    {WORD_COLUMN_OUTSIDE_EXPECTED, 0.09, TRUE},
    {WORD_COLUMN_MISSING, 0.06, TRUE},
};

static void summary_row(Pen *pen, Block *table, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    const char *middle = phrase_range(pen, indicator, s->p10, s->p90);
    pen_cell(pen, table, WORD_CELL_INDICATOR_LINK, "+indicator", phrase_link(pen, i), "unit",
             indicator->unit ? indicator->unit : "", "period", phrase_period(c, i, p));
    table_add_number(table, phrase_value(pen, indicator, report_nation_value(c, i, p)));
    table_add_number(table, phrase_value(pen, indicator, s->median));
    table_add_number(table, *middle ? middle : pen_say(pen, WORD_DASH));
    table_add_number(table, phrase_fold(pen, s->p90, s->p10));
    table_add_number(table, phrase_fold(pen, s->max, s->min));
    table_add_number(table, national_expected_text(pen, i, p));
    table_add_number(table, phrase_count(pen, s->areas_missing));
}

static void write_table(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    pen_heading(pen, NULL, 2, WORD_SUMMARY_TABLE_HEADING, "summary-table")->unlisted = TRUE;
    pen_para(pen, NULL, PARA_BODY, WORD_SUMMARY_TABLE_LEAD);
    Block *table = pen_table(pen, NULL, NULL, SUMMARY_COLUMNS, G_N_ELEMENTS(SUMMARY_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < c->study->n_indicators; k++)
        if (latest_of(c, r->order[k]) >= 0 && is_compared(indicator_of(c, r->order[k])))
            summary_row(pen, table, r->order[k]);
    pen_para(pen, NULL, PARA_SMALL, WORD_SUMMARY_TABLE_NOTE);
}

void national_summary(NationalReport *r)
{
    Pen *pen = &r->pen;
    if (pen->c->study->n_indicators <= CONTENTS_OF_A_PAGE)
        document_soft_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_SUMMARY_HEADING, "summary");
    pen_text(pen, NULL, PARA_LEAD, NULL, pen->c->study->summary);
    write_varies_most(pen);
    national_findings(r);
    write_flagged_total(pen);
    Block *box = document_container(pen->d, NULL, BLOCK_CALLOUT);
    pen_para(pen, box, PARA_BODY, WORD_STARTING_POINT);
    write_glance(r);
    write_table(r);
}

/* ---- how to read ---- */

/* The clearest example: counts, judged, with an area far outside, which the text can point at. */
static int example_indicator(const ReportContext *c)
{
    int found = -1;
    guint highest = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const PeriodSummary *s = summary_of(c, i, (guint)p);
        const UncertaintyKind kind = c->assessment->indicators[i].kind;
        const guint score = 1 + 4 * (s->not_estimable == NULL) + 12 * (kind == KIND_COUNTS) +
                            6 * (kind == KIND_PUBLISHED) + 2 * (s->alerts + s->alarms > 0);
        if (score > highest) {
            highest = score;
            found = (int)i;
        }
    }
    return found;
}

/* The most extreme flagged area; else the first ranked one; -1 if there is none. */
static int example_area(const ReportContext *c, guint i, guint p)
{
    for (int higher = 1; higher >= 0; higher--) {
        g_autoptr(GArray) flagged = national_flagged(c, i, p, higher);
        if (flagged->len > 0)
            return (int)g_array_index(flagged, guint, 0);
    }
    for (guint a = 0; a < c->set->n_areas; a++)
        if (verdict_of(c, i, p, a)->ranked)
            return (int)a;
    return -1;
}

/* The chart that shows the area among all others. */
static void write_example_figure(Pen *pen, Block *parent, guint i, guint area)
{
    const guint p = (guint)latest_of(pen->c, i);
    const double width = EXAMPLE_WIDTH;
    /* the key of a funnel needs more room than there is beside the words */
    Scene *scene = figure_ranked(pen, i, p, width, EXAMPLE_HEIGHT);
    if (scene)
        document_figure(pen->d, parent, scene,
                        pen_say(pen, WORD_EXAMPLE_FIGURE, "area", phrase_area_short(pen->c, area),
                                "indicator", phrase_indicator(indicator_of(pen->c, i)), "period",
                                phrase_period(pen->c, i, p)));
}

/* What the middle of the limits is; without limits, only the median. */
static void write_example_middle(Pen *pen, Block *list, guint i, gboolean limits)
{
    const Indicator *indicator = indicator_of(pen->c, i);
    const PeriodSummary *s = summary_of(pen->c, i, (guint)latest_of(pen->c, i));
    const UncertaintyKind kind = pen->c->assessment->indicators[i].kind;
    const Word word = !limits || !isfinite(s->target) ? WORD_EXAMPLE_MEDIAN
                      : kind == KIND_COUNTS           ? WORD_EXAMPLE_TARGET
                      : kind == KIND_PUBLISHED        ? WORD_EXAMPLE_TARGET_WEIGHTED
                                                      : WORD_EXAMPLE_MEDIAN;
    if (isfinite(s->median))
        pen_item(pen, list, word, "target", phrase_value(pen, indicator, s->target), "median",
                 phrase_value(pen, indicator, s->median));
}

static void write_example(Pen *pen, guint i, guint p, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    double value = observed(c, i, p, area)->value;
    const char *range = phrase_range(pen, indicator, v->lower95, v->upper95);
    const char *funnel = phrase_range(pen, indicator, v->adjusted[0], v->adjusted[1]);
    const char *peers =
        phrase_range(pen, indicator, v->peer_lower_quartile, v->peer_upper_quartile);
    Block *columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
    Block *words = document_container(pen->d, columns, BLOCK_GROUP);
    Block *chart = document_container(pen->d, columns, BLOCK_GROUP);
    chart->share = EXAMPLE_WIDTH / (DOCUMENT_TEXT_WIDTH - DOCUMENT_COLUMN_GAP);
    words->share = 1 - chart->share;
    write_example_figure(pen, chart, i, area);
    Block *box = document_container(pen->d, words, BLOCK_CALLOUT);
    pen_para(pen, box, PARA_BODY, WORD_EXAMPLE_TITLE, "indicator", indicator->title, "area",
             phrase_area(c, area), "period", phrase_period(c, i, p));
    Block *list = document_list(pen->d, box);
    pen_item(pen, list, WORD_EXAMPLE_VALUE, "area", phrase_area(c, area), "value",
             phrase_value_unit(pen, indicator, value));
    if (*range)
        pen_item(pen, list, WORD_EXAMPLE_RANGE, "range", range);
    write_example_middle(pen, list, i, *funnel);
    if (*funnel)
        pen_item(pen, list, WORD_EXAMPLE_LIMITS, "limits", funnel, "+words",
                 phrase_limits(pen, i, p, area));
    else if (report_without_error(c, i) && v->outlier != OUTLIER_NOT_ESTIMABLE)
        pen_item(pen, list, WORD_EXAMPLE_UNUSUAL, "+words", phrase_limits(pen, i, p, area));
    if (*peers)
        pen_item(pen, list, WORD_EXAMPLE_PEERS, "peers", peers, "median",
                 phrase_value(pen, indicator, v->peer_median));
    pen_item(pen, list, WORD_EXAMPLE_POSITION, "+position", phrase_position(pen, i, p, area));
}

/* Whether an indicator is drawn as a funnel, or else as dots by group. */
static gboolean any_chart(const ReportContext *c, gboolean funnel)
{
    for (guint i = 0; i < c->study->n_indicators; i++) {
        const int p = latest_of(c, i);
        if (p >= 0 && is_compared(indicator_of(c, i)) &&
            figure_has_funnel(c, i, (guint)p) == funnel)
            return TRUE;
    }
    return FALSE;
}

/* Charts that only some studies have are explained only there. */
static gboolean is_used(const ReportContext *c, Word word)
{
    return word == WORD_READ_MAPS     ? c->study->n_maps > 0
           : word == WORD_READ_PAIRS  ? c->study->n_pairs > 0
           : word == WORD_READ_FUNNEL ? any_chart(c, TRUE)
           : word == WORD_READ_DOTS   ? any_chart(c, FALSE)
                                      : TRUE;
}

void national_how_to_read(NationalReport *r)
{
    static const Word items[] = {WORD_READ_INTERVAL, WORD_READ_RANKED, WORD_READ_FUNNEL,
                                 WORD_READ_DOTS,     WORD_READ_MAPS,   WORD_READ_PAIRS,
                                 WORD_READ_PEERS,    WORD_READ_RANKS,  WORD_READ_NEUTRAL,
                                 WORD_READ_CHANCE,   WORD_READ_MISSING};
    Pen *pen = &r->pen;
    document_soft_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_READ_HEADING, "how-to-read");
    pen_para(pen, NULL, PARA_LEAD, WORD_READ_LEAD);
    Block *list = document_list(pen->d, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(items); k++)
        if (is_used(pen->c, items[k]))
            pen_item(pen, list, items[k]);
    int i = example_indicator(pen->c);
    int area = i < 0 ? -1 : example_area(pen->c, (guint)i, (guint)latest_of(pen->c, (guint)i));
    if (area >= 0) {
        pen_heading(pen, NULL, 2, WORD_EXAMPLE_HEADING, "example")->unlisted = TRUE;
        write_example(pen, (guint)i, (guint)latest_of(pen->c, (guint)i), (guint)area);
    }
}
