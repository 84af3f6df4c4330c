#include "national.h"

/* Outside for so many periods in a row, the latest included. */
#define PERIODS_IN_A_ROW 3
#define ROWS_MOST        60

typedef struct {
    guint place, indicator, area; /* place of the indicator in the report's order */
} Persistent;

static int compare(gconstpointer va, gconstpointer vb, gpointer data)
{
    const Persistent *a = va, *b = vb;
    const ReportContext *c = data;
    const guint x =
        verdict_of(c, a->indicator, (guint)latest_of(c, a->indicator), a->area)->persistent_periods;
    const guint y =
        verdict_of(c, b->indicator, (guint)latest_of(c, b->indicator), b->area)->persistent_periods;
    if (x != y)
        return x > y ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->area < b->area ? -1 : a->area > b->area;
}

/* The longest first; `several` gets how many indicators have that many periods at all. */
static GArray *find(const NationalReport *r, guint *several)
{
    const ReportContext *c = r->pen.c;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Persistent));
    *several = 0;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const guint i = r->order[k];
        const int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        *several += p + 1 >= PERIODS_IN_A_ROW;
        for (guint a = 0; a < c->set->n_areas; a++) {
            const Verdict *v = verdict_of(c, i, (guint)p, a);
            const Persistent one = {k, i, a};
            if (is_flagged(v) && v->persistent_periods >= PERIODS_IN_A_ROW)
                g_array_append_val(found, one);
        }
    }
    g_array_sort_with_data(found, compare, (gpointer)c);
    return found;
}

static const PenColumn COLUMNS[] = {
    {WORD_COLUMN_AREA, 0.30, FALSE},
    {WORD_COLUMN_INDICATOR, 0.34, FALSE},
    {WORD_COLUMN_LIMITS, 0.24, FALSE},
    {WORD_COLUMN_PERSISTENT, 0.12, TRUE},
};

static void write_table(NationalReport *r, const GArray *found)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *table = pen_table(pen, NULL, NULL, COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < MIN(found->len, ROWS_MOST); k++) {
        const Persistent *one = &g_array_index(found, Persistent, k);
        const guint p = (guint)latest_of(c, one->indicator);
        table_add_text(table, pen_escape(pen, phrase_area(c, one->area)));
        national_name_row(r, table, ROWS_PERSISTENT, one->indicator, one->area);
        table_add_text(table, phrase_link(pen, one->indicator));
        table_add_text(table, phrase_limits(pen, one->indicator, p, one->area));
        table_add_number(
            table,
            phrase_count(pen, verdict_of(c, one->indicator, p, one->area)->persistent_periods));
    }
    if (found->len > ROWS_MOST)
        pen_para(pen, NULL, PARA_SMALL, WORD_OUTLIERS_CUT, "n",
                 phrase_count(pen, found->len - ROWS_MOST));
}

void national_persistent(NationalReport *r)
{
    Pen *pen = &r->pen;
    guint several;
    g_autoptr(GArray) found = find(r, &several);
    if (several == 0)
        return; /* no indicator has so many periods: nothing could be said */
    pen_heading(pen, NULL, 1, WORD_PERSISTENT_HEADING, "persistent");
    pen_para(pen, NULL, PARA_BODY, found->len ? WORD_PERSISTENT_LEAD : WORD_PERSISTENT_NONE,
             "periods", phrase_count(pen, PERIODS_IN_A_ROW), "n", phrase_count(pen, found->len));
    if (found->len > 0)
        write_table(r, found);
}
