#include "study_tables.h"

/* What a report draws beside its indicators: maps, and what amounts are made of. */

static const YamlField MAP_FIELDS[] = {
    {"id", ID(MapDefinition, id, SPACE_MAP), REQUIRED},
    {"title", STRING(MapDefinition, title), REQUIRED},
    {"note", STRING(MapDefinition, note)},
    {"source", REFERENCE(MapDefinition, source, SPACE_SOURCE), REQUIRED},
    {"code", STRING(MapDefinition, code)},
    {"name", STRING(MapDefinition, name)},
    {"keep", PATTERN(MapDefinition, keep)},
    {"recode", .type = &STUDY_ALTERNATIVES, COUNTED(MapDefinition, recodes, n_recodes)},
    END_OF_FIELDS,
};

static void map_init(gpointer record)
{
    ((MapDefinition *)record)->source = -1;
}

const YamlRecord MAP_RECORD = {
    .name = "map", .fields = MAP_FIELDS, WHERE(MapDefinition), .init = map_init};

/* ---- compositions ------------------------------------------------------------------------------
 */

static const YamlRange ABOVE_ZERO = {0, 1e300, TRUE, "a number above 0"};
static const YamlRange PLACES = {0, 6, FALSE, "a whole number from 0 to 6"};

static const YamlField PART_FIELDS[] = {
    {"title", STRING(CompositionPart, title), REQUIRED},
    {"amount", RECORD(CompositionPart, amount, QUANTITY_RECORD), REQUIRED},
    END_OF_FIELDS,
};

static void part_init(gpointer record)
{
    ((CompositionPart *)record)->amount = quantity_absent();
}

static const YamlRecord PART_RECORD = {
    .name = "part", .fields = PART_FIELDS, WHERE(CompositionPart), .init = part_init};

static const YamlField COMPOSITION_FIELDS[] = {
    {"id", ID(Composition, id, SPACE_COMPOSITION), REQUIRED},
    {"title", STRING(Composition, title), REQUIRED},
    {"note", STRING(Composition, note)},
    {"period", PERIOD(Composition, period), GIVEN(Composition, has_period)},
    {"parts", RECORDS(Composition, parts, n_parts, PART_RECORD), REQUIRED},
    {"denominator", RECORD(Composition, denominator, QUANTITY_RECORD)},
    {"per", NUMBER(Composition, per, ABOVE_ZERO)},
    {"unit", STRING(Composition, unit)},
    {"prefix", STRING(Composition, prefix)},
    {"suffix", STRING(Composition, suffix)},
    {"decimals", WHOLE(Composition, decimals, PLACES)},
    END_OF_FIELDS,
};

static void composition_init(gpointer record)
{
    Composition *c = record;
    c->per = 1;
    c->denominator = quantity_absent();
}

static void composition_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    const Composition *c = record;
    const YamlNode *parts = yaml_get(node, "parts");
    if (parts && (c->n_parts < 2 || c->n_parts > COMPOSITION_PARTS))
        yaml_fault(m, parts, "bad-value", "%u parts of a composition: %s (2 to %u)", c->n_parts,
                   c->id ? c->id : "", COMPOSITION_PARTS);
    if (yaml_get(node, "per") && !yaml_get(node, "denominator"))
        yaml_fault(m, yaml_get(node, "per"), "bad-value",
                   "per of a composition without denominator (per and denominator)");
}

const YamlRecord COMPOSITION_RECORD = {.name = "composition",
                                       .fields = COMPOSITION_FIELDS,
                                       WHERE(Composition),
                                       .init = composition_init,
                                       .finish = composition_finish};
