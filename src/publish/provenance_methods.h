#ifndef PEERLINE_PUBLISH_PROVENANCE_METHODS_H
#define PEERLINE_PUBLISH_PROVENANCE_METHODS_H

#include "peerline/stats/trend.h"

/** The settings behind every verdict, as written to provenance.json. They change only together with
 *  PEERLINE_METHODS_VERSION; docs/METHODS.md says what each is for. A setting is a text or a
 * number. */
typedef struct {
    const char *name;
    const char *text; /**< NULL: `number` */
    double number;
} MethodSetting;

static const MethodSetting method_settings_table[] = {
    {"alert_outside_percent", NULL, 95},
    {"alarm_outside_percent", NULL, 99.8},
    {"between_area_variance", "robust Paule-Mandel, winsorised at the 10th and 90th centiles", 0},
    {"multiple_comparisons", "Benjamini-Hochberg", 0},
    {"fewest_areas_judged", NULL, 10},
    {"fewest_peers_with_standard_errors", NULL, 5},
    {"fewest_peers_without_standard_errors", NULL, 8},
    {"learn_from_q_below", NULL, 0.05},
    {"rank_intervals", "joint, Sidak", 0},
    {"quantiles", "type 7", 0},
    {"trend_years", NULL, 5},
    {"trend_chi_square_above", NULL, 9.54953570608324},
    {"extremes_left_out_percent_each_end", NULL, 5},
};

#endif
