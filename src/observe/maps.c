#include "peerline/intake/source_fetch.h"
#include "reading.h"

/* The shapes of areas. Codes of the file become those of the register; what becomes of an area that
 * is not on a map is the report's to say. */

static Geometry *read_map(Reading *r, const MapDefinition *map, GError **error)
{
    const Source *s = &r->study->sources[map->source];
    const SourceUsed *used = &r->set->sources[map->source];
    g_autofree GeometryJoin *joins = g_new(GeometryJoin, map->n_recodes + 1);
    for (guint k = 0; k < map->n_recodes; k++)
        joins[k] = (GeometryJoin){map->recodes[k].from, map->recodes[k].to};
    const GeometryOptions options = {.kind = s->format == SOURCE_GEOJSON ? GEOMETRY_GEOJSON
                                                                         : GEOMETRY_HEXJSON,
                                     .code_property = map->code,
                                     .name_property = map->name,
                                     .keep = map->keep,
                                     .joins = joins,
                                     .n_joins = map->n_recodes};
    return geometry_read(used->path, used->file, &options, r->diags, error);
}

static void tell_empty(const Reading *r, const MapDefinition *map, const Geometry *g)
{
    for (guint a = 0; a < r->set->n_areas; a++)
        if (geometry_find(g, r->set->areas[a].code) >= 0)
            return;
    diag_add(r->diags, DIAG_ERROR, "bad-reference", map->where.file, map->where.line,
             map->where.column,
             "map %s shows no area of the register: its first code is %s (keep, code and recode "
             "give codes of the register)",
             map->id, g->areas[0].code);
}

void reading_load_maps(Reading *r)
{
    const Study *s = r->study;
    r->set->n_maps = s->n_maps;
    r->set->maps = g_new0(Geometry *, s->n_maps + 1);
    for (guint k = 0; k < s->n_maps; k++) {
        const MapDefinition *map = &s->maps[k];
        g_autoptr(GError) error = NULL;
        Geometry *g = r->set->maps[k] = read_map(r, map, &error);
        if (!g) {
            source_tell_error(&s->sources[map->source], error, r->diags);
            continue;
        }
        r->set->sources[map->source].rows_read = g->n_areas;
        tell_empty(r, map, g);
    }
}
