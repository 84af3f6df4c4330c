#include "national.h"

#include "peerline/base/number.h"

#include <math.h>

#define VARIES_MOST 3

/* ---- key findings ---- */

typedef struct {
    guint indicator;
    double fold; /**< 90th over 10th centile */
} Variation;

static int compare_variation(gconstpointer a, gconstpointer b)
{
    const Variation *x = a, *y = b;
    if (x->fold != y->fold)
        return x->fold > y->fold ? -1 : 1;
    return x->indicator < y->indicator ? -1 : x->indicator > y->indicator;
}

static GArray *by_variation(const ReportContext *c)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Variation));
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const PeriodSummary *s = summary_of(c, i, (guint)p);
        Variation v = {i, s->p90 / s->p10};
        if (s->p10 > 0 && isfinite(v.fold))
            g_array_append_val(all, v);
    }
    g_array_sort(all, compare_variation);
    return all;
}

static void varies_item(Pen *pen, Block *list, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    pen_item(pen, list, WORD_VARIES_ITEM, "+indicator", indicator_link(pen, i), "period",
             period_text(c, i, p), "low", value_text(pen, indicator, s->p10), "high",
             value_unit_text(pen, indicator, s->p90), "fold", fold_text(pen, s->p90, s->p10));
}

static void write_varies_most(Pen *pen)
{
    g_autoptr(GArray) all = by_variation(pen->c);
    if (all->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_VARIES_NOTHING);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_VARIES_MOST);
    Block *list = document_list(pen->d, NULL);
    for (guint k = 0; k < MIN(all->len, VARIES_MOST); k++)
        varies_item(pen, list, g_array_index(all, Variation, k).indicator);
    if (all->len > VARIES_MOST) {
        pen_para(pen, NULL, PARA_BODY, WORD_VARIES_LEAST);
        list = document_list(pen->d, NULL);
        varies_item(pen, list, g_array_index(all, Variation, all->len - 1).indicator);
    }
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
    g_autofree char *chance = number_text(expected, 0);
    pen_para(pen, NULL, PARA_BODY, WORD_FLAGGED_TOTAL, "flagged", count_text(pen, flagged),
             "judged", count_text(pen, judged), "expected", chance);
}

/* ---- the table ---- */

static const PenColumn SUMMARY_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.27, FALSE},       {WORD_COLUMN_NATIONAL, 0.10, TRUE},
    {WORD_COLUMN_MEDIAN, 0.10, TRUE},           {WORD_COLUMN_P10_P90, 0.16, TRUE},
    {WORD_COLUMN_FOLD_TRIMMED, 0.09, TRUE},     {WORD_COLUMN_FOLD_ALL, 0.09, TRUE},
    {WORD_COLUMN_OUTSIDE_EXPECTED, 0.11, TRUE}, {WORD_COLUMN_MISSING, 0.08, TRUE},
};

static void summary_row(Pen *pen, Block *table, guint i)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    const char *middle = range_text(pen, indicator, s->p10, s->p90);
    pen_cell(pen, table, WORD_CELL_INDICATOR_LINK, "+indicator", indicator_link(pen, i), "unit",
             indicator->unit ? indicator->unit : "", "period", period_text(c, i, p));
    table_add_number(table, value_text(pen, indicator, national_of(c, i, p)));
    table_add_number(table, value_text(pen, indicator, s->median));
    table_add_number(table, *middle ? middle : pen_say(pen, WORD_DASH));
    table_add_number(table, fold_text(pen, s->p90, s->p10));
    table_add_number(table, fold_text(pen, s->max, s->min));
    table_add_number(table, national_expected_text(pen, i, p));
    table_add_number(table, count_text(pen, s->areas_missing));
}

static void write_table(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    document_page_break(pen->d);
    pen_heading(pen, NULL, 2, WORD_SUMMARY_TABLE_HEADING, "summary-table");
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
    document_page_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_SUMMARY_HEADING, "summary");
    pen_text(pen, NULL, PARA_LEAD, NULL, pen->c->study->summary);
    write_varies_most(pen);
    write_flagged_total(pen);
    Block *box = document_container(pen->d, NULL, BLOCK_CALLOUT);
    pen_para(pen, box, PARA_BODY, WORD_STARTING_POINT);
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
        guint score = 1 + 4 * (s->not_estimable == NULL) +
                      8 * (c->assessment->indicators[i].kind == KIND_COUNTS) +
                      2 * (s->alerts + s->alarms > 0);
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

static void write_example(Pen *pen, guint i, guint p, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    const PeriodSummary *s = summary_of(c, i, p);
    double value = observed(c, i, p, area)->value;
    const char *range = range_text(pen, indicator, v->lower95, v->upper95);
    const char *funnel = range_text(pen, indicator, v->adjusted[0], v->adjusted[1]);
    const char *peers = range_text(pen, indicator, v->peer_lower_quartile, v->peer_upper_quartile);
    Block *box = document_container(pen->d, NULL, BLOCK_CALLOUT);
    pen_para(pen, box, PARA_BODY, WORD_EXAMPLE_TITLE, "indicator", indicator->title, "area",
             area_name(c, area), "period", period_text(c, i, p));
    Block *list = document_list(pen->d, box);
    pen_item(pen, list, WORD_EXAMPLE_VALUE, "area", area_name(c, area), "value",
             value_unit_text(pen, indicator, value));
    if (*range)
        pen_item(pen, list, WORD_EXAMPLE_RANGE, "range", range);
    if (isfinite(s->target))
        pen_item(pen, list, WORD_EXAMPLE_TARGET, "target", value_text(pen, indicator, s->target),
                 "median", value_text(pen, indicator, s->median));
    if (*funnel)
        pen_item(pen, list, WORD_EXAMPLE_LIMITS, "limits", funnel, "+words",
                 limits_text(pen, i, p, area));
    if (*peers)
        pen_item(pen, list, WORD_EXAMPLE_PEERS, "peers", peers, "median",
                 value_text(pen, indicator, v->peer_median));
    pen_item(pen, list, WORD_EXAMPLE_POSITION, "+position", position_text(pen, i, p, area));
}

void national_how_to_read(NationalReport *r)
{
    static const Word items[] = {WORD_READ_INTERVAL, WORD_READ_RANKED, WORD_READ_FUNNEL,
                                 WORD_READ_DOTS,     WORD_READ_PEERS,  WORD_READ_RANKS,
                                 WORD_READ_NEUTRAL,  WORD_READ_CHANCE, WORD_READ_MISSING};
    Pen *pen = &r->pen;
    document_page_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_READ_HEADING, "how-to-read");
    pen_para(pen, NULL, PARA_LEAD, WORD_READ_LEAD);
    Block *list = document_list(pen->d, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(items); k++)
        pen_item(pen, list, items[k]);
    int i = example_indicator(pen->c);
    int area = i < 0 ? -1 : example_area(pen->c, (guint)i, (guint)latest_of(pen->c, (guint)i));
    if (area >= 0) {
        pen_heading(pen, NULL, 2, WORD_EXAMPLE_HEADING, "example");
        write_example(pen, (guint)i, (guint)latest_of(pen->c, (guint)i), (guint)area);
    }
}
