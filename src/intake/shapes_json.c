#include "shapes.h"

#include "peerline/base/error.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

Shapes *shapes_new(void)
{
    Shapes *s = g_new0(Shapes, 1);
    s->areas = g_array_new(FALSE, FALSE, sizeof(ShapeArea));
    s->by_code = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->rings = g_array_new(FALSE, FALSE, sizeof(ShapeRing));
    s->positions = g_array_new(FALSE, FALSE, sizeof(GeoPoint));
    return s;
}

void shapes_free(Shapes *s)
{
    if (!s) {
        return;
    }
    for (guint i = 0; i < s->areas->len; i++) {
        ShapeArea *a = &g_array_index(s->areas, ShapeArea, i);
        g_free(a->code);
        g_free(a->name);
    }
    g_array_unref(s->areas);
    g_hash_table_unref(s->by_code);
    g_array_unref(s->rings);
    g_array_unref(s->positions);
    g_free(s);
}

static const char *joined_code(const GeometryOptions *o, const char *code)
{
    for (guint i = 0; i < o->n_joins; i++) {
        if (strcmp(o->joins[i].from, code) == 0) {
            return o->joins[i].to;
        }
    }
    return code;
}

int shapes_area(Shapes *s, const ShapeContext *c, const char *code, guint line)
{
    if (c->options->keep && pattern_match(c->options->keep, code) != PATTERN_YES) {
        return -1;
    }
    const char *joined = joined_code(c->options, code);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(s->by_code, joined));
    if (known) {
        g_array_index(s->areas, ShapeArea, known - 1).n_features++;
        return (int)known - 1;
    }
    ShapeArea a = {.code = g_strdup(joined), .line = line, .n_features = 1};
    g_array_append_val(s->areas, a);
    g_hash_table_insert(s->by_code, g_strdup(joined), GUINT_TO_POINTER(s->areas->len));
    return (int)s->areas->len - 1;
}

/* The text of a property, or of a whole number; NULL: neither. */
static char *text_of(const json_t *value)
{
    if (json_is_string(value)) {
        char *text = g_strstrip(g_strdup(json_string_value(value)));
        if (*text) {
            return text;
        }
        g_free(text);
        return NULL;
    }
    return json_is_integer(value)
               ? g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value))
               : NULL;
}

static void name_area(Shapes *s, int area, char *name)
{
    ShapeArea *a = &g_array_index(s->areas, ShapeArea, area);
    if (a->name) {
        g_free(name);
    } else {
        a->name = name ? name : g_strdup("");
    }
}

/* ---- GeoJSON ---- */

typedef enum { PLACE_OK, PLACE_BAD, PLACE_SHORT } Place;

static gboolean read_position(const Shapes *s, const json_t *value, GeoPoint *p)
{
    const json_t *x = json_array_get(value, 0), *y = json_array_get(value, 1);
    if (!json_is_number(x) || !json_is_number(y)) {
        return FALSE;
    }
    *p = (GeoPoint){json_number_value(x), json_number_value(y)};
    double far_x = s->geographic ? 180 : 1e9, far_y = s->geographic ? 90 : 1e9;
    return fabs(p->x) <= far_x && fabs(p->y) <= far_y;
}

static Place read_ring(Shapes *s, const json_t *value, int area, gboolean hole)
{
    ShapeRing ring = {.area = (guint)area, .first = s->positions->len, .hole = hole};
    gsize n = json_array_size(value);
    if (n < 4) {
        return PLACE_SHORT;
    }
    for (gsize i = 0; i + 1 < n; i++) {
        GeoPoint p;
        if (!read_position(s, json_array_get(value, i), &p)) {
            return PLACE_BAD;
        }
        g_array_append_val(s->positions, p);
    }
    ring.n = s->positions->len - ring.first;
    g_array_append_val(s->rings, ring);
    return PLACE_OK;
}

static Place read_polygon(Shapes *s, const json_t *rings, int area)
{
    gsize n = json_array_size(rings);
    Place place = n > 0 ? PLACE_OK : PLACE_SHORT;
    for (gsize i = 0; i < n && place == PLACE_OK; i++) {
        place = read_ring(s, json_array_get(rings, i), area, i > 0);
    }
    return place;
}

static Place read_polygons(Shapes *s, const json_t *geometry, int area)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *where = json_object_get(geometry, "coordinates");
    if (g_strcmp0(type, "Polygon") == 0) {
        return read_polygon(s, where, area);
    }
    if (g_strcmp0(type, "MultiPolygon") != 0) {
        return PLACE_SHORT;
    }
    gsize n = json_array_size(where);
    Place place = n > 0 ? PLACE_OK : PLACE_SHORT;
    for (gsize i = 0; i < n && place == PLACE_OK; i++) {
        place = read_polygon(s, json_array_get(where, i), area);
    }
    return place;
}

