#include "national.h"
#include "plain.h"

#include "peerline/base/number.h"

#include <math.h>
#include <string.h>

#define FLAGGED_NAMED 15
#define MISSING_NAMED 60
#define SPREAD_ROWS   12
#define ABSENT_NAMED  10
/* A map and the chart beside it. */
#define MAP_WIDTH  237.0
#define BESIDE_MAP (DOCUMENT_TEXT_WIDTH - DOCUMENT_COLUMN_GAP - MAP_WIDTH)
/* The highest chart that stands beside another one. */
#define BESIDE_MOST 440.0
/* Two charts above each other beside a map. */
#define LOW_RANKED 112.0
#define LOW_FUNNEL 150.0

/* ---- what it is ---- */

/* All files that the figures come from, for there may be one for each stretch of years; the
 * publisher is named where it is not that of the file before. */
static const char *source_name(Pen *pen, const Indicator *i)
{
    const Quantity *q = i->numerator.source >= 0 ? &i->numerator : &i->value;
    const Source *before = NULL;
    const char *names = NULL;
    for (guint k = 0; k <= q->n_further; k++) {
        const int source = k == 0 ? q->source : q->further[k - 1].source;
        if (source < 0 || (guint)source >= pen->c->study->n_sources)
            continue;
        const Source *s = &pen->c->study->sources[source];
        const char *link = pen_format(pen, "[%s](#source-%d)",
                                      pen_escape(pen, s->title ? s->title : s->id), source + 1);
        if (s->publisher && (!before || g_strcmp0(before->publisher, s->publisher) != 0))
            link = pen_format(pen, "%s, %s", pen_escape(pen, s->publisher), link);
        names = names ? pen_format(pen, "%s; %s", names, link) : link;
        before = s;
    }
    return names;
}

static Word kind_word(const Indicator *i, UncertaintyKind kind)
{
    static const Word kinds[N_KINDS] = {[KIND_COUNTS] = WORD_KIND_COUNTS,
                                        [KIND_PUBLISHED] = WORD_KIND_PUBLISHED,
                                        [KIND_CLUSTERED] = WORD_KIND_CLUSTERED,
                                        [KIND_NONE] = WORD_KIND_NONE};
    return measure_by_age(i->measure) && kind == KIND_PUBLISHED ? WORD_KIND_STANDARDISED
                                                                : kinds[kind];
}

static Word polarity_word(Polarity polarity)
{
    return polarity == POLARITY_HIGH  ? WORD_POLARITY_HIGH
           : polarity == POLARITY_LOW ? WORD_POLARITY_LOW
                                      : WORD_POLARITY_NEITHER;
}

static void write_definition(Pen *pen, Block *parent, guint i, int p)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    if (indicator->numerator_text && indicator->denominator_text)
        pen_para(pen, parent, PARA_SMALL, WORD_WHAT_RATIO, "numerator", indicator->numerator_text,
                 "denominator", indicator->denominator_text, "unit",
                 indicator->unit ? indicator->unit : "");
    else if (indicator->numerator_text)
        pen_para(pen, parent, PARA_SMALL, WORD_WHAT_VALUE, "numerator", indicator->numerator_text,
                 "unit", indicator->unit ? indicator->unit : "");
    const char *source = source_name(pen, indicator);
    if (p >= 0)
        pen_para(pen, parent, PARA_SMALL, source ? WORD_WHAT_PERIOD_SOURCE : WORD_WHAT_PERIOD,
                 "period", phrase_period(c, i, (guint)p), "+source", source);
}

/* ---- how it varies ---- */

/* Nobody can have less than the lowest or more than the highest: that a tenth or more have that
 * figure is said instead. As printed, for "more than 100.0%" is as odd where 99.96 is meant. */
