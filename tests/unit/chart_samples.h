#ifndef CHART_SAMPLES_H
#define CHART_SAMPLES_H

/* Charts of made-up data that is hard to draw: the longest names, extreme and missing values, one
 * area, thousands of areas. Shared by the tests of the charts and of the PDF writer. */

#include "peerline/chart/dots.h"
#include "peerline/chart/funnel_chart.h"
#include "peerline/chart/ranked.h"
#include "peerline/chart/spine.h"
#include "peerline/chart/spread.h"
#include "peerline/chart/trend_chart.h"

#include <math.h>

typedef enum {
    SAMPLE_USUAL,
    SAMPLE_EXTREME,  /* one value a thousand times the others */
    SAMPLE_NEGATIVE, /* on both sides of zero */
    SAMPLE_EQUAL,
    SAMPLE_GAPS,    /* every third value missing, no limits */
    SAMPLE_MISSING, /* nothing there */
    SAMPLE_TINY,    /* 0.000012 */
    SAMPLE_HUGE,    /* 10 to the 11th */
    N_SAMPLES
} SampleKind;

static const char *const SAMPLE_NAMES[] = {
    "Bournemouth, Christchurch and Poole",
    "Kingston upon Hull, City of",
    "Kensington and Chelsea",
    "Leeds",
    "Bath and North East Somerset",
    "Barking and Dagenham",
    "Newcastle upon Tyne",
    "York",
};

static inline const char *sample_name(guint i)
{
    return SAMPLE_NAMES[i % G_N_ELEMENTS(SAMPLE_NAMES)];
}

/* A repeatable number in [0, 1). */
static inline double sample_unit(guint i)
{
    return fmod(i * 0.6180339887498949 + 0.123, 1.0);
}

static inline double sample_value(SampleKind kind, guint i)
{
    double v = 600 + 900 * sample_unit(i) + 500 * pow(sample_unit(i * 7 + 3), 6);
    switch (kind) {
    case SAMPLE_EXTREME: return i == 1 ? 1e6 : v;
    case SAMPLE_NEGATIVE: return v - 1000;
    case SAMPLE_EQUAL: return 100;
    case SAMPLE_GAPS: return i % 3 == 1 ? NAN : v;
    case SAMPLE_MISSING: return NAN;
    case SAMPLE_TINY: return v * 1e-8;
    case SAMPLE_HUGE: return v * 1e8;
    default: return v;
    }
}

static inline double sample_limit(SampleKind kind, guint i, int side)
{
    return kind == SAMPLE_GAPS ? NAN
                               : sample_value(kind, i) + side * fabs(sample_value(kind, i)) * 0.08;
}

static inline Emphasis sample_emphasis(guint i)
{
    return i % 17 == 2   ? EMPHASIS_ALERT
           : i % 23 == 3 ? EMPHASIS_ALARM
           : i % 11 == 4 ? EMPHASIS_PEER
                         : EMPHASIS_NORMAL;
}

static inline double sample_across(SampleKind kind, double v)
{
    return kind == SAMPLE_MISSING ? NAN
           : kind == SAMPLE_TINY  ? v * 1e-8
           : kind == SAMPLE_HUGE  ? v * 1e8
                                  : v;
}

static const ChartUnit SAMPLE_UNIT = {.label = "\xC2\xA3 per adult aged 65 and over",
                                      .prefix = "\xC2\xA3"};

static inline Scene *sample_ranked(SampleKind kind, guint n, double width)
{
    g_autofree RankedItem *items = g_new0(RankedItem, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        items[i] = (RankedItem){.name = sample_name(i),
                                .value = sample_value(kind, i),
                                .lower = sample_limit(kind, i, -1),
                                .upper = sample_limit(kind, i, 1),
                                .value_text = "\xC2\xA3"
                                              "1,234",
                                .emphasis = sample_emphasis(i),
                                .labelled = i % MAX(n / 6, 1) == 0};
    }
    RankedChart c = {.title = "Spending on long-term care, 2016-17",
                     .what = "local authorities",
                     .unit = SAMPLE_UNIT,
                     .items = items,
                     .n = n,
                     .highlight = 0,
                     .comparator = sample_across(kind, 1050),
                     .comparator_label = "England \xC2\xA3"
                                         "1,050",
                     .median = sample_across(kind, 1010),
                     .median_label = "Median of peers \xC2\xA3"
                                     "1,010"};
    return ranked_chart_scene(&c, width, ranked_chart_height(n));
}

