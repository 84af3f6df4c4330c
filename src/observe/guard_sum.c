#include "guard.h"

#include <math.h>

#include "peerline/base/number.h"

/* The publisher's national row beside the sum of the areas. */

/* The areas of one period that have a number. */
typedef struct {
    double total;
    guint n, missing;
    guint rows; /* rows combined: each may be rounded */
    guint first_line, last_line;
    double unit; /* what all numbers are multiples of */
} Parts;

static gboolean is_multiple(double x, double unit)
{
    const double times = x / unit;
    return fabs(times - round(times)) <= 1e-9 * MAX(1, fabs(times));
}

/* The largest of the units that publishers round to of which the number is a multiple. */
static double rounding_unit(double x, double at_most)
{
    static const double UNITS[] = {1e6, 1e5, 1e4, 1e3, 100, 10, 5, 1, 0.1, 0.01, 0.001, 1e-4};
    for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++)
        if (UNITS[i] <= at_most && is_multiple(x, UNITS[i]))
            return UNITS[i];
    return 0;
}

static void add_part(Parts *parts, Sum *sum, const Observation *o)
{
    sum_add(sum, o->numerator);
    parts->n++;
    parts->rows += MAX(o->rows, 1);
    if (o->line && (!parts->first_line || o->line < parts->first_line))
        parts->first_line = o->line;
    parts->last_line = MAX(parts->last_line, o->line);
    if (parts->unit > 0)
        parts->unit = rounding_unit(o->numerator, parts->unit);
}

static Parts parts_of(const Guard *g, guint i, guint p, double nation)
{
    Parts parts = {.unit = rounding_unit(nation, 1e6)};
    Sum sum = {0};
    for (guint a = 0; a < g->set->n_areas; a++) {
        const Observation *o = guard_cell(g, i, p, (int)a);
        if (!observation_in_force(g->set, &g->set->series[i], p, a))
            continue; /* restated or not: its ground is another's in this period */
        if (isnan(o->numerator))
            parts.missing++;
        else
            add_part(&parts, &sum, o);
    }
    parts.total = sum_total(&sum);
    return parts;
}

/* Each of N rounded rows is off by up to half a unit, and by unit/√12 in the root mean square: all
 * together by no more than N halves, and hardly ever by 5·√N times that. Few figures may be round
 * by chance, and figures that are multiples of nothing were computed: those are taken as rounded to
 * the unit of the definition. */
static double tolerance(const Guard *g, guint i, const Parts *parts, const Observation *nation)
{
    const double declared = MAX(1, fabs(g->study->indicators[i].numerator.scale));
    const double rows = parts->rows + MAX(nation->rows, 1);
    double unit = parts->unit;
    if (unit == 0 || (parts->n < 10 && unit > declared))
        unit = declared;
    return MIN(0.5 * unit * rows, 5 * unit * sqrt(rows / 12));
}

static char *place(const Guard *g, const Observation *nation, const Parts *parts)
{
    if (nation->source < 0 || !parts->first_line)
        return g_strdup("");
    if (parts->first_line == parts->last_line)
        return g_strdup_printf(" (%s: all on line %u)", g->set->sources[nation->source].file,
                               nation->line);
    return g_strdup_printf(" (%s: line %u; lines %u to %u)", g->set->sources[nation->source].file,
                           nation->line, parts->first_line, parts->last_line);
}

static void note(const Guard *g, guint i, guint p, const Parts *parts)
{
    Series *s = &g->set->series[i];
    const Observation *nation = &s->national[p];
    const AreaRegister *words = &g->study->areas;
    const int decimals = nation->numerator == floor(nation->numerator) ? 0 : 1;
    g_autofree char *theirs = number_text(nation->numerator, decimals);
    g_autofree char *ours = number_text(parts->total, decimals);
    g_autofree char *text = g_strdup_printf(
        "The publisher's row for %s gives %s; the %u %s with a figure add up to %s. The national "
        "value shown is %s.",
        words->nation, theirs, parts->n, parts->n == 1 ? words->singular : words->plural, ours,
        isnan(nation->value) ? "computed from the sums over those with a value"
                             : "the publisher's");
    g_autofree char *where = place(g, nation, parts);
    s->sum_note[p] = observation_set_string(g->set, text);
    diag_add(g->diags, DIAG_NOTE, "sum-differs",
             nation->source >= 0 ? g->set->sources[nation->source].file : NULL, nation->line, 0,
             "indicator %s, %s: the row for %s gives %s, its %u %s with a figure add up to %s; %u "
             "have none%s",
             g->study->indicators[i].id, s->period_labels[p], words->nation, theirs, parts->n,
             parts->n == 1 ? words->singular : words->plural, ours, parts->missing, where);
}

static void compare(const Guard *g, guint i, guint p)
{
    const Observation *nation = &g->set->series[i].national[p];
    if (isnan(nation->numerator) || g->study->indicators[i].measure == MEASURE_PUBLISHED)
        return;
    if (guard_only_hidden(g, i, p) >= 0)
        return; /* the difference would be the figure that is suppressed */
    const Parts parts = parts_of(g, i, p, nation->numerator);
    if (parts.n > 0 && fabs(parts.total - nation->numerator) > tolerance(g, i, &parts, nation))
        note(g, i, p, &parts);
}

void guard_sums(Guard *g)
{
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            compare(g, i, p);
}