static gboolean write_tied_spread(Pen *pen, Block *parent, guint i, guint p)
{
    const Indicator *indicator = indicator_of(pen->c, i);
    const PeriodSummary *s = summary_of(pen->c, i, p);
    const char *low = phrase_value(pen, indicator, s->p10);
    const char *high = phrase_value(pen, indicator, s->p90);
    const gboolean lowest = g_str_equal(low, phrase_value(pen, indicator, s->min));
    const gboolean highest = g_str_equal(high, phrase_value(pen, indicator, s->max));
    if (!lowest && !highest)
        return FALSE;
    pen_para(
        pen, parent, PARA_LEAD, WORD_SPREAD_LEAD_TIES, "period", phrase_period(pen->c, i, p),
        "median", phrase_value_unit(pen, indicator, s->median), "+share",
        plain_share_behind(pen, indicator, s->median), "+lowest",
        pen_say(pen, lowest ? WORD_SPREAD_TENTH_LOWEST : WORD_SPREAD_TENTH_LOW, "value", low),
        "+highest",
        pen_say(pen, highest ? WORD_SPREAD_TENTH_HIGHEST : WORD_SPREAD_TENTH_HIGH, "value", high));
    return TRUE;
}

static void write_spread(Pen *pen, Block *parent, guint i, guint p)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const PeriodSummary *s = summary_of(c, i, p);
    double national = report_nation_value(c, i, p);
    if (!isfinite(s->median))
        return;
    gboolean has_fold = s->p10 > 0;
    if (!write_tied_spread(pen, parent, i, p))
        pen_para(pen, parent, PARA_LEAD, has_fold ? WORD_SPREAD_LEAD : WORD_SPREAD_LEAD_PLAIN,
                 "period", phrase_period(c, i, p), "median",
                 phrase_value_unit(pen, indicator, s->median), "+share",
                 plain_share_behind(pen, indicator, s->median), "low",
                 phrase_value(pen, indicator, s->p10), "high", phrase_value(pen, indicator, s->p90),
                 "fold", phrase_fold(pen, s->p90, s->p10));
    const char *extremes = s->min > 0 ? pen_say(pen, WORD_SPREAD_EXTREMES_FOLD, "fold",
                                                phrase_fold(pen, s->max, s->min))
                                      : "";
    pen_para(pen, parent, PARA_BODY,
             isfinite(national) ? WORD_SPREAD_NATIONAL : WORD_SPREAD_NO_NATIONAL, "national",
             phrase_value(pen, indicator, national), "min", phrase_value(pen, indicator, s->min),
             "max", phrase_value(pen, indicator, s->max), "+fold", extremes, "+polarity",
             pen_say(pen, polarity_word(indicator->polarity)), "+kind",
             pen_say(pen, kind_word(indicator, c->assessment->indicators[i].kind)));
}

/* ---- figures ---- */

static void write_funnel_or_dots(Pen *pen, Block *parent, guint i, double width, double height)
{
    const ReportContext *c = pen->c;
    guint p = (guint)latest_of(c, i);
    Scene *funnel = figure_funnel(pen, i, p, width, height);
    if (funnel) {
        document_figure(pen->d, parent, funnel, pen_say(pen, WORD_FUNNEL_CAPTION));
        return;
    }
    int class_index = figure_class(c->study);
    Scene *dots = figure_dots(pen, i, p, class_index, width);
    if (dots)
        document_figure(pen->d, parent, dots,
                        class_index < 0 ? pen_say(pen, WORD_DOTS_CAPTION_ALL)
                                        : pen_say(pen, WORD_DOTS_CAPTION, "class",
                                                  c->study->areas.classes[class_index].title));
}

static void write_ranked(Pen *pen, Block *parent, guint i, double width, double height)
{
    guint p = (guint)latest_of(pen->c, i);
    Scene *ranked = figure_ranked(pen, i, p, width, height);
    Word caption =
        report_without_error(pen->c, i) ? WORD_RANKED_CAPTION_PLAIN : WORD_RANKED_CAPTION;
    if (ranked)
        document_figure(pen->d, parent, ranked,
                        pen_say(pen, caption, "period", phrase_period(pen->c, i, p)));
}

/* How the charts of the latest period lie on the page. */
typedef enum { LAYOUT_BESIDE, LAYOUT_BELOW } Layout;

/* ---- maps ---- */

