#ifndef MAP_SAMPLES_H
#define MAP_SAMPLES_H

/* Maps of made-up values, on made-up ground or on that of a file. */

#include "chart_samples.h"
#include "peerline/chart/map_chart.h"

#define SAMPLE_LONG_NAME                                                                           \
    "The Unitary Authority of Saint Bartholomew-under-the-Hill, Overwater and Netherby"

typedef struct {
    SampleKind kind;
    MapScale scale;
    guint n_classes;
    gboolean hexagons;
    double width, height;
    const Geometry *geometry;
} MapSample;

static inline Scene *sample_map(const MapSample *sample)
{
    static const char *const classes[] = {"below \xC2\xA3"
                                          "800",
                                          "\xC2\xA3"
                                          "800 to \xC2\xA3"
                                          "999",
                                          "\xC2\xA3"
                                          "1,000 to \xC2\xA3"
                                          "1,199",
                                          "\xC2\xA3"
                                          "1,200 to \xC2\xA3"
                                          "1,399",
                                          "\xC2\xA3"
                                          "1,400 to \xC2\xA3"
                                          "1,599",
                                          "\xC2\xA3"
                                          "1,600 to \xC2\xA3"
                                          "1,799",
                                          "\xC2\xA3"
                                          "1,800 and over"};
    static const char *const around[] = {"much lower than England", "lower than England",
                                         "no clear difference", "higher than England",
                                         "much higher than England"};
    const Geometry *g = sample->geometry;
    guint n = g ? g->n_areas : 0;
    g_autofree MapItem *items = g_new0(MapItem, n + 1);
    for (guint i = 0; i < n; i++) {
        double v = sample_value(sample->kind, i);
        items[i] = (MapItem){.area = (int)i,
                             .name = i % 50 == 7         ? SAMPLE_LONG_NAME
                                     : *g->areas[i].name ? g->areas[i].name
                                                         : sample_name(i),
                             .short_name = i % 2 ? "Abc" : "Wide name",
                             .value_text = isfinite(v) ? "\xC2\xA3"
                                                         "1,234"
                                                       : NULL,
                             .class_index = (int)(sample_unit(i) * sample->n_classes),
                             .labelled = i % 20 == 7,
                             .enlarged = g_str_has_prefix(g->areas[i].code, "E09")};
    }
    MapChart c = {.title = "Spending on long-term care, 2016-17",
                  .what = "local authorities",
                  .key_title = "\xC2\xA3 per adult aged 65 and over",
                  .geometry = g,
                  .items = items,
                  .n = n,
                  .highlight = n > 60 ? 60 : 0,
                  .classes =
                      sample->scale == MAP_AROUND ? around + (sample->n_classes == 3) : classes,
                  .n_classes = sample->n_classes,
                  .scale = sample->scale,
                  .enlarged_label = "London"};
    return sample->hexagons ? hexmap_scene(&c, sample->width, sample->height)
                            : area_map_scene(&c, sample->width, sample->height);
}

#endif
