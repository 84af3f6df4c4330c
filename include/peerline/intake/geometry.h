#ifndef PEERLINE_INTAKE_GEOMETRY_H
#define PEERLINE_INTAKE_GEOMETRY_H

#include "peerline/base/diag.h"
#include "peerline/base/pattern.h"

/** The shapes of areas for maps, ready to draw: read, projected, and simplified once, so that every
 *  chart of a run draws the same few points.
 *
 *  GeoJSON (RFC 7946: polygons in longitude and latitude) is projected by Albers' equal-area conic
 *  centred on what was read: in a map coloured by classes the eye adds up surfaces, so equal ground
 *  must be equal paper. With two standard parallels at a sixth and five sixths of the extent its
 *  angles are true enough from a county to a continent. (Snyder, Map Projections: A Working Manual,
 *  USGS 1987, pages 100-101, for the sphere.) A file whose "crs" names another system than
 *  longitude and latitude is taken as projected already, in that system's units.
 *
 *  hexjson (one hexagon per area, rows counted from the bottom; layouts odd-r, even-r, odd-q and
 *  even-q, odmap.org/hexjson) becomes hexagons of radius 1. */

typedef enum { GEOMETRY_GEOJSON, GEOMETRY_HEXJSON } GeometryKind;

typedef struct {
    double x, y; /**< y downwards, as on paper; metres for GeoJSON, radii for hexjson */
} GeoPoint;

typedef struct {
    char *code, *name;     /**< name: "" when the file has none */
    guint point, n_points; /**< its part of `points` */
    guint ring, n_rings;   /**< its part of `ends`; the values there count from `point` */
    GeoPoint label;        /**< inside the largest ring, where a leader line may end */
    GeoPoint low, high;    /**< corners of its box */
    guint line;            /**< of the file, 1-based */
} GeometryArea;

typedef struct {
    char *file; /**< for messages and provenance */
    GeometryKind kind;
    GeometryArea *areas; /**< by code, in byte order */
    guint n_areas;
    GeoPoint *points; /**< rings are closed without repeating their first point */
    guint n_points;
    guint *ends;
    guint n_rings;
    GeoPoint low, high;    /**< corners of the box of all areas */
    guint n_points_before; /**< before simplification */
} Geometry;

/** Several areas of the file are one area of the study (a county that was split later), or one goes
 *  by another code. */
typedef struct {
    const char *from, *to;
} GeometryJoin;

/** Zero/NULL means the default. */
typedef struct {
    GeometryKind kind;
    const char *code_property; /**< GeoJSON: the property that holds the code; needed there.
                                    hexjson: default the key of the hexagon */
    const char *name_property; /**< default: none; hexjson: "n" */
    const Pattern *keep;       /**< codes of the file to read; default: all */
    const GeometryJoin *joins; /**< applied to the codes that were kept */
    guint n_joins;
    double tolerance; /**< how far a border may move, in the units of the result; default: the
                           longer side of the extent / 2500 (a fifth of a point on a page). Borders
                           that areas share move together: no slivers, no gaps. Negative: none */
} GeometryOptions;

/** Reads from memory; `data` is only read.
 *
 *  A feature that cannot be used is left out and named in `diags`, DIAG_WARNING, with its line:
 *    map-no-code      the property is not there, or is no text and no whole number
 *    map-no-shape     no polygon: another type of geometry, none, or rings of fewer than 4
 * positions map-bad-place    a position that is no pair of numbers, or no longitude and latitude; a
 * hexagon without whole q and r from -10,000 to 10,000 map-same-place   two hexagons in one place
 * (both are kept) NULL with `error` for a file that cannot be used: no JSON (with the line),
 * another kind of JSON, over GEOMETRY_BYTES_MAX, over GEOMETRY_POINTS_MAX positions, no area left.
 */
Geometry *geometry_parse(const char *data, gsize n, const char *display_name,
                         const GeometryOptions *options, Diagnostics *diags, GError **error);
/** The same from a file. */
Geometry *geometry_read(const char *path, const char *display_name, const GeometryOptions *options,
                        Diagnostics *diags, GError **error);

#define GEOMETRY_BYTES_MAX  (64u << 20)
#define GEOMETRY_POINTS_MAX 2000000u

/** Index of the area with this code, or -1. */
int geometry_find(const Geometry *g, const char *code);

void geometry_free(Geometry *g);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Geometry, geometry_free)

#endif
