#include "study_tables.h"

/* Which areas there are, and what became of them. */

static const YamlField CLASS_FIELDS[] = {
    {"id", ID(AreaClass, id, SPACE_CLASS), REQUIRED},
    {"title", STRING(AreaClass, title)},
    {"column", COLUMN(AreaClass, column)},
    END_OF_FIELDS,
};

static void class_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    (void)m, (void)node;
    AreaClass *c = record;
    c->title = c->title ? c->title : c->id;
    c->column = c->column ? c->column : c->id;
}

static const YamlRecord CLASS_RECORD = {
    .name = "class", .fields = CLASS_FIELDS, WHERE(AreaClass), .finish = class_finish};

/* The columns are those of the changes that come with the program, unless others are named. */
static const YamlField CHANGES_FIELDS[] = {
    {"source", REFERENCE(AreaChanges, source, SPACE_SOURCE), REQUIRED},
    {"date", COLUMN(AreaChanges, date)},
    {"from", COLUMN(AreaChanges, from)},
    {"to", COLUMN(AreaChanges, to)},
    {"share", COLUMN(AreaChanges, share)},
    {"kind", COLUMN(AreaChanges, kind)},
    {"basis", COLUMN(AreaChanges, basis)},
    {"rows", FILTERS(AreaChanges, rows)},
    END_OF_FIELDS,
};

static void changes_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    (void)node;
    AreaChanges *c = record;
    c->date = c->date ? c->date : store_text(m->store, "date");
    c->from = c->from ? c->from : store_text(m->store, "from_code");
    c->to = c->to ? c->to : store_text(m->store, "to_code");
}

static const YamlRecord CHANGES_RECORD = {
    .name = "changes", .fields = CHANGES_FIELDS, WHERE(AreaChanges), .finish = changes_finish};

static const YamlField AREAS_FIELDS[] = {
    {"source", REFERENCE(AreaRegister, source, SPACE_SOURCE), REQUIRED},
    {"code", COLUMN(AreaRegister, code), REQUIRED},
    {"name", COLUMN(AreaRegister, name), REQUIRED},
    {"short_name", COLUMN(AreaRegister, short_name)},
    {"singular", STRING(AreaRegister, singular)},
    {"plural", STRING(AreaRegister, plural)},
    {"nation", STRING(AreaRegister, nation), REQUIRED},
    {"classes", RECORDS(AreaRegister, classes, n_classes, CLASS_RECORD)},
    {"rows", FILTERS(AreaRegister, rows)},
    {"valid_from", COLUMN(AreaRegister, valid_from)},
    {"valid_to", COLUMN(AreaRegister, valid_to)},
    {"as_of", DATE(AreaRegister, as_of)},
    {"changes", RECORD(AreaRegister, changes, CHANGES_RECORD),
     GIVEN(AreaRegister, changes.declared)},
    END_OF_FIELDS,
};

static void areas_init(gpointer record)
{
    ((AreaRegister *)record)->source = -1;
}

static void areas_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    AreaRegister *a = record;
    if (!a->singular != !a->plural)
        yaml_fault(m, node, "missing-key",
                   "missing key in areas: %s (singular and plural together)",
                   a->singular ? "plural" : "singular");
    if (!a->valid_from != !a->valid_to)
        yaml_fault(m, node, "missing-key",
                   "missing key in areas: %s (valid_from and valid_to together)",
                   a->valid_from ? "valid_to" : "valid_from");
    if (!a->valid_from && (a->as_of || a->changes.declared))
        yaml_fault(m, node, "missing-key",
                   "missing key in areas: valid_from (%s needs the days on which areas began and "
                   "ended: valid_from and valid_to)",
                   a->as_of ? "as_of" : "changes");
    a->singular = a->singular ? a->singular : store_text(m->store, "area");
    a->plural = a->plural ? a->plural : store_text(m->store, "areas");
}

const YamlRecord AREAS_RECORD = {.name = "areas",
                                 .fields = AREAS_FIELDS,
                                 WHERE(AreaRegister),
                                 .init = areas_init,
                                 .finish = areas_finish};
