#include "peerline/base/clock.h"

#include <string.h>

/* 9999-12-31: beyond it a date no longer has four digits. */
#define LAST_SECOND G_GINT64_CONSTANT(253402300799)

static gboolean fixed_time(gint64 *seconds)
{
    const char *text = g_getenv("SOURCE_DATE_EPOCH");
    guint64 value = 0;
    if (!text || !g_ascii_string_to_unsigned(text, 10, 0, LAST_SECOND, &value, NULL))
        return FALSE;
    *seconds = (gint64)value;
    return TRUE;
}

gint64 clock_now(void)
{
    gint64 seconds;
    return fixed_time(&seconds) ? seconds : g_get_real_time() / G_USEC_PER_SEC;
}

gboolean clock_is_fixed(void)
{
    gint64 seconds;
    return fixed_time(&seconds);
}

char *clock_date(gint64 seconds)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(CLAMP(seconds, 0, LAST_SECOND));
    int year, month, day;
    g_date_time_get_ymd(when, &year, &month, &day);
    return g_strdup_printf("%04d-%02d-%02d", year, month, day);
}

/* Reads exactly n digits; -1 if there is anything else among them. */
static int digits(const char *s, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit(s[i]))
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

char *clock_date_words(const char *iso)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    if (!iso)
        return NULL;
    if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return g_strdup(iso);
    int year = digits(iso, 4), month = digits(iso + 5, 2), day = digits(iso + 8, 2);
    if (year < 1 || month < 1 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return g_strdup(iso);
    return g_strdup_printf("%d %s %d", day, months[month - 1], year);
}

gboolean clock_is_moment(const char *iso)
{
    const gsize n = strlen(iso);
    if ((n != 10 && n != 16) || iso[4] != '-' || iso[7] != '-')
        return FALSE;
    const int year = digits(iso, 4), month = digits(iso + 5, 2), day = digits(iso + 8, 2);
    if (year < 1 || month < 1 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    if (n == 10)
        return TRUE;
    const int hour = digits(iso + 11, 2), minute = digits(iso + 14, 2);
    return iso[10] == 'T' && iso[13] == ':' && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}
