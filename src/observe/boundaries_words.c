#include "boundaries.h"

#include <stdio.h>

#include "peerline/base/clock.h"
#include "peerline/base/text.h"

gboolean boundaries_day(const char *text, guint32 *day)
{
    GDate date;
    int year, month, of_month, end = 0;
    *day = 0;
    if (!*text)
        return TRUE;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &of_month, &end) != 3 || text[end] ||
        end != 10 || year < 1 || month < 1 || of_month < 1 ||
        !g_date_valid_dmy((GDateDay)of_month, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)of_month, (GDateMonth)month, (GDateYear)year);
    *day = g_date_get_julian(&date);
    return TRUE;
}

char *boundaries_day_words(guint32 day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, day);
    g_autofree char *iso = g_strdup_printf("%04u-%02d-%02u", g_date_get_year(&date),
                                           (int)g_date_get_month(&date), g_date_get_day(&date));
    return clock_date_words(iso);
}

char *boundaries_names(const BoundaryMap *b, const GArray *places)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < places->len; i++) {
        const Ground *p = boundary_place(b, g_array_index(places, guint, i));
        g_ptr_array_add(names, p->foreign ? g_strdup(p->area.code)
                                          : g_strdup_printf("%s (%s)", p->area.name, p->area.code));
    }
    return text_list((const char *const *)names->pdata, names->len, "and");
}

static char *neighbours_in_time(const BoundaryMap *b, guint place, gboolean later)
{
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < b->changes->len; i++) {
        const Change *c = &g_array_index(b->changes, Change, i);
        if ((later ? c->from : c->to) == place)
            g_array_append_val(others, *(later ? &c->to : &c->from));
    }
    return others->len ? boundaries_names(b, others) : NULL;
}

char *boundaries_fate(const BoundaryMap *b, guint place)
{
    const Ground *p = boundary_place(b, place);
    if (!p->to)
        return NULL;
    g_autofree char *day = boundaries_day_words(p->to);
    g_autofree char *later = neighbours_in_time(b, place, TRUE);
    return g_strdup_printf("%s (%s) was closed on %s%s%s", p->area.name, p->area.code, day,
                           later ? "; since then " : "", later ? later : "");
}

char *boundaries_absence(const BoundaryMap *b, guint place, Period period)
{
    const Ground *p = boundary_place(b, place);
    const Area life = {.valid_from = p->from, .valid_to = p->to};
    if (area_in_force(&life, period))
        return NULL;
    const Area begun = {.valid_from = p->from};
    if (area_in_force(&begun, period))
        return boundaries_fate(b, place);
    g_autofree char *day = boundaries_day_words(p->from);
    g_autofree char *earlier = neighbours_in_time(b, place, FALSE);
    return g_strdup_printf("%s (%s) exists since %s%s%s", p->area.name, p->area.code, day,
                           earlier ? "; before it " : "", earlier ? earlier : "");
}