static void write_map(Pen *pen, Block *columns, guint m, guint i, double width)
{
    const ReportContext *c = pen->c;
    const guint p = (guint)latest_of(c, i);
    Scene *map = nation_map(pen, m, i, p, width);
    g_autoptr(GPtrArray) absent = nation_map_absent(c, m);
    if (!map)
        return;
    Block *group = document_container(pen->d, columns, BLOCK_GROUP);
    group->share = width / (DOCUMENT_TEXT_WIDTH - DOCUMENT_COLUMN_GAP);
    document_figure(pen->d, group, map,
                    pen_say(pen, WORD_MAP_CAPTION, "period", phrase_period(c, i, p)));
    if (absent->len > 0)
        pen_para(pen, group, PARA_SMALL, WORD_MAP_ABSENT, "names",
                 phrase_names(pen, (const char *const *)absent->pdata, absent->len, ABSENT_NAMED));
    if (c->study->maps[m].note)
        pen_para(pen, group, PARA_SMALL, WORD_MAP_NOTE, "text", c->study->maps[m].note);
}

/* Of several maps two and two beside each other. */
static void write_maps(Pen *pen, guint i)
{
    Block *columns = NULL;
    for (guint m = 0; m < pen->c->study->n_maps; m++) {
        if (m % 2 == 0)
            columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
        write_map(pen, columns, m, i, DOCUMENT_COLUMN_WIDTH(2));
    }
}

static Block *second_column(Pen *pen, Block *columns, double width)
{
    Block *group = document_container(pen->d, columns, BLOCK_GROUP);
    group->share = width / (DOCUMENT_TEXT_WIDTH - DOCUMENT_COLUMN_GAP);
    return group;
}

/* One map beside the funnel, which both have the height of a page then; or beside both charts. */
static void write_figures_with_map(Pen *pen, guint i, Layout layout)
{
    const double half = DOCUMENT_COLUMN_WIDTH(2);
    if (layout == LAYOUT_BELOW) {
        write_ranked(pen, NULL, i, DOCUMENT_TEXT_WIDTH, 0);
        Block *columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
        write_map(pen, columns, 0, i, MAP_WIDTH);
        write_funnel_or_dots(pen, second_column(pen, columns, BESIDE_MAP), i, BESIDE_MAP, 0);
        return;
    }
    Block *columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
    write_map(pen, columns, 0, i, half);
    Block *charts = second_column(pen, columns, half);
    /* the groups of areas can be seen on the map; a funnel shows what a map cannot */
    const gboolean has_funnel = figure_has_funnel(pen->c, i, (guint)latest_of(pen->c, i));
    write_ranked(pen, charts, i, half, has_funnel ? LOW_RANKED : 0);
    if (has_funnel)
        write_funnel_or_dots(pen, charts, i, half, LOW_FUNNEL);
}

/* Rows of names in several lines, in half the width, would leave no page for anything else. */
static Layout fitting(Pen *pen, guint i, Layout layout)
{
    Scene *ranked = layout == LAYOUT_BELOW ? NULL
                                           : figure_ranked(pen, i, (guint)latest_of(pen->c, i),
                                                           DOCUMENT_COLUMN_WIDTH(2), 0);
    const gboolean too_high = ranked && ranked->height > BESIDE_MOST;
    scene_free(ranked);
    return too_high ? LAYOUT_BELOW : layout;
}

static void write_figures(Pen *pen, guint i, Layout layout)
{
    layout = fitting(pen, i, layout);
    if (pen->c->study->n_maps == 1) {
        write_figures_with_map(pen, i, layout);
        return;
    }
    if (pen->c->study->n_maps > 1)
        write_maps(pen, i);
    if (layout == LAYOUT_BELOW) {
        write_ranked(pen, NULL, i, DOCUMENT_TEXT_WIDTH, 0);
        write_funnel_or_dots(pen, NULL, i, DOCUMENT_TEXT_WIDTH, 0);
        return;
    }
    Block *columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
    write_ranked(pen, document_container(pen->d, columns, BLOCK_GROUP), i, DOCUMENT_COLUMN_WIDTH(2),
                 0);
    write_funnel_or_dots(pen, document_container(pen->d, columns, BLOCK_GROUP), i,
                         DOCUMENT_COLUMN_WIDTH(2), 0);
}

static gboolean has_words(const Indicator *i)
{
    return i->why || i->variation_note || i->caveats || i->options ||
           (i->questions && i->questions[0]);
}

/* ---- the spread over time ---- */

