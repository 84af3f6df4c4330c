#ifndef PEERLINE_TESTS_FIXTURE_H
#define PEERLINE_TESTS_FIXTURE_H

#include <math.h>

#include "peerline/report/context.h"

/** A small study made by hand, with its observations and a judgement that no judge made: the
 * numbers are chosen so that a test can name what it expects. Everything lies in the struct:
 * nothing to free. Two periods, four areas; indicators: 0 "falls"  a rate of counts, low is good;
 * area 3 suppressed in the latest period; 1 "Spend"  pounds per person (an upper-case id sorts
 * before "falls"); 2 "empty"  could not be read: no periods at all. Area names hold what CSV, XML
 * and JSON must escape. */

enum { FIX_AREAS = 4, FIX_PERIODS = 2, FIX_INDICATORS = 3, FIX_SOURCES = 2 };

typedef struct {
    Study study;
    ObservationSet set;
    Assessment assessment;
    ReportContext context;
    Source sources[FIX_SOURCES];
    Indicator indicators[FIX_INDICATORS];
    AreaClass classes[1];
    PeerGrouping groupings[1];
    Pair pairs[1];
    Practice practice[1];
    Area areas[FIX_AREAS];
    char *class_texts[FIX_AREAS][1];
    Series series[FIX_INDICATORS];
    Observation grids[FIX_INDICATORS][FIX_PERIODS * FIX_AREAS];
    Observation national[FIX_INDICATORS][FIX_PERIODS];
    char *sum_notes[FIX_PERIODS];
    SourceUsed used[FIX_SOURCES];
    Reject rejects[2];
    Reason reasons[1];
    IndicatorAssessment judged[FIX_INDICATORS];
    Verdict verdicts[FIX_INDICATORS][FIX_PERIODS * FIX_AREAS];
    PeriodSummary summaries[FIX_INDICATORS][FIX_PERIODS];
    PeerSet peers[FIX_AREAS];
    guint peer_areas[FIX_AREAS][FIX_AREAS];
    LearnFrom learn[1];
    guint order[FIX_INDICATORS];
    const char *left_out[2];
} Fixture;

static inline Observation fixture_observation(double numerator, double denominator, double per)
{
    Observation o = {
        .numerator = numerator, .denominator = denominator, .value = per * numerator / denominator};
    o.lower95 = o.upper95 = o.lower99_8 = o.upper99_8 = NAN;
    o.source = 0;
    o.rows = 1;
    o.denominator_source = 1;
    o.denominator_line = 7;
    o.denominator_rows = 2;
    return o;
}

static inline Observation fixture_missing(Status status)
{
    Observation o = fixture_observation(NAN, NAN, 1);
    o.status = status;
    o.source = o.denominator_source = -1;
    o.line = o.rows = o.denominator_line = o.denominator_rows = 0;
    return o;
}

static inline Verdict fixture_verdict(double value)
{
    Verdict v = {.ranked = !isnan(value)};
    v.lower95 = v.lower99_8 = v.upper95 = v.upper99_8 = NAN;
    v.percentile = v.peer_median = v.peer_lower_quartile = v.peer_upper_quartile = NAN;
    v.z = v.z_adjusted = v.p_value = v.q_value = v.peer_z = v.peer_q = v.q_area = NAN;
    v.opportunity = v.opportunity_lower = v.opportunity_upper = NAN;
    for (int i = 0; i < 4; i++)
        v.funnel[i] = v.adjusted[i] = NAN;
    v.trend = TREND_NOT_CALCULABLE;
    v.trend_reason = "fewer than five years";
    return v;
}

