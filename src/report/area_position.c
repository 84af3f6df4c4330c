#include "area.h"

#include "peerline/base/number.h"

#include <math.h>

/* A spine longer than this does not fit on a page with its heading. */
#define SPINE_ROWS_MOST  18
#define CLOSER_LOOK_MOST 4

/* ---- a closer look ---- */

/* Two of each direction, then the third ones while there is room on the page. */
static guint closer_findings(const AreaReport *r, const Finding *out[CLOSER_LOOK_MOST])
{
    guint n = 0;
    for (guint round = 0; round < 2; round++)
        for (int good = -1; good <= 1; good++) {
            const Finding *chosen[FRONT_PAGE_MOST];
            guint m = area_chosen(r, good, chosen);
            guint from = round == 0 ? 0 : 2, to = round == 0 ? MIN(m, 2) : m;
            for (guint k = from; k < to && n < CLOSER_LOOK_MOST; k++)
                out[n++] = chosen[k];
        }
    return n;
}

void area_closer_look(AreaReport *r)
{
    Pen *pen = &r->pen;
    Block *columns = NULL;
    guint shown = 0;
    const Finding *chosen[CLOSER_LOOK_MOST];
    guint n = closer_findings(r, chosen);
    for (guint k = 0; k < n; k++) {
        const Finding *f = chosen[k];
        Scene *scene = figure_peers(pen, f->indicator, f->period, r->area);
        if (!scene)
            continue;
        if (shown == 0) {
            pen_heading(pen, NULL, 2, WORD_CLOSER_HEADING, "closer-look");
            pen_para(pen, NULL, PARA_BODY, WORD_CLOSER_LEAD);
        }
        gboolean narrow = scene->width < DOCUMENT_TEXT_WIDTH;
        if (narrow && (!columns || columns->children->len == 2))
            columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
        Block *group = document_container(pen->d, narrow ? columns : NULL, BLOCK_GROUP);
        document_figure(pen->d, group, scene,
                        pen_say(pen, WORD_CLOSER_CAPTION, "indicator",
                                phrase_indicator(indicator_of(pen->c, f->indicator)), "period",
                                phrase_period(pen->c, f->indicator, f->period), "+words",
                                standout_words(pen, f)));
        shown++;
    }
    r->closer = shown;
}

/* ---- spine ---- */

/* Indicators of the report's order that can stand in a spine. */
static GArray *compared_indicators(const AreaReport *r)
{
    const ReportContext *c = r->pen.c;
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = 0; k < c->study->n_indicators; k++)
        if (is_compared(indicator_of(c, r->order[k])) && latest_of(c, r->order[k]) >= 0)
            g_array_append_val(kept, r->order[k]);
    return kept;
}

static void write_spine(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    const guint *all = (const guint *)shown->data;
    for (guint from = 0; from < shown->len;) {
        guint n = MIN(SPINE_ROWS_MOST, shown->len - from);
        if (shown->len - from > n) /* break where a domain begins, if one does in the latter half */
            for (guint m = n; m > n / 2; m--)
                if (report_begins_domain(pen->c, all + from, m)) {
                    n = m;
                    break;
                }
        Scene *scene = figure_spine(pen, r->area, all + from, n);
        document_figure(pen->d, NULL, scene, from == 0 ? pen_say(pen, WORD_SPINE_CAPTION) : NULL);
        from += n;
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_SPINE_NOTE);
}

/* ---- table ---- */

static const PenColumn POSITION_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.20, FALSE}, {WORD_COLUMN_UNIT_PERIOD, 0.20, FALSE},
    {WORD_COLUMN_VALUE_RANGE, 0, TRUE},   {WORD_COLUMN_NATIONAL, 0, TRUE},
    {WORD_COLUMN_PEER_MEDIAN, 0, TRUE},   {WORD_COLUMN_PEER_MIDDLE, 0, TRUE},
    {WORD_COLUMN_POSITION, 0.14, FALSE},
};

static const char *value_with_range(Pen *pen, guint i, guint p, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    double value = observed(c, i, p, area)->value;
    if (!isfinite(value))
        return pen_say(pen, WORD_DASH);
    const char *range = phrase_range(pen, indicator, v->lower95, v->upper95);
    return *range ? pen_format(pen, "%s (%s)", phrase_value(pen, indicator, value), range)
                  : phrase_value(pen, indicator, value);
}

static void position_row(AreaReport *r, Block *table, guint i)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const Verdict *v = verdict_of(c, i, p, r->area);
    const char *peers =
        phrase_range(pen, indicator, v->peer_lower_quartile, v->peer_upper_quartile);
    pen_cell(pen, table, WORD_CELL_INDICATOR_ALONE, "indicator", phrase_indicator(indicator));
    pen_cell(pen, table,
             indicator->unit && *indicator->unit ? WORD_CELL_UNIT_PERIOD : WORD_CELL_PERIOD, "unit",
             indicator->unit ? indicator->unit : "", "period", phrase_period(c, i, p));
    table_add_number(table, value_with_range(pen, i, p, r->area));
    table_add_number(table, phrase_value(pen, indicator, report_nation_value(c, i, p)));
    table_add_number(table, phrase_value(pen, indicator, v->peer_median));
    table_add_number(table, *peers ? peers : pen_say(pen, WORD_DASH));
    table_add_text(table, isfinite(observed(c, i, p, r->area)->value)
                              ? phrase_position(pen, i, p, r->area)
                              : pen_say(pen, WORD_NO_VALUE));
}

