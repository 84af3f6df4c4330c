#include <math.h>
#include <stddef.h>

#include "data_table.h"

/* ---- getters: one member of a struct, by its offset ---- */

static DataValue observed(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->observation, c));
}

static DataValue judged(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->verdict, c));
}

static DataValue judged_rank(const DataRow *row, const DataColumn *c)
{
    guint rank = DATA_MEMBER(guint, row->verdict, c);
    return data_number(rank ? (double)rank : NAN);
}

static DataValue of_period(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->summary, c));
}

static DataValue learned(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->learn, c));
}

static DataValue rejected(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->reject, c));
}

/* ---- getters: what and where ---- */

DataValue data_indicator_id(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->indicator->id);
}

static DataValue indicator_title(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->indicator->title);
}

static DataValue area_code(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->area->code);
}

static DataValue area_name(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->area->name);
}

DataValue data_period(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->series->period_labels[row->period_index]);
}

static DataValue status(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(status_name(row->observation->status));
}

static DataValue reason(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(observation_reason(row->context->set, row->indicator_index, row->period_index,
                                        row->area_index));
}

static const SourceUsed *source_at(const DataRow *row, gint32 index)
{
    const ObservationSet *set = row->context->set;
    return index >= 0 && (guint)index < set->n_sources ? &set->sources[index] : NULL;
}

static DataValue source_id(const DataRow *row, const DataColumn *c)
{
    const SourceUsed *source = source_at(row, DATA_MEMBER(gint32, row->observation, c));
    return data_text(source ? source->id : NULL);
}

static DataValue source_file(const DataRow *row, const DataColumn *c)
{
    const SourceUsed *source = source_at(row, DATA_MEMBER(gint32, row->observation, c));
    return data_text(source && source->place ? source->place : source ? source->file : NULL);
}

/* 0 lines or rows: there was none. */
static DataValue row_count(const DataRow *row, const DataColumn *c)
{
    guint32 n = DATA_MEMBER(guint32, row->observation, c);
    return data_number(n ? (double)n : NAN);
}

/* ---- getters: the judgement ---- */

static DataValue areas_ranked(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->summary->areas_ranked);
}

static DataValue peer_group(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const PeerSet *peers = assessment_peers(row->context->assessment, 0, row->area_index);
    return data_text(peers ? peers->label : NULL);
}

static DataValue outlier(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(outlier_name(row->verdict->outlier));
}

static DataValue direction(const DataRow *row, const DataColumn *c)
{
    return data_text(direction_name(DATA_MEMBER(Direction, row->verdict, c)));
}

static DataValue judgement(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(judgement_name(row->verdict->judgement));
}

static DataValue persistent_periods(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->verdict->persistent_periods);
}

static DataValue trend(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(trend_name(row->verdict->trend));
}

static DataValue trend_reason(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->verdict->trend_reason);
}

static DataValue opportunity_unit(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(isfinite(row->verdict->opportunity) ? row->judged->opportunity_unit : NULL);
}

static DataValue kind(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(uncertainty_name(row->judged->kind));
}

static DataValue not_ranked(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->verdict->not_ranked);
}

static DataValue learn_from(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->context->set->areas[row->learn->peer].code);
}

static DataValue learn_from_name(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->context->set->areas[row->learn->peer].name);
}

static DataValue practice(const DataRow *row, const DataColumn *c)
{
    (void)c;
    int index = row->learn->practice;
    const Study *study = row->context->study;
    return data_text(index >= 0 && (guint)index < study->n_practice ? study->practice[index].title
                                                                    : NULL);
}

static DataValue reject_line(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->reject->line ? (double)row->reject->line : NAN);
}

static DataValue reject_expected(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->reject->expected ? "true" : "false");
}

/* ---- the tables: names and order are the outside contract; new columns go at the end ---- */

#define OBSERVED(member)  observed, offsetof(Observation, member), NULL
#define JUDGED(member)    judged, offsetof(Verdict, member), NULL
#define RANK(member)      judged_rank, offsetof(Verdict, member), NULL
#define OF_PERIOD(member) of_period, offsetof(PeriodSummary, member), NULL
#define LEARNED(member)   learned, offsetof(LearnFrom, member), NULL
#define REJECTED(member)  rejected, offsetof(Reject, member), NULL

#define JUDGEMENTS "better|worse|similar|lower|higher"
#define KINDS      "counts|published|clustered|none"

#define KEY_INDICATOR                                                                              \
    {                                                                                              \
        "indicator_id", DATA_TEXT, "Indicator", data_indicator_id, 0, NULL                         \
    }
#define KEY_AREA                                                                                   \
    {                                                                                              \
        "area_code", DATA_TEXT, "Area code", area_code, 0, NULL                                    \
    }
