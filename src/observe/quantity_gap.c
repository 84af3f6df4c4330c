#include "reading.h"

/* Why a quantity is not there, in the order in which a reader can do something with the answer. */

static char *why_incomplete(const QuantityGap *gap)
{
    const QuantityCell *cell = gap->cell;
    if (!cell || cell->missing != STATUS_OK || cell->clash)
        return NULL;
    if (cell->no_index) {
        g_autofree char *when = period_label(cell->period);
        return g_strdup_printf("there is no price index for %s", when);
    }
    if (!gap->what->gather)
        return NULL;
    guint months = 0;
    for (guint m = 0; m < (guint)cell->period.months; m++)
        months += (guint)((cell->parts >> m) & 1);
    return g_strdup_printf("only %u of %d months are there", months, cell->period.months);
}

Status reading_gap(Reading *r, const QuantityGap *gap, const char **because)
{
    const QuantityCell *cell = gap->cell;
    const int source = quantity_source(gap->cells, gap->what, gap->when);
    const gboolean own = cell && cell->rows > 0;
    const NotCovered *declared =
        own             ? NULL
        : gap->declared ? gap->declared
                        : reading_not_covered(r, source, r->set->areas[gap->area].code);
    g_autofree char *absence =
        cell ? NULL : boundaries_absence(r->boundaries, gap->area, gap->when);
    g_autofree char *incomplete = why_incomplete(gap);
    const gboolean told = cell && cell->because && cell->missing != STATUS_OK;
    *because = declared     ? declared->because
               : absence    ? absence
               : told       ? cell->because
               : incomplete ? incomplete
                            : NULL;
    *because = observation_set_string(r->set, *because);
    return declared ? declared->status : absence ? STATUS_BOUNDARY_CHANGE : gap->found;
}
