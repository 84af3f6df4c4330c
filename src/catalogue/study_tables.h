#ifndef PEERLINE_CATALOGUE_STUDY_TABLES_H
#define PEERLINE_CATALOGUE_STUDY_TABLES_H

#include <stddef.h>

#include "yaml_map.h"

/** The format of a study as tables: which keys there are, of which type, where they go. */

extern const YamlRecord STUDY_RECORD, AREAS_RECORD;
extern const YamlRecord SOURCE_RECORD, LOOKUP_RECORD, PEERS_RECORD, INDICATOR_RECORD, PAIR_RECORD,
    PRACTICE_RECORD, EXPECTED_RECORD, MAP_RECORD, COMPOSITION_RECORD;
extern const YamlRecord QUANTITY_RECORD, FILTER_RECORD, STANDARD_RECORD, QUERY_RECORD;

/** Rules between the keys of an indicator (indicator_rules.c). */
void indicator_finish(YamlMapper *m, const YamlNode *node, gpointer record);
/** The rules of a source that is the answer of a database (tables_sql.c). */
void sql_source_finish(YamlMapper *m, const YamlNode *node, Source *s);
/** Gives the parameters of queries what they ask of the study's periods. */
void sql_bind_periods(YamlMapper *m, Study *study);
/** A quantity that is not declared. */
Quantity quantity_absent(void);
static inline gboolean quantity_is_declared(const Quantity *q)
{
    return q->where.file != NULL;
}

/** What a source must have to give numbers, roles of pairs, what is declared but not used; after
 *  all references are resolved. */
void study_check(YamlMapper *m, const Study *s);

/* Name spaces of ids, as they are called in messages. */
#define SPACE_SOURCE      "source"
#define SPACE_LOOKUP      "lookup"
#define SPACE_CLASS       "class"
#define SPACE_PEERS       "peer group"
#define SPACE_INDICATOR   "indicator"
#define SPACE_PRACTICE    "practice case"
#define SPACE_MAP         "map"
#define SPACE_COMPOSITION "composition"

/* Types that only studies have. */
extern const YamlType STUDY_URL;          /**< char *: https, or http on the loopback range */
extern const YamlType STUDY_PAGE;         /**< char *: an address that a reader can open */
extern const YamlType STUDY_SHA256;       /**< char * */
extern const YamlType STUDY_DELIMITER;    /**< char */
extern const YamlType STUDY_MISSING;      /**< MissingMarker list */
extern const YamlType STUDY_RECODES;      /**< Recode list */
extern const YamlType STUDY_ALTERNATIVES; /**< Recode *, from a mapping alone */
extern const YamlType STUDY_NOT_COVERED;  /**< NotCovered list */
extern const YamlType STUDY_FILTERS;      /**< RowFilters */
extern const YamlType STUDY_AGES;         /**< AgeBand */
extern const YamlType STUDY_AGE_PATTERN;  /**< Pattern * with the groups of an age */
extern const YamlType STUDY_STANDARD;     /**< AgeTable: esp2013, or a file of weights */

/* How the tables are written: {"key", TYPE(struct, member, …), REQUIRED}. */
#define MEMBER(s, member)           .offset = offsetof(s, member)
#define COUNTED(s, member, n)       MEMBER(s, member), .count = offsetof(s, n)
#define GIVEN(s, member)            .flag = offsetof(s, member)
#define REQUIRED                    .required = TRUE
#define ID(s, member, space)        .type = &YAML_ID, MEMBER(s, member), .with = space
#define STRING(s, member)           .type = &YAML_STRING, MEMBER(s, member)
#define STRINGS(s, member)          .type = &YAML_STRINGS, MEMBER(s, member)
#define COLUMN(s, member)           .type = &YAML_COLUMN, MEMBER(s, member)
#define DATE(s, member)             .type = &YAML_DATE, MEMBER(s, member)
#define BOOLEAN(s, member)          .type = &YAML_BOOLEAN, MEMBER(s, member)
#define PATTERN(s, member)          .type = &YAML_PATTERN, MEMBER(s, member)
#define PERIOD(s, member)           .type = &YAML_PERIOD, MEMBER(s, member)
#define NUMBER(s, member, range)    .type = &YAML_NUMBER, MEMBER(s, member), .with = &(range)
#define WHOLE(s, member, range)     .type = &YAML_WHOLE, MEMBER(s, member), .with = &(range)
#define CHOICE(s, member, words)    .type = &YAML_CHOICE, MEMBER(s, member), .with = (words)
#define RECORD(s, member, rec)      .type = &YAML_RECORD, MEMBER(s, member), .with = &(rec)
#define RECORDS(s, member, n, rec)  .type = &YAML_RECORDS, COUNTED(s, member, n), .with = &(rec)
#define REFERENCE(s, member, space) .type = &YAML_REFERENCE, MEMBER(s, member), .with = space
#define REFERENCES(s, member, n, space)                                                            \
    .type = &YAML_REFERENCES, COUNTED(s, member, n), .with = space
#define FILTERS(s, member) .type = &STUDY_FILTERS, MEMBER(s, member)
#define WHERE(s)           .size = sizeof(s), .where = offsetof(s, where), .has_where = TRUE
#define BY_FINISH          .type = &YAML_ANY
#define END_OF_FIELDS                                                                              \
    {                                                                                              \
        .key = NULL                                                                                \
    }

#endif