#define KEY_PERIOD                                                                                 \
    {                                                                                              \
        "period", DATA_TEXT, "Period", data_period, 0, NULL                                        \
    }
#define INDICATOR_TITLE                                                                            \
    {                                                                                              \
        "indicator", DATA_TEXT, "Title of the indicator", indicator_title, 0, NULL                 \
    }
#define AREA_NAME                                                                                  \
    {                                                                                              \
        "area_name", DATA_TEXT, "Area", area_name, 0, NULL                                         \
    }
#define VALUE                                                                                      \
    {                                                                                              \
        "value", DATA_NUMBER, "Value, on the published scale", OBSERVED(value)                     \
    }

#define KEY_OF_CELL "indicator_id,area_code,period"
#define OF_INDICATOR                                                                               \
    {                                                                                              \
        "indicator_id", "indicators.csv", "indicator_id"                                           \
    }
#define OF_AREA                                                                                    \
    {                                                                                              \
        "area_code", "areas.csv", "area_code"                                                      \
    }
const DataReference data_references_cell[] = {OF_INDICATOR, OF_AREA, {NULL, NULL, NULL}};
static const DataReference data_references_observation[] = {
    OF_INDICATOR,
    OF_AREA,
    {"source", "sources.csv", "source"},
    {"denominator_source", "sources.csv", "source"},
    {NULL, NULL, NULL}};
static const DataReference practice_references[] = {
    OF_INDICATOR, OF_AREA, {"learn_from", "areas.csv", "area_code"}, {NULL, NULL, NULL}};

static const DataColumn observation_columns[] = {
    KEY_INDICATOR,
    KEY_AREA,
    KEY_PERIOD,
    {"numerator", DATA_NUMBER, "Numerator", OBSERVED(numerator)},
    {"denominator", DATA_NUMBER, "Denominator", OBSERVED(denominator)},
    VALUE,
    {"lower95", DATA_NUMBER, "Publisher's lower 95 % limit", OBSERVED(lower95)},
    {"upper95", DATA_NUMBER, "Publisher's upper 95 % limit", OBSERVED(upper95)},
    {"status", DATA_TEXT, "Why the value is as it is, or missing", status, 0, DATA_STATUSES},
    {"source", DATA_TEXT, "Source of the figure", source_id, offsetof(Observation, source), NULL},
    {"file", DATA_TEXT, "File of the source", source_file, offsetof(Observation, source), NULL},
    {"line", DATA_INTEGER, "Line of the first row combined", row_count, offsetof(Observation, line),
     NULL},
    {"rows", DATA_INTEGER, "Rows combined", row_count, offsetof(Observation, rows), NULL},
    {"lower99_8", DATA_NUMBER, "Publisher's lower 99.8 % limit", OBSERVED(lower99_8)},
    {"upper99_8", DATA_NUMBER, "Publisher's upper 99.8 % limit", OBSERVED(upper99_8)},
    {"denominator_source", DATA_TEXT, "Source of the denominator", source_id,
     offsetof(Observation, denominator_source), NULL},
    {"denominator_file", DATA_TEXT, "File of the denominator", source_file,
     offsetof(Observation, denominator_source), NULL},
    {"denominator_line", DATA_INTEGER, "Line of the denominator's first row", row_count,
     offsetof(Observation, denominator_line), NULL},
    {"denominator_rows", DATA_INTEGER, "Rows combined into the denominator", row_count,
     offsetof(Observation, denominator_rows), NULL},
    {"reason", DATA_TEXT, "The status in words of the study", reason, 0, NULL},
};
const DataTable observation_table = {"observations.csv",
                                     "Every observation after normalising, missing ones included",
                                     observation_columns,
                                     G_N_ELEMENTS(observation_columns),
                                     data_rows_grid,
                                     KEY_OF_CELL,
                                     data_references_observation};

