#include <math.h>

#include "reading.h"

/* What amounts are made of. Every part is shown as the source gives it, negative ones too; a whole
 * is made only where all of its parts are known. Reading comes first, making later: in between the
 * guard may withhold amounts. */

/** What one composition is read from. */
typedef struct {
    Reading *r;
    const Composition *what;
    QuantityCells *parts[COMPOSITION_PARTS]; /**< NULL: could not be read */
    QuantityCells *denominator;
    Made *made;
} Cells;

static gboolean latest_period(const Cells *c, Period *out)
{
    gboolean any = FALSE;
    if (c->what->has_period) {
        *out = c->what->period;
        return TRUE;
    }
    for (guint p = 0; p < c->what->n_parts; p++) {
        const GArray *cells = c->parts[p] ? c->parts[p]->cells : NULL;
        if (!cells || cells->len == 0)
            continue;
        const Period last = g_array_index(cells, QuantityCell, cells->len - 1).period;
        if (!any || last.start > out->start)
            *out = last;
        any = TRUE;
    }
    return any;
}

static MadeFigure read_figure(const Cells *c, const Quantity *what, const QuantityCells *cells,
                              guint area)
{
    const Period when = c->made->period;
    const QuantityCell *cell = quantity_find(cells, when, (int)area);
    MadeFigure figure = {.source = -1};
    QuantityGap gap = {.what = what, .cells = cells, .cell = cell, .when = when, .area = area};
    figure.number = quantity_number(cell, &gap.found);
    figure.status = gap.found;
    if (cell) {
        figure.source = cell->from->source;
        figure.line = cell->first_line;
        figure.rows = cell->rows;
    }
    if (isnan(figure.number) && c->made->known)
        figure.status = reading_gap(c->r, &gap, &figure.because);
    return figure;
}

/* A part that is known and cannot be divided has no value. */
static void lack_denominator(MadeFigure *part, const MadeFigure *denominator)
{
    if (part->status != STATUS_OK || denominator->number > 0)
        return;
    part->because = denominator->because;
    part->status = denominator->number <= 0                     ? STATUS_ZERO_DENOMINATOR
                   : denominator->status == STATUS_NOT_REPORTED ? STATUS_NO_DENOMINATOR
                                                                : denominator->status;
}

static void read_area(const Cells *c, guint area)
{
    const Composition *what = c->what;
    MadeFigure *figures = c->made->figures + (gsize)area * what->n_parts;
    for (guint p = 0; p < what->n_parts; p++)
        figures[p] = read_figure(c, &what->parts[p].amount, c->parts[p], area);
    if (!c->made->denominator)
        return;
    c->made->denominator[area] = read_figure(c, &what->denominator, c->denominator, area);
    for (guint p = 0; p < what->n_parts; p++)
        lack_denominator(&figures[p], &c->made->denominator[area]);
}

static void read_one(Reading *r, const Composition *what, Made *made)
{
    const Span all = {.has_from = r->study->has_from,
                      .has_to = r->study->has_to,
                      .from = r->study->from,
                      .to = r->study->to};
    const Span one = {.has_from = TRUE, .has_to = TRUE, .from = what->period, .to = what->period};
    const Span *span = what->has_period ? &one : &all;
    const guint n_areas = r->set->n_areas;
    Cells c = {.r = r, .what = what, .made = made};
    c.denominator = quantity_read(r, &what->denominator, span);
    for (guint p = 0; p < what->n_parts; p++)
        c.parts[p] = quantity_read(r, &what->parts[p].amount, span);
    made->figures = g_new0(MadeFigure, (gsize)n_areas * what->n_parts + 1);
    if (what->denominator.source >= 0)
        made->denominator = g_new0(MadeFigure, n_areas + 1);
    made->known = latest_period(&c, &made->period);
    g_autofree char *label = made->known ? period_label(made->period) : g_strdup("");
    made->period_text = observation_set_string(r->set, label);
    for (guint a = 0; a < n_areas; a++)
        read_area(&c, a);
    for (guint p = 0; p < what->n_parts; p++)
        quantity_cells_free(c.parts[p]);
    quantity_cells_free(c.denominator);
}

void reading_load_compositions(Reading *r)
{
    const Study *s = r->study;
    r->set->n_made = s->n_compositions;
    r->set->made = g_new0(Made, s->n_compositions + 1);
    for (guint k = 0; k < s->n_compositions; k++) {
        read_one(r, &s->compositions[k], &r->set->made[k]);
        if (!r->set->made[k].known)
            diag_add(r->diags, DIAG_WARNING, "empty-indicator", s->compositions[k].where.file,
                     s->compositions[k].where.line, s->compositions[k].where.column,
                     "composition %s has no figures: no row fits its filters",
                     s->compositions[k].id);
    }
}
