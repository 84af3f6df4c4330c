#include "age_table.h"

#include <math.h>

#include "peerline/stats/life.h"

static const double ESP2013[] = {5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
                                 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000};

static void append(GArray *table, AgeBand band, double weight)
{
    const AgeEntry entry = {band, weight, NAN, NAN};
    g_array_append_val(table, entry);
}

GArray *age_table_esp2013(void)
{
    GArray *table = g_array_new(FALSE, FALSE, sizeof(AgeEntry));
    for (guint i = 0; i < G_N_ELEMENTS(ESP2013); i++) {
        const gboolean last = i + 1 == G_N_ELEMENTS(ESP2013);
        append(table, (AgeBand){5 * i, last ? AGE_OPEN : 5 * i + 4}, ESP2013[i]);
    }
    return table;
}

GArray *age_table_life(void)
{
    GArray *table = g_array_new(FALSE, FALSE, sizeof(AgeEntry));
    for (guint i = 0; i < LIFE_BANDS; i++) {
        const guint next = i + 1 < LIFE_BANDS ? (guint)life_startage[i + 1] - 1 : AGE_OPEN;
        append(table, (AgeBand){(guint)life_startage[i], next}, NAN);
    }
    return table;
}

/* ---- from a file ------------------------------------------------------------------------------
 */

typedef struct {
    Reading *r;
    const AgeTable *t;
    const Table *table;
    int band, numbers[2]; /* columns: weight, or events and people */
    gboolean sound;
} AgeReading;

static void fault(AgeReading *a, guint row, const char *what, const char *found)
{
    diag_add(a->r->diags, DIAG_ERROR, "age-band", a->table->file, a->table->line[row], 0,
             "%s: '%s'", what, found);
    a->sound = FALSE;
}

static double read_number(AgeReading *a, guint row, guint which)
{
    const Source *s = &a->r->study->sources[a->t->source];
    const char *text = table_cell(a->table, row, (guint)a->numbers[which]);
    double number = NAN;
    if (!number_parse(text, s->thousands, &number) || number < 0)
        fault(a, row, "not a number of people or events in a table by age (a number from 0)", text);
    return number;
}

static void read_row(AgeReading *a, guint row, GArray *out)
{
    AgeEntry entry = {.weight = NAN, .events = NAN, .people = NAN};
    const char *text = table_cell(a->table, row, (guint)a->band);
    if (!age_read(text, NULL, &entry.band)) {
        fault(a, row, "not an age band (such as 0-4 or 90+; rows: leaves out totals)", text);
        return;
    }
    if (a->t->weight) {
        entry.weight = read_number(a, row, 0);
    } else {
        entry.events = read_number(a, row, 0);
        entry.people = read_number(a, row, 1);
        if (entry.people == 0)
            fault(a, row, "a reference population without people", text);
    }
    for (guint i = 0; i < out->len; i++)
        if (age_overlap(g_array_index(out, AgeEntry, i).band, entry.band)) {
            fault(a, row, "an age band that overlaps one before it", text);
            return;
        }
    g_array_append_val(out, entry);
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    return age_compare(((const AgeEntry *)a)->band, ((const AgeEntry *)b)->band);
}

static gboolean bind(AgeReading *a)
{
    const AgeTable *t = a->t;
    a->band = reading_column(a->r, t->source, t->band, &t->where);
    a->numbers[0] = reading_column(a->r, t->source, t->weight ? t->weight : t->events, &t->where);
    a->numbers[1] = t->weight ? 0 : reading_column(a->r, t->source, t->people, &t->where);
    return a->band >= 0 && a->numbers[0] >= 0 && a->numbers[1] >= 0;
}

static gboolean has_weight(const GArray *table)
{
    double most = 0;
    for (guint i = 0; i < table->len; i++) {
        const AgeEntry *e = &g_array_index(table, AgeEntry, i);
        most = MAX(most, isnan(e->weight) ? e->people : e->weight);
    }
    return most > 0;
}

GArray *age_table_read(Reading *r, const AgeTable *t)
{
    AgeReading a = {.r = r, .t = t, .table = r->tables[t->source], .sound = TRUE};
    if (!a.table || !bind(&a))
        return NULL;
    g_autoptr(BoundFilters) all = filters_bind(r, t->source, &r->study->sources[t->source].rows);
    g_autoptr(BoundFilters) own = filters_bind(r, t->source, &t->rows);
    if (!all || !own)
        return NULL;
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(AgeEntry));
    for (guint row = 0; row < a.table->n_rows; row++)
        if (filters_keep(all, a.table, row) && filters_keep(own, a.table, row))
            read_row(&a, row, out);
    g_array_sort(out, compare_entries);
    if (a.sound && !has_weight(out)) {
        diag_add(r->diags, DIAG_ERROR, "age-band", t->where.file, t->where.line, t->where.column,
                 "no people in the table by age: source %s (rows with a number above 0)",
                 r->study->sources[t->source].id);
        a.sound = FALSE;
    }
    return a.sound ? g_steal_pointer(&out) : NULL;
}
