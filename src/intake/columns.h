#ifndef PEERLINE_INTAKE_COLUMNS_H
#define PEERLINE_INTAKE_COLUMNS_H

#include <glib.h>

/** The name of a table's column, by the rules of intake/table.h: squeezed; "column N" (`number`,
 * from 1) if blank; a name seen before gets the next free number. Newly allocated, and also noted
 * in `seen` (a set of strings that does not own them). */
char *column_name(GHashTable *seen, const char *field, guint number);

#endif
