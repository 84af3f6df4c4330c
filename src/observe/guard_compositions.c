#include "guard.h"

#include <math.h>

/* The parts of an amount add up to something that others show: an area of which anything is
 * suppressed shows no parts. */

static gboolean reads(const Composition *what, int source)
{
    gboolean yes = source >= 0 && what->denominator.source == source;
    for (guint p = 0; p < what->n_parts; p++)
        yes = yes || (source >= 0 && what->parts[p].amount.source == source);
    return yes;
}

/* Whether an indicator hides a figure of the area, in this period and from the same sources. */
static gboolean hidden_elsewhere(const Guard *g, const Composition *what, const Made *made,
                                 guint area)
{
    for (guint i = 0; i < g->set->n_indicators; i++) {
        const Indicator *d = &g->study->indicators[i];
        const int p = guard_period(g, i, made->period_text);
        if (p >= 0 && guard_cell(g, i, (guint)p, (int)area)->hidden &&
            (reads(what, d->numerator.source) || reads(what, d->denominator.source) ||
             reads(what, d->value.source)))
            return TRUE;
    }
    return FALSE;
}

static gboolean withhold(MadeFigure *figures, guint n, const char *because)
{
    gboolean any = FALSE;
    for (guint p = 0; p < n; p++) {
        if (!isfinite(figures[p].number))
            continue;
        figures[p].number = NAN;
        figures[p].status = STATUS_SUPPRESSED;
        figures[p].because = because;
        any = TRUE;
    }
    return any;
}

static gboolean close_area(const Guard *g, const Composition *what, Made *made, guint area)
{
    MadeFigure *figures = made->figures + (gsize)area * what->n_parts;
    for (guint p = 0; p < what->n_parts; p++)
        if (isnan(figures[p].number) && figures[p].status == STATUS_SUPPRESSED)
            return withhold(figures, what->n_parts,
                            "withheld, because with the whole it would help to work out a part "
                            "that is suppressed");
    return hidden_elsewhere(g, what, made, area) &&
           withhold(figures, what->n_parts,
                    "withheld, because a figure of the same source and period is suppressed, "
                    "which the parts may give away");
}

void guard_compositions(Guard *g)
{
    for (guint k = 0; k < g->set->n_made; k++) {
        const Composition *what = &g->study->compositions[k];
        guint n = 0, first = 0;
        for (guint a = 0; a < g->set->n_areas; a++)
            if (close_area(g, what, &g->set->made[k], a)) {
                first = n++ ? first : a;
            }
        if (n > 0)
            diag_add(g->diags, DIAG_NOTE, "suppression-withheld", what->where.file,
                     what->where.line, what->where.column,
                     "composition %s: the parts of %u areas are withheld; the first is %s",
                     what->id, n, g->set->areas[first].code);
    }
}
