#ifndef PEERLINE_CATALOGUE_YAML_MAP_H
#define PEERLINE_CATALOGUE_YAML_MAP_H

#include "peerline/catalogue/study.h"
#include "store.h"
#include "yaml_tree.h"

/** Maps YAML mappings into structs by tables: a record is a table of fields, a field says which key
 *  goes where and of which type it is, a type says which nodes it takes and how they are stored.
 *  Every fault is added to the diagnostics with its place, and mapping goes on. */

typedef struct YamlMapper YamlMapper;
typedef struct YamlField YamlField;
typedef struct YamlRecord YamlRecord;

/** Stores a node of an accepted kind at `member`; FALSE after a fault that it has reported. */
typedef gboolean YamlSet(YamlMapper *m, const YamlField *field, const YamlNode *node,
                         gpointer member);

typedef struct {
    YamlSet *set;
    guint kinds;         /**< set of YamlKind */
    const char *accepts; /**< in words, for messages: "text" */
} YamlType;

struct YamlField {
    const char *key;
    const YamlType *type;
    gsize offset;     /**< of the member in the record's struct */
    const void *with; /**< what the type needs: choices, a range, a record, a name space */
    gsize count;      /**< offset of a list's guint of items; 0: the list ends with NULL */
    gsize flag;       /**< offset of a gboolean that becomes TRUE when the key is given; 0: none */
    gboolean required;
};

struct YamlRecord {
    const char *name;        /**< in messages: "source" */
    const YamlField *fields; /**< the last has no key */
    gsize size;
    gsize where; /**< offset of a Where; only if has_where */
    gboolean has_where;
    void (*init)(gpointer record); /**< defaults that are not zero; or NULL */
    /** Rules between the keys of one record; or NULL. */
    void (*finish)(YamlMapper *m, const YamlNode *node, gpointer record);
};

struct YamlMapper {
    Diagnostics *diags;
    Store *store;
    GHashTable *names; /**< private: name spaces for ids and references */
    GArray *references;
};

void yaml_mapper_init(YamlMapper *m, Store *store, Diagnostics *diags);
void yaml_mapper_clear(YamlMapper *m);

/** Maps one mapping into `out`, which is zeroed and given its defaults first. */
gboolean yaml_map_record(YamlMapper *m, const YamlRecord *record, const YamlNode *node,
                         gpointer out);
/** Maps nodes into a new array of records, which never moves. */
gpointer yaml_map_records(YamlMapper *m, const YamlRecord *record, YamlNode *const *nodes, guint n);
/** After everything is mapped: turns the ids of all references into indices. */
void yaml_mapper_resolve(YamlMapper *m);

/** Adds an error at the place of a node. */
void yaml_fault(YamlMapper *m, const YamlNode *at, const char *rule, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** The same, where only the place is left. */
void yaml_fault_at(YamlMapper *m, Where at, const char *rule, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** Where a node stands. */
Where yaml_where(const YamlNode *node);
/** "(did you mean x?)" or, where nothing is near, "(a, b or c)"; newly allocated. */
char *yaml_suggest(const char *word, const char *const *accepted);

/** For a type's set(): the count that belongs to the list at `member`. */
static inline guint *yaml_count(const YamlField *field, gpointer member)
{
    return (guint *)((char *)member - field->offset + field->count);
}

/* ---- types -------------------------------------------------------------------------------- */

/** A choice of words, each standing for a value of an enum; the last has no name. */
typedef struct {
    const char *name;
    int value;
} YamlChoice;

/** What a number may be. */
typedef struct {
    double least, most;
    gboolean above;      /**< above `least`, not equal to it */
    const char *accepts; /**< in words: "a number above 0" */
} YamlRange;

extern const YamlType YAML_ANY;        /**< read by the record's finish(), or elsewhere */
extern const YamlType YAML_STRING;     /**< char *: text as it is, without newlines at its end */
extern const YamlType YAML_COLUMN;     /**< char *: a column name, blanks squeezed */
extern const YamlType YAML_STRINGS;    /**< char **: texts, or one text */
extern const YamlType YAML_ID;         /**< char *: a code of its own in name space `with` */
extern const YamlType YAML_REFERENCE;  /**< int: index of an id in name space `with` */
extern const YamlType YAML_REFERENCES; /**< int *: the same, several, or one text */
extern const YamlType YAML_NUMBER;     /**< double within the YamlRange `with` */
extern const YamlType YAML_WHOLE;      /**< guint or int within the YamlRange `with` */
extern const YamlType YAML_BOOLEAN;    /**< gboolean: true, false, yes, no */
extern const YamlType YAML_CHOICE;     /**< an enum, of the YamlChoices `with` */
extern const YamlType YAML_DATE;       /**< char *: a date that exists, YYYY-MM-DD */
extern const YamlType YAML_PATTERN;    /**< Pattern * */
extern const YamlType YAML_PERIOD;     /**< Period, in one of the usual spellings */
extern const YamlType YAML_RECORD;     /**< a struct of the YamlRecord `with`, in place */
extern const YamlType YAML_RECORDS;    /**< array of structs of the YamlRecord `with` */

/** For finish(): the boolean that a node says; FALSE and a fault if it says none. */
gboolean yaml_read_boolean(YamlMapper *m, const YamlNode *node, gboolean *out);

#endif
