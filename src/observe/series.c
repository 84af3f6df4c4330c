#include "beside.h"
#include "filling.h"
#include "guard.h"
#include "standardised.h"

#include <math.h>
#include <string.h>

static const Quantity *limit_quantity(const Indicator *d, guint i)
{
    const Quantity *const all[] = {&d->lower95, &d->upper95, &d->lower99_8, &d->upper99_8};
    return all[i];
}

/** The quantity without which there is nothing to show. */
static const Quantity *primary_quantity(const Indicator *d)
{
    return indicator_shows_published(d) ? &d->value : &d->numerator;
}

static const QuantityCells *primary_cells(const Filling *f)
{
    return indicator_shows_published(f->d) ? f->value : f->numerator;
}

static void collect_periods(Filling *f)
{
    const GArray *cells = primary_cells(f)->cells;
    GArray *periods = g_array_new(FALSE, FALSE, sizeof(Period));
    for (guint i = 0; i < cells->len; i++) {
        const Period p = g_array_index(cells, QuantityCell, i).period;
        if (periods->len == 0 || !period_equal(g_array_index(periods, Period, periods->len - 1), p))
            g_array_append_val(periods, p);
    }
    Series *s = f->s;
    s->n_periods = periods->len;
    s->periods = (Period *)(void *)g_array_free(periods, FALSE);
    s->period_labels = g_new0(char *, s->n_periods + 1);
    s->period_order = g_new(gint32, s->n_periods + 1);
    for (guint p = 0; p < s->n_periods; p++) {
        g_autofree char *label = period_label(s->periods[p]);
        const PeriodKind kind = s->periods[p].kind;
        s->period_labels[p] = observation_set_string(f->r->set, label);
        s->period_order[p] = kind == PERIOD_CALENDAR_YEAR || kind == PERIOD_FINANCIAL_YEAR
                                 ? s->periods[p].start / 12
                                 : G_MININT32;
    }
}

/* ---- one observation --------------------------------------------------------------------------
 */

void filling_reason(Filling *f, guint period, guint area, const char *because)
{
    const Reason reason = {.indicator = f->indicator,
                           .period = period,
                           .area = area,
                           .because = observation_set_string(f->r->set, because)};
    if (because)
        g_array_append_val(f->r->reasons, reason);
}

static const QuantityCells *cells_of(const Filling *f, const Quantity *q)
{
    if (q == &f->d->numerator)
        return f->numerator;
    return q == &f->d->denominator ? f->denominator : f->value;
}

static const NotCovered *declared_gap(const Filling *f, const char *code)
{
    for (guint i = 0; i < f->d->n_not_covered; i++)
        if (strcmp(f->d->not_covered[i].area, code) == 0)
            return &f->d->not_covered[i];
    return NULL;
}

Status filling_gap(Filling *f, const Quantity *q, const QuantityCell *cell, Status found,
                   guint period, int area)
{
    if (area < 0)
        return found;
    const QuantityGap gap = {.what = q,
                             .cells = cells_of(f, q),
                             .cell = cell,
                             .found = found,
                             .when = f->s->periods[period],
                             .area = (guint)area,
                             .declared = declared_gap(f, f->r->set->areas[area].code)};
    const char *because;
    const Status status = reading_gap(f->r, &gap, &because);
    filling_reason(f, period, (guint)area, because);
    return status;
}

void filling_basis(Filling *f, Observation *o, guint period, int area, const Basis *x,
                   const Basis *n)
{
    const Status both[] = {x->status, n ? n->status : STATUS_OK};
    if (area < 0 || o->status != STATUS_OK || (both[0] == STATUS_OK && both[1] == STATUS_OK))
        return;
    o->status = both[0] == STATUS_ESTIMATED || both[1] == STATUS_ESTIMATED ? STATUS_ESTIMATED
                                                                           : STATUS_RESTATED;
    const gboolean two = n && x->because && n->because && strcmp(x->because, n->because) != 0;
    g_autofree char *text =
        two ? g_strdup_printf("numerator: %s; denominator: %s", x->because, n->because)
        : x->because || !n ? g_strdup(x->because)
                           : g_strdup_printf("denominator: %s", n->because);
    filling_reason(f, period, (guint)area, text);
}

