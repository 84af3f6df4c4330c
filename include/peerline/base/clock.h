#ifndef PEERLINE_BASE_CLOCK_H
#define PEERLINE_BASE_CLOCK_H

#include <glib.h>

/** The only place where the program learns what time it is. SOURCE_DATE_EPOCH (seconds, UTC)
 *  overrides the clock. Editions take their date from the study or their sources, not from here. */
gint64 clock_now(void);
/** TRUE when SOURCE_DATE_EPOCH is set to a valid number. */
gboolean clock_is_fixed(void);
/** "2017-10-25" from seconds since 1970, UTC; newly allocated. */
char *clock_date(gint64 seconds);
/** "25 October 2017" from "2017-10-25" (or a copy of the text when it is no date). */
char *clock_date_words(const char *iso);
/** Whether the text is a day that exists, or one with a time: "2017-10-25", "2017-10-25T09:30". */
gboolean clock_is_moment(const char *iso);

#endif
