#ifndef PEERLINE_PUBLISH_WORKBOOK_SHEETS_H
#define PEERLINE_PUBLISH_WORKBOOK_SHEETS_H

#include "peerline/catalogue/words.h"
#include "data_table.h"
#include "xlsx_book.h"

/** The worksheets of variation.xlsx, each declared once: the contents list and the sheets
 * themselves come from the same table. */
typedef struct {
    Word name;         /**< of the worksheet */
    const char *table; /**< of the marked-up table */
    Word title;        /**< in A1 */
    Word about;        /**< in the contents */
    Word why_empty;
    /** Begins the table with its headers and fills the rows. */
    void (*fill)(XlsxSheet *sheet, const char *table, const ReportContext *context);
    /** FALSE where it would be larger than people open: it is left to the CSV file, and the cover
     *  says so. NULL: always there. */
    gboolean (*fits)(const ReportContext *context);
    const char *instead; /**< the CSV file that has it all */
} WorkbookSheet;

extern const WorkbookSheet workbook_sheets[];
extern const guint n_workbook_sheets;

/** "note 1", which stands in headers as "[note 1]". */
char *note_name(const Study *study, guint note);

void fill_variation(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_latest(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_position(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_outliers(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_learn(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_chart(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_opportunity(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_observations(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_compositions(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_corrections(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_series(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_indicators(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_sources(XlsxSheet *sheet, const char *table, const ReportContext *context);
void fill_missing(XlsxSheet *sheet, const char *table, const ReportContext *context);

/* ---- columns of sheets whose rows are areas of an indicator ---- */

typedef struct SheetColumn SheetColumn;
struct SheetColumn {
    Word header;
    void (*put)(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
    gsize offset; /**< for columns that read one member of a struct */
    guint note;   /**< that explains it; 0: none */
};

/** Begins the table with the heads of the columns. */
void sheet_begin(XlsxSheet *sheet, const ReportContext *context, const char *table,
                 const SheetColumn *columns, guint n);
void sheet_row(XlsxSheet *sheet, const DataRow *row, const SheetColumn *columns, guint n);

/** Headers that come from data (names of indicators, periods as the file writes them) may be alike
 * but for their case, or too long: sheet_header_once() gives one that `seen` (sheet_headers_new())
 * does not hold yet, cut to what Excel takes and numbered where needed. The caller frees it. */
GHashTable *sheet_headers_new(void);
char *sheet_header_once(GHashTable *seen, const char *text);

void put_indicator(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_period(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_area_code(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_area(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
/** Member of the observation, the verdict or the period, shown like the indicator's values. */
void put_observed(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_judged(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_of_period(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
/** Member of the verdict with three decimals: q, z. */
void put_small(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
/** Whole number of the verdict; 0 = none. */
void put_rank(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
/** Whole number of the period. */
void put_count(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_direction(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_status(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);
void put_kind(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column);

gboolean series_fit(const ReportContext *context);
gboolean observations_fit(const ReportContext *context);
gboolean compositions_fit(const ReportContext *context);

/** The row of an indicator's latest period, which it must have. */
DataRow sheet_latest(const ReportContext *context, guint indicator, guint area);
/** Whether the indicator has a latest period and is compared between areas. */
gboolean sheet_is_compared(const ReportContext *context, guint indicator);

/** A number, or `mark` where there is none. */
void put_number_or(XlsxSheet *sheet, double x, int decimals, const char *mark);
/** The shorthand for what a row lacks: the reason why its figure is missing, or else [z]. */
const char *mark_of_row(const DataRow *row);
/** The shorthand for a value that is missing for this reason. */
const char *mark_of_status(Status status);

#define AREA_NUMBER(header, member, note)                                                          \
    {                                                                                              \
        header, put_judged, offsetof(Verdict, member), note                                        \
    }
#define AREA_RANK(header, member, note)                                                            \
    {                                                                                              \
        header, put_rank, offsetof(Verdict, member), note                                          \
    }
#define AREA_SMALL(header, member, note)                                                           \
    {                                                                                              \
        header, put_small, offsetof(Verdict, member), note                                         \
    }
#define PERIOD_NUMBER(header, member, note)                                                        \
    {                                                                                              \
        header, put_of_period, offsetof(PeriodSummary, member), note                               \
    }
#define PERIOD_COUNT(header, member, note)                                                         \
    {                                                                                              \
        header, put_count, offsetof(PeriodSummary, member), note                                   \
    }

#endif
