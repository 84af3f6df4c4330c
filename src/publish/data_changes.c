#include <math.h>
#include <stddef.h>

#include "data_table.h"

/* What is other than in the edition before (report/changes.h). */

static DataValue of_change(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->change, c));
}

static DataValue number_of(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->change, c));
}

static DataValue rank_of(const DataRow *row, const DataColumn *c)
{
    const guint rank = DATA_MEMBER(guint, row->change, c);
    return data_number(rank ? (double)rank : NAN);
}

static DataValue kind(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(change_name(row->change->kind));
}

static void rows_of_changes(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; context->changes && i < context->changes->items->len; i++) {
        const DataRow row = {.context = context, .change = changes_at(context->changes, i)};
        if (!each(&row, user_data))
            return;
    }
}

#define TEXT(member)   of_change, offsetof(EditionChange, member), NULL
#define NUMBER(member) number_of, offsetof(EditionChange, member), NULL
#define RANK(member)   rank_of, offsetof(EditionChange, member), NULL
#define OUTLIERS       "none|alert|alarm|not_estimable"
#define DIRECTIONS     "lower|similar|higher"
#define JUDGEMENTS     "better|worse|similar|lower|higher"

static const DataColumn change_columns[] = {
    {"indicator_id", DATA_TEXT, "Indicator", TEXT(indicator_id)},
    {"area_code", DATA_TEXT, "Area code", TEXT(area_code)},
    {"period", DATA_TEXT, "Period of the figure now", TEXT(period)},
    {"change", DATA_TEXT, "What is other than in the edition before", kind, 0,
     "new_figure|revised_figure|withdrawn_figure|new_outlier|resolved_outlier|moved"},
    {"period_before", DATA_TEXT, "Period of the figure it is compared with", TEXT(period_before)},
    {"value_before", DATA_NUMBER, "Value in the edition before", NUMBER(before.value)},
    {"value", DATA_NUMBER, "Value, on the published scale", NUMBER(now.value)},
    {"outlier_before", DATA_TEXT, "Outlier in the edition before", of_change,
     offsetof(EditionChange, before.outlier), OUTLIERS},
    {"outlier", DATA_TEXT, "none, alert (95 %), alarm (99.8 %) or not_estimable", of_change,
     offsetof(EditionChange, now.outlier), OUTLIERS},
    {"direction_before", DATA_TEXT, "Direction in the edition before", of_change,
     offsetof(EditionChange, before.direction), DIRECTIONS},
    {"direction", DATA_TEXT, "lower, similar or higher", of_change,
     offsetof(EditionChange, now.direction), DIRECTIONS},
    {"judgement_before", DATA_TEXT, "Judgement in the edition before", of_change,
     offsetof(EditionChange, before.judgement), JUDGEMENTS},
    {"judgement", DATA_TEXT, "better, worse, similar, or lower and higher", of_change,
     offsetof(EditionChange, now.judgement), JUDGEMENTS},
    {"rank_before", DATA_INTEGER, "Rank in the edition before", RANK(before.rank)},
    {"rank_lower_before", DATA_INTEGER, "Lower end of its joint 95 % interval",
     RANK(before.rank_lower)},
    {"rank_upper_before", DATA_INTEGER, "Upper end of its joint 95 % interval",
     RANK(before.rank_upper)},
    {"rank", DATA_INTEGER, "Rank among all areas, 1 = lowest value", RANK(now.rank)},
    {"rank_lower", DATA_INTEGER, "Lower end of the rank's joint 95 % interval",
     RANK(now.rank_lower)},
    {"rank_upper", DATA_INTEGER, "Upper end of the rank's joint 95 % interval",
     RANK(now.rank_upper)},
    {"percentile_before", DATA_NUMBER, "Mid-rank percentile in the edition before",
     NUMBER(before.percentile)},
    {"percentile", DATA_NUMBER, "Mid-rank percentile", NUMBER(now.percentile)},
    {"indicator", DATA_TEXT, "Title of the indicator", TEXT(indicator)},
    {"area_name", DATA_TEXT, "Area", TEXT(area_name)},
};
const DataTable change_table = {"changes.csv",
                                "What is other than in the edition before",
                                change_columns,
                                G_N_ELEMENTS(change_columns),
                                rows_of_changes,
                                "indicator_id,area_code,period,change",
                                NULL};
