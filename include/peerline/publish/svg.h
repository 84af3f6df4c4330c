#ifndef PEERLINE_PUBLISH_SVG_H
#define PEERLINE_PUBLISH_SVG_H

#include "peerline/chart/scene.h"

/** Paints a scene as SVG 1.1: an element for a page (no XML declaration), which is also a file of
 *  its own. Text stays text, a mark's title is its <title>, the text alternative is the picture's
 *  accessible name. The same scene gives the same bytes in every locale.
 *
 *  Every string goes through one function that escapes, so no name in a file can become mark-up;
 *  there are no scripts, no links, no references to anything outside and no ids, so that any number
 *  of pictures may stand in one page. Each text carries the width it was measured with
 *  (textLength): a reader without the report font gets letters set closer or wider, never labels
 *  that run into each other.
 *
 *  Its size in pixels is such that the smallest text has 11 of them, and no point is smaller than a
 *  point; what shows it may still scale it.
 *
 *  A number that is not finite leaves its primitive out. Newly allocated, UTF-8. */
char *svg_from_scene(const Scene *s);

/** The width that the picture has by itself, in pixels. */
double svg_width(const Scene *s);

#endif
