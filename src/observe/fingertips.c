#include "assess_rows.h"

/* A download of Fingertips (Office for Health Improvement and Disparities), CSV by indicator. */
const AssessFormat ASSESS_FINGERTIPS = {
    .name = "a Fingertips download",
    .columns =
        {
            [FIELD_INDICATOR_ID] = "Indicator ID",
            [FIELD_INDICATOR] = "Indicator Name",
            [FIELD_SEX] = "Sex",
            [FIELD_AGE] = "Age",
            [FIELD_CATEGORY] = "Category Type",
            [FIELD_AREA_CODE] = "Area Code",
            [FIELD_AREA_NAME] = "Area Name",
            [FIELD_AREA_TYPE] = "Area Type",
            [FIELD_REGION_CODE] = "Parent Code",
            [FIELD_REGION] = "Parent Name",
            [FIELD_PERIOD] = "Time period",
            [FIELD_SORTABLE] = "Time period Sortable",
            [FIELD_NUMERATOR] = "Count",
            [FIELD_DENOMINATOR] = "Denominator",
            [FIELD_VALUE] = "Value",
            [FIELD_LOWER95] = "Lower CI 95.0 limit",
            [FIELD_UPPER95] = "Upper CI 95.0 limit",
            [FIELD_LOWER99_8] = "Lower CI 99.8 limit",
            [FIELD_UPPER99_8] = "Upper CI 99.8 limit",
            [FIELD_NOTE] = "Value note",
        },
    .required =
        {
            [FIELD_INDICATOR_ID] = TRUE,
            [FIELD_AREA_CODE] = TRUE,
            [FIELD_PERIOD] = TRUE,
            [FIELD_VALUE] = TRUE,
        },
};
