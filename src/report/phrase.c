#include "phrase.h"

#include "peerline/base/number.h"
#include "peerline/base/text.h"

#include <math.h>
#include <string.h>

gboolean report_without_error(const ReportContext *c, guint indicator)
{
    UncertaintyKind kind = c->assessment->indicators[indicator].kind;
    return kind == KIND_CLUSTERED || kind == KIND_NONE;
}

int report_good_sign(const Indicator *i)
{
    return i->polarity == POLARITY_HIGH ? 1 : i->polarity == POLARITY_LOW ? -1 : 0;
}

static gboolean same_domain(const Indicator *a, const Indicator *b)
{
    return g_strcmp0(a->domain, b->domain) == 0;
}

guint *report_indicator_order(const ReportContext *c)
{
    guint n = c->study->n_indicators, filled = 0;
    guint *order = g_new(guint, MAX(n, 1));
    g_autofree gboolean *taken = g_new0(gboolean, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        gboolean done = taken[i];
        for (guint j = i; j < n && !done; j++)
            if (!taken[j] && same_domain(indicator_of(c, i), indicator_of(c, j))) {
                order[filled++] = j;
                taken[j] = TRUE;
            }
    }
    return order;
}

gboolean report_begins_domain(const ReportContext *c, const guint *order, guint place)
{
    return place == 0 ||
           !same_domain(indicator_of(c, order[place]), indicator_of(c, order[place - 1]));
}

/* ---- figures ---- */

const char *phrase_count(Pen *pen, guint n)
{
    return pen_number(pen, number_text(n, 0));
}

const char *phrase_value(Pen *pen, const Indicator *i, double value)
{
    if (!isfinite(value))
        return pen_number(pen, number_text(NAN, 0));
    g_autofree char *number = words_number(pen->c->study, number_text(fabs(value), i->decimals));
    /* "−0.0" would say less than nothing. */
    gboolean negative = value < 0 && strpbrk(number, "123456789");
    return pen_format(pen, "%s%s%s%s", negative ? "\u2212" : "", i->prefix ? i->prefix : "", number,
                      i->suffix ? i->suffix : "");
}

/* What follows `lead` in the text, or the text itself: "per person" of "£ per person" behind "£";
 * but "m" does not begin "million". */
static const char *without_lead(const char *text, const char *lead)
{
    if (lead && *lead && g_str_has_prefix(text, lead) &&
        !(g_ascii_isalpha(lead[strlen(lead) - 1]) && g_ascii_isalpha(text[strlen(lead)])))
        text += strlen(lead);
    while (*text == ' ')
        text++;
    return text;
}

const char *phrase_unit(Pen *pen, const Indicator *i)
{
    g_autofree char *suffix = g_strstrip(g_strdup(i->suffix ? i->suffix : ""));
    const char *unit = without_lead(i->unit ? i->unit : "", i->prefix);
    unit = without_lead(unit, suffix);
    if (g_str_equal(suffix, "%"))
        unit = without_lead(unit, words_label(pen->c->study, WORD_UNIT_PER_CENT));
    return pen_keep(pen, g_strdup(unit));
}

/* "2,231 days per 1,000 people", but "19.6 (score from 0 to 24)". */
static gboolean reads_on(const Study *study, const char *unit)
{
    g_autofree char *per = g_strdup_printf(" %s ", words_label(study, WORD_UNIT_PER));
    g_autofree char *of = g_strdup_printf("%s ", words_label(study, WORD_UNIT_OF));
    return g_str_has_prefix(unit, per + 1) || g_str_has_prefix(unit, of) || strstr(unit, per);
}

const char *phrase_value_unit(Pen *pen, const Indicator *i, double value)
{
    const char *unit = phrase_unit(pen, i);
    const char *text = phrase_value(pen, i, value);
    if (!*unit || !isfinite(value))
        return text;
    return pen_format(pen, reads_on(pen->c->study, unit) ? "%s %s" : "%s (%s)", text, unit);
}

const char *phrase_range(Pen *pen, const Indicator *i, double lower, double upper)
{
    if (!isfinite(lower) || !isfinite(upper))
        return "";
    return pen_keep(pen, words_plain(pen->c->study, WORD_RANGE, "low", phrase_value(pen, i, lower),
                                     "high", phrase_value(pen, i, upper), NULL));
}

/* More is said of figures that are next to nothing than of those that are large. */
#define FOLD_MOST 1000

const char *phrase_fold(Pen *pen, double upper, double lower)
{
    double ratio = upper / lower;
    if (!(lower > 0) || !isfinite(ratio))
        return pen_number(pen, number_text(NAN, 0));
    if (ratio > FOLD_MOST)
        return pen_say(pen, WORD_FOLD_MANY);
    return pen_number(pen, ratio < 1.1  ? number_text(ratio, 2)
                           : ratio < 10 ? number_text(ratio, 1)
                                        : number_text_significant(ratio, 2));
}

