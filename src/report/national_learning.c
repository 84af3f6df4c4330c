#include "national.h"
#include "practice.h"

#define AREAS_PER_INDICATOR 5

/* How many areas could learn from each area, for one indicator in its latest period. */
typedef struct {
    guint area, learners;
    gboolean practice; /* a case of it is in the register */
} Teacher;

static int compare_teachers(gconstpointer a, gconstpointer b)
{
    const Teacher *x = a, *y = b;
    if (x->learners != y->learners)
        return x->learners > y->learners ? -1 : 1;
    return x->area < y->area ? -1 : x->area > y->area;
}

static GArray *teachers(const ReportContext *c, guint i)
{
    const Assessment *a = c->assessment;
    guint n = c->set->n_areas;
    g_autofree Teacher *all = g_new0(Teacher, MAX(n, 1));
    for (guint k = 0; k < a->n_learn; k++) {
        const LearnFrom *l = &a->learn[k];
        if (l->indicator != i || (int)l->period != latest_of(c, i))
            continue;
        all[l->peer].learners++;
        all[l->peer].practice = all[l->peer].practice || l->practice >= 0;
    }
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Teacher));
    for (guint area = 0; area < n; area++) {
        all[area].area = area;
        if (all[area].learners > 0)
            g_array_append_val(found, all[area]);
    }
    g_array_sort(found, compare_teachers);
    return found;
}

static const PenColumn COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.38, FALSE}, {WORD_COLUMN_AREA, 0.26, FALSE},
    {WORD_COLUMN_VALUE, 0.10, TRUE},      {WORD_COLUMN_LEARNERS, 0.13, TRUE},
    {WORD_COLUMN_PRACTICE, 0.13, FALSE},
};

static void write_teachers(NationalReport *r, Block **table, guint i, const GArray *found)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint p = (guint)latest_of(c, i);
    for (guint k = 0; k < MIN(found->len, AREAS_PER_INDICATOR); k++) {
        const Teacher *t = &g_array_index(found, Teacher, k);
        if (!*table) {
            *table = pen_table(pen, NULL, NULL, COLUMNS, G_N_ELEMENTS(COLUMNS));
            (*table)->table->compact = TRUE;
            (*table)->table->row_headers = TRUE;
        }
        pen_cell(pen, *table, WORD_CELL_INDICATOR_PERIOD, "indicator",
                 phrase_indicator(indicator_of(c, i)), "period", phrase_period(c, i, p));
        national_name_row(r, *table, ROWS_LEARNING, i, t->area);
        table_add_text(*table, pen_escape(pen, phrase_area(c, t->area)));
        table_add_number(*table,
                         phrase_value(pen, indicator_of(c, i), observed(c, i, p, t->area)->value));
        table_add_number(*table, phrase_count(pen, t->learners));
        pen_cell(pen, *table, t->practice ? WORD_CELL_PRACTICE_BELOW : WORD_DASH);
    }
}

static void write_register(Pen *pen)
{
    const Study *study = pen->c->study;
    pen_heading(pen, NULL, 2, WORD_REGISTER_HEADING, "practice")->unlisted = TRUE;
    if (study->n_practice == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_PRACTICE_NO_REGISTER);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_REGISTER_LEAD);
    for (guint k = 0; k < study->n_practice; k++)
        practice_write(pen, NULL, &study->practice[k]);
}

void national_learning(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    pen_heading(pen, NULL, 1, WORD_NATIONAL_LEARN_HEADING, "learning");
    pen_para(pen, NULL, PARA_BODY, WORD_NATIONAL_LEARN_LEAD);
    Block *table = NULL;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        if (latest_of(c, r->order[k]) < 0)
            continue;
        g_autoptr(GArray) found = teachers(c, r->order[k]);
        write_teachers(r, &table, r->order[k], found);
    }
    if (!table)
        pen_para(pen, NULL, PARA_BODY, WORD_NATIONAL_LEARN_EMPTY);
    write_register(pen);
}
