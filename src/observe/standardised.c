#include "standardised.h"

#include <math.h>
#include <string.h>

#include "age_table.h"
#include "guard.h"
#include "peerline/stats/life.h"
#include "peerline/stats/standardise.h"
#include "strata.h"

/** The numbers of one figure, by age band. */
typedef struct {
    guint n_bands;
    const AgeBand *bands;
    const double *x, *n;
} Bands;

typedef struct {
    double value;
    Limits limits;
    Status status;
    char *because;
} Figure;

static Figure missing(Status status, char *because)
{
    return (Figure){NAN, limits_none(), status, because};
}

static double total(const double *numbers, guint n)
{
    Sum sum = {0};
    for (guint i = 0; i < n; i++)
        sum_add(&sum, numbers[i]);
    return sum_total(&sum);
}

/* ---- the three measures -------------------------------------------------------------------------
 */

static Figure direct_rate(const Indicator *d, const AgeFigures *ages, const Bands *b)
{
    for (guint k = 0; k < b->n_bands; k++) {
        g_autofree char *label = age_label(b->bands[k]);
        if (!(b->n[k] > 0))
            return missing(STATUS_ZERO_DENOMINATOR, g_strdup_printf("nobody aged %s", label));
    }
    const DirectStrata strata = {b->x, b->n, ages->weight, b->n_bands};
    const DirectRate rate = standardise_direct(&strata, d->per);
    if (isfinite(rate.value))
        return (Figure){rate.value, rate.limits, STATUS_OK, NULL};
    return missing(STATUS_NOT_APPLICABLE,
                   g_strdup("fewer than 10 events: too few for a directly standardised rate"));
}

/* What METHODS 1.6 lets no life expectancy come of, in words; NULL for anything else. */
static char *unfit_for_life_table(const Bands *b)
{
    for (guint k = 0; k < b->n_bands; k++) {
        g_autofree char *label = age_label(b->bands[k]);
        if (!(b->n[k] > 0))
            return g_strdup_printf("nobody aged %s", label);
        if (b->x[k] > b->n[k])
            return g_strdup_printf("more deaths than people aged %s", label);
    }
    if (!(b->x[b->n_bands - 1] > 0))
        return g_strdup("no deaths in the oldest age band");
    return g_strdup("5,000 people or fewer: too few for a life expectancy");
}

static Figure life_expectancy(const Indicator *d, const AgeFigures *ages, const Bands *b)
{
    (void)ages;
    Estimate table[LIFE_BANDS];
    if (!life_table(b->n, b->x, table))
        return missing(STATUS_NOT_APPLICABLE, unfit_for_life_table(b));
    guint at = 0;
    while (life_startage[at] < d->life_age)
        at++;
    Figure out = {table[at].value, table[at].limits, STATUS_OK, NULL};
    if (!isfinite(out.value)) {
        out.status = STATUS_NOT_APPLICABLE;
        out.because = g_strdup("the margin of error is more than 10 years to either side");
    }
    return out;
}

/* ---- an area, the nation, or all areas together -------------------------------------------------
 */

typedef Figure (*FigureOf)(const Indicator *d, const AgeFigures *ages, const Bands *b);

static FigureOf figure_of(Measure m)
{
    return m == MEASURE_DSR ? direct_rate : life_expectancy;
}

/** Expected events by the reference's rates in `expected`, or the reason why there are none. */
static Figure expect(const AgeFigures *ages, guint period, const Bands *b, double *expected)
{
    const double *ref_x = ages->ref_x + (gsize)period * ages->n_bands;
    const double *ref_n = ages->ref_n + (gsize)period * ages->n_bands;
    g_autofree double *x = g_new(double, 4 * (gsize)b->n_bands + 1);
    double *n = x + b->n_bands, *rx = n + b->n_bands, *rn = rx + b->n_bands;
    guint used = 0;
    for (guint k = 0; k < b->n_bands; k++) {
        g_autofree char *label = age_label(b->bands[k]);
        if (ref_n[k] > 0 && isfinite(ref_x[k])) {
            x[used] = b->x[k], n[used] = b->n[k], rx[used] = ref_x[k], rn[used] = ref_n[k];
            used++;
        } else if (!(ref_n[k] <= 0) || b->n[k] > 0 || b->x[k] > 0) {
            return missing(STATUS_NO_DENOMINATOR,
                           g_strdup_printf("no rate to compare with for ages %s", label));
        }
    }
    const IndirectStrata strata = {x, n, rx, rn, used};
    *expected = standardise_ratio(&strata, 1).expected;
    if (!(*expected > 0))
        return missing(STATUS_ZERO_DENOMINATOR, g_strdup("no events are expected"));
    return (Figure){.status = STATUS_OK};
}