const char *phrase_about(Pen *pen, double share)
{
    static const struct {
        guint n, of;
    } SAID[] = {{1, 50}, {1, 20}, {1, 10}, {1, 5}, {1, 4}, {3, 10}, {1, 3},  {2, 5},
                {3, 5},  {2, 3},  {7, 10}, {3, 4}, {4, 5}, {9, 10}, {19, 20}};
    if (!isfinite(share))
        return pen_say(pen, WORD_DASH);
    if (share < 0.01)
        return pen_say(pen, WORD_ABOUT_NONE);
    if (share > 0.98)
        return pen_say(pen, WORD_ABOUT_ALL);
    guint nearest = 0;
    double off = fabs(share - 0.5); /* of a half */
    for (guint k = 0; k < G_N_ELEMENTS(SAID); k++) {
        const double distance = fabs(share - (double)SAID[k].n / SAID[k].of);
        if (distance < off) {
            off = distance;
            nearest = k + 1;
        }
    }
    if (nearest == 0)
        return pen_say(pen, WORD_ABOUT_HALF);
    return pen_say(pen, WORD_ABOUT_SHARE, "n", phrase_count(pen, SAID[nearest - 1].n), "of",
                   phrase_count(pen, SAID[nearest - 1].of));
}

const char *phrase_about_percent(Pen *pen, double share)
{
    const double percent = 100 * share;
    if (!isfinite(share))
        return pen_say(pen, WORD_DASH);
    if (percent < 1)
        return pen_say(pen, WORD_ABOUT_NO_PERCENT);
    const double said = percent < 10 ? round(percent) : 5 * round(percent / 5);
    return pen_say(pen, WORD_ABOUT_PERCENT, "n", pen_number(pen, number_text(said, 0)));
}

const char *phrase_probability(Pen *pen, double p)
{
    if (!isfinite(p))
        return pen_number(pen, number_text(NAN, 0));
    if (p < 0.001)
        return pen_say(pen, WORD_UNDER_ONE_IN_A_THOUSAND);
    return pen_number(pen, number_text(p, p < 0.1 ? 3 : 2));
}

const char *phrase_labelled(Pen *pen, const Indicator *i, const char *label, double value)
{
    return isfinite(value) ? pen_format(pen, "%s %s", label, phrase_value(pen, i, value)) : NULL;
}

/* ---- names ---- */

const char *phrase_area(const ReportContext *c, guint area)
{
    const Area *a = &c->set->areas[area];
    return a->name && *a->name ? a->name : a->code;
}

const char *phrase_area_short(const ReportContext *c, guint area)
{
    const Area *a = &c->set->areas[area];
    return a->short_name && *a->short_name ? a->short_name : phrase_area(c, area);
}

const char *phrase_indicator(const Indicator *i)
{
    return i->short_title ? i->short_title : i->title;
}

const char *phrase_nation(const ReportContext *c)
{
    const char *name = c->study->areas.nation;
    return name && *name ? name : words_label(c->study, WORD_NO_NATION);
}

const char *phrase_areas(const ReportContext *c)
{
    return words_label(c->study, WORD_CHART_WHAT);
}

const char *phrase_period(const ReportContext *c, guint indicator, guint period)
{
    return c->set->series[indicator].period_labels[period];
}

const char *phrase_anchor(Pen *pen, guint indicator)
{
    return pen_format(pen, "indicator-%u", indicator + 1);
}

const char *phrase_link(Pen *pen, guint indicator)
{
    const Indicator *i = indicator_of(pen->c, indicator);
    return pen_format(pen, "[%s](#%s)", pen_escape(pen, phrase_indicator(i)),
                      phrase_anchor(pen, indicator));
}

/* "Hull, City of" in a list needs a stronger mark between names. */
static gboolean has_comma(const char *const *names, guint n)
{
    for (guint i = 0; i < n; i++)
        if (strstr(names[i], ", "))
            return TRUE;
    return FALSE;
}

const char *phrase_names(Pen *pen, const char *const *names, guint n, guint most)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    for (guint i = 0; i < (n > most ? most - 1 : n); i++)
        g_ptr_array_add(shown, (gpointer)names[i]);
    if (n > most)
        g_ptr_array_add(shown,
                        (gpointer)pen_say(pen, WORD_N_MORE, "n", phrase_count(pen, n - most + 1)));
    if (!has_comma(names, n))
        return pen_keep(pen, text_list((const char *const *)shown->pdata, shown->len,
                                       words_label(pen->c->study, WORD_AND)));
    g_ptr_array_add(shown, NULL);
    return pen_keep(pen, g_strjoinv("; ", (char **)shown->pdata));
}