static inline void fixture_study(Fixture *f)
{
    f->sources[0] = (Source){.id = "hospital",
                             .title = "Admissions",
                             .licence = "Invented",
                             .publisher = "Nobody",
                             .file = "admissions.csv"};
    f->sources[1] = (Source){.id = "people",
                             .title = "Population",
                             .licence = "Invented",
                             .publisher = "Nobody",
                             .file = "people.csv"};
    f->indicators[0] = (Indicator){.id = "falls",
                                   .title = "Admissions after falls, aged 65+",
                                   .short_title = "Falls",
                                   .per = 100000,
                                   .decimals = 0,
                                   .measure = MEASURE_RATE,
                                   .kind = KIND_COUNTS,
                                   .unit = "per 100,000 people aged 65 and over",
                                   .polarity = POLARITY_LOW,
                                   .role = ROLE_OUTCOME,
                                   .domain = "Hospital use",
                                   .why = "Falls harm people."};
    f->indicators[1] = (Indicator){.id = "Spend",
                                   .title = "Spending per person",
                                   .per = 1,
                                   .short_title = "Spending",
                                   .decimals = 2,
                                   .prefix = "£",
                                   .measure = MEASURE_RATIO,
                                   .kind = KIND_NONE,
                                   .unit = "£ per person",
                                   .polarity = POLARITY_NEITHER,
                                   .role = ROLE_SPEND,
                                   .domain = "Spending"};
    f->indicators[2] = f->indicators[0];
    f->indicators[2].id = "empty";
    f->indicators[2].title = "Nothing";
    f->indicators[2].short_title = "Nothing";
    f->classes[0] = (AreaClass){.id = "region", .title = "region", .column = "region"};
    f->groupings[0] = (PeerGrouping){
        .id = "region", .title = "Region", .method = PEERS_CLASS, .source = -1, .fallback = -1};
    f->pairs[0] = (Pair){.spend = 1, .outcome = 0};
    f->practice[0] = (Practice){.id = "balance",
                                .title = "Balance classes, twice a week",
                                .area = "A4",
                                .what = "Classes",
                                .result = "Fewer falls",
                                .link = "https://example.org/balance"};
    f->study = (Study){.id = "tiny",
                       .title = "A tiny study",
                       .publisher = "Nobody & Sons",
                       .status = "invented",
                       .contact = "nobody@example.org",
                       .next_release = "November 2018",
                       .licence = "CC0",
                       .language = "en-GB",
                       .summary = "It serves to test.",
                       .notice = "All data are invented.",
                       .edition = "2017-10-25"};
    f->study.sources = f->sources;
    f->study.n_sources = FIX_SOURCES;
    f->study.indicators = f->indicators;
    f->study.n_indicators = FIX_INDICATORS;
    f->study.areas = (AreaRegister){.singular = "area",
                                    .plural = "areas",
                                    .nation = "Nowhere",
                                    .classes = f->classes,
                                    .n_classes = 1};
    f->study.peers = f->groupings;
    f->study.n_peers = 1;
    f->study.pairs = f->pairs;
    f->study.n_pairs = 1;
    f->study.practice = f->practice;
    f->study.n_practice = 1;
}

static inline void fixture_series(Fixture *f, guint indicator, UncertaintyKind kind)
{
    static char *labels[FIX_PERIODS] = {"2015-16", "2016-17"};
    Series *s = &f->series[indicator];
    s->n_periods = FIX_PERIODS;
    s->period_labels = labels;
    s->grid = f->grids[indicator];
    s->national = f->national[indicator];
    s->sum_note = f->sum_notes;
    s->kind = kind;
    for (guint p = 0; p < FIX_PERIODS; p++)
        s->national[p] = fixture_missing(STATUS_NOT_REPORTED);
}

static inline void fixture_set(Fixture *f)
{
    static const char *const codes[FIX_AREAS] = {"A1", "A2", "A3", "A4"};
    static const char *const names[FIX_AREAS] = {"Plain", "Comma, \"Quoted\" & <Marked>",
                                                 "Ynys Môn", "Deep Haven"};
    for (guint a = 0; a < FIX_AREAS; a++) {
        f->class_texts[a][0] = "North";
        f->areas[a] = (Area){.code = (char *)codes[a],
                             .name = (char *)names[a],
                             .short_name = (char *)names[a],
                             .classes = f->class_texts[a]};
    }
    fixture_series(f, 0, KIND_COUNTS);
    fixture_series(f, 1, KIND_NONE);
    f->series[2].problem = "the column is not there";
    for (guint c = 0; c < FIX_PERIODS * FIX_AREAS; c++) {
        f->grids[0][c] = fixture_observation(100 + 10 * c, 30000 + 1000 * c, 100000);
        f->grids[1][c] = fixture_observation(5e6 + 1e5 * c, 40000, 1);
        f->grids[0][c].line = f->grids[1][c].line = 10 + c;
    }
    f->grids[0][FIX_AREAS + 3] = fixture_missing(STATUS_SUPPRESSED);
    f->used[0] = (SourceUsed){.id = "hospital",
                              .file = "admissions.csv",
                              .path = "/somewhere/admissions.csv",
                              .bytes = 1234,
                              .url = "https://example.org/admissions.csv",
                              .origin = "cache",
                              .sha256 = "00ff",
                              .retrieved = "2017-10-20",
                              .rows_read = 9,
                              .rows_rejected = 2};
    f->used[1] = (SourceUsed){.id = "people",
                              .file = "people.csv",
                              .path = "/elsewhere/people.csv",
                              .sha256 = "ff00",
                              .bytes = 99,
                              .rows_read = 4};
    f->rejects[0] = (Reject){.source = "hospital",
                             .file = "admissions.csv",
                             .line = 3,
                             .rule = "not-a-number",
                             .text = "12,\"x\""};
    f->rejects[1] = (Reject){.source = "hospital",
                             .file = "admissions.csv",
                             .line = 12,
                             .rule = "unknown-area",
                             .text = "A9",
                             .expected = TRUE};
    f->reasons[0] = (Reason){0, 1, 3, "fewer than eight admissions"};
    f->set = (ObservationSet){.n_areas = FIX_AREAS,
                              .areas = f->areas,
                              .n_indicators = FIX_INDICATORS,
                              .series = f->series,
                              .n_sources = FIX_SOURCES,
                              .sources = f->used,
                              .n_rejects = 2,
                              .rejects = f->rejects,
                              .n_reasons = 1,
                              .reasons = f->reasons};
}

