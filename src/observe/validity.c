#include "peerline/observe/observation.h"

/* When an area is one of those that are compared. */

static guint32 last_day(Period p)
{
    const gint32 next = p.start + p.months; /* the month after it */
    const GDateYear year = (GDateYear)(next / 12);
    if (!g_date_valid_dmy(1, (GDateMonth)(next % 12 + 1), year))
        return 0;
    GDate day;
    g_date_clear(&day, 1);
    g_date_set_dmy(&day, 1, (GDateMonth)(next % 12 + 1), year);
    return g_date_get_julian(&day) - 1;
}

gboolean area_is_valid(const Area *area, guint32 day)
{
    return day >= area->valid_from && (!area->valid_to || day <= area->valid_to);
}

gboolean area_in_force(const Area *area, Period period)
{
    if (!area->valid_from && !area->valid_to)
        return TRUE;
    return area_is_valid(area, last_day(period));
}

gboolean observation_in_force(const ObservationSet *set, const Series *series, guint period,
                              guint area)
{
    return !series->periods || area_in_force(&set->areas[area], series->periods[period]);
}

guint32 observation_last_day(const ObservationSet *set)
{
    guint32 latest = 0;
    for (guint i = 0; i < set->n_indicators; i++)
        for (guint p = 0; set->series[i].periods && p < set->series[i].n_periods; p++)
            latest = MAX(latest, last_day(set->series[i].periods[p]));
    return latest;
}

gboolean observation_is_open(const ObservationSet *set, guint area)
{
    const Area *a = &set->areas[area];
    return (!a->valid_from && !a->valid_to) || area_is_valid(a, observation_last_day(set));
}
