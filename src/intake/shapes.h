#ifndef PEERLINE_INTAKE_SHAPES_H
#define PEERLINE_INTAKE_SHAPES_H

#include "peerline/intake/geometry.h"

/** Between a file of shapes and a Geometry: first rings of positions as they are in the file
 *  (shapes_json.c), then rings of vertices that areas share (shapes_border.c), which are projected
 *  (shapes_project.c) and simplified (shapes_simplify.c). */

typedef struct {
    char *code, *name;
    guint line;
    guint n_features; /**< more than one: they are joined, and their common borders go */
} ShapeArea;

typedef struct {
    guint area;
    guint first, n; /**< in `positions`; the first is not repeated at the end */
    gboolean hole;
} ShapeRing;

typedef struct {
    GArray *areas;       /**< ShapeArea */
    GHashTable *by_code; /**< index + 1 into `areas` */
    GArray *rings;       /**< ShapeRing */
    GArray *positions; /**< GeoPoint: as in the file (degrees east and north), or hexagon corners */
    gboolean geographic; /**< longitude and latitude; else as on paper but y upwards */
} Shapes;

Shapes *shapes_new(void);
void shapes_free(Shapes *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shapes, shapes_free)

/** What reading needs to know and where it tells. */
typedef struct {
    const char *file;
    const GeometryOptions *options;
    Diagnostics *diags;
} ShapeContext;

/** Reads JSON text; NULL with an error when nothing of it can be used. */
Shapes *shapes_parse(const char *data, gsize n, const ShapeContext *context, GError **error);

/** Index of the area of this code in the file, after joins, added when new; -1: it is not kept. */
int shapes_area(Shapes *s, const ShapeContext *context, const char *code, guint line);

/** Lines on which the members of a member of the outermost object begin ("features", "hexes"):
 *  guint each. The text is known to be JSON. */
GArray *shapes_member_lines(const char *data, gsize n, const char *member);

/** Rings of shared vertices. A border between two areas is the same vertices in both. */
typedef struct {
    guint area;
    guint first, n; /**< in `path` */
    gboolean hole;
} BorderRing;

typedef struct {
    GeoPoint *vertices;
    guint n_vertices;
    GArray *path;  /**< guint: vertices of one ring after the other */
    GArray *rings; /**< BorderRing; outer rings run one way, holes the other */
} Borders;

/** Finds which positions are the same vertex (to a ten-millionth of a degree, or of the extent),
 *  turns rings the right way round, and takes away the borders inside areas of several features. */
Borders *borders_new(const Shapes *s);
void borders_free(Borders *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Borders, borders_free)

/** Vertices from degrees to metres on paper, y downwards. */
void project_albers(GeoPoint *points, guint n);

/** TRUE per vertex that is needed so that no border moves by more than the tolerance. Rings left
 *  with fewer than three vertices are to be dropped; the largest of each area keeps three. */
gboolean *borders_simplify(const Borders *b, double tolerance);

/** Twice the signed area. */
double ring_area(const Borders *b, const BorderRing *r);

static inline guint border_at(const Borders *b, const BorderRing *r, guint i)
{
    return g_array_index(b->path, guint, r->first + i % r->n);
}

#endif
