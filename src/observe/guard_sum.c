#include "guard.h"

#include <math.h>

#include "peerline/base/number.h"

/* The publisher's national row beside the sum of the areas. */

/* One of the two numbers of a cell, and where it was read. */
typedef struct {
    double number;
    gint32 source;
    guint32 line, rows;
} Entry;

static Entry entry_of(const Observation *o, gboolean bottom)
{
    return bottom ? (Entry){o->denominator, o->denominator_source, o->denominator_line,
                            o->denominator_rows}
                  : (Entry){o->numerator, o->source, o->line, o->rows};
}

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

static void add_part(Parts *parts, Sum *sum, const Entry *e)
{
    sum_add(sum, e->number);
    parts->n++;
    parts->rows += MAX(e->rows, 1);
    if (e->line && (!parts->first_line || e->line < parts->first_line))
        parts->first_line = e->line;
    parts->last_line = MAX(parts->last_line, e->line);
    if (parts->unit > 0)
        parts->unit = rounding_unit(e->number, parts->unit);
}

static Parts parts_of(const Guard *g, guint i, guint p, gboolean bottom)
{
    const Entry nation = entry_of(&g->set->series[i].national[p], bottom);
    Parts parts = {.unit = rounding_unit(nation.number, 1e6)};
    Sum sum = {0};
    for (guint a = 0; a < g->set->n_areas; a++) {
        const Observation *o = guard_cell(g, i, p, (int)a);
        if (!observation_in_force(g->set, &g->set->series[i], p, a))
            continue; /* restated or not: its ground is another's in this period */
        const Entry e = entry_of(o, bottom);
        if (isnan(e.number))
            parts.missing++;
        else
            add_part(&parts, &sum, &e);
    }
    parts.total = sum_total(&sum);
    return parts;
}

/* Each of N rounded rows is off by up to half a unit, and by unit/√12 in the root mean square: all
 * together by no more than N halves, and hardly ever by 5·√N times that. Few figures may be round
 * by chance, and figures that are multiples of nothing were computed: those are taken as rounded to
 * the unit of the definition. */
static double tolerance(const Guard *g, guint i, gboolean bottom, const Parts *parts,
                        const Entry *nation)
{
    const Indicator *d = &g->study->indicators[i];
    const double declared = MAX(1, fabs(bottom ? d->denominator.scale : d->numerator.scale));
    const double rows = parts->rows + MAX(nation->rows, 1);
    double unit = parts->unit;
    if (unit == 0 || (parts->n < 10 && unit > declared))
        unit = declared;
    return MIN(0.5 * unit * rows, 5 * unit * sqrt(rows / 12));
}

static char *place(const Guard *g, const Entry *nation, const Parts *parts)
{
    const char *file = observation_place(g->set, nation->source);
    if (!file || !parts->first_line)
        return g_strdup("");
    if (parts->first_line == parts->last_line)
        return g_strdup_printf(" (%s: all on line %u)", file, nation->line);
    return g_strdup_printf(" (%s: line %u; lines %u to %u)", file, nation->line, parts->first_line,
                           parts->last_line);
}

/* For readers, behind what is said already. */
static void note(const Guard *g, guint i, guint p, const char *text)
{
    char **said = &g->set->series[i].sum_note[p];
    g_autofree char *both = *said ? g_strdup_printf("%s %s", *said, text) : NULL;
    *said = observation_set_string(g->set, both ? both : text);
}

static void tell(const Guard *g, guint i, guint p, gboolean bottom, const Parts *parts)
{
    const Series *s = &g->set->series[i];
    const Entry nation = entry_of(&s->national[p], bottom);
    const AreaRegister *words = &g->study->areas;
    const int decimals = nation.number == floor(nation.number) ? 0 : 1;
    const char *as = bottom ? " as the denominator" : "";
    g_autofree char *theirs = number_text(nation.number, decimals);
    g_autofree char *ours = number_text(parts->total, decimals);
    g_autofree char *text = g_strdup_printf(
        "The publisher's row for %s gives %s%s; the %u %s with a figure add up to %s. The national "
        "value shown is %s.",
        words->nation, theirs, as, parts->n, parts->n == 1 ? words->singular : words->plural, ours,
        isnan(s->national[p].value) ? "computed from the sums over those with a value"
                                    : "the publisher's");
    g_autofree char *where = place(g, &nation, parts);
    note(g, i, p, text);
    diag_add(g->diags, DIAG_NOTE, "sum-differs", observation_place(g->set, nation.source),
             nation.line, 0,
             "indicator %s, %s: the row for %s gives %s%s, its %u %s with a figure add up to %s; "
             "%u have none%s",
             g->study->indicators[i].id, s->period_labels[p], words->nation, theirs, as, parts->n,
             parts->n == 1 ? words->singular : words->plural, ours, parts->missing, where);
}

static void compare(const Guard *g, guint i, guint p, gboolean bottom)
{
    const Entry nation = entry_of(&g->set->series[i].national[p], bottom);
    if (isnan(nation.number) || g->study->indicators[i].measure == MEASURE_PUBLISHED)
        return;
    if (guard_only_hidden(g, i, p) >= 0)
        return; /* the difference would be the figure that is suppressed */
    const Parts parts = parts_of(g, i, p, bottom);
    /* Where areas have none, the denominators differ for the reason that is told of the others. */
    if (parts.n == 0 || (bottom && parts.missing > 0))
        return;
    if (fabs(parts.total - nation.number) > tolerance(g, i, bottom, &parts, &nation))
        tell(g, i, p, bottom, &parts);
}

void guard_sums(Guard *g)
{
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            for (guint bottom = 0; bottom < 2; bottom++)
                compare(g, i, p, bottom == 1);
}
