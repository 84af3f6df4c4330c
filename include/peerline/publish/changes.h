#ifndef PEERLINE_PUBLISH_CHANGES_H
#define PEERLINE_PUBLISH_CHANGES_H

#include "peerline/publish/manifest.h"
#include "peerline/report/changes.h"
#include "peerline/report/context.h"

/** Compares the figures with those of an earlier edition of the same study.
 *
 *  Where no figure is other than in that edition, there is nothing to tell about it, and the
 *  changes that it tells itself (data/changes.csv) are still the latest: they are read back. So an
 * edition that is published again with other words keeps what it says of its figures.
 *
 *  A value that was published and is suppressed now is not repeated. Values that agree to nine
 *  digits are the same. NULL where there is nothing to tell: nothing changed, or the edition has no
 *  data that could be compared. */
Changes *changes_find(const ReportContext *context, const Earlier *earlier);

#endif
