#include "assess_rows.h"

/* One row per indicator, area and period, as an analyst writes it. */
const AssessFormat ASSESS_TIDY = {
    .name = "a tidy file",
    .columns =
        {
            [FIELD_INDICATOR_ID] = "indicator_id",
            [FIELD_INDICATOR] = "indicator",
            [FIELD_AREA_CODE] = "area_code",
            [FIELD_AREA_NAME] = "area_name",
            [FIELD_REGION] = "region",
            [FIELD_PERIOD] = "period",
            [FIELD_NUMERATOR] = "numerator",
            [FIELD_DENOMINATOR] = "denominator",
            [FIELD_VALUE] = "value",
            [FIELD_LOWER95] = "lower95",
            [FIELD_UPPER95] = "upper95",
            [FIELD_LOWER99_8] = "lower99_8",
            [FIELD_UPPER99_8] = "upper99_8",
            [FIELD_MEASURE] = "measure",
            [FIELD_PER] = "per",
            [FIELD_POLARITY] = "polarity",
        },
    .required =
        {
            [FIELD_INDICATOR_ID] = TRUE,
            [FIELD_AREA_CODE] = TRUE,
            [FIELD_PERIOD] = TRUE,
            [FIELD_NUMERATOR] = TRUE,
            [FIELD_DENOMINATOR] = TRUE,
        },
};