const char *phrase_row_title(Pen *pen, guint indicator, guint period)
{
    const Indicator *i = indicator_of(pen->c, indicator);
    gboolean has_unit = i->unit && *i->unit;
    return pen_say(pen, has_unit ? WORD_CELL_INDICATOR : WORD_CELL_INDICATOR_NO_UNIT, "indicator",
                   phrase_indicator(i), "unit", has_unit ? i->unit : "", "period",
                   phrase_period(pen->c, indicator, period));
}

/* ---- positions ---- */

const char *phrase_position(Pen *pen, guint indicator, guint period, guint area)
{
    const Verdict *v = verdict_of(pen->c, indicator, period, area);
    const PeriodSummary *s = summary_of(pen->c, indicator, period);
    if (!isfinite(observed(pen->c, indicator, period, area)->value))
        return pen_say(pen, WORD_DASH);
    if (!v->ranked)
        return pen_say(pen, WORD_NOT_RANKED);
    if (v->rank && v->rank_lower && v->rank_upper)
        return pen_say(pen, WORD_RANK_WITH_INTERVAL, "rank", phrase_count(pen, v->rank), "of",
                       phrase_count(pen, s->areas_ranked), "from", phrase_count(pen, v->rank_lower),
                       "to", phrase_count(pen, v->rank_upper));
    static const Word quarters[] = {WORD_QUARTER_LOWEST, WORD_QUARTER_LOWER_MIDDLE,
                                    WORD_QUARTER_UPPER_MIDDLE, WORD_QUARTER_HIGHEST};
    const int quarter = verdict_quarter(v, s);
    return pen_say(pen, quarter < 0 ? WORD_DASH : quarters[quarter]);
}

const char *phrase_limits(Pen *pen, guint indicator, guint period, guint area)
{
    const Verdict *v = verdict_of(pen->c, indicator, period, area);
    gboolean unusual = report_without_error(pen->c, indicator);
    gboolean high = v->direction == DIRECTION_HIGHER;
    switch (v->outlier) {
    case OUTLIER_ALARM:
        return unusual ? pen_say(pen, high ? WORD_VERY_UNUSUALLY_HIGH : WORD_VERY_UNUSUALLY_LOW)
                       : pen_say(pen, high ? WORD_ABOVE_998 : WORD_BELOW_998);
    case OUTLIER_ALERT:
        return unusual ? pen_say(pen, high ? WORD_UNUSUALLY_HIGH : WORD_UNUSUALLY_LOW)
                       : pen_say(pen, high ? WORD_ABOVE_95 : WORD_BELOW_95);
    case OUTLIER_NONE: return pen_say(pen, unusual ? WORD_NOT_UNUSUAL : WORD_WITHIN_LIMITS);
    case OUTLIER_NOT_ESTIMABLE: break;
    }
    return pen_say(pen, WORD_DASH);
}

const char *phrase_missing(Pen *pen, guint indicator, guint period, guint area)
{
    const ReportContext *c = pen->c;
    const char *because = observation_reason(c->set, indicator, period, area);
    return because ? phrase_note(pen, because)
                   : words_status(c->study, observed(c, indicator, period, area)->status);
}

const char *phrase_note(Pen *pen, const char *note)
{
    char *said = words_reason(pen->c->study, note);
    return said ? pen_keep(pen, said) : note;
}

static gboolean append_noun(const GMatchInfo *match, GString *out, gpointer study)
{
    g_autofree char *word = g_match_info_fetch(match, 0);
    const AreaRegister *areas = study;
    const char *noun = g_str_equal(word, "areas") ? areas->plural : areas->singular;
    g_string_append(out, noun && *noun ? noun : word);
    return FALSE;
}

const char *phrase_reason(Pen *pen, const char *reason)
{
    char *translated = words_reason(pen->c->study, reason);
    if (translated && !g_str_equal(translated, reason))
        return pen_keep(pen, translated);
    g_free(translated);
    g_autoptr(GRegex) area = g_regex_new("\\bareas?\\b", 0, 0, NULL);
    gsize own = strcspn(reason, ":");
    g_autofree char *ours = g_strndup(reason, own);
    g_autofree char *said = g_regex_replace_eval(area, ours, -1, 0, 0, append_noun,
                                                 (gpointer)&pen->c->study->areas, NULL);
    return pen_format(pen, "%s%s", said ? said : ours, reason + own);
}

double report_nation_value(const ReportContext *c, guint indicator, guint period)
{
    return summary_of(c, indicator, period)->comparator;
}
