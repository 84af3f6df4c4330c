#ifndef PEERLINE_BASE_COLOUR_H
#define PEERLINE_BASE_COLOUR_H

#include <glib.h>

/** "#12436D": a hash and six hexadecimal digits, red, green, blue. FALSE for any other text. */
gboolean colour_parse(const char *text, guint8 rgb[3]);

/** Contrast ratio of a colour on white, from 1 to 21. Text needs 4.5, lines and areas need 3.
 *  Source: WCAG 2.1, definitions of "relative luminance" and "contrast ratio". */
double colour_contrast_on_white(const guint8 rgb[3]);

#endif
