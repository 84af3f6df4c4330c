#include "peerline/catalogue/words.h"

#include <string.h>

#include "peerline/base/clock.h"
#include "peerline/catalogue/templates.h"

const char *words_status(const Study *study, Status status)
{
    static const Word words[N_STATUS] = {
        [STATUS_OK] = WORD_STATUS_OK,
        [STATUS_ESTIMATED] = WORD_STATUS_ESTIMATED,
        [STATUS_PROVISIONAL] = WORD_STATUS_PROVISIONAL,
        [STATUS_REVISED] = WORD_STATUS_REVISED,
        [STATUS_RESTATED] = WORD_STATUS_RESTATED,
        [STATUS_STALE] = WORD_STATUS_STALE,
        [STATUS_NOT_REPORTED] = WORD_STATUS_NOT_REPORTED,
        [STATUS_SUPPRESSED] = WORD_STATUS_SUPPRESSED,
        [STATUS_NOT_APPLICABLE] = WORD_STATUS_NOT_APPLICABLE,
        [STATUS_REJECTED] = WORD_STATUS_REJECTED,
        [STATUS_BOUNDARY_CHANGE] = WORD_STATUS_BOUNDARY_CHANGE,
        [STATUS_ZERO_DENOMINATOR] = WORD_STATUS_ZERO_DENOMINATOR,
        [STATUS_NO_DENOMINATOR] = WORD_STATUS_NO_DENOMINATOR,
    };
    return words_label(study, words[status]);
}

const char *words_measure(const Study *study, Measure measure)
{
    static const Word words[N_MEASURES] = {
        [MEASURE_RATE] = WORD_MEASURE_RATE,
        [MEASURE_PROPORTION] = WORD_MEASURE_PROPORTION,
        [MEASURE_RATIO] = WORD_MEASURE_RATIO,
        [MEASURE_PUBLISHED] = WORD_MEASURE_PUBLISHED,
        [MEASURE_TOTAL] = WORD_MEASURE_TOTAL,
        [MEASURE_DSR] = WORD_MEASURE_DSR,
        [MEASURE_ISR] = WORD_MEASURE_ISR,
        [MEASURE_LIFE_EXPECTANCY] = WORD_MEASURE_LIFE_EXPECTANCY,
    };
    return words_label(study, words[measure]);
}

/* ---- dates ---- */

static char *say_date(const Study *study, const char *day, guint month, const char *year)
{
    return words_plain(study, WORD_DATE, "day", day, "month",
                       words_label(study, (Word)(WORD_MONTH_1 + month)), "year", year, NULL);
}

/* "25 October 2017", as the program writes it; NULL for anything else. */
static char *retell_date(const Study *study, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " ", 4);
    if (g_strv_length(parts) != 3)
        return NULL;
    for (guint m = 0; m < 12; m++)
        if (g_str_equal(parts[1], words_label(NULL, (Word)(WORD_MONTH_1 + m))))
            return say_date(study, parts[0], m, parts[2]);
    return NULL;
}

char *words_date(const Study *study, const char *iso)
{
    char *english = clock_date_words(iso);
    char *said = english ? retell_date(study, english) : NULL;
    if (!said)
        return english;
    g_free(english);
    return said;
}

/* ---- reasons: found by the built-in text, said with that of the study ---- */

#define MOST_VALUES 8

typedef struct {
    const char *name;
    char *value;
} Value;

typedef struct {
    Value values[MOST_VALUES];
    guint n;
} Values;

static void values_clear(Values *v)
{
    for (guint i = 0; i < v->n; i++)
        g_free(v->values[i].value);
    v->n = 0;
}

/* Takes the placeholder's text, which is what comes before the next words of the message. */
static const char *take_value(Values *v, const TemplatePart *part, const TemplatePart *next,
                              const char *text)
{
    const char *end = next ? strstr(text, next->text) : text + strlen(text);
    if (!end || end == text || v->n == MOST_VALUES)
        return NULL;
    v->values[v->n++] = (Value){part->text, g_strndup(text, (gsize)(end - text))};
    return end;
}

/* Whether the text is this message, and with which values. */
static gboolean is_message(const Template *t, const char *text, Values *v)
{
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *part = &t->parts[i];
        if (part->kind == TEMPLATE_VALUE) {
            text = take_value(v, part, i + 1 < t->n_parts ? part + 1 : NULL, text);
            if (!text)
                return FALSE;
        } else if (g_str_has_prefix(text, part->text)) {
            text += strlen(part->text);
        } else {
            return FALSE;
        }
    }
    return *text == '\0';
}

/* "a (E1) and b (E2)": only behind a code, as names have an "and" of their own. */
static char *retell_list(const Study *study, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ") and ", -1);
    g_autofree char *joint = g_strdup_printf(") %s ", words_label(study, WORD_AND));
    return g_strjoinv(joint, parts);
}

static char *retell_value(const Study *study, const char *value)
{
    if (strspn(value, "0123456789,.") == strlen(value))
        return words_number(study, g_strdup(value));
    char *date = retell_date(study, value);
    if (date)
        return date;
    char *reason = words_reason(study, value);
    return reason ? reason : retell_list(study, value);
}

static const char *value_of(const Values *v, guint i)
{
    return i < v->n ? v->values[i].value : NULL;
}

static const char *name_of(const Values *v, guint i)
{
    return i < v->n ? v->values[i].name : NULL; /* NULL ends the list */
}

static char *say_reason(const Study *study, Word id, Values *v)
{
    for (guint i = 0; i < v->n; i++) {
        char *said = retell_value(study, v->values[i].value);
        g_free(v->values[i].value);
        v->values[i].value = said;
    }
    return words_plain(study, id, name_of(v, 0), value_of(v, 0), name_of(v, 1), value_of(v, 1),
                       name_of(v, 2), value_of(v, 2), name_of(v, 3), value_of(v, 3), name_of(v, 4),
                       value_of(v, 4), name_of(v, 5), value_of(v, 5), name_of(v, 6), value_of(v, 6),
                       name_of(v, 7), value_of(v, 7), NULL);
}

char *words_reason(const Study *study, const char *reason)
{
    if (!study || !study->templates || !reason)
        return NULL;
    for (guint id = WORD_STATUS_OK; id <= WORD_REASON_NO_ROW; id++) {
        Values v = {.n = 0};
        char *said = is_message(templates_get(templates_builtin(), id), reason, &v)
                         ? say_reason(study, (Word)id, &v)
                         : NULL;
        values_clear(&v);
        if (said)
            return said;
    }
    return NULL;
}

const char *words_data(const Study *study, const char *title)
{
    if (!title || !study || !study->templates)
        return title;
    for (guint id = 0; id < N_WORDS; id++) {
        const Template *t = templates_get(templates_builtin(), id);
        if (g_str_has_prefix(t->key, "data ") && t->n_parts == 1 &&
            g_str_equal(t->parts[0].text, title))
            return words_label(study, (Word)id);
    }
    return title;
}
