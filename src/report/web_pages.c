#include "peerline/report/web.h"

#include "web_rows.h"

#include <math.h>

/* ---- areas ---- */

static void areas_columns(Pen *pen, Block *table)
{
    const AreaRegister *areas = &pen->c->study->areas;
    table_add_column(table, pen_say(pen, WORD_COLUMN_AREA), 0, FALSE);
    table_add_column(table, pen_say(pen, WORD_COLUMN_CODE), 0, FALSE);
    for (guint k = 0; k < areas->n_classes; k++) {
        g_autofree char *first = g_utf8_substring(areas->classes[k].title, 0, 1);
        g_autofree char *upper = g_utf8_strup(first, -1);
        table_add_column(table,
                         pen_format(pen, "%s%s", upper, g_utf8_next_char(areas->classes[k].title)),
                         0, FALSE);
    }
    table_add_column(table, pen_say(pen, WORD_WEB_COLUMN_ABOVE), 0, TRUE);
    table_add_column(table, pen_say(pen, WORD_WEB_COLUMN_BELOW), 0, TRUE);
    table_add_column(table, pen_say(pen, WORD_WEB_COLUMN_WITHOUT), 0, TRUE);
}

static void areas_row(Pen *pen, Block *table, guint a, const gboolean *wanted)
{
    const ReportContext *c = pen->c;
    guint above = 0, below = 0, without = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        const int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const Verdict *v = verdict_of(c, i, (guint)p, a);
        above += is_flagged(v) && v->direction == DIRECTION_HIGHER;
        below += is_flagged(v) && v->direction != DIRECTION_HIGHER;
        without += !isfinite(observed(c, i, (guint)p, a)->value);
    }
    table_add_text(table, web_area_link(pen, a, wanted));
    table_add_text(table, pen_escape(pen, c->set->areas[a].code));
    for (guint k = 0; k < c->study->areas.n_classes; k++) {
        const char *text = c->set->areas[a].classes[k];
        table_add_text(table, text && *text ? pen_escape(pen, text) : pen_say(pen, WORD_DASH));
    }
    table_add_number(table, phrase_count(pen, above));
    table_add_number(table, phrase_count(pen, below));
    table_add_number(table, phrase_count(pen, without));
}

Document *report_web_areas(const ReportContext *c, const gboolean *wanted)
{
    Pen pen = {0};
    pen_init(&pen, c, c->title);
    g_autoptr(GArray) order = report_web_area_order(c);
    gboolean all = TRUE;
    for (guint k = 0; k < order->len; k++)
        all = all && wanted[g_array_index(order, guint, k)];
    pen_heading(&pen, NULL, 1, WORD_WEB_AREAS_HEADING, NULL);
    pen_para(&pen, NULL, PARA_LEAD, WORD_WEB_AREAS_LEAD);
    if (!all)
        pen_para(&pen, NULL, PARA_BODY, WORD_WEB_AREAS_LEAD_SOME);
    Block *table = document_table(pen.d, NULL, NULL);
    table->table->row_headers = TRUE;
    table->table->sortable = TRUE;
    table->search = web_label(&pen, WORD_WEB_FIND_SEARCH);
    areas_columns(&pen, table);
    for (guint k = 0; k < order->len; k++)
        areas_row(&pen, table, g_array_index(order, guint, k), wanted);
    pen_para(&pen, NULL, PARA_SMALL, WORD_WEB_AREAS_NOTE);
    return pen_finish(&pen);
}

/* ---- indicators ---- */

static const PenColumn INDICATOR_COLUMNS[] = {{WORD_COLUMN_INDICATOR, 0, FALSE},
                                              {WORD_WEB_COLUMN_COUNTED, 0, FALSE},
                                              {WORD_WEB_COLUMN_PERIOD, 0, FALSE}};

