#ifndef PEERLINE_CATALOGUE_STATUS_H
#define PEERLINE_CATALOGUE_STATUS_H

#include <glib.h>

/** Why a value is as it is, or is not there. The names are part of the published data. */
typedef enum {
    STATUS_OK, /**< as published or computed: written as an empty field */
    /* a value is present */
    STATUS_ESTIMATED,
    STATUS_PROVISIONAL,
    STATUS_REVISED,
    STATUS_RESTATED,
    STATUS_STALE,
    /* no value */
    STATUS_NOT_REPORTED,
    STATUS_SUPPRESSED,
    STATUS_NOT_APPLICABLE,
    STATUS_REJECTED,
    STATUS_BOUNDARY_CHANGE,
    STATUS_ZERO_DENOMINATOR,
    STATUS_NO_DENOMINATOR,
    N_STATUS
} Status;

/** "" , "estimated", …, "no_denominator". */
const char *status_name(Status s);
/** For people: "not reported", "suppressed by the publisher", …. */
const char *status_words(Status s);
/** TRUE for those that go without a value. */
static inline gboolean status_is_missing(Status s)
{
    return s >= STATUS_NOT_REPORTED;
}

#endif
