#include "peerline/catalogue/study.h"

static const char *const MEASURES[N_MEASURES] = {
    [MEASURE_RATE] = "rate",   [MEASURE_PROPORTION] = "proportion",
    [MEASURE_RATIO] = "ratio", [MEASURE_PUBLISHED] = "published",
    [MEASURE_TOTAL] = "total", [MEASURE_DSR] = "dsr",
    [MEASURE_ISR] = "isr",     [MEASURE_LIFE_EXPECTANCY] = "life_expectancy",
};

static const char *const KINDS[N_KINDS] = {
    [KIND_COUNTS] = "counts",
    [KIND_PUBLISHED] = "published",
    [KIND_CLUSTERED] = "clustered",
    [KIND_NONE] = "none",
};

static const char *const POLARITIES[N_POLARITIES] = {
    [POLARITY_NEITHER] = "neither",
    [POLARITY_LOW] = "low",
    [POLARITY_HIGH] = "high",
};

static const char *const ROLES[N_ROLES] = {
    [ROLE_NEED] = "need",       [ROLE_SPEND] = "spend",           [ROLE_ACTIVITY] = "activity",
    [ROLE_OUTCOME] = "outcome", [ROLE_EXPERIENCE] = "experience", [ROLE_PROCESS] = "process",
};

const char *measure_name(Measure m)
{
    g_return_val_if_fail((guint)m < N_MEASURES, "");
    return MEASURES[m];
}

gboolean measure_by_age(Measure m)
{
    return m == MEASURE_DSR || m == MEASURE_ISR || m == MEASURE_LIFE_EXPECTANCY;
}

gboolean indicator_shows_published(const Indicator *i)
{
    return i->measure == MEASURE_PUBLISHED || (i->value.source >= 0 && i->kind != KIND_COUNTS);
}

const char *uncertainty_name(UncertaintyKind k)
{
    g_return_val_if_fail((guint)k < N_KINDS, "");
    return KINDS[k];
}

const char *polarity_name(Polarity p)
{
    g_return_val_if_fail((guint)p < N_POLARITIES, "");
    return POLARITIES[p];
}

const char *role_name(Role r)
{
    g_return_val_if_fail((guint)r < N_ROLES, "");
    return ROLES[r];
}

const char *seriousness_name(Seriousness s)
{
    static const char *const names[N_SERIOUSNESS] = {"minor", "major"};
    g_return_val_if_fail((guint)s < N_SERIOUSNESS, "");
    return names[s];
}

gboolean correction_concerns(const Correction *c, const char *area_code)
{
    return !c->areas || g_strv_contains((const char *const *)c->areas, area_code);
}