static void indicator_row(Pen *pen, Block *table, guint i)
{
    const Indicator *indicator = indicator_of(pen->c, i);
    const int p = latest_of(pen->c, i);
    table_add_text(table, web_indicator_cell(pen, i));
    if (indicator->numerator_text && indicator->denominator_text)
        pen_cell(pen, table, WORD_WEB_COUNTED_RATIO, "numerator", indicator->numerator_text,
                 "denominator", indicator->denominator_text);
    else
        pen_cell(pen, table, WORD_WEB_COUNTED_VALUE, "numerator",
                 indicator->numerator_text ? indicator->numerator_text : indicator->title);
    table_add_text(table, p < 0 ? pen_say(pen, WORD_WEB_NO_FIGURES)
                                : pen_escape(pen, phrase_period(pen->c, i, (guint)p)));
}

Document *report_web_indicators(const ReportContext *c)
{
    Pen pen = {0};
    pen_init(&pen, c, c->title);
    g_autofree guint *order = report_indicator_order(c);
    pen_heading(&pen, NULL, 1, WORD_WEB_INDICATORS_HEADING, NULL);
    pen_para(&pen, NULL, PARA_LEAD, WORD_WEB_INDICATORS_LEAD);
    Block *table = NULL;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        if (!table || report_begins_domain(c, order, k)) {
            document_heading(pen.d, NULL, 2, web_domain(&pen, order[k]), NULL);
            table = pen_table(&pen, NULL, NULL, INDICATOR_COLUMNS, G_N_ELEMENTS(INDICATOR_COLUMNS));
            table->table->row_headers = TRUE;
        }
        indicator_row(&pen, table, order[k]);
    }
    return pen_finish(&pen);
}

/* ---- an indicator: every area ---- */

static const PenColumn EVERY_COLUMNS[] = {
    {WORD_COLUMN_AREA, 0, FALSE},        {WORD_COLUMN_VALUE, 0, TRUE},
    {WORD_WEB_COLUMN_INTERVAL, 0, TRUE}, {WORD_COLUMN_POSITION, 0, FALSE},
    {WORD_COLUMN_LIMITS, 0, FALSE},
};

static void every_row(Pen *pen, Block *table, guint i, guint p, guint a)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, a);
    const double value = observed(c, i, p, a)->value;
    table_add_text(table, pen_escape(pen, phrase_area(c, a)));
    if (!isfinite(value)) {
        table_add_number(table, pen_say(pen, WORD_DASH));
        table_add_number(table, pen_say(pen, WORD_DASH));
        table_add_text(table, pen_escape(pen, phrase_missing(pen, i, p, a)));
        table_add_text(table, pen_say(pen, WORD_DASH));
        return;
    }
    const char *range = phrase_range(pen, indicator, v->lower95, v->upper95);
    table_add_number(table, phrase_value(pen, indicator, value));
    table_add_number(table, *range ? range : pen_say(pen, WORD_DASH));
    table_add_text(table, phrase_position(pen, i, p, a));
    table_add_text(table, phrase_limits(pen, i, p, a));
}

Document *report_web_indicator(const ReportContext *c, guint i)
{
    const int p = latest_of(c, i);
    if (p < 0 || !is_compared(indicator_of(c, i)))
        return NULL;
    Pen pen = {0};
    pen_init(&pen, c, indicator_of(c, i)->title);
    g_autoptr(GArray) order = report_web_area_order(c);
    pen_heading(&pen, NULL, 3, WORD_WEB_EVERY_AREA_HEADING, "every-area");
    Block *table =
        pen_table(&pen, NULL,
                  pen_say(&pen, WORD_WEB_EVERY_AREA_CAPTION, "indicator", indicator_of(c, i)->title,
                          "period", phrase_period(c, i, (guint)p)),
                  EVERY_COLUMNS, G_N_ELEMENTS(EVERY_COLUMNS));
    table->table->row_headers = TRUE;
    table->table->sortable = TRUE;
    table->search = web_label(&pen, WORD_WEB_FIND_SEARCH);
    for (guint k = 0; k < order->len; k++) {
        const guint a = g_array_index(order, guint, k);
        if (is_in_force(c, i, (guint)p, a))
            every_row(&pen, table, i, (guint)p, a);
    }
    return pen_finish(&pen);
}