static const PenColumn SPREAD_COLUMNS[] = {
    {WORD_COLUMN_PERIOD, 0.12, FALSE},        {WORD_COLUMN_WITH_VALUE, 0.10, TRUE},
    {WORD_COLUMN_MEDIAN, 0.12, TRUE},         {WORD_COLUMN_MIDDLE_HALF, 0.18, TRUE},
    {WORD_COLUMN_P10_P90, 0.18, TRUE},        {WORD_COLUMN_FOLD_TRIMMED, 0.12, TRUE},
    {WORD_COLUMN_LOWEST_HIGHEST, 0.18, TRUE},
};

static const char *range_or_dash(Pen *pen, guint i, double lower, double upper)
{
    const char *range = phrase_range(pen, indicator_of(pen->c, i), lower, upper);
    return *range ? range : pen_say(pen, WORD_DASH);
}

static void spread_row(Pen *pen, Block *table, guint i, guint p)
{
    const PeriodSummary *s = summary_of(pen->c, i, p);
    table_add_text(table, pen_escape(pen, phrase_period(pen->c, i, p)));
    table_add_number(table, phrase_count(pen, s->areas_ranked));
    table_add_number(table, phrase_value(pen, indicator_of(pen->c, i), s->median));
    table_add_number(table, range_or_dash(pen, i, s->lower_quartile, s->upper_quartile));
    table_add_number(table, range_or_dash(pen, i, s->p10, s->p90));
    table_add_number(table, phrase_fold(pen, s->p90, s->p10));
    table_add_number(table, range_or_dash(pen, i, s->min, s->max));
}

