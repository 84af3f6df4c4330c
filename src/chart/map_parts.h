#ifndef PEERLINE_CHART_MAP_PARTS_H
#define PEERLINE_CHART_MAP_PARTS_H

#include "peerline/chart/map_chart.h"
#include "names.h"
#include "shade.h"

/** What both kinds of map are made of: a map at the left, the key at the top right, and names. */

#define MAP_GAP 12.0

/** From the geometry's units to the page. */
typedef struct {
    GeoPoint low;
    double scale;
    Point at;
} MapFrame;

Point map_at(const MapFrame *f, GeoPoint p);

/** A part of the ground that is shown again, larger. */
typedef struct {
    gboolean wanted, there;
    GeoPoint low, high; /**< of the ground */
    MapFrame frame;
    Point label; /**< above it */
    Box box;
} MapInset;

typedef struct {
    Scene *scene;
    const MapChart *c;
    const MapItem **by_area; /**< per area of the geometry its item, or NULL */
    MapFrame frame;
    double column;  /**< where the column with the key begins */
    double key_end; /**< where the key ends */
    MapInset inset;
    Point *label_points; /**< per item: where its line ends */
    Names *names;        /**< once labels are drawn */
} Map;

/** Makes the scene with its text alternative and table; map_done() frees the rest. */
Map map_begin(const MapChart *c, double width, double height);
Scene *map_done(Map *m);
/** TRUE when there is a geometry to draw; else says that there is none. */
gboolean map_is_there(Map *m);

/** Draws an area in its class's shade. */
void map_draw_area(const Map *m, guint area, const MapFrame *frame);
/** A line round the highlighted area, to be drawn over all others. */
void map_draw_outline(const Map *m, const MapFrame *frame);
const Shade *map_shade(const MapChart *c, int class_index);

/** Sets frame, column, key_end and inset (map_layout.c). */
void map_layout(Map *m);
/** How wide the key is at best, within what it may be. */
double map_key_width(const Map *m);
/** Draws the key, or only measures it where `s` is NULL; returns where it ends. */
double map_key(const Map *m, Scene *s);
/** The highlighted and the labelled areas' names where there is no map, as near as there is room,
 *  each with a line to its area (map_labels.c). */
void map_draw_labels(Map *m);

#endif