static void tell_shape(const ShapeContext *c, const json_t *geometry, const char *code, guint line)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    gboolean polygon = g_strcmp0(type, "Polygon") == 0 || g_strcmp0(type, "MultiPolygon") == 0;
    diag_add(c->diags, DIAG_WARNING, "map-no-shape", c->file, line, 0,
             "the area %s has no shape: %s (Polygon or MultiPolygon, whose rings have at least 4 "
             "positions)",
             code,
             polygon ? "a ring is too short"
             : type  ? type
                     : "no geometry");
}

static void read_feature(Shapes *s, const ShapeContext *c, const json_t *feature, guint line)
{
    const json_t *properties = json_object_get(feature, "properties");
    g_autofree char *code = text_of(json_object_get(properties, c->options->code_property));
    if (!code) {
        diag_add(c->diags, DIAG_WARNING, "map-no-code", c->file, line, 0,
                 "a feature has no code: its property '%s' is %s (a text or a whole number)",
                 c->options->code_property,
                 json_object_get(properties, c->options->code_property) ? "neither" : "absent");
        return;
    }
    guint n_areas = s->areas->len, n_rings = s->rings->len, n_positions = s->positions->len;
    int area = shapes_area(s, c, code, line);
    if (area < 0) {
        return;
    }
    const json_t *geometry = json_object_get(feature, "geometry");
    Place place = read_polygons(s, geometry, area);
    if (place == PLACE_OK) {
        const char *name = c->options->name_property;
        name_area(s, area, name ? text_of(json_object_get(properties, name)) : NULL);
        return;
    }
    if (place == PLACE_SHORT) {
        tell_shape(c, geometry, code, line);
    } else {
        diag_add(c->diags, DIAG_WARNING, "map-bad-place", c->file, line, 0,
                 "the area %s has a position that cannot be: two numbers are wanted (%s)", code,
                 s->geographic ? "longitude from -180 to 180, latitude from -90 to 90; a file in "
                                 "another system names it in \"crs\""
                               : "in the units of its \"crs\"");
    }
    g_array_set_size(s->rings, n_rings);
    g_array_set_size(s->positions, n_positions);
    if (s->areas->len > n_areas) {
        ShapeArea *a = &g_array_index(s->areas, ShapeArea, area);
        g_hash_table_remove(s->by_code, a->code);
        g_free(a->code);
        g_array_set_size(s->areas, n_areas);
    } else {
        g_array_index(s->areas, ShapeArea, area).n_features--;
    }
}

/* RFC 7946 knows no "crs"; files of its predecessor name one. */
static gboolean is_geographic(const json_t *root)
{
    const json_t *properties = json_object_get(json_object_get(root, "crs"), "properties");
    const char *name = json_string_value(json_object_get(properties, "name"));
    return !name || g_str_has_suffix(name, "CRS84") || g_str_has_suffix(name, ":4326") ||
           g_str_has_suffix(name, ":4258");
}

static void set_fault(GError **error, const ShapeContext *c, const char *message)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", c->file, message);
}

static guint line_at(const GArray *lines, gsize i)
{
    return i < lines->len ? g_array_index(lines, guint, i) : 0;
}

static gboolean read_geojson(Shapes *s, const ShapeContext *c, const json_t *root,
                             const GArray *lines, GError **error)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    const json_t *features = json_object_get(root, "features");
    if (g_strcmp0(type, "FeatureCollection") != 0 || !json_is_array(features)) {
        g_autofree char *message = g_strdup_printf(
            "the file is no GeoJSON: its type is %s (FeatureCollection with features)",
            type ? type : "not given");
        set_fault(error, c, message);
        return FALSE;
    }
    s->geographic = is_geographic(root);
    gsize n = json_array_size(features);
    for (gsize i = 0; i < n; i++) {
        read_feature(s, c, json_array_get(features, i), line_at(lines, i));
        if (s->positions->len > GEOMETRY_POINTS_MAX) {
            set_fault(error, c,
                      "the file has too many positions (2,000,000): use a generalised one");
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- hexjson ---- */

typedef struct {
    gboolean columns; /* hexagons stand on a side and columns are shifted, not rows */
    int odd;          /* 1: odd rows or columns are shifted, 0: even ones */
} HexLayout;

static gboolean read_layout(const json_t *root, HexLayout *layout)
{
    static const char *const names[] = {"even-r", "odd-r", "even-q", "odd-q"};
    const char *name = json_string_value(json_object_get(root, "layout"));
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_strcmp0(name, names[i]) == 0) {
            *layout = (HexLayout){i >= 2, (int)(i % 2)};
            return TRUE;
        }
    }
    return FALSE;
}

/* Corners are points of a grid that neighbours share, so that their borders are the same vertices.
 */