static const DataColumn assessment_columns[] = {
    KEY_INDICATOR,
    INDICATOR_TITLE,
    KEY_AREA,
    AREA_NAME,
    KEY_PERIOD,
    {"numerator", DATA_NUMBER, "Numerator", OBSERVED(numerator)},
    {"denominator", DATA_NUMBER, "Denominator", OBSERVED(denominator)},
    VALUE,
    {"lower95", DATA_NUMBER, "Lower 95 % limit of the value", JUDGED(lower95)},
    {"upper95", DATA_NUMBER, "Upper 95 % limit of the value", JUDGED(upper95)},
    {"lower99_8", DATA_NUMBER, "Lower 99.8 % limit of the value", JUDGED(lower99_8)},
    {"upper99_8", DATA_NUMBER, "Upper 99.8 % limit of the value", JUDGED(upper99_8)},
    {"status", DATA_TEXT, "Why the value is as it is, or missing", status, 0, DATA_STATUSES},
    {"comparator_value", DATA_NUMBER, "National value", OF_PERIOD(comparator)},
    {"rank", DATA_INTEGER, "Rank among all areas, 1 = lowest value", RANK(rank)},
    {"rank_lower", DATA_INTEGER, "Lower end of the rank's joint 95 % interval", RANK(rank_lower)},
    {"rank_upper", DATA_INTEGER, "Upper end of the rank's joint 95 % interval", RANK(rank_upper)},
    {"areas_ranked", DATA_INTEGER, "Areas ranked", areas_ranked, 0, NULL},
    {"percentile", DATA_NUMBER, "Mid-rank percentile", JUDGED(percentile)},
    {"peer_group", DATA_TEXT, "Grouping that gives the peers", peer_group, 0, NULL},
    {"peers_ranked", DATA_INTEGER, "Peers with a value, and the area", RANK(peers_ranked)},
    {"peer_rank", DATA_INTEGER, "Rank among the area and its peers", RANK(peer_rank)},
    {"peer_median", DATA_NUMBER, "Median of the peers", JUDGED(peer_median)},
    {"peer_lower_quartile", DATA_NUMBER, "Lower quartile of the peers",
     JUDGED(peer_lower_quartile)},
    {"peer_upper_quartile", DATA_NUMBER, "Upper quartile of the peers",
     JUDGED(peer_upper_quartile)},
    {"z", DATA_NUMBER, "Standardised difference from the target", JUDGED(z)},
    {"phi", DATA_NUMBER, "Overdispersion factor", OF_PERIOD(phi)},
    {"tau2", DATA_NUMBER, "Variance between areas", OF_PERIOD(tau2)},
    {"z_adjusted", DATA_NUMBER, "z after allowing for variation between areas", JUDGED(z_adjusted)},
    {"p_value", DATA_NUMBER, "Two-sided p value of z_adjusted", JUDGED(p_value)},
    {"q_value", DATA_NUMBER, "p adjusted for the number of areas", JUDGED(q_value)},
    {"funnel_lower95", DATA_NUMBER, "Funnel: lower 95 % limit", JUDGED(funnel[0])},
    {"funnel_upper95", DATA_NUMBER, "Funnel: upper 95 % limit", JUDGED(funnel[1])},
    {"funnel_lower99_8", DATA_NUMBER, "Funnel: lower 99.8 % limit", JUDGED(funnel[2])},
    {"funnel_upper99_8", DATA_NUMBER, "Funnel: upper 99.8 % limit", JUDGED(funnel[3])},
    {"adjusted_lower95", DATA_NUMBER, "Adjusted funnel: lower 95 % limit", JUDGED(adjusted[0])},
    {"adjusted_upper95", DATA_NUMBER, "Adjusted funnel: upper 95 % limit", JUDGED(adjusted[1])},
    {"adjusted_lower99_8", DATA_NUMBER, "Adjusted funnel: lower 99.8 % limit", JUDGED(adjusted[2])},
    {"adjusted_upper99_8", DATA_NUMBER, "Adjusted funnel: upper 99.8 % limit", JUDGED(adjusted[3])},
    {"outlier", DATA_TEXT, "none, alert (95 %), alarm (99.8 %) or not_estimable", outlier, 0,
     "none|alert|alarm|not_estimable"},
    {"direction", DATA_TEXT, "lower, similar or higher", direction, offsetof(Verdict, direction),
     "lower|similar|higher"},
    {"judgement", DATA_TEXT, "better, worse, similar, or lower and higher", judgement, 0,
     JUDGEMENTS},
    {"persistent_periods", DATA_INTEGER, "Consecutive periods flagged on this side",
     persistent_periods, 0, NULL},
    {"trend", DATA_TEXT, "increasing, decreasing, none or not_calculable", trend, 0,
     "increasing|decreasing|none|not_calculable"},
    {"trend_reason", DATA_TEXT, "Why no trend could be calculated", trend_reason, 0, NULL},
    {"opportunity", DATA_NUMBER, "Gap to the peers' median in units", JUDGED(opportunity)},
    {"opportunity_lower", DATA_NUMBER, "Lower end of its interval", JUDGED(opportunity_lower)},
    {"opportunity_upper", DATA_NUMBER, "Upper end of its interval", JUDGED(opportunity_upper)},
    {"opportunity_unit", DATA_TEXT, "events or pounds", opportunity_unit, 0, NULL},
    {"kind", DATA_TEXT, "Kind of uncertainty", kind, 0, KINDS},
    {"target", DATA_NUMBER, "Value that the funnel is centred on", OF_PERIOD(target)},
    {"peer_z", DATA_NUMBER, "Standardised difference from the peers", JUDGED(peer_z)},
    {"peer_q", DATA_NUMBER, "Its p adjusted for the number of areas", JUDGED(peer_q)},
    {"peer_direction", DATA_TEXT, "lower, similar or higher than peers", direction,
     offsetof(Verdict, peer_direction), "lower|similar|higher"},
    {"q_area", DATA_NUMBER, "p adjusted for the indicators of the area", JUDGED(q_area)},
    {"not_ranked", DATA_TEXT, "Why a value is shown but not ranked", not_ranked, 0, NULL},
};
const DataTable assessment_table = {"assessment.csv",    "The judgement on every observation",
                                    assessment_columns,  G_N_ELEMENTS(assessment_columns),
                                    data_rows_grid,      KEY_OF_CELL,
                                    data_references_cell};

