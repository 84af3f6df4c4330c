#include "beside.h"

#include <math.h>

#include "peerline/base/number.h"
#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"

/* METHODS 11: limits that differ in width by over 20 % are not those of independent events. */
#define WIDTH_TOLERANCE 0.2
#define VALUE_TOLERANCE 1e-9 /* relative: what is lost in writing a double as text */
#define MOST_PLACES     12

/* What was found, and where first. */
typedef struct {
    guint compared, other;
    const QuantityCell *cell;
    double published, computed;
} Difference;

/* Half a unit of the last decimal place that any number of a quantity has. */
static double rounding_of(const QuantityCells *cells)
{
    double unit = 1, scale = 1;
    guint places = 0;
    for (guint i = 0; i < cells->cells->len; i++) {
        const QuantityCell *cell = &g_array_index(cells->cells, QuantityCell, i);
        const double x = sum_total(&cell->sum);
        scale = fabs(cell->from->scale);
        for (; places < MOST_PLACES; places++, unit /= 10) {
            const double times = x / unit;
            if (fabs(times - round(times)) <= 1e-6 || fabs(times) > 1e15)
                break;
        }
    }
    return 0.5 * unit * scale;
}

typedef struct {
    const QuantityCell *cell;
    double x, n;
} Counts;

/* The counts beside a published number; FALSE where a formula cannot use them. */
static gboolean counts_beside(const Filling *f, const QuantityCell *cell, Counts *out)
{
    Status x_status, n_status;
    const QuantityCell *x = quantity_find(f->numerator, cell->period, cell->area);
    const QuantityCell *n = quantity_find(f->denominator, cell->period, cell->area);
    *out = (Counts){cell, quantity_number(x, &x_status), quantity_number(n, &n_status)};
    return f->d->measure == MEASURE_PROPORTION ? proportion_valid(out->x, out->n)
                                               : rate_valid(out->x, out->n);
}

static void note_difference(Difference *d, const QuantityCell *cell, double published,
                            double computed)
{
    if (d->other++ > 0)
        return;
    d->cell = cell;
    d->published = published;
    d->computed = computed;
}

static Difference compare_values(const Filling *f)
{
    Difference d = {0};
    const double rounding = rounding_of(f->value);
    for (guint i = 0; i < f->value->cells->len; i++) {
        const QuantityCell *cell = &g_array_index(f->value->cells, QuantityCell, i);
        Status status;
        Counts c;
        const double published = quantity_number(cell, &status);
        if (status != STATUS_OK || !counts_beside(f, cell, &c))
            continue;
        const double computed = f->d->per * c.x / c.n;
        d.compared++;
        if (fabs(published - computed) > rounding + VALUE_TOLERANCE * fabs(computed))
            note_difference(&d, cell, published, computed);
    }
    return d;
}

static Difference compare_widths(const Filling *f)
{
    Difference d = {0};
    const double rounding = rounding_of(f->limits[0]) + rounding_of(f->limits[1]);
    for (guint i = 0; i < f->limits[0]->cells->len; i++) {
        const QuantityCell *cell = &g_array_index(f->limits[0]->cells, QuantityCell, i);
        Status low_status, high_status;
        Counts c;
        const double low = quantity_number(cell, &low_status);
        const double high =
            quantity_number(quantity_find(f->limits[1], cell->period, cell->area), &high_status);
        if (low_status != STATUS_OK || high_status != STATUS_OK || !counts_beside(f, cell, &c))
            continue;
        const Limits l = f->d->measure == MEASURE_PROPORTION
                             ? proportion_of(c.x, c.n, f->d->per).limits
                             : rate_of(c.x, c.n, f->d->per).limits;
        const double computed = l.upper95 - l.lower95;
        d.compared++;
        if (fabs(high - low - computed) > WIDTH_TOLERANCE * computed + rounding)
            note_difference(&d, cell, high - low, computed);
    }
    return d;
}

static void tell(const Filling *f, const Difference *d, const char *rule, const char *what,
                 const char *shown)
{
    if (d->other == 0)
        return;
    f->s->contradicted = f->d->kind == KIND_COUNTS;
    char published[NUMBER_BUF], computed[NUMBER_BUF];
    const Reading *r = f->r;
    g_autofree char *when = period_label(d->cell->period);
    const char *area = d->cell->area == AREA_NATIONAL
                           ? r->study->areas.nation
                           : boundaries_code(r->boundaries, (guint)d->cell->area);
    g_ascii_formatd(published, sizeof published, "%.6g", d->published);
    g_ascii_formatd(computed, sizeof computed, "%.6g", d->computed);
    diag_add(r->diags, DIAG_NOTE, rule, observation_place(r->set, d->cell->from->source),
             d->cell->first_line, 0,
             "indicator %s: %s in %u of %u figures, the first for %s in %s: %s published, %s from "
             "the counts (%s)",
             f->d->id, what, d->other, d->compared, area, when, published, computed, shown);
}

void beside_compare(const Filling *f)
{
    const gboolean counts = f->d->kind == KIND_COUNTS;
    if (!f->numerator || !f->denominator ||
        (f->d->measure != MEASURE_RATE && f->d->measure != MEASURE_PROPORTION))
        return;
    if (f->value) {
        const Difference d = compare_values(f);
        tell(f, &d, "value-differs", "the publisher's value is not what the counts give",
             counts ? "shown is that of the counts; with uncertainty published, clustered or none, "
                      "the publisher's"
                    : "shown is the publisher's");
    }
    if (counts && f->limits[0] && f->limits[1]) {
        const Difference d = compare_widths(f);
        tell(f, &d, "limits-differ",
             "the publisher's 95 % limits are over 20 % wider or narrower than those of the counts",
             "shown are those of the counts; with uncertainty published, the publisher's");
    }
}
