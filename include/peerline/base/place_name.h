#ifndef PEERLINE_BASE_PLACE_NAME_H
#define PEERLINE_BASE_PLACE_NAME_H

/** The name of a place without what publishers write differently, for comparing only: two names
 * that fold to the same text are taken for the same place. Newly allocated.
 *
 *  Capitals and accents are dropped; `&` and `+` read "and"; apostrophes and full stops vanish, all
 *  other punctuation is a blank. Then words that say what kind of council it is are dropped: the,
 *  city, county, council, borough, district, metropolitan, unitary, authority, royal, UA, MBC, MDC,
 *  LB, CC, BC, DC, and an "of" that follows one of them ("City of York", "Bristol, City of"); not
 * the "of" in "Isle of Wight". If nothing is left, no word is dropped. */
char *place_name_fold(const char *name);

#endif
