#include "figures.h"

/* More years than this between two periods are two series rather than a gap. */
#define LONGEST_GAP 10

static void add_place(GArray *places, int period, const char *label)
{
    const PeriodPlace place = {period, label};
    g_array_append_val(places, place);
}

/* The label of the year so many years after the one with this label; "" if that has no spelling. */
static const char *later_label(Pen *pen, const char *label, int years)
{
    Period p;
    if (!period_parse(label, &p))
        return "";
    p.start += 12 * years;
    return pen_keep(pen, period_label(p));
}

/* How many years lie between a period and the one before; 0 where they are no single years. */
static int years_between(const Series *s, guint p)
{
    if (!s->period_order || s->period_order[p - 1] == G_MININT32 ||
        s->period_order[p] == G_MININT32)
        return 0;
    const gint64 apart = (gint64)s->period_order[p] - s->period_order[p - 1];
    return apart > 1 && apart <= LONGEST_GAP ? (int)apart - 1 : 0;
}

GArray *figure_periods(Pen *pen, guint indicator)
{
    const Series *s = &pen->c->set->series[indicator];
    GArray *places = g_array_new(FALSE, FALSE, sizeof(PeriodPlace));
    for (guint p = 0; p < s->n_periods; p++) {
        const int between = p > 0 ? years_between(s, p) : 0;
        for (int k = 1; k <= between; k++)
            add_place(places, -1, later_label(pen, s->period_labels[p - 1], k));
        add_place(places, (int)p, phrase_period(pen->c, indicator, p));
    }
    return places;
}
