#include "guard.h"

#include <math.h>
#include <string.h>

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

/* One sum that differs, and the indicators that have it: a denominator often serves several. */
typedef struct {
    const char *file;
    guint line;
    char *period, *text;
    GPtrArray *indicators; /* their ids */
} Finding;

static void finding_free(gpointer data)
{
    Finding *f = data;
    g_free(f->period);
    g_free(f->text);
    g_ptr_array_unref(f->indicators);
    g_free(f);
}

static Finding *finding_of(GPtrArray *findings, const char *file, guint line, const char *period,
                           const char *text)
{
    for (guint i = 0; i < findings->len; i++) {
        Finding *f = findings->pdata[i];
        if (f->line == line && g_strcmp0(f->file, file) == 0 && strcmp(f->period, period) == 0 &&
            strcmp(f->text, text) == 0)
            return f;
    }
    Finding *f = g_new(Finding, 1);
    *f = (Finding){file, line, g_strdup(period), g_strdup(text), g_ptr_array_new()};
    g_ptr_array_add(findings, f);
    return f;
}

/* "indicator a", "indicators a, b and c", "indicators a, b, c and 4 more". */
static char *indicators_text(const GPtrArray *ids)
{
    const guint named = ids->len > 4 ? 3 : ids->len;
    GString *text = g_string_new(ids->len == 1 ? "indicator " : "indicators ");
    for (guint i = 0; i < named; i++)
        g_string_append_printf(text, "%s%s",
                               i == 0              ? ""
                               : i + 1 == ids->len ? " and "
                                                   : ", ",
                               (const char *)ids->pdata[i]);
    if (named < ids->len)
        g_string_append_printf(text, " and %u more", ids->len - named);
    return g_string_free(text, FALSE);
}

static void tell_findings(const Guard *g, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const Finding *f = findings->pdata[i];
        g_autofree char *whose = indicators_text(f->indicators);
        diag_add(g->diags, DIAG_NOTE, "sum-differs", f->file, f->line, 0, "%s, %s: %s", whose,
                 f->period, f->text);
    }
}

/* For readers, behind what is said already. */
static void note(const Guard *g, guint i, guint p, const char *text)
{
    char **said = &g->set->series[i].sum_note[p];
    g_autofree char *both = *said ? g_strdup_printf("%s %s", *said, text) : NULL;
    *said = observation_set_string(g->set, both ? both : text);
}

/* Which number of an indicator in a period. */
typedef struct {
    guint indicator, period;
    gboolean bottom;
} Figure;

static void tell(const Guard *g, Figure at, const Parts *parts, GPtrArray *findings)
{
    const Series *s = &g->set->series[at.indicator];
    const guint p = at.period;
    const Entry nation = entry_of(&s->national[p], at.bottom);
    const AreaRegister *words = &g->study->areas;
    const int decimals = nation.number == floor(nation.number) ? 0 : 1;
    const char *as = at.bottom ? " as the denominator" : "";
    g_autofree char *theirs = number_text(nation.number, decimals);
    g_autofree char *ours = number_text(parts->total, decimals);
    g_autofree char *text = g_strdup_printf(
        "The publisher's row for %s gives %s%s; the %u %s with a figure add up to %s. The national "
        "value shown is %s.",
        words->nation, theirs, as, parts->n, parts->n == 1 ? words->singular : words->plural, ours,
        isnan(s->national[p].value) ? "computed from the sums over those with a value"
                                    : "the publisher's");
    g_autofree char *where = place(g, &nation, parts);
    note(g, at.indicator, p, text);
    g_autofree char *missing =
        parts->missing ? g_strdup_printf("; %u have none", parts->missing) : g_strdup("");
    g_autofree char *found =
        g_strdup_printf("the row for %s gives %s%s, its %u %s with a figure add up to %s%s%s",
                        words->nation, theirs, as, parts->n,
                        parts->n == 1 ? words->singular : words->plural, ours, missing, where);
    Finding *f = finding_of(findings, observation_place(g->set, nation.source), nation.line,
                            s->period_labels[p], found);
    g_ptr_array_add(f->indicators, g->study->indicators[at.indicator].id);
}

static void compare(const Guard *g, Figure at, GPtrArray *findings)
{
    const guint i = at.indicator, p = at.period;
    const gboolean bottom = at.bottom;
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
        tell(g, at, &parts, findings);
}

void guard_sums(Guard *g)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(finding_free);
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            for (guint bottom = 0; bottom < 2; bottom++)
                compare(g, (Figure){i, p, bottom == 1}, findings);
    tell_findings(g, findings);
}
