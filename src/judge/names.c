#include "peerline/judge/assessment.h"

const char *outlier_name(Outlier o)
{
    static const char *const names[] = {"none", "alert", "alarm", "not_estimable"};
    return names[o];
}

const char *direction_name(Direction d)
{
    static const char *const names[] = {"", "lower", "similar", "higher"};
    return names[d];
}

const char *judgement_name(Judgement j)
{
    static const char *const names[] = {"", "better", "worse", "lower", "higher", "similar"};
    return names[j];
}

const char *trend_name(TrendMarker t)
{
    static const char *const names[] = {"none", "increasing", "decreasing", "not_calculable"};
    return names[t];
}
