#ifndef PEERLINE_CATALOGUE_TEMPLATE_PARTS_H
#define PEERLINE_CATALOGUE_TEMPLATE_PARTS_H

#include <cmark-gfm.h>

#include "peerline/catalogue/templates.h"

/** One message: a paragraph of CommonMark, taken apart. `parts` is an array of TemplatePart with a
 *  clear function. NULL if all is well, else what is wrong, newly allocated. */
char *template_take_apart(cmark_node *paragraph, GArray *parts);
/** An empty array for it. */
GArray *template_parts_new(void);

#endif
