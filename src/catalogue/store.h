#ifndef PEERLINE_CATALOGUE_STORE_H
#define PEERLINE_CATALOGUE_STORE_H

#include <glib.h>

/** Owns everything that a study points to; freed in one go, so that definitions may share what is
 *  the same (inherited row filters) without anyone counting references. */
typedef struct Store Store;

Store *store_new(void);
void store_free(Store *s);
/** Takes `item`, which `destroy` will free; returns it. */
gpointer store_take(Store *s, gpointer item, GDestroyNotify destroy);
/** n zeroed items of `size` bytes; NULL for none. */
gpointer store_array(Store *s, guint n, gsize size);
/** A copy of the text. */
char *store_text(Store *s, const char *text);

#endif
