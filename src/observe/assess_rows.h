#ifndef OBSERVE_ASSESS_ROWS_H
#define OBSERVE_ASSESS_ROWS_H

#include "peerline/intake/table.h"
#include "peerline/observe/assess_input.h"
#include "set.h"

/** What the steps of reading the one file of `assess` share. Private to this folder. */

typedef enum {
    FIELD_INDICATOR_ID,
    FIELD_INDICATOR,
    FIELD_SEX,
    FIELD_AGE,
    FIELD_CATEGORY,
    FIELD_AREA_CODE,
    FIELD_AREA_NAME,
    FIELD_AREA_TYPE,
    FIELD_REGION_CODE,
    FIELD_REGION,
    FIELD_PERIOD,
    FIELD_SORTABLE,
    FIELD_NUMERATOR,
    FIELD_DENOMINATOR,
    FIELD_VALUE,
    FIELD_LOWER95,
    FIELD_UPPER95,
    FIELD_LOWER99_8,
    FIELD_UPPER99_8,
    FIELD_NOTE,
    FIELD_MEASURE,
    FIELD_PER,
    FIELD_POLARITY,
    N_FIELDS
} AssessField;

/** A layout: which column each field is in. */
typedef struct {
    const char *name;              /**< for messages */
    const char *columns[N_FIELDS]; /**< NULL: the layout has no such field */
    gboolean required[N_FIELDS];   /**< the header must have it */
} AssessFormat;

extern const AssessFormat ASSESS_FINGERTIPS, ASSESS_TIDY;

enum { ROW_NATIONAL = -1 };

/** One row, reduced to what is needed. Numbers are NAN where missing. */
typedef struct {
    guint row; /**< of the table */
    guint32 line;
    int area;     /**< index into the reading's areas, or ROW_NATIONAL */
    guint period; /**< index into the reading's periods */
    double x, n, value, limits[4];
    Status missing; /**< why there is no value, if there is none */
    gboolean bad;   /**< rejected: the cell is known, its numbers are not */
} AssessRow;

typedef struct {
    char *id, *sex, *age, *title;
    GArray *rows;                                /**< AssessRow */
    guint area_rows;                             /**< of them about ranked areas */
    gboolean has_measure, has_per, has_polarity; /**< the file's own columns say */
    Measure measure;
    double per;
    Polarity polarity;
    UncertaintyKind kind;
    gboolean agrees;     /**< no published value contradicts its counts */
    gboolean percentage; /**< of a whole, whoever computed it */
    gboolean has_values; /**< some row has a published value */
    char *kind_note;
} AssessIndicator;

typedef struct {
    char *code, *name, *region;
} AssessArea;

typedef struct {
    char *label;
    gboolean has_order;
    gint64 order; /**< sortable number, or from the label */
    gboolean parsed;
    Period period;
} AssessPeriod;

/** Options after checking. */
typedef struct {
    gboolean has_measure, has_per, has_polarity, has_kind;
    Measure measure;
    double per;
    Polarity polarity;
    UncertaintyKind kind;
} AssessChoices;

typedef struct {
    const AssessOptions *options;
    AssessChoices choices;
    Diagnostics *diags;
    Study *study;
    ObservationSet *set;
    Table *table;
    const AssessFormat *format;
    int columns[N_FIELDS]; /**< column of the table, -1 = none */
    guint needed_fields;   /**< a shorter record lacks a needed column */
    GPtrArray *indicators; /**< AssessIndicator, in order of appearance */
    GArray *areas;         /**< AssessArea */
    GArray *periods;       /**< AssessPeriod */
    GHashTable *indicator_index, *area_index, *area_caseless, *period_index;
    GArray *rejects; /**< Reject */
    char *nation;
} AssessReading;

/** Text of a field in a row; "" where there is no such column. */
const char *assess_cell(const AssessReading *r, guint row, AssessField field);
/** Names a row of the data file that cannot be used. */
void assess_reject(AssessReading *r, guint row, const char *rule, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** The reader's warnings about records of a file become rejects. */
void assess_take_warnings(AssessReading *r, guint source, Diagnostics *found);

/** Reads a file into a table and notes it as source number `source` of the set. */
Table *assess_load(AssessReading *r, guint source, const char *path, GError **error);
/** Finds the layout and its columns. */
gboolean assess_recognise(AssessReading *r, GError **error);
/** All rows into indicators, areas and periods. */
void assess_gather(AssessReading *r);
/** Measure, per, kind and polarity of one indicator. */
void assess_infer(AssessReading *r, AssessIndicator *indicator);
/** The study and the grids from what was gathered. */
void assess_build(AssessReading *r);
/** --peers and --groups. */
gboolean assess_read_groupings(AssessReading *r, GError **error);

#endif