static inline Scene *sample_funnel(SampleKind kind, guint n, double width, gboolean adjusted)
{
    enum { CURVES = 60 };
    FunnelCurvePoint curves[CURVES];
    g_autofree FunnelItem *items = g_new0(FunnelItem, MAX(n, 1));
    double target = sample_across(kind, 1000);
    for (guint i = 0; i < n; i++) {
        double size = 2000 + 298000 * pow(sample_unit(i * 3 + 1), 3);
        double off = (sample_unit(i * 5) - 0.5) * 6;
        double y = target * (1 + off * 0.2 / sqrt(size / 10000));
        items[i] =
            (FunnelItem){.name = sample_name(i),
                         .x = size,
                         .y = kind == SAMPLE_EXTREME || kind == SAMPLE_GAPS || kind == SAMPLE_EQUAL
                                  ? sample_value(kind, i)
                                  : y};
        double z = fabs(off);
        items[i].emphasis = z > 2.8 ? EMPHASIS_ALARM : z > 2.5 ? EMPHASIS_ALERT : EMPHASIS_NORMAL;
    }
    for (guint i = 0; i < CURVES; i++) {
        double x = 2000 + i * 298000.0 / (CURVES - 1), s = target * 0.2 / sqrt(x / 10000);
        double a = adjusted ? 1.5 : NAN;
        curves[i] = (FunnelCurvePoint){x,
                                       target - 2 * s,
                                       target + 2 * s,
                                       target - 3 * s,
                                       target + 3 * s,
                                       target - 2 * a * s,
                                       target + 2 * a * s,
                                       target - 3 * a * s,
                                       target + 3 * a * s};
    }
    FunnelChart c = {.title = "Admissions to care homes, 2016-17",
                     .what = "local authorities",
                     .x_unit = {.label =
                                    "Adults aged 65 and over who lived in the area in the middle "
                                    "of the year, on its boundaries of that year"},
                     .y_unit = {.label = "Admissions per 100,000 adults aged 65 and over"},
                     .x_log = n > 1000,
                     .curves = curves,
                     .n_curves = CURVES,
                     .items = items,
                     .n = n,
                     .highlight = 5,
                     .target = target,
                     .target_label = "England 1,000"};
    return funnel_chart_scene(&c, width, 280);
}

static inline Scene *sample_dots(SampleKind kind, guint groups, double width)
{
    static const char *const regions[] = {
        "Yorkshire and The Humber", "London", "East Midlands", "South West", "Shire county",
        "Metropolitan district"};
    double values[40];
    g_autofree DotGroup *g = g_new0(DotGroup, MAX(groups, 1));
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        values[i] = sample_value(kind, i);
    }
    for (guint i = 0; i < groups; i++) {
        g[i] = (DotGroup){regions[i % 6], values, G_N_ELEMENTS(values) - i % 7 * 5,
                          sample_across(kind, 950 + 40 * i), i == 1 ? 0 : CHART_NO_ITEM};
    }
    DotChart c = {.title = "Spending on long-term care, 2016-17",
                  .what = "local authorities",
                  .unit = SAMPLE_UNIT,
                  .groups = g,
                  .n = groups,
                  .highlight_label = sample_name(0),
                  .national = sample_across(kind, 1050),
                  .national_label = "England \xC2\xA3"
                                    "1,050"};
    return dot_chart_scene(&c, width, dot_chart_height(groups));
}

static inline Scene *sample_spine(SampleKind kind, guint n, double width)
{
    static const char *const names[] = {"Long-term support spending per adult aged 65 and over, "
                                        "gross, excluding income from clients",
                                        "Delayed transfers of care",
                                        "Emergency admissions for falls, people aged 65 and over",
                                        "Social care-related quality of life score"};
    g_autofree SpineRow *rows = g_new0(SpineRow, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        gboolean none = kind == SAMPLE_MISSING || (kind == SAMPLE_GAPS && i % 3 == 1);
        rows[i] = (SpineRow){.name = names[i % 4],
                             .area_text = none ? "\xE2\x80\x93"
                                               : "\xC2\xA3"
                                                 "1,234.5",
                             .peer_text = "\xC2\xA3"
                                          "1,100.0",
                             .national_text = i % 4 ? "17.5%"
                                                    : "\xC2\xA3"
                                                      "1.5 million",
                             .value = sample_value(kind, i),
                             .peer_lower = sample_across(kind, 850),
                             .peer_upper = sample_across(kind, 1250),
                             .minimum = sample_across(kind, 500),
                             .maximum = sample_across(kind, 2000),
                             .national = i % 5 == 3 ? NAN : sample_across(kind, 1050),
                             .median = sample_across(kind, 1000),
                             .polarity = (SpinePolarity)(i % 3),
                             .mark = (SpineMark)(i % 5)};
    }
    SpineChart c = {.title = "Overview",
                    .area_label = sample_name(0),
                    .peer_label = "Median of peers",
                    .national_label = "England",
                    .rows = rows,
                    .n = n};
    return spine_chart_scene(&c, width, spine_chart_height(n));
}