static void take_figure(Filling *f, Observation *o, guint period, int area, Figure figure)
{
    g_autofree char *because = figure.because;
    o->value = figure.value;
    o->lower95 = figure.limits.lower95;
    o->upper95 = figure.limits.upper95;
    o->lower99_8 = figure.limits.lower99_8;
    o->upper99_8 = figure.limits.upper99_8;
    o->status = figure.status;
    if (area >= 0)
        filling_reason(f, period, (guint)area, because);
}

static void compute(Filling *f, Observation *o, guint period, int area, const Bands *b)
{
    const AgeFigures *ages = f->s->ages;
    o->numerator = total(b->x, b->n_bands);
    o->denominator = total(b->n, b->n_bands);
    for (guint k = 0; k < b->n_bands; k++)
        if (b->x[k] < 0 || b->n[k] < 0) {
            filling_reject(f, o, b->x[k] < 0 ? "negative count" : "negative denominator");
            return;
        }
    if (f->d->measure != MEASURE_ISR) {
        Figure figure = figure_of(f->d->measure)(f->d, ages, b);
        if (f->d->kind == KIND_CLUSTERED) /* events in runs: the formula's limits mean nothing */
            figure.limits = limits_none();
        take_figure(f, o, period, area, figure);
        return;
    }
    double expected = NAN;
    Figure figure = expect(ages, period, b, &expected);
    o->denominator = figure.status == STATUS_OK ? expected : NAN;
    figure.value = figure.status == STATUS_OK ? f->d->per * o->numerator / expected : NAN;
    figure.limits = limits_none(); /* the judge's business: they follow from the counts */
    take_figure(f, o, period, area, figure);
}

/* Numbers of both quantities; the status says what is missing, and where the figures stand. */
static void locate(Observation *o, const StrataNumbers *x, const StrataNumbers *n)
{
    if (x->first) {
        o->source = x->first->from->source;
        o->line = x->first->first_line;
        o->rows = x->rows;
    }
    if (n->first) {
        o->denominator_source = n->first->from->source;
        o->denominator_line = n->first->first_line;
        o->denominator_rows = n->rows;
    }
}

/* Nothing at all there is told as for any other quantity; one band that is not is named. */
static void tell_missing(Filling *f, Observation *o, guint period, int area, const StrataNumbers *x,
                         const StrataNumbers *n)
{
    const gboolean no_events = x->status != STATUS_OK;
    const StrataNumbers *gone = no_events ? x : n;
    const Quantity *q = no_events ? &f->d->numerator : &f->d->denominator;
    Status status = gone->status;
    if (!no_events && status == STATUS_NOT_REPORTED)
        status = STATUS_NO_DENOMINATOR;
    o->status = status;
    if (!gone->because) {
        o->status = filling_gap(f, q, NULL, status, period, area);
    } else if (area >= 0) {
        g_autofree char *text =
            g_strdup_printf("%s: %s", no_events ? "numerator" : "denominator", gone->because);
        filling_reason(f, period, (guint)area, text);
    }
}

Observation standardised_observe(Filling *f, guint period, int area)
{
    AgeFigures *ages = f->s->ages;
    const Period when = f->s->periods[period];
    const guint n_bands = ages->n_bands;
    g_autofree double *nation = g_new(double, 2 * (gsize)n_bands + 1);
    const gsize place = ((gsize)period * f->r->set->n_areas + (gsize)MAX(area, 0)) * n_bands;
    double *x = area < 0 ? nation : ages->x + place;
    double *n = area < 0 ? nation + n_bands : ages->n + place;
    Observation o = observation_missing(STATUS_OK);
    const StrataNumbers events = strata_numbers(f, FALSE, when, area, x);
    const StrataNumbers people = strata_numbers(f, TRUE, when, area, n);
    locate(&o, &events, &people);
    if (events.status == STATUS_OK && people.status == STATUS_OK) {
        compute(f, &o, period, area, &(Bands){n_bands, ages->bands, x, n});
        filling_basis(f, &o, period, area, &events.basis, &people.basis);
    } else {
        if (events.status == STATUS_OK)
            o.numerator = total(x, n_bands);
        tell_missing(f, &o, period, area, &events, &people);
    }
    g_free(events.because);
    g_free(people.because);
    return o;
}

/* ---- before and after ---------------------------------------------------------------------------
 */

/* Adds one area's numbers to x and n if they are complete. */
static gboolean add_area(const Filling *f, Period when, int area, double *x, double *n)
{
    const guint n_bands = f->s->ages->n_bands;
    g_autofree double *own = g_new(double, 2 * (gsize)n_bands + 1);
    const StrataNumbers events = strata_numbers(f, FALSE, when, area, own);
    const StrataNumbers people = strata_numbers(f, TRUE, when, area, own + n_bands);
    gboolean complete = events.status == STATUS_OK && people.status == STATUS_OK;
    for (guint k = 0; complete && k < 2 * n_bands; k++)
        complete = own[k] >= 0;
    for (guint k = 0; complete && k < n_bands; k++) {
        x[k] += own[k];
        n[k] += own[n_bands + k];
    }
    g_free(events.because);
    g_free(people.because);
    return complete;
}

