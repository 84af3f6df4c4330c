#ifndef PEERLINE_CHART_SHADE_H
#define PEERLINE_CHART_SHADE_H

#include "draw.h"

/** Fills that can be told apart without colour: by lightness, by lines across them, and by text on
 *  them in ink or white, whichever is read more easily. */

typedef enum {
    HATCH_NONE,
    HATCH_RISING,  /**< like a slash */
    HATCH_FALLING, /**< like a backslash */
} Hatch;

typedef struct {
    Colour fill;
    Hatch hatch;
    Colour lines; /**< of the hatching */
} Shade;

/** No data: white with rising grey lines. */
extern const Shade SHADE_NO_DATA;

/** Contrast of WCAG 2.1: 1 to 21. */
double colour_contrast(Colour a, Colour b);
/** COLOUR_INK or COLOUR_WHITE. */
Colour colour_text_on(Colour fill);

/** Fills rings (coordinates of the page) and draws their outline over the hatching. */
void shade_rings(Scene *s, Rings rings, const Shade *shade, Paint outline, const char *title);
void shade_rect(Scene *s, Box box, const Shade *shade, Paint outline, const char *title);

/** A swatch with a label for each entry, in as many columns as fit between room.x0 and room.x1,
 * from room.y0 down; returns the height. With s NULL nothing is drawn. */
typedef struct {
    const Shade *shade;
    const char *text;
} KeyEntry;
/** How wide a key is of which no entry has to be broken. */
double shade_key_width(const KeyEntry *entries, guint n);
double draw_shade_key(Scene *s, const KeyEntry *entries, guint n, Box room);

/** Lines of text that stand in the middle of a box as far as they fit: the first size of 7.5 and 7
 *  pt at which all of it does. Boxes are made for their text; what is longer stands over them. */
void draw_fitted(Scene *s, const char *text, Box box, TextStyle style);

#endif
