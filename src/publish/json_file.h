#ifndef PEERLINE_PUBLISH_JSON_FILE_H
#define PEERLINE_PUBLISH_JSON_FILE_H

#include <glib.h>
#include <jansson.h>

/** JSON objects of the published files. What is absent is left out, so that a key that is there
 *  always says something; numbers are never NaN. */

/** Text as valid UTF-8; nothing for NULL and "". */
void json_put_text(json_t *object, const char *key, const char *text);
void json_put_count(json_t *object, const char *key, guint64 count);
/** Whole numbers as such; nothing for a missing one. */
void json_put_number(json_t *object, const char *key, double x);
/** Takes the value, or frees it where it is an empty list or object. */
void json_put_some(json_t *object, const char *key, json_t *value);

/** Writes the document with sorted layout (indented, keys as they were put, one line end at the
 *  end) and frees it. */
gboolean json_file_write(json_t *root, const char *path, GError **error);

#endif