static Basis basis_of(const QuantityCell *cell)
{
    return (Basis){cell ? cell->basis : STATUS_OK, cell ? cell->because : NULL};
}

static void locate(Observation *o, const QuantityCell *cell)
{
    if (!cell)
        return;
    o->source = cell->from->source;
    o->line = cell->first_line;
    o->rows = cell->rows;
}

void filling_reject(Filling *f, Observation *o, const char *what)
{
    g_autofree char *text = g_strdup_printf(
        "%s: %s: numerator %.17g, denominator %.17g (0 or more, and for a proportion no more than "
        "its denominator)",
        f->d->id, what, o->numerator, o->denominator);
    reading_reject_line(f->r, o->source, o->line, "out-of-domain", f->d->id, text);
    o->status = STATUS_REJECTED;
}

/** per × numerator / denominator, from left to right (the definition of equality for ties). */
static void compute_value(Filling *f, Observation *o)
{
    const Measure m = f->d->measure;
    if (o->denominator < 0)
        filling_reject(f, o, "negative denominator");
    else if (m != MEASURE_RATIO && o->numerator < 0)
        filling_reject(f, o, "negative count");
    else if (m == MEASURE_PROPORTION && o->numerator > o->denominator)
        filling_reject(f, o, "part larger than the whole");
    else if (o->denominator <= 0)
        o->status = STATUS_ZERO_DENOMINATOR;
    else
        o->value = f->d->per * o->numerator / o->denominator;
}

static void take_limits(const Filling *f, Observation *o, Period when, int area)
{
    double *const limits[] = {&o->lower95, &o->upper95, &o->lower99_8, &o->upper99_8};
    Status ignored;
    for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
        *limits[i] = quantity_number(quantity_find(f->limits[i], when, area), &ignored);
}

static Observation observe_computed(Filling *f, guint period, int area)
{
    const Indicator *d = f->d;
    const Period when = f->s->periods[period];
    const QuantityCell *x = quantity_find(f->numerator, when, area);
    const QuantityCell *n = quantity_find(f->denominator, when, area);
    Observation o = observation_missing(STATUS_OK);
    Status x_status, n_status;
    o.numerator = quantity_number(x, &x_status);
    o.denominator = quantity_number(n, &n_status);
    locate(&o, x);
    if (n) {
        o.denominator_source = n->from->source;
        o.denominator_line = n->first_line;
        o.denominator_rows = n->rows;
    }
    if (x_status != STATUS_OK)
        o.status = filling_gap(f, &d->numerator, x, x_status, period, area);
    else if (n_status != STATUS_OK)
        o.status = filling_gap(f, &d->denominator, n,
                               n_status == STATUS_NOT_REPORTED ? STATUS_NO_DENOMINATOR : n_status,
                               period, area);
    else
        compute_value(f, &o);
    const Basis of_x = basis_of(x), of_n = basis_of(n);
    filling_basis(f, &o, period, area, &of_x, &of_n);
    if (d->kind == KIND_PUBLISHED && !status_is_missing(o.status))
        take_limits(f, &o, when, area);
    return o;
}

static Observation observe_total(Filling *f, guint period, int area)
{
    const Quantity *q = &f->d->numerator;
    const QuantityCell *x = quantity_find(f->numerator, f->s->periods[period], area);
    Observation o = observation_missing(STATUS_OK);
    Status status;
    o.value = o.numerator = quantity_number(x, &status);
    o.status = status == STATUS_OK ? status : filling_gap(f, q, x, status, period, area);
    locate(&o, x);
    const Basis of_x = basis_of(x);
    filling_basis(f, &o, period, area, &of_x, NULL);
    return o;
}

