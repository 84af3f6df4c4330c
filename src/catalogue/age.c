#include "peerline/catalogue/age.h"

#include <stdlib.h>

/* One spelling after the other; the groups say what was met. */
static const char USUAL[] = "(?:age[ds]?\\s*:?\\s*)?"
                            "(?:(?<under>under|less than|below|<)\\s*)?"
                            "(?<from>\\d{1,3})"
                            "(?:\\s*(?:-|\xE2\x80\x93|\xE2\x80\x94|_|to)\\s*(?<to>\\d{1,3}))?"
                            "\\s*(?:years?|yrs?)?\\s*"
                            "(?<open>\\+|plus|(?:and|&|or)\\s+(?:over|above|older|more))?"
                            "\\s*(?:years?|yrs?)?(?:\\s*(?:of age|old))?";

enum { FROM, TO, UNDER, OPEN, WHOLE, N_PARTS };
static const char *const NAMES[N_PARTS + 1] = {"from", "to", "under", "open", "age", NULL};

static gpointer compile_usual(gpointer unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    Pattern *p = pattern_new(USUAL, TRUE, &error);
    if (!p)
        g_error("age.c: %s", error->message);
    return p;
}

/* Compiled once: it is asked for every header and every kind of cell. */
static const Pattern *usual(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, compile_usual, NULL);
}

static gboolean whole_number(const char *text, guint *out)
{
    guint64 number;
    if (!text || !g_ascii_string_to_unsigned(text, 10, 0, AGE_OPEN - 1, &number, NULL))
        return FALSE;
    *out = (guint)number;
    return TRUE;
}

/* "under 5" is 0-4; with a second number or a plus sign it is nonsense. */
static gboolean band_under(guint limit, char *const *part, AgeBand *out)
{
    if (limit == 0 || part[TO] || part[OPEN])
        return FALSE;
    *out = (AgeBand){0, limit - 1};
    return TRUE;
}

static gboolean read_usual(const char *text, AgeBand *out)
{
    char *part[N_PARTS] = {NULL};
    guint from = 0, to = 0;
    gboolean good = pattern_capture(usual(), text, NAMES, part) == PATTERN_YES &&
                    whole_number(part[FROM], &from);
    if (good && part[UNDER]) {
        good = band_under(from, part, out);
    } else if (good) {
        to = part[OPEN] ? AGE_OPEN : from;
        good = !part[TO] || (whole_number(part[TO], &to) && !part[OPEN] && to >= from);
        *out = (AgeBand){from, to};
    }
    for (guint i = 0; i < N_PARTS; i++)
        g_free(part[i]);
    return good;
}

gboolean age_read(const char *text, const Pattern *pattern, AgeBand *out)
{
    if (!pattern)
        return read_usual(text, out);
    char *part[N_PARTS] = {NULL};
    gboolean good = pattern_capture(pattern, text, NAMES, part) == PATTERN_YES;
    if (good && part[WHOLE]) {
        good = read_usual(part[WHOLE], out);
    } else if (good) {
        guint from = 0, to = AGE_OPEN;
        good = whole_number(part[FROM], &from);
        if (!pattern_has_group(pattern, "to"))
            to = from;
        good = good && (!part[TO] || whole_number(part[TO], &to)) && to >= from;
        *out = (AgeBand){from, to};
    }
    for (guint i = 0; i < N_PARTS; i++)
        g_free(part[i]);
    return good;
}

char *age_label(AgeBand band)
{
    if (band.to == AGE_OPEN)
        return g_strdup_printf("%u+", band.from);
    return band.from == band.to ? g_strdup_printf("%u", band.from)
                                : g_strdup_printf("%u-%u", band.from, band.to);
}
