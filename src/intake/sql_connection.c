#include "sql_connection.h"

#include <string.h>

#include "peerline/base/error.h"

/* What ODBC asks to be braced (SQLDriverConnect, "Comments"). */
#define NEEDS_BRACES "[]{}(),;?*=!@"
#define ENDS_A_VALUE ";{}="
/* Shorter ones are found in ordinary words, and are only taken out where they stand alone. */
#define SECRET_ANYWHERE 4

void sql_connection_clear(SqlConnection *c)
{
    if (c->text)
        g_string_free(c->text, TRUE);
    if (c->names)
        g_ptr_array_unref(c->names);
    if (c->secrets)
        g_ptr_array_unref(c->secrets);
    *c = (SqlConnection){0};
}

/* ---- putting variables in -------------------------------------------------------------------- */

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

/* Whether what is there so far ends with "Key=". */
static gboolean begins_value(const GString *before)
{
    gsize n = before->len;
    while (n > 0 && strchr(" \t\r\n", before->str[n - 1]))
        n--;
    return n > 0 && before->str[n - 1] == '=';
}

static void append_braced(GString *out, const char *value)
{
    g_string_append_c(out, '{');
    for (const char *p = value; *p; p++) {
        g_string_append_c(out, *p);
        if (*p == '}')
            g_string_append_c(out, '}');
    }
    g_string_append_c(out, '}');
}

static gboolean append_variable(SqlConnection *c, const char *name, const char *after,
                                GError **error)
{
    const char *value = g_getenv(name);
    if (!value) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the connection needs an environment variable that is not set: %s (set it "
                    "before the run)",
                    name);
        return FALSE;
    }
    after = skip_blanks(after);
    const gboolean ends = *after == '\0' || *after == ';';
    const gboolean whole = c->text->len == 0 && *after == '\0';
    g_ptr_array_add(c->names, g_strdup(name));
    g_ptr_array_add(c->secrets, g_strdup(value));
    if (whole || !strpbrk(value, NEEDS_BRACES)) {
        g_string_append(c->text, value);
    } else if (ends && begins_value(c->text)) {
        append_braced(c->text, value);
    } else if (!strpbrk(value, ENDS_A_VALUE)) {
        g_string_append(c->text, value);
    } else {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the environment variable %s cannot be a part of a value: it holds one of "
                    "the characters %s (alone after the =)",
                    name, ENDS_A_VALUE);
        return FALSE;
    }
    return TRUE;
}

gboolean sql_connection_expand(const char *declared, SqlConnection *out, GError **error)
{
    declared = skip_blanks(declared);
    g_auto(SqlConnection) c = {g_string_new(NULL), g_ptr_array_new_with_free_func(g_free),
                               g_ptr_array_new_with_free_func(g_free)};
    const char *p = declared;
    for (const char *at = strstr(p, "${"); at; at = strstr(p, "${")) {
        const char *end = strchr(at, '}');
        if (!end)
            break;
        g_autofree char *name = g_strndup(at + 2, (gsize)(end - at - 2));
        g_string_append_len(c.text, p, at - p);
        p = end + 1;
        if (!append_variable(&c, name, p, error))
            return FALSE;
    }
    g_string_append(c.text, p);
    g_strchomp(c.text->str);
    g_string_set_size(c.text, strlen(c.text->str));
    *out = c;
    c = (SqlConnection){0};
    return TRUE;
}

/* ---- attributes ------------------------------------------------------------------------------ */

/* Behind the ';' that ends the attribute at p, or its end. */
static const char *next_attribute(const char *p)
{
    const char *value = p + strcspn(p, "=;");
    if (*value == '=') {
        value = skip_blanks(value + 1);
        if (*value == '{') {
            const char *close = strchr(value + 1, '}');
            while (close && close[1] == '}')
                close = strchr(close + 2, '}');
            value = close ? close + 1 : value + strlen(value);
        }
        value += strcspn(value, ";");
    }
    return *value ? value + 1 : value;
}

gboolean sql_connection_default(SqlConnection *c, const char *key, const char *value)
{
    const gsize n = strlen(key);
    for (const char *p = c->text->str; *p; p = next_attribute(p)) {
        p = skip_blanks(p);
        if (g_ascii_strncasecmp(p, key, n) == 0 && *skip_blanks(p + n) == '=')
            return FALSE;
    }
    const gboolean closed = c->text->len == 0 || c->text->str[c->text->len - 1] == ';';
    g_string_append_printf(c->text, "%s%s=%s", closed ? "" : ";", key, value);
    return TRUE;
}

/* ---- messages -------------------------------------------------------------------------------- */

static gboolean stands_alone(const char *text, const char *at, gsize n)
{
    return (at == text || !g_ascii_isalnum(at[-1])) && !g_ascii_isalnum(at[n]);
}

static char *without(const char *message, const char *secret, const char *name)
{
    GString *out = g_string_new(NULL);
    const gsize n = strlen(secret);
    const char *p = message;
    while (n > 0 && *p) {
        const char *at = strstr(p, secret);
        if (!at)
            break;
        g_string_append_len(out, p, at - p);
        if (n >= SECRET_ANYWHERE || stands_alone(message, at, n))
            g_string_append_printf(out, "${%s}", name);
        else
            g_string_append_len(out, at, (gssize)n);
        p = at + n;
    }
    g_string_append(out, p);
    return g_string_free(out, FALSE);
}

char *sql_connection_redact(const SqlConnection *c, const char *message)
{
    char *text = g_strdup(message);
    for (guint i = 0; i < c->names->len; i++) {
        char *next = without(text, c->secrets->pdata[i], c->names->pdata[i]);
        g_free(text);
        text = next;
    }
    return text;
}
