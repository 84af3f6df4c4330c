#include "web_rows.h"

#include "peerline/report/web.h"

const char *web_indicator_cell(Pen *pen, guint indicator)
{
    const char *unit = indicator_of(pen->c, indicator)->unit;
    return pen_format(pen, "%s%s%s", phrase_link(pen, indicator), unit && *unit ? ", " : "",
                      unit ? pen_escape(pen, unit) : "");
}

const char *web_domain(Pen *pen, guint indicator)
{
    const char *domain = indicator_of(pen->c, indicator)->domain;
    return domain ? pen_escape(pen, domain) : pen_say(pen, WORD_NO_DOMAIN);
}

const char *web_area_link(Pen *pen, guint area, const gboolean *wanted)
{
    const char *name = pen_escape(pen, phrase_area(pen->c, area));
    return wanted[area] ? pen_format(pen, "[%s](#area-%s)", name, pen->c->set->areas[area].code)
                        : name;
}

char *web_label(Pen *pen, Word word)
{
    g_autoptr(GPtrArray) runs = document_runs(pen_say(pen, word));
    GString *out = g_string_new(NULL);
    for (guint k = 0; k < runs->len; k++)
        g_string_append(out, ((const Run *)runs->pdata[k])->text);
    return g_string_free(out, FALSE);
}

static int compare_by_name(gconstpointer a, gconstpointer b, gpointer context)
{
    const guint x = *(const guint *)a, y = *(const guint *)b;
    const int order = g_strcmp0(phrase_area(context, x), phrase_area(context, y));
    return order ? order : x < y ? -1 : x > y;
}

GArray *report_web_area_order(const ReportContext *c)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint a = 0; a < c->set->n_areas; a++)
        if (observation_is_open(c->set, a))
            g_array_append_val(order, a);
    g_array_sort_with_data(order, compare_by_name, (gpointer)c);
    return order;
}

char *report_web_indicator_anchor(guint indicator)
{
    return g_strdup_printf("indicator-%u", indicator + 1);
}