static guint suppressed_areas(const Filling *f, Period when)
{
    guint n = 0;
    for (guint a = 0; a < f->r->set->n_areas; a++)
        n += area_in_force(&f->r->set->areas[a], when) && guard_hidden(f, when, (int)a) != 0;
    return n;
}

/* The publisher's row for the nation if it has all bands, else all areas that have. */
static void national_reference(const Filling *f, guint period, double *x, double *n)
{
    const Period when = f->s->periods[period];
    /* with the rates of a nation of which one area is suppressed, that one could be worked out */
    guint found = suppressed_areas(f, when) == 1 ? 0 : add_area(f, when, AREA_NATIONAL, x, n);
    for (guint a = 0, areas = found ? 0 : f->r->set->n_areas; a < areas; a++)
        if (area_in_force(&f->r->set->areas[a], when))
            found += add_area(f, when, (int)a, x, n);
    if (found)
        return;
    for (guint k = 0; k < f->s->ages->n_bands; k++)
        x[k] = n[k] = NAN;
}

static void set_references(const Filling *f)
{
    AgeFigures *ages = f->s->ages;
    const gsize cells = (gsize)f->s->n_periods * ages->n_bands;
    ages->ref_x = g_new0(double, cells + 1);
    ages->ref_n = g_new0(double, cells + 1);
    for (guint p = 0; p < f->s->n_periods; p++) {
        double *x = ages->ref_x + (gsize)p * ages->n_bands;
        double *n = ages->ref_n + (gsize)p * ages->n_bands;
        if (!f->d->reference.declared) {
            national_reference(f, p, x, n);
            continue;
        }
        for (guint k = 0; k < ages->n_bands; k++) {
            x[k] = g_array_index(f->strata->entries, AgeEntry, k).events;
            n[k] = g_array_index(f->strata->entries, AgeEntry, k).people;
        }
    }
}

static AgeFigures *figures_new(const Filling *f)
{
    const GArray *entries = f->strata->entries;
    AgeFigures *ages = g_new0(AgeFigures, 1);
    const gsize cells = (gsize)f->s->n_periods * f->r->set->n_areas * entries->len;
    ages->n_bands = entries->len;
    ages->bands = g_new(AgeBand, entries->len + 1);
    ages->weight = f->d->measure == MEASURE_DSR ? g_new(double, entries->len + 1) : NULL;
    for (guint k = 0; k < entries->len; k++) {
        ages->bands[k] = g_array_index(entries, AgeEntry, k).band;
        if (ages->weight)
            ages->weight[k] = g_array_index(entries, AgeEntry, k).weight;
    }
    ages->x = g_new(double, cells + 1);
    ages->n = g_new(double, cells + 1);
    for (gsize i = 0; i < cells; i++)
        ages->x[i] = ages->n[i] = NAN;
    return ages;
}

gboolean standardised_begin(Filling *f)
{
    if (!f->numerator || !f->denominator || f->s->n_periods == 0)
        return FALSE;
    f->strata = strata_new(f);
    if (!f->strata)
        return FALSE;
    f->s->ages = figures_new(f);
    if (f->d->measure == MEASURE_ISR)
        set_references(f);
    return TRUE;
}

/* The value of all areas with complete figures taken together: their counts by band are added up,
 * because a crude rate of the sums would be another measure. */
static void pool(const Filling *f, guint period)
{
    const AgeFigures *ages = f->s->ages;
    const guint n_bands = ages->n_bands;
    g_autofree double *x = g_new0(double, 2 * (gsize)n_bands + 1);
    double *n = x + n_bands;
    gboolean any = FALSE;
    for (guint a = 0; a < f->r->set->n_areas; a++) {
        const gsize place = ((gsize)period * f->r->set->n_areas + a) * n_bands;
        const Status status = series_at(f->s, f->r->set->n_areas, period, a)->status;
        if (isnan(ages->x[place]) || isnan(ages->n[place]) || status == STATUS_REJECTED ||
            !observation_in_force(f->r->set, f->s, period, a))
            continue;
        any = TRUE;
        for (guint k = 0; k < n_bands; k++) {
            x[k] += ages->x[place + k];
            n[k] += ages->n[place + k];
        }
    }
    if (!any)
        return;
    const Figure all = figure_of(f->d->measure)(f->d, ages, &(Bands){n_bands, ages->bands, x, n});
    f->s->pooled[period] = all.value;
    g_free(all.because);
}

void standardised_end(Filling *f)
{
    if (f->s->ages && f->d->measure != MEASURE_ISR) {
        f->s->pooled = g_new(double, f->s->n_periods + 1);
        for (guint p = 0; p < f->s->n_periods; p++) {
            f->s->pooled[p] = NAN;
            pool(f, p);
        }
    }
    strata_free(f->strata);
    f->strata = NULL;
}