/* Takes the scene. */
static void write_spread_over_time(Pen *pen, guint i, Scene *spread)
{
    const Series *series = &pen->c->set->series[i];
    document_figure(pen->d, NULL, spread, pen_say(pen, WORD_SPREAD_CAPTION));
    Block *table = pen_table(pen, NULL, NULL, SPREAD_COLUMNS, G_N_ELEMENTS(SPREAD_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    guint from = series->n_periods > SPREAD_ROWS ? series->n_periods - SPREAD_ROWS : 0;
    for (guint p = from; p < series->n_periods; p++)
        spread_row(pen, table, i, p);
}

/* ---- areas outside the limits ---- */

static const char *flagged_names(Pen *pen, guint i, guint p, const GArray *areas)
{
    g_autofree const char **names = g_new(const char *, MAX(areas->len, 1));
    for (guint k = 0; k < areas->len; k++) {
        guint a = g_array_index(areas, guint, k);
        names[k] = pen_format(
            pen, "%s (%s)", phrase_area(pen->c, a),
            phrase_value(pen, indicator_of(pen->c, i), observed(pen->c, i, p, a)->value));
    }
    return phrase_names(pen, names, areas->len, FLAGGED_NAMED);
}

static void write_flagged_side(Pen *pen, Block *group, guint i, gboolean higher)
{
    guint p = (guint)latest_of(pen->c, i);
    g_autoptr(GArray) areas = national_flagged(pen->c, i, p, higher);
    gboolean unusual = report_without_error(pen->c, i);
    Word some = higher    ? unusual ? WORD_UNUSUAL_HIGH : WORD_OUTSIDE_HIGH
                : unusual ? WORD_UNUSUAL_LOW
                          : WORD_OUTSIDE_LOW;
    if (areas->len > 0)
        pen_para(pen, group, PARA_BODY, some, "n", phrase_count(pen, areas->len), "names",
                 flagged_names(pen, i, p, areas));
    else
        pen_para(pen, group, PARA_BODY, higher ? WORD_OUTSIDE_HIGH_NONE : WORD_OUTSIDE_LOW_NONE);
}

static const char *run_in(Pen *pen, Word heading)
{
    return pen_say(pen, WORD_BOLD_LEAD, "text", pen_say(pen, heading));
}

static void write_flagged(Pen *pen, Block *group, guint i, guint p)
{
    const PeriodSummary *s = summary_of(pen->c, i, p);
    pen_heading(pen, group, 3, WORD_FLAGGED_HEADING, NULL);
    if (s->not_estimable) {
        pen_para(pen, group, PARA_BODY, WORD_NOT_JUDGED, "why",
                 phrase_reason(pen, s->not_estimable));
        return;
    }
    g_autofree char *expected = words_number(pen->c->study, number_text(s->expected_alerts, 1));
    pen_para(pen, group, PARA_BODY,
             report_without_error(pen->c, i) ? WORD_UNUSUAL_LEAD : WORD_FLAGGED_LEAD, "n",
             phrase_count(pen, s->alerts + s->alarms), "judged", phrase_count(pen, s->judged),
             "expected", expected);
    write_flagged_side(pen, group, i, TRUE);
    write_flagged_side(pen, group, i, FALSE);
}

/* ---- who is missing ---- */

typedef struct {
    const char *why;
    GPtrArray *names;
} MissingGroup;

static void missing_clear(gpointer data)
{
    g_ptr_array_unref(((MissingGroup *)data)->names);
}

static MissingGroup *missing_group(GArray *groups, const char *why)
{
    for (guint k = 0; k < groups->len; k++)
        if (g_str_equal(g_array_index(groups, MissingGroup, k).why, why))
            return &g_array_index(groups, MissingGroup, k);
    MissingGroup group = {why, g_ptr_array_new()};
    g_array_append_val(groups, group);
    return &g_array_index(groups, MissingGroup, groups->len - 1);
}

/* A sentence of the study as the beginning of one of ours. */
static const char *capitalised(Pen *pen, const char *text)
{
    if (!*text)
        return text;
    g_autofree char *first = g_utf8_strup(text, g_utf8_next_char(text) - text);
    int rest = (int)strlen(g_utf8_next_char(text)) - g_str_has_suffix(text, ".");
    return pen_format(pen, "%s%.*s", first, MAX(rest, 0), g_utf8_next_char(text));
}

static void write_missing(Pen *pen, Block *parent, guint i, guint p)
{
    const ReportContext *c = pen->c;
    g_autoptr(GArray) groups = g_array_new(FALSE, TRUE, sizeof(MissingGroup));
    g_array_set_clear_func(groups, missing_clear);
    guint missing = 0;
    for (guint a = 0; a < c->set->n_areas; a++) {
        gboolean has = isfinite(observed(c, i, p, a)->value);
        const char *not_ranked = verdict_of(c, i, p, a)->not_ranked;
        if ((has && !not_ranked) || !is_in_force(c, i, p, a))
            continue;
        const char *why =
            has ? pen_say(pen, WORD_NOT_RANKED_BECAUSE, "why", phrase_reason(pen, not_ranked))
                : phrase_missing(pen, i, p, a);
        g_ptr_array_add(missing_group(groups, why)->names, (gpointer)phrase_area(c, a));
        missing++;
    }
    if (missing == 0) {
        guint n = 0;
        for (guint a = 0; a < c->set->n_areas; a++)
            n += is_in_force(c, i, p, a);
        pen_para(pen, parent, PARA_SMALL, WORD_NOBODY_MISSING, "n", phrase_count(pen, n));
        return;
    }
    for (guint k = 0; k < groups->len; k++) {
        const MissingGroup *g = &g_array_index(groups, MissingGroup, k);
        const char *text = pen_say(
            pen, WORD_MISSING_GROUP, "n", phrase_count(pen, g->names->len), "why",
            capitalised(pen, g->why), "names",
            phrase_names(pen, (const char *const *)g->names->pdata, g->names->len, MISSING_NAMED));
        document_paragraph(
            pen->d, parent, PARA_SMALL,
            k > 0 ? text : pen_format(pen, "%s %s", run_in(pen, WORD_WHO_IS_MISSING), text));
    }
}

/* ---- the fixed blocks ---- */

static void write_block(Pen *pen, Block *parent, Word heading, const char *text)
{
    if (text && *text)
        pen_text(pen, parent, PARA_BODY, run_in(pen, heading), text);
}

static void write_questions(Pen *pen, Block *parent, const Indicator *indicator)
{
    if (!indicator->questions || !indicator->questions[0])
        return;
    pen_heading(pen, parent, 3, WORD_QUESTIONS_HEADING, NULL);
    Block *list = document_list(pen->d, parent);
    for (char *const *q = indicator->questions; *q; q++)
        document_item(list, pen_escape(pen, *q));
}

static void write_figure_part(Pen *pen, guint i, int p, Layout layout)
{
    const ReportContext *c = pen->c;
    if (p < 0) {
        const char *problem = c->set->series[i].problem;
        pen_para(pen, NULL, PARA_BODY, WORD_INDICATOR_WITHOUT_DATA, "why",
                 problem ? problem : pen_say(pen, WORD_NO_FIGURE_ANYWHERE));
        return;
    }
    if (!is_compared(indicator_of(c, i))) {
        pen_para(pen, NULL, PARA_BODY, WORD_TOTAL_NOT_COMPARED, "period",
                 phrase_period(c, i, (guint)p), "national",
                 phrase_value_unit(pen, indicator_of(c, i), report_nation_value(c, i, (guint)p)),
                 "+about",
                 plain_total_behind(pen, indicator_of(c, i), report_nation_value(c, i, (guint)p)));
        return;
    }
    write_figures(pen, i, layout);
}

void national_indicator(NationalReport *r, guint i)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    int p = latest_of(c, i);
    gboolean compared = p >= 0 && is_compared(indicator);
    Block *opening = document_container(pen->d, NULL, BLOCK_GROUP);
    opening->lead = compared; /* with the first chart, also where it begins below another one */
    document_heading(pen->d, opening, 2, pen_escape(pen, indicator->title), phrase_anchor(pen, i));
    if (compared)
        write_spread(pen, opening, i, (guint)p);
    /* With several periods and words an indicator has two pages: the latest period, then what is
     * behind it; else one. */
    Scene *spread = compared ? figure_spread(pen, i, DOCUMENT_TEXT_WIDTH) : NULL;
    write_figure_part(pen, i, p, spread && has_words(indicator) ? LAYOUT_BELOW : LAYOUT_BESIDE);
    Block *text = document_container(pen->d, NULL, BLOCK_BALANCED);
    if (compared)
        write_flagged(pen, text, i, (guint)p);
    if (spread) {
        write_spread_over_time(pen, i, spread);
        text = document_container(pen->d, NULL, BLOCK_BALANCED);
    }
    write_questions(pen, text, indicator);
    write_block(pen, text, WORD_WHY_HEADING, indicator->why);
    write_block(pen, text, WORD_VARIATION_HEADING, indicator->variation_note);
    write_block(pen, text, WORD_CAVEATS_HEADING, indicator->caveats);
    write_block(pen, text, WORD_OPTIONS_HEADING, indicator->options);
    write_block(pen, text, WORD_RESOURCES_HEADING, indicator->resources);
    if (compared)
        write_missing(pen, text, i, (guint)p);
    write_definition(pen, text, i, p);
}

static gboolean is_shown_compared(const ReportContext *c, guint i)
{
    return latest_of(c, i) >= 0 && is_compared(indicator_of(c, i));
}

void national_indicators(NationalReport *r)
{
    Pen *pen = &r->pen;
    const char *previous = NULL;
    gboolean first = TRUE;
    for (guint k = 0; k < pen->c->study->n_indicators; k++) {
        if (!is_shown_compared(pen->c, r->order[k]))
            continue;
        const char *domain = indicator_of(pen->c, r->order[k])->domain;
        document_soft_break(pen->d);
        if (first || g_strcmp0(domain, previous) != 0)
            document_heading(pen->d, NULL, 1,
                             domain ? pen_escape(pen, domain) : pen_say(pen, WORD_NO_DOMAIN), NULL);
        national_indicator(r, r->order[k]);
        previous = domain;
        first = FALSE;
    }
}

/* Amounts and indicators without figures fill no page each: they share one section. */
void national_not_compared(NationalReport *r)
{
    Pen *pen = &r->pen;
    gboolean any = FALSE;
    for (guint k = 0; k < pen->c->study->n_indicators; k++) {
        if (is_shown_compared(pen->c, r->order[k]))
            continue;
        if (!any) {
            document_soft_break(pen->d);
            pen_heading(pen, NULL, 1, WORD_PLAIN_HEADING, "not-compared");
            pen_para(pen, NULL, PARA_BODY, WORD_PLAIN_LEAD);
        }
        national_indicator(r, r->order[k]);
        any = TRUE;
    }
}
