#include "peerline/report/reports.h"

#include <string.h>

#include "peerline/base/clock.h"
#include "peerline/catalogue/words.h"

/* Without the mark-up of a message. */
static char *plain(char *marked_up)
{
    g_autoptr(GPtrArray) runs = document_runs(marked_up);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < runs->len; i++)
        g_string_append(text, ((const Run *)runs->pdata[i])->text);
    g_free(marked_up);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *report_embargo(const ReportContext *c)
{
    if (!c->embargo)
        return NULL;
    const char *time = strchr(c->embargo, 'T');
    g_autofree char *day =
        time ? g_strndup(c->embargo, (gsize)(time - c->embargo)) : g_strdup(c->embargo);
    g_autofree char *date = words_date(c->study, day);
    return plain(time ? words(c->study, WORD_EMBARGO_TIME, "time", time + 1, "date", date, NULL)
                      : words(c->study, WORD_EMBARGO, "date", date, NULL));
}

char *report_notice(const ReportContext *c)
{
    g_autofree char *embargo = report_embargo(c);
    if (!embargo || !c->study->notice)
        return embargo ? g_steal_pointer(&embargo) : g_strdup(c->study->notice);
    return g_strconcat(embargo, " ", c->study->notice, NULL);
}
