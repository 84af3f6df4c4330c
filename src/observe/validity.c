#include "peerline/observe/observation.h"

/* When an area is one of those that are compared. */

gboolean area_is_valid(const Area *area, guint32 day)
{
    return day >= area->valid_from && (!area->valid_to || day <= area->valid_to);
}

gboolean area_in_force(const Area *area, Period period)
{
    if (!area->valid_from && !area->valid_to)
        return TRUE;
    return area_is_valid(area, period_last_day(period));
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
            latest = MAX(latest, period_last_day(set->series[i].periods[p]));
    return latest;
}

gboolean observation_is_open(const ObservationSet *set, guint area)
{
    const Area *a = &set->areas[area];
    return (!a->valid_from && !a->valid_to) || area_is_valid(a, observation_last_day(set));
}
