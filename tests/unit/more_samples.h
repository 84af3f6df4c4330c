#ifndef MORE_SAMPLES_H
#define MORE_SAMPLES_H

/* Heat maps, quadrants and compositions of made-up data that is hard to draw. */

#include "map_samples.h"
#include "peerline/chart/composition.h"
#include "peerline/chart/heatmap.h"
#include "peerline/chart/quadrant.h"

/* All different, one of them of 80 characters. */
static inline char *sample_full_name(guint i)
{
    return i == 1 ? g_strdup(SAMPLE_LONG_NAME) : g_strdup_printf("%s %u", sample_name(i), i);
}

static inline Scene *sample_heat(SampleKind kind, guint rows, guint columns, double width)
{
    static const char *const names[] = {"Long-term support spending per adult aged 65 and over, "
                                        "gross, excluding income from clients",
                                        "Delayed transfers of care",
                                        "Emergency admissions for falls, people aged 65 and over",
                                        "Social care-related quality of life score"};
    g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func(g_free);
    g_autofree HeatCell *cells = g_new0(HeatCell, rows * columns + 1);
    g_autofree HeatRow *r = g_new0(HeatRow, rows + 1);
    for (guint k = 0; k < columns; k++) {
        g_ptr_array_add(heads, sample_full_name(k));
    }
    for (guint i = 0; i < rows; i++) {
        for (guint k = 0; k < columns; k++) {
            gboolean none = !isfinite(sample_value(kind, i * columns + k));
            guint class = (guint)(sample_unit(i * 31 + k) * HEAT_MISSING);
            cells[i * columns + k] = (HeatCell){none ? HEAT_MISSING : (HeatKind) class,
                                                none                   ? NULL
                                                : kind == SAMPLE_HUGE  ? "\xC2\xA3"
                                                                         "1,234.5 million"
                                                : kind == SAMPLE_EQUAL ? NULL
                                                                       : "12.3"};
        }
        r[i] = (HeatRow){names[i % 4], (SpinePolarity)(i % 3), cells + i * columns};
    }
    HeatChart c = {.title = "How areas compare, 2016-17",
                   .comparator_label = "England",
                   .columns = (const char *const *)heads->pdata,
                   .n_columns = columns,
                   .rows = r,
                   .n = rows,
                   .highlight = 0};
    return heat_chart_scene(&c, width);
}

static inline Scene *sample_quadrant(SampleKind kind, guint n, double width, gboolean reversed)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree QuadrantItem *items = g_new0(QuadrantItem, n + 1);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(names, sample_full_name(i));
        double x = sample_value(kind, i), y = 40 + 30 * sample_unit(i * 3 + 1) + x * 1e-9;
        items[i] = (QuadrantItem){.name = g_ptr_array_index(names, i),
                                  .x = x,
                                  .y = kind == SAMPLE_EXTREME && i == 2 ? -5000 : y,
                                  .x_lower = sample_limit(kind, i, -1),
                                  .x_upper = sample_limit(kind, i, 1),
                                  .y_lower = y - 3,
                                  .y_upper = y + 3,
                                  .emphasis = sample_emphasis(i),
                                  .labelled = i % MAX(n / 7, 1) == 1};
    }
    QuadrantChart c = {
        .title = "Spending and quality of life, 2016-17",
        .what = "local authorities",
        .x_unit = SAMPLE_UNIT,
        .y_unit = {.label = "Adults who are satisfied with the care and support they have",
                   .suffix = "%"},
        .x_centre = sample_across(kind, 1050),
        .y_centre = kind == SAMPLE_MISSING ? NAN : 55,
        .x_near = sample_across(kind, 60),
        .y_near = 2,
        .x_centre_label = "England \xC2\xA3"
                          "1,050",
        .y_centre_label = "England 55%",
        .corners = {"lower spending, higher satisfaction", "higher spending, higher satisfaction",
                    "lower spending, lower satisfaction", "higher spending, lower satisfaction"},
        .words = {"other councils", "peers", "beyond the 95% limits", "beyond the 99.8% limits"},
        .y_low_is_better = reversed,
        .items = items,
        .n = n,
        .highlight = 0};
    return quadrant_chart_scene(&c, width, width * 0.72);
}

static inline Scene *sample_composition(SampleKind kind, guint n, guint n_parts, double width)
{
    static const char *const parts[COMPOSITION_PARTS_MAX] = {
        "Nursing care",
        "Residential care",
        "Home care",
        "Direct payments",
        "Equipment, adaptations and assistive technology",
        "Day care",
        "Assessment and care management",
        "Other"};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree double *values = g_new0(double, n *COMPOSITION_PARTS_MAX + 1);
    g_autofree CompositionRow *rows = g_new0(CompositionRow, n + 1);
    for (guint i = 0; i < n; i++) {
        double total = 0;
        g_ptr_array_add(names, sample_full_name(i));
        for (guint k = 0; k < n_parts; k++) {
            double v = sample_value(kind, i * 8 + k);
            values[i * 8 + k] = kind == SAMPLE_GAPS && i % 3 == 1 ? NAN : v;
            total += isfinite(values[i * 8 + k]) ? v : 0;
        }
        gboolean none = kind == SAMPLE_MISSING || (kind == SAMPLE_GAPS && i % 3 == 1);
        rows[i] = (CompositionRow){g_ptr_array_index(names, i), values + i * 8, none ? NAN : total,
                                   none ? NULL
                                        : "\xC2\xA3"
                                          "1,234"};
    }
    CompositionChart c = {.title = "Spending on care by kind, 2016-17",
                          .what = "local authorities",
                          .unit = SAMPLE_UNIT,
                          .parts = parts,
                          .n_parts = n_parts,
                          .rows = rows,
                          .n = n,
                          .highlight = 0};
    return composition_chart_scene(&c, width);
}

#endif