static const DataColumn outlier_columns[] = {
    KEY_INDICATOR,
    KEY_AREA,
    KEY_PERIOD,
    INDICATOR_TITLE,
    AREA_NAME,
    VALUE,
    {"comparator_value", DATA_NUMBER, "National value", OF_PERIOD(comparator)},
    {"target", DATA_NUMBER, "Value that the funnel is centred on", OF_PERIOD(target)},
    {"outlier", DATA_TEXT, "alert (95 %) or alarm (99.8 %)", outlier, 0, "alert|alarm"},
    {"direction", DATA_TEXT, "lower or higher", direction, offsetof(Verdict, direction),
     "lower|higher"},
    {"judgement", DATA_TEXT, "better, worse, or lower and higher", judgement, 0, JUDGEMENTS},
    {"z_adjusted", DATA_NUMBER, "z after allowing for variation between areas", JUDGED(z_adjusted)},
    {"q_value", DATA_NUMBER, "p adjusted for the number of areas", JUDGED(q_value)},
    {"q_area", DATA_NUMBER, "p adjusted for the indicators of the area", JUDGED(q_area)},
    {"persistent_periods", DATA_INTEGER, "Consecutive periods flagged on this side",
     persistent_periods, 0, NULL},
    {"kind", DATA_TEXT, "Kind of uncertainty", kind, 0, KINDS},
    {"expected_by_chance", DATA_NUMBER,
     "How many areas of this indicator chance alone would put outside the 95 % limits",
     OF_PERIOD(expected_alerts)},
};
const DataTable outlier_table = {
    "outliers.csv",      "Flagged areas of the latest period of each indicator",
    outlier_columns,     G_N_ELEMENTS(outlier_columns),
    data_rows_outliers,  KEY_OF_CELL,
    data_references_cell};

static const DataColumn good_practice_columns[] = {
    KEY_INDICATOR,
    KEY_AREA,
    KEY_PERIOD,
    {"learn_from", DATA_TEXT, "Code of the area to learn from", learn_from, 0, NULL},
    {"learn_from_name", DATA_TEXT, "Area to learn from", learn_from_name, 0, NULL},
    {"value", DATA_NUMBER, "Value of the area", LEARNED(value)},
    {"peer_value", DATA_NUMBER, "Value of the area to learn from", LEARNED(peer_value)},
    {"difference", DATA_NUMBER, "Difference of the two", LEARNED(difference)},
    {"q", DATA_NUMBER, "p of the difference, adjusted for the number of peers", LEARNED(q)},
    {"spend_difference", DATA_NUMBER, "How much more the area to learn from spends",
     LEARNED(spend_difference)},
    {"practice", DATA_TEXT, "Published case of good practice", practice, 0, NULL},
};
const DataTable good_practice_table = {
    "good_practice.csv",     "Who to learn from, per indicator and area",
    good_practice_columns,   G_N_ELEMENTS(good_practice_columns),
    data_rows_good_practice, KEY_OF_CELL ",learn_from",
    practice_references};

static const DataColumn reject_columns[] = {
    {"file", DATA_TEXT, "File of the source", REJECTED(file)},
    {"line", DATA_INTEGER, "Line", reject_line, 0, NULL},
    {"rule", DATA_TEXT, "Rule that the row breaks", REJECTED(rule)},
    {"text", DATA_TEXT, "What was found", REJECTED(text)},
    {"source", DATA_TEXT, "Source", REJECTED(source)},
    {"expected", DATA_BOOLEAN, "Whether the study declares this rejection", reject_expected, 0,
     NULL},
};
const DataTable reject_table = {"rejects.csv",
                                "Input rows that could not be used",
                                reject_columns,
                                G_N_ELEMENTS(reject_columns),
                                data_rows_rejects,
                                NULL,
                                NULL};