static Observation observe_published(Filling *f, guint period, int area)
{
    const Indicator *d = f->d;
    const Period when = f->s->periods[period];
    const QuantityCell *v = quantity_find(f->value, when, area);
    Observation o = observation_missing(STATUS_OK);
    Status status, ignored;
    o.value = quantity_number(v, &status);
    o.status = status == STATUS_OK ? status : filling_gap(f, &d->value, v, status, period, area);
    locate(&o, v);
    take_limits(f, &o, when, area);
    if (f->numerator)
        o.numerator = quantity_number(quantity_find(f->numerator, when, area), &ignored);
    if (f->denominator)
        o.denominator = quantity_number(quantity_find(f->denominator, when, area), &ignored);
    return o;
}

typedef Observation (*Observer)(Filling *f, guint period, int area);
static const Observer OBSERVERS[N_MEASURES] = {
    [MEASURE_RATE] = observe_computed,    [MEASURE_PROPORTION] = observe_computed,
    [MEASURE_RATIO] = observe_computed,   [MEASURE_PUBLISHED] = observe_published,
    [MEASURE_TOTAL] = observe_total,      [MEASURE_DSR] = standardised_observe,
    [MEASURE_ISR] = standardised_observe, [MEASURE_LIFE_EXPECTANCY] = standardised_observe,
};

static void fill_period(Filling *f, guint period)
{
    ObservationSet *set = f->r->set;
    const Observer observer =
        indicator_shows_published(f->d) ? observe_published : OBSERVERS[f->d->measure];
    const Period when = f->s->periods[period];
    for (guint a = 0; a < set->n_areas; a++) {
        Observation *o = &f->s->grid[(gsize)period * set->n_areas + a];
        *o = observer(f, period, (int)a);
        o->hidden = guard_hidden(f, when, (int)a);
    }
    if (quantity_has(primary_cells(f), when, AREA_NATIONAL))
        f->s->national[period] = observer(f, period, AREA_NATIONAL);
}

static void read_quantities(Filling *f)
{
    const Study *s = f->r->study;
    const Span span = {.has_from = s->has_from, .has_to = s->has_to, .from = s->from, .to = s->to};
    f->numerator = quantity_read(f->r, &f->d->numerator, &span);
    f->denominator = quantity_read(f->r, &f->d->denominator, &span);
    if (f->d->boundaries == BOUNDARIES_RESTATE) {
        boundaries_restate(f->r, &f->d->numerator, f->numerator);
        boundaries_restate(f->r, &f->d->denominator, f->denominator);
    }
    f->value = quantity_read(f->r, &f->d->value, &span);
    for (guint i = 0; i < 4; i++)
        f->limits[i] = quantity_read(f->r, limit_quantity(f->d, i), &span);
}

static void filling_clear(Filling *f)
{
    quantity_cells_free(f->numerator);
    quantity_cells_free(f->denominator);
    quantity_cells_free(f->value);
    for (guint i = 0; i < 4; i++)
        quantity_cells_free(f->limits[i]);
}

void reading_series(Reading *r, guint indicator)
{
    const Indicator *d = &r->study->indicators[indicator];
    Series *s = &r->set->series[indicator];
    Filling f = {.r = r, .d = d, .indicator = indicator, .s = s};
    s->kind = d->kind;
    read_quantities(&f);
    if (primary_cells(&f))
        collect_periods(&f);
    series_make_grid(s, r->set->n_areas, STATUS_NOT_REPORTED);
    if (!measure_by_age(d->measure) || standardised_begin(&f))
        for (guint p = 0; p < s->n_periods; p++)
            fill_period(&f, p);
    if (s->n_periods == 0 && primary_cells(&f)) {
        const Quantity *q = primary_quantity(d);
        s->problem = observation_set_string(
            r->set, "no row of the source fits the filters and the study's periods");
        diag_add(r->diags, DIAG_WARNING, "empty-indicator", q->where.file, q->where.line,
                 q->where.column, "indicator %s has no figures: %s (source %s)", d->id, s->problem,
                 r->study->sources[q->source].id);
    }
    standardised_end(&f);
    beside_compare(&f);
    filling_clear(&f);
}
