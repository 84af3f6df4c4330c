#include "national.h"

#include "peerline/base/number.h"

#include <math.h>

/* Lists longer than this are the data file's business. */
#define ROWS_PER_INDICATOR 60

static const PenColumn COLUMNS[] = {
    {WORD_COLUMN_AREA, 0.32, FALSE},
    {WORD_COLUMN_VALUE, 0.13, TRUE},
    {WORD_COLUMN_NATIONAL_OR_TARGET, 0.13, TRUE},
    {WORD_COLUMN_LIMITS, 0.22, FALSE},
    {WORD_COLUMN_Q, 0.10, TRUE},
    {WORD_COLUMN_PERSISTENT, 0.10, TRUE},
};

static void outlier_row(Pen *pen, Block *table, guint i, guint p, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    table_add_text(table, pen_escape(pen, area_name(c, area)));
    table_add_number(table, value_text(pen, indicator, observed(c, i, p, area)->value));
    table_add_number(table, value_text(pen, indicator, summary_of(c, i, p)->target));
    table_add_text(table, limits_text(pen, i, p, area));
    table_add_number(table, probability_text(pen, v->q_value));
    table_add_number(table, count_text(pen, v->persistent_periods));
}

static void write_rows(Pen *pen, guint i, guint p)
{
    Block *table = NULL;
    guint shown = 0, all = 0;
    for (int higher = 1; higher >= 0; higher--) {
        g_autoptr(GArray) areas = national_flagged(pen->c, i, p, higher);
        all += areas->len;
        for (guint k = 0; k < areas->len && shown < ROWS_PER_INDICATOR; k++, shown++) {
            if (!table) {
                table = pen_table(pen, NULL, NULL, COLUMNS, G_N_ELEMENTS(COLUMNS));
                table->table->compact = TRUE;
                table->table->row_headers = TRUE;
            }
            outlier_row(pen, table, i, p, g_array_index(areas, guint, k));
        }
    }
    if (all > shown)
        pen_para(pen, NULL, PARA_SMALL, WORD_OUTLIERS_CUT, "n", count_text(pen, all - shown));
}

void national_outliers(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    document_page_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_OUTLIERS_HEADING, "outliers");
    pen_para(pen, NULL, PARA_BODY, WORD_OUTLIERS_LEAD);
    pen_para(pen, NULL, PARA_SMALL, WORD_OUTLIERS_NOTE);
    gboolean any = FALSE;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const PeriodSummary *s = summary_of(c, i, (guint)p);
        Block *heading = document_heading(
            pen->d, NULL, 2, pen_escape(pen, indicator_short_title(indicator_of(c, i))), NULL);
        heading->unlisted = TRUE;
        g_autofree char *expected = number_text(s->expected_alerts, 1);
        if (s->not_estimable)
            pen_para(pen, NULL, PARA_BODY, WORD_NOT_JUDGED, "why", s->not_estimable);
        else
            pen_para(pen, NULL, PARA_BODY, WORD_OUTLIERS_OF, "period", period_text(c, i, (guint)p),
                     "n", count_text(pen, s->alerts + s->alarms), "judged",
                     count_text(pen, s->judged), "expected", expected);
        write_rows(pen, i, (guint)p);
        any = TRUE;
    }
    if (!any)
        pen_para(pen, NULL, PARA_BODY, WORD_OUTLIERS_EMPTY);
}
