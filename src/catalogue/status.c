#include "peerline/catalogue/status.h"

typedef struct {
    const char *name;  /* published in the data: never change one */
    const char *words; /* for readers */
} StatusText;

static const StatusText TEXTS[N_STATUS] = {
    [STATUS_OK] = {"", "as published or computed"},
    [STATUS_ESTIMATED] = {"estimated", "estimated"},
    [STATUS_PROVISIONAL] = {"provisional", "provisional"},
    [STATUS_REVISED] = {"revised", "revised"},
    [STATUS_RESTATED] = {"restated", "restated on other boundaries"},
    [STATUS_STALE] = {"stale", "not the latest: the source could not be refreshed"},
    [STATUS_NOT_REPORTED] = {"not_reported", "not reported"},
    [STATUS_SUPPRESSED] = {"suppressed", "suppressed by the publisher"},
    [STATUS_NOT_APPLICABLE] = {"not_applicable", "not applicable"},
    [STATUS_REJECTED] = {"rejected", "rejected: the input could not be used"},
    [STATUS_BOUNDARY_CHANGE] = {"boundary_change", "not comparable: boundary change"},
    [STATUS_ZERO_DENOMINATOR] = {"zero_denominator", "not calculable: the denominator is zero"},
    [STATUS_NO_DENOMINATOR] = {"no_denominator", "not calculable: no denominator"},
};

const char *status_name(Status s)
{
    g_return_val_if_fail((guint)s < N_STATUS, "");
    return TEXTS[s].name;
}

const char *status_words(Status s)
{
    g_return_val_if_fail((guint)s < N_STATUS, "");
    return TEXTS[s].words;
}
