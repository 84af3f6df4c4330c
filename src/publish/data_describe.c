#include "data_describe.h"

#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/text.h"

char **data_key_columns(const DataTable *table)
{
    return table->key ? g_strsplit(table->key, ",", -1) : g_new0(char *, 1);
}

gboolean data_is_key(const DataTable *table, const char *column)
{
    g_auto(GStrv) key = data_key_columns(table);
    return g_strv_contains((const char *const *)key, column);
}

const char *data_date_text(DataValue value, char buffer[16])
{
    buffer[0] = '\0';
    if (value.number > 0) {
        GDate date;
        g_date_clear(&date, 1);
        g_date_set_julian(&date, (guint32)value.number);
        g_snprintf(buffer, 16, "%04d-%02d-%02d", (int)g_date_get_year(&date),
                   (int)g_date_get_month(&date), (int)g_date_get_day(&date));
    }
    return buffer;
}

const KnownLicence *licence_find(const char *text)
{
    static const struct {
        const char *part; /* in lower case; the first that is found */
        KnownLicence licence;
    } known[] = {
        {"open government licence v3",
         {"OGL-UK-3.0", "Open Government Licence v3.0",
          "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}},
        {"cc0",
         {"CC0-1.0", "Creative Commons CC0 1.0 Universal",
          "https://creativecommons.org/publicdomain/zero/1.0/"}},
        {"attribution 4.0",
         {"CC-BY-4.0", "Creative Commons Attribution 4.0",
          "https://creativecommons.org/licenses/by/4.0/"}},
        {"cc by 4.0",
         {"CC-BY-4.0", "Creative Commons Attribution 4.0",
          "https://creativecommons.org/licenses/by/4.0/"}},
    };
    g_autofree char *folded = text ? g_ascii_strdown(text, -1) : g_strdup("");
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strstr(folded, known[i].part))
            return &known[i].licence;
    return NULL;
}

gboolean data_file_facts(const char *directory, const char *file, gsize *bytes, char **sha256,
                         GError **error)
{
    g_autofree char *path = g_build_filename(directory, file, NULL);
    g_autofree char *contents = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &contents, bytes, &cause)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: cannot read again to note its hash: %s", path, cause->message);
        return FALSE;
    }
    *sha256 = text_sha256(contents, *bytes);
    return TRUE;
}

json_t *json_of_strings(char **strings)
{
    json_t *list = json_array();
    for (; strings && *strings; strings++)
        json_array_append_new(list, json_string(*strings));
    return list;
}
