#ifndef PEERLINE_PUBLISH_DATA_TABLE_H
#define PEERLINE_PUBLISH_DATA_TABLE_H

#include "peerline/judge/variation.h"
#include "peerline/report/context.h"

/** The published tables, each declared once: what its columns are called, what they hold, what they
 *  mean, and how a row gives them. CSV files are written from it, and whatever else describes or
 *  shows the same columns reads it too. */

/** DATA_DATE: a day as a number, counted as in GDate; 0 = there is none. Published as 2023-04-01.
 */
typedef enum { DATA_TEXT, DATA_NUMBER, DATA_INTEGER, DATA_BOOLEAN, DATA_DATE } DataType;

/** Variation among the areas of one indicator in one period (variation.csv). */
typedef struct {
    VariationMeasures measures;
    const char *change_from; /**< label of the period since which it changed; NULL: not known */
    const char *status;      /**< "" or why a measure is not as one might expect */
} VariationRow;

/** What a row is about; a table uses the parts that it needs, the others are NULL. */
typedef struct {
    const ReportContext *context;
    guint indicator_index, period_index, area_index;
    const Indicator *indicator;
    const Series *series;
    const IndicatorAssessment *judged;
    const PeriodSummary *summary;
    const Area *area;
    const Observation *observation;
    const Verdict *verdict;
    const VariationRow *variation;
    const LearnFrom *learn;
    const Reject *reject;
    guint source_index, class_index;
    const Source *source;
    const SourceUsed *used;
    guint correction_index;
    const EditionChange *change;
    const Composition *composition;
    const Made *made;
    guint composition_index, part_index;
    const MadeGroup *group; /**< of areas, in a composition */
} DataRow;

/** NULL text and NAN number are empty fields. */
typedef struct {
    const char *text;
    double number;
} DataValue;

typedef struct DataColumn DataColumn;
struct DataColumn {
    const char *name;
    DataType type;
    const char *title; /**< what it holds, for people */
    DataValue (*get)(const DataRow *row, const DataColumn *column);
    gsize offset;        /**< for getters that read one member of a struct */
    const char *allowed; /**< the texts that may stand here, apart by "|"; NULL: any. A field may
                              also be empty where the column is no key */
};

/** A column whose fields, where not empty, are keys of another table. */
typedef struct {
    const char *column;
    const char *table; /**< its file */
    const char *key;   /**< its column */
} DataReference;

typedef gboolean (*DataRowFunc)(const DataRow *row, gpointer user_data);

typedef struct {
    const char *file;  /**< "assessment.csv" */
    const char *title; /**< what a row is */
    const DataColumn *columns;
    guint n_columns;
    /** Calls `each` for every row in published order; stops when it returns FALSE. */
    void (*rows)(const ReportContext *context, DataRowFunc each, gpointer user_data);
    const char *key;                 /**< columns that name a row, apart by commas; NULL: none do */
    const DataReference *references; /**< ended by a column of NULL; or NULL */
} DataTable;

extern const DataTable observation_table, assessment_table, outlier_table;
extern const DataTable variation_table, good_practice_table, reject_table;
extern const DataTable area_table, area_class_table, indicator_table, source_table;
extern const DataTable correction_table, change_table;
extern const DataTable composition_table, composition_group_table;

/** For tables by indicator and area. */
extern const DataReference data_references_cell[];

/** Whether a column is part of the table's key. */
gboolean data_is_key(const DataTable *table, const char *column);
/** The columns of the key; NULL-terminated, free with g_strfreev. */
char **data_key_columns(const DataTable *table);

/** All of them, ending with NULL. */
extern const DataTable *const data_tables[];

/* ---- for the files that declare tables ---- */

void data_rows_grid(const ReportContext *context, DataRowFunc each, gpointer user_data);
void data_rows_outliers(const ReportContext *context, DataRowFunc each, gpointer user_data);
void data_rows_variation(const ReportContext *context, DataRowFunc each, gpointer user_data);
void data_rows_good_practice(const ReportContext *context, DataRowFunc each, gpointer user_data);
void data_rows_rejects(const ReportContext *context, DataRowFunc each, gpointer user_data);

/** The compositions in the order of the bytes of their ids; free with g_free. */
guint *data_composition_order(const ReportContext *context);
/** A row with everything that belongs to a part of an area's amount. */
DataRow data_composition_row(const ReportContext *context, guint composition, guint area,
                             guint part);

/** Indices of a series' periods in the order of the bytes of their labels; free with g_free. */
guint *data_period_order(const Series *series);
/** A row with everything that belongs to a cell of the grid. */
DataRow data_row_at(const ReportContext *context, guint indicator, guint period, guint area);

DataValue data_indicator_id(const DataRow *row, const DataColumn *column);
DataValue data_period(const DataRow *row, const DataColumn *column);
/** What is accepted in a column of statuses. */
#define DATA_STATUSES                                                                              \
    "estimated|provisional|revised|restated|stale|not_reported|suppressed|not_applicable|"         \
    "rejected|boundary_change|zero_denominator|no_denominator"

/** The member of `base` that lies at the column's offset. */
#define DATA_MEMBER(type, base, column)                                                            \
    (*(const type *)(const void *)((const char *)(base) + (column)->offset))

/** "2023-04-01", or "" where there is no day. */
const char *data_date_text(DataValue value, char buffer[16]);

static inline DataValue data_text(const char *text)
{
    return (DataValue){text, 0};
}
static inline DataValue data_number(double number)
{
    return (DataValue){NULL, number};
}

#endif