static inline Scene *sample_trend(SampleKind kind, guint n, double width, double height)
{
    static const char *const years[] = {"2008-09", "2009-10", "2010-11", "2011-12", "2012-13",
                                        "2013-14", "2014-15", "2015-16", "2016-17", "2017-18"};
    TrendPeriod periods[10];
    n = MIN(n, 10);
    for (guint i = 0; i < n; i++) {
        periods[i] = (TrendPeriod){years[i],
                                   sample_value(kind, i),
                                   sample_limit(kind, i, -1),
                                   sample_limit(kind, i, 1),
                                   sample_across(kind, 1000 + 5 * i),
                                   sample_across(kind, 1010 + 3 * i),
                                   i == 5};
    }
    TrendChart c = {.title = "Emergency admissions for falls, people aged 65 and over",
                    .unit = {.label = "per 100,000 people aged 65 and over"},
                    .periods = periods,
                    .n = n,
                    .area_label = sample_name(0),
                    .peer_label = "Peers",
                    .national_label = "England"};
    return trend_chart_scene(&c, width, height);
}

static inline Scene *sample_spread(SampleKind kind, guint n, double width, double height)
{
    static const char *const years[] = {"2010-11", "2011-12", "2012-13", "2013-14",
                                        "2014-15", "2015-16", "2016-17", "2017-18"};
    SpreadPeriod periods[8];
    n = MIN(n, 8);
    for (guint i = 0; i < n; i++) {
        gboolean none = kind == SAMPLE_MISSING || (kind == SAMPLE_GAPS && i % 3 == 1);
        double k = none ? NAN : sample_across(kind, 1) * (1 + i * 0.03);
        periods[i] = (SpreadPeriod){years[i],
                                    500 * k,
                                    700 * k,
                                    850 * k,
                                    1000 * k,
                                    1150 * k,
                                    1500 * k,
                                    (kind == SAMPLE_EXTREME ? 1e6 : 2100) * k,
                                    sample_value(kind, i)};
    }
    SpreadChart c = {.title = "Spending on long-term care",
                     .what = "local authorities",
                     .unit = SAMPLE_UNIT,
                     .periods = periods,
                     .n = n,
                     .area_label = sample_name(1)};
    return spread_chart_scene(&c, width, height);
}

/* Number of pairs of texts that cover each other, and of texts that leave the scene; told on
 * stderr. */
static inline guint scene_text_overlaps(const Scene *s, const char *which)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(double[4]));
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    guint faults = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        if (p->kind != PRIM_TEXT) {
            continue;
        }
        double w = text_width(p->text, p->size, p->bold);
        double x = p->x - (p->align == ALIGN_START ? 0 : p->align == ALIGN_MIDDLE ? w / 2 : w);
        double box[4] = {x, p->y - 0.74 * p->size, x + w, p->y + 0.2 * p->size};
        if (box[0] < -0.6 || box[1] < -0.6 || box[2] > s->width + 0.6 || box[3] > s->height + 0.6) {
            g_printerr("%s: outside the scene: %s (%.1f %.1f %.1f %.1f)\n", which, p->text, box[0],
                       box[1], box[2], box[3]);
            faults++;
        }
        for (guint k = 0; k < boxes->len; k++) {
            const double *b = (const double *)(void *)(boxes->data + k * sizeof(double[4]));
            if (box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]) {
                g_printerr("%s: overlap: %s / %s\n", which, p->text,
                           (char *)g_ptr_array_index(texts, k));
                faults++;
            }
        }
        g_array_append_vals(boxes, box, 1);
        g_ptr_array_add(texts, p->text);
    }
    return faults;
}

#endif
