#include "national.h"

#include "peerline/base/number.h"

/* Lists longer than this are the data file's business. */
#define ROWS_PER_INDICATOR 60
/* Up to here a table stays on one page with its heading. */
#define ROWS_KEPT_TOGETHER 8

static const PenColumn COLUMNS[] = {
    {WORD_COLUMN_AREA, 0.31, FALSE},
    {WORD_COLUMN_VALUE, 0.12, TRUE},
    {WORD_COLUMN_NATIONAL_OR_TARGET, 0.13, TRUE},
    {WORD_COLUMN_LIMITS, 0.21, FALSE},
    {WORD_COLUMN_Q, 0.12, TRUE},
    {WORD_COLUMN_PERSISTENT, 0.11, TRUE},
};

static void outlier_row(NationalReport *r, Block *table, guint i, guint p, guint area)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    table_add_text(table, pen_escape(pen, phrase_area(c, area)));
    national_name_row(r, table, ROWS_OUTLIERS, i, area);
    table_add_number(table, phrase_value(pen, indicator, observed(c, i, p, area)->value));
    table_add_number(table, phrase_value(pen, indicator, summary_of(c, i, p)->target));
    table_add_text(table, phrase_limits(pen, i, p, area));
    table_add_number(table, phrase_probability(pen, v->q_value));
    table_add_number(table, phrase_count(pen, v->persistent_periods));
}

/* Both directions have half of the rows each, and what the other does not need. */
static guint rows_of_side(guint own, guint other)
{
    const guint half = ROWS_PER_INDICATOR / 2;
    return MIN(own, other < half ? ROWS_PER_INDICATOR - other : half);
}

/* The lead is the table's caption, so that no page parts them. */
static void write_rows(NationalReport *r, Block *group, guint i, const char *lead)
{
    Pen *pen = &r->pen;
    guint p = (guint)latest_of(pen->c, i), shown = 0, all = 0;
    Block *table = NULL;
    g_autoptr(GArray) lower = national_flagged(pen->c, i, p, FALSE);
    g_autoptr(GArray) higher = national_flagged(pen->c, i, p, TRUE);
    const GArray *sides[] = {higher, lower};
    for (guint side = 0; side < 2; side++) {
        const guint most = rows_of_side(sides[side]->len, sides[1 - side]->len);
        all += sides[side]->len;
        for (guint k = 0; k < most; k++, shown++) {
            if (!table) {
                table = pen_table(pen, group, lead, COLUMNS, G_N_ELEMENTS(COLUMNS));
                table->table->compact = TRUE;
                table->table->row_headers = TRUE;
            }
            outlier_row(r, table, i, p, g_array_index(sides[side], guint, k));
        }
    }
    if (!table)
        document_paragraph(pen->d, group, PARA_BODY, lead);
    if (all > shown)
        pen_para(pen, group, PARA_SMALL, WORD_OUTLIERS_CUT, "n", phrase_count(pen, all - shown));
}

static void write_indicator(NationalReport *r, guint i, guint p)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const PeriodSummary *s = summary_of(c, i, p);
    Block *group = s->alerts + s->alarms <= ROWS_KEPT_TOGETHER
                       ? document_container(pen->d, NULL, BLOCK_GROUP)
                       : NULL;
    document_heading(pen->d, group, 2, pen_escape(pen, phrase_indicator(indicator_of(c, i))), NULL)
        ->unlisted = TRUE;
    g_autofree char *expected = words_number(pen->c->study, number_text(s->expected_alerts, 1));
    const char *lead =
        s->not_estimable
            ? pen_say(pen, WORD_NOT_JUDGED, "why", phrase_reason(pen, s->not_estimable))
            : pen_say(pen, WORD_OUTLIERS_OF, "period", phrase_period(c, i, p), "n",
                      phrase_count(pen, s->alerts + s->alarms), "judged",
                      phrase_count(pen, s->judged), "expected", expected);
    write_rows(r, group, i, lead);
}

void national_outliers(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    document_soft_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_OUTLIERS_HEADING, "outliers");
    pen_para(pen, NULL, PARA_BODY, WORD_OUTLIERS_LEAD);
    pen_para(pen, NULL, PARA_SMALL, WORD_OUTLIERS_NOTE);
    gboolean any = FALSE;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        int p = latest_of(c, r->order[k]);
        if (p < 0 || !is_compared(indicator_of(c, r->order[k])))
            continue;
        write_indicator(r, r->order[k], (guint)p);
        any = TRUE;
    }
    if (!any)
        pen_para(pen, NULL, PARA_BODY, WORD_OUTLIERS_EMPTY);
}
