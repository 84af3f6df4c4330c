#ifndef PEERLINE_INTAKE_MIRROR_H
#define PEERLINE_INTAKE_MIRROR_H

#include "weburl.h"

/** The file of a mirror directory that stands for a URL, newly allocated, or NULL. Looks for
 *  DIR/<host>/<path>?<query> where there is a query (as wget names it), then DIR/<host>/<path>,
 *  both as written and with percent signs decoded, then DIR/<file> (`file` may be NULL). Never
 *  leaves the directory by "..". */
char *mirror_find(const char *dir, const WebUrl *url, const char *file);

#endif