static void add_hexagon(Shapes *s, HexLayout layout, int area, int q, int r)
{
    const double half = 0.8660254037844386; /* half the width of a hexagon of radius 1 */
    int along = layout.columns ? r : q, across = layout.columns ? q : r;
    int shifted = (abs(across) % 2) == layout.odd ? 1 : 0;
    ShapeRing ring = {.area = (guint)area, .first = s->positions->len, .n = 6};
    static const int corners[6][2] = {{0, 2}, {1, 1}, {1, -1}, {0, -2}, {-1, -1}, {-1, 1}};
    for (guint i = 0; i < 6; i++) {
        double u = half * (2 * along + shifted + corners[i][0]);
        double v = 0.5 * (3 * across + corners[i][1]);
        GeoPoint p = layout.columns ? (GeoPoint){v, u} : (GeoPoint){u, v};
        g_array_append_val(s->positions, p);
    }
    g_array_append_val(s->rings, ring);
}

static gboolean is_place(const json_t *value)
{
    return json_is_integer(value) && llabs(json_integer_value(value)) <= 10000;
}

static void tell_same_place(const ShapeContext *c, GHashTable *places, const char *code, int q,
                            int r, guint line)
{
    g_autofree char *place = g_strdup_printf("%d %d", q, r);
    const char *other = g_hash_table_lookup(places, place);
    if (other) {
        diag_add(c->diags, DIAG_WARNING, "map-same-place", c->file, line, 0,
                 "two hexagons are in one place: %s and %s at q %d, r %d (one each)", other, code,
                 q, r);
    } else {
        g_hash_table_insert(places, g_steal_pointer(&place), g_strdup(code));
    }
}

static void read_hexagon(Shapes *s, const ShapeContext *c, const char *key, const json_t *value,
                         guint line, HexLayout layout, GHashTable *places)
{
    const char *property = c->options->code_property;
    g_autofree char *code = property ? text_of(json_object_get(value, property)) : g_strdup(key);
    const json_t *q = json_object_get(value, "q"), *r = json_object_get(value, "r");
    if (!code || !*code) {
        diag_add(c->diags, DIAG_WARNING, "map-no-code", c->file, line, 0,
                 "the hexagon '%s' has no code (a text or a whole number in '%s')", key,
                 property ? property : "its key");
        return;
    }
    if (!is_place(q) || !is_place(r)) {
        diag_add(c->diags, DIAG_WARNING, "map-bad-place", c->file, line, 0,
                 "the hexagon %s has no place (whole q and r from -10,000 to 10,000)", code);
        return;
    }
    int area = shapes_area(s, c, code, line);
    if (area < 0) {
        return;
    }
    int at_q = (int)json_integer_value(q), at_r = (int)json_integer_value(r);
    const char *name = c->options->name_property ? c->options->name_property : "n";
    name_area(s, area, text_of(json_object_get(value, name)));
    tell_same_place(c, places, code, at_q, at_r, line);
    add_hexagon(s, layout, area, at_q, at_r);
}

static gboolean read_hexjson(Shapes *s, const ShapeContext *c, json_t *root, const GArray *lines,
                             GError **error)
{
    HexLayout layout;
    json_t *hexes = json_object_get(root, "hexes");
    if (!json_is_object(hexes) || !read_layout(root, &layout)) {
        const char *name = json_string_value(json_object_get(root, "layout"));
        g_autofree char *message = g_strdup_printf(
            "the file is no hexjson: its layout is %s%s (odd-r, even-r, odd-q or even-q, with "
            "hexes)",
            name ? name : "not given", json_is_object(hexes) ? "" : " and it has no hexes");
        set_fault(error, c, message);
        return FALSE;
    }
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *key;
    json_t *value;
    gsize i = 0;
    json_object_foreach(hexes, key, value)
    {
        read_hexagon(s, c, key, value, line_at(lines, i++), layout, places);
    }
    return TRUE;
}

Shapes *shapes_parse(const char *data, gsize n, const ShapeContext *c, GError **error)
{
    if (n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        n -= 3;
    }
    json_error_t fault;
    json_t *root = json_loadb(data, n, JSON_REJECT_DUPLICATES, &fault);
    if (!root) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s:%d: the file is no JSON: %s",
                    c->file, MAX(fault.line, 1), fault.text);
        return NULL;
    }
    gboolean hex = c->options->kind == GEOMETRY_HEXJSON;
    g_autoptr(GArray) lines = shapes_member_lines(data, n, hex ? "hexes" : "features");
    g_autoptr(Shapes) s = shapes_new();
    gboolean ok =
        hex ? read_hexjson(s, c, root, lines, error) : read_geojson(s, c, root, lines, error);
    json_decref(root);
    if (ok && s->areas->len == 0) {
        set_fault(error, c,
                  "no area of the file can be used (see the code property, and which codes "
                  "are kept)");
        ok = FALSE;
    }
    return ok ? g_steal_pointer(&s) : NULL;
}
