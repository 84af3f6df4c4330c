#ifndef PEERLINE_CATALOGUE_AGE_H
#define PEERLINE_CATALOGUE_AGE_H

#include "peerline/base/pattern.h"

/** Ages in completed years, as published tables write them: "0-4", "5 to 9", "90+", "90 and over",
 *  "Aged 90+", "under 1", "Age 7". */

#define AGE_OPEN 999 /**< `to` of a band without an upper end */

/** From the one birthday up to the day before the one after `to`: 0-4 is {0, 4}, 90+ {90,
 * AGE_OPEN}, age 7 {7, 7}. */
typedef struct {
    guint from, to;
} AgeBand;

/** Without a pattern: the usual spellings. With one, its named groups: `age` is read like a text
 *  without a pattern; or `from` and `to`, where a `to` that took no part means that the band is
 *  open (90+), and a pattern without a group `to` gives single years. FALSE where it is no age. */
gboolean age_read(const char *text, const Pattern *pattern, AgeBand *out);
/** "0-4", "90+" or "7"; newly allocated. */
char *age_label(AgeBand band);

/** Bands in the order of their ages. */
static inline int age_compare(AgeBand a, AgeBand b)
{
    return a.from != b.from ? (a.from < b.from ? -1 : 1) : (a.to > b.to) - (a.to < b.to);
}
static inline gboolean age_equal(AgeBand a, AgeBand b)
{
    return a.from == b.from && a.to == b.to;
}
static inline gboolean age_within(AgeBand part, AgeBand whole)
{
    return part.from >= whole.from && part.to <= whole.to;
}
static inline gboolean age_overlap(AgeBand a, AgeBand b)
{
    return a.from <= b.to && b.from <= a.to;
}

#endif
