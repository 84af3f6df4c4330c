#include "json_file.h"

#include <math.h>
#include <stdlib.h>

#include "peerline/base/error.h"

/* The shortest that reads back would be best, but jansson has one length for all: settings and
 * figures for dashboards read well with 15 digits, and the CSV files have every digit. */
#define DIGITS 15

void json_put_text(json_t *object, const char *key, const char *text)
{
    if (!text || !*text)
        return;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_object_set_new(object, key, json_string(valid));
}

void json_put_count(json_t *object, const char *key, guint64 count)
{
    json_object_set_new(object, key, json_integer((json_int_t)count));
}

void json_put_number(json_t *object, const char *key, double x)
{
    if (!isfinite(x))
        return;
    const gboolean whole = fabs(x) < 1e15 && x == trunc(x);
    json_object_set_new(object, key, whole ? json_integer((json_int_t)x) : json_real(x));
}

void json_put_some(json_t *object, const char *key, json_t *value)
{
    if (json_array_size(value) > 0 || json_object_size(value) > 0)
        json_object_set_new(object, key, value);
    else
        json_decref(value);
}

gboolean json_file_write(json_t *root, const char *path, GError **error)
{
    char *body =
        json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(DIGITS));
    json_decref(root);
    if (!body) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be written as JSON",
                    path);
        return FALSE;
    }
    g_autofree char *text = g_strconcat(body, "\n", NULL);
    free(body);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, text, -1, &cause))
        return TRUE;
    g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, cause->message);
    return FALSE;
}
