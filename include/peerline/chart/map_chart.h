#ifndef PEERLINE_CHART_MAP_CHART_H
#define PEERLINE_CHART_MAP_CHART_H

#include "peerline/chart/common.h"
#include "peerline/intake/geometry.h"

/** Maps of areas in classes: by their shapes (area_map_scene) or with a hexagon each
 *  (hexmap_scene), which shows small areas as large as others. Classes, their limits and their
 *  words are the caller's.
 *
 *  Colours survive a print in grey. MAP_FROM_LOW: one blue from light to dark. MAP_AROUND: the
 *  middle class is white, those below it plain blue, those above it orange and pink with hatching.
 *  No data is white with grey hatching, and an entry of its own in the key. */

typedef enum { MAP_FROM_LOW, MAP_AROUND } MapScale;

#define MAP_NO_DATA     (-1)
#define MAP_CLASSES_MAX 7 /**< MAP_AROUND: 3 or 5 */

typedef struct {
    int area; /**< index into the geometry's areas, or -1: not on the map */
    const char *name;
    const char *short_name; /**< hexmap: drawn in the hexagon where it fits; or NULL */
    const char *value_text; /**< "£1,234"; NULL: no data */
    int class_index;        /**< from the lowest, or MAP_NO_DATA */
    gboolean labelled;      /**< named beside the map, with a line to it; 8 at most are */
    gboolean enlarged;      /**< area_map: shown again in the enlargement */
} MapItem;

typedef struct {
    const char *title, *what; /**< for the text alternative: what "local authorities" */
    const char *key_title;    /**< above the key: "£ per adult aged 65 and over" */
    const Geometry *geometry;
    const MapItem *items; /**< areas of the geometry without an item are drawn as no data */
    guint n;
    guint highlight;
    const char *const *classes; /**< words, from the lowest: "£1,000 to £1,199" */
    guint n_classes;
    MapScale scale;
    const char *enlarged_label; /**< "London"; NULL: no enlargement */
    const Study *study;
} MapChart;

Scene *area_map_scene(const MapChart *c, double width, double height);
Scene *hexmap_scene(const MapChart *c, double width, double height);
/** The height at which the map fills the width beside the key, at most `most`. */
double map_chart_height(const MapChart *c, double width, double most);

#endif