static void write_table(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    Block *table = pen_table(pen, NULL, pen_say(pen, WORD_POSITION_CAPTION), POSITION_COLUMNS,
                             G_N_ELEMENTS(POSITION_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < shown->len; k++)
        position_row(r, table, g_array_index(shown, guint, k));
    pen_para(pen, NULL, PARA_SMALL, WORD_POSITION_NOTE);
}

/* ---- plain amounts ---- */

static void write_totals(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *list = NULL;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (is_compared(indicator_of(c, i)) || p < 0)
            continue;
        if (!list) {
            pen_para(pen, NULL, PARA_BODY, WORD_TOTALS_LEAD);
            list = document_list(pen->d, NULL);
        }
        pen_item(
            pen, list, WORD_TOTAL_ITEM, "indicator", indicator_of(c, i)->title, "period",
            phrase_period(c, i, (guint)p), "value",
            phrase_value_unit(pen, indicator_of(c, i), observed(c, i, (guint)p, r->area)->value));
    }
}

/* ---- against all ---- */

static const PenColumn LIMIT_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.32, FALSE},
    {WORD_COLUMN_VALUE, 0.12, TRUE},
    {WORD_COLUMN_NATIONAL_OR_TARGET, 0.12, TRUE},
    {WORD_COLUMN_LIMITS, 0.22, FALSE},
    {WORD_COLUMN_Q_AREA, 0.11, TRUE},
    {WORD_COLUMN_PERSISTENT, 0.11, TRUE},
};

static void limit_row(AreaReport *r, Block *table, guint i, guint p)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, r->area);
    pen_cell(pen, table, WORD_CELL_INDICATOR_PERIOD, "indicator", phrase_indicator(indicator),
             "period", phrase_period(c, i, p));
    table_add_number(table, phrase_value(pen, indicator, observed(c, i, p, r->area)->value));
    table_add_number(table, phrase_value(pen, indicator, summary_of(c, i, p)->target));
    table_add_text(table, phrase_limits(pen, i, p, r->area));
    table_add_number(table, phrase_probability(pen, v->q_area));
    table_add_number(table, phrase_count(pen, v->persistent_periods));
}

static void write_limits(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    pen_heading(pen, NULL, 2, WORD_NATIONAL_LIMITS_HEADING, "national-limits");
    guint judged = 0, flagged = 0;
    for (guint k = 0; k < shown->len; k++) {
        guint i = g_array_index(shown, guint, k);
        const Verdict *v = verdict_of(c, i, (guint)latest_of(c, i), r->area);
        gboolean has = v->ranked && v->outlier != OUTLIER_NOT_ESTIMABLE;
        judged += has;
        flagged += has && is_flagged(v);
    }
    if (judged == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_NATIONAL_LIMITS_NO_FIGURE);
        return;
    }
    g_autofree char *expected = number_text(judged * STANDOUT_LEVEL, 1);
    pen_para(pen, NULL, PARA_BODY,
             flagged       ? WORD_NATIONAL_LIMITS_LEAD
             : judged == 1 ? WORD_NATIONAL_LIMITS_NOT_THE_ONE
                           : WORD_NATIONAL_LIMITS_NONE,
             "flagged", phrase_count(pen, flagged), "n", phrase_count(pen, judged), "expected",
             expected);
    if (flagged == 0)
        return;
    Block *table = pen_table(pen, NULL, NULL, LIMIT_COLUMNS, G_N_ELEMENTS(LIMIT_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < shown->len; k++) {
        guint i = g_array_index(shown, guint, k), p = (guint)latest_of(c, i);
        if (is_flagged(verdict_of(c, i, p, r->area)))
            limit_row(r, table, i, p);
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_NATIONAL_LIMITS_NOTE);
}

void area_position(AreaReport *r)
{
    Pen *pen = &r->pen;
    g_autoptr(GArray) shown = compared_indicators(r);
    /* The spine takes a page: what is short goes where the closer look leaves room. */
    gboolean limits_first = shown->len > 0 && r->closer > 0 && r->closer <= 2;
    if (limits_first)
        write_limits(r, shown);
    pen_heading(pen, NULL, 2, WORD_SPINE_HEADING, "all-indicators");
    if (shown->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_SPINE_EMPTY);
    } else {
        write_spine(r, shown);
        write_table(r, shown);
    }
    write_totals(r);
    if (shown->len > 0 && !limits_first)
        write_limits(r, shown);
}