static inline void fixture_judge(Fixture *f, guint indicator, UncertaintyKind kind)
{
    IndicatorAssessment *ia = &f->judged[indicator];
    ia->grid = f->verdicts[indicator];
    ia->periods = f->summaries[indicator];
    ia->kind = kind;
    ia->opportunity_unit = kind == KIND_COUNTS ? "events" : NULL;
    ia->latest = FIX_PERIODS - 1;
    for (guint c = 0; c < FIX_PERIODS * FIX_AREAS; c++)
        ia->grid[c] = fixture_verdict(f->grids[indicator][c].value);
    for (guint p = 0; p < FIX_PERIODS; p++) {
        PeriodSummary *s = &ia->periods[p];
        *s = (PeriodSummary){.comparator = 350.5,
                             .target = 348.25,
                             .tau2 = 0.01,
                             .phi = 1.5,
                             .comparator_source = "sum of areas",
                             .areas_ranked = FIX_AREAS,
                             .areas_with_value = FIX_AREAS,
                             .expected_alerts = 0.2,
                             .median = 351,
                             .lower_quartile = 340,
                             .upper_quartile = 360,
                             .p10 = 335,
                             .p90 = 365,
                             .min = 333,
                             .max = 370};
        s->comparator_numerator = s->comparator_denominator = NAN;
    }
}

static inline void fixture_assessment(Fixture *f)
{
    fixture_judge(f, 0, KIND_COUNTS);
    fixture_judge(f, 1, KIND_NONE);
    f->judged[2].latest = -1;
    Verdict *flagged = &f->verdicts[0][FIX_AREAS + 1];
    flagged->outlier = OUTLIER_ALARM;
    flagged->direction = DIRECTION_HIGHER;
    flagged->judgement = JUDGEMENT_WORSE;
    flagged->z_adjusted = 3.5;
    flagged->q_value = 0.001;
    flagged->q_area = 0.0005;
    flagged->persistent_periods = 2;
    flagged->rank = 3;
    flagged->rank_lower = 2;
    flagged->rank_upper = 3;
    flagged->percentile = 250 / 3.0;
    flagged->peers_ranked = 3;
    flagged->peer_rank = 3;
    flagged->peer_median = 340.125;
    flagged->opportunity = 12.5;
    flagged->opportunity_lower = 0;
    flagged->opportunity_upper = 30;
    f->verdicts[0][FIX_AREAS + 3].outlier = OUTLIER_NOT_ESTIMABLE;
    f->summaries[0][1].alarms = 1;
    f->summaries[0][1].areas_ranked = f->summaries[0][1].areas_with_value = 3;
    f->summaries[0][1].areas_missing = 1;
    for (guint a = 0; a < FIX_AREAS; a++) {
        guint n = 0;
        for (guint other = 0; other < FIX_AREAS; other++)
            if (other != a)
                f->peer_areas[a][n++] = other;
        f->peers[a] = (PeerSet){.n = n, .areas = f->peer_areas[a], .label = "North"};
    }
    f->learn[0] = (LearnFrom){.indicator = 0,
                              .area = 1,
                              .period = 1,
                              .peer = 3,
                              .value = 428,
                              .peer_value = 300.5,
                              .difference = -127.5,
                              .q = 0.01,
                              .spend_difference = NAN,
                              .practice = 0};
    f->order[0] = 1;
    f->order[1] = 2;
    f->order[2] = 0;
    f->assessment = (Assessment){.n_areas = FIX_AREAS,
                                 .n_indicators = FIX_INDICATORS,
                                 .indicators = f->judged,
                                 .n_groupings = 1,
                                 .peers = f->peers,
                                 .n_learn = 1,
                                 .learn = f->learn,
                                 .indicator_order = f->order};
}

static inline void fixture_init(Fixture *f)
{
    *f = (Fixture){0};
    fixture_study(f);
    fixture_set(f);
    fixture_assessment(f);
    f->left_out[0] = "empty: the column is not there";
    f->context = (ReportContext){.study = &f->study,
                                 .set = &f->set,
                                 .assessment = &f->assessment,
                                 .title = "A tiny study",
                                 .edition_date = "2017-10-25",
                                 .left_out = f->left_out};
}

#endif
