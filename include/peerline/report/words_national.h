/* Sentences of the national report. Included with WORD(id, text) defined; see words.h. */
/* clang-format off: sentences are wrapped as text. */

/* ---- cover ---- */
WORD(COVER_PUBLISHER, "{text}")
WORD(COVER_DATE, "Published {text}")
WORD(COVER_STATUS, "Status: {text}")
WORD(COVER_SCOPE, "{n} {n:area} and {indicators} {indicators:indicator|indicators}, {nation}")
WORD(COVER_NEXT, "Next edition: {text}")
WORD(COVER_CONTACT, "Contact: {text}")
WORD(COVER_LICENCE, "Licence: {text}")
WORD(CONTENTS_HEADING, "Contents")

/* ---- summary ---- */
WORD(SUMMARY_HEADING, "What the figures show")
WORD(VARIES_MOST,
     "**Where {areas} differ most.** Leaving out the tenth of {areas} at either end, the largest "
     "differences are in:")
WORD(VARIES_LEAST, "They differ least in:")
WORD(VARIES_ITEM, "{indicator} ({period}): from {low} to {high}, {fold} times as high")
WORD(VARIES_NOTHING,
     "No indicator has figures from which the variation between {areas} could be measured.")
WORD(FOLD_CAPTION, "How many times as high the 90th centile is as the 10th, latest period")
WORD(FOLD_UNIT, "times as high")
WORD(FOLD_WHAT, "indicators")
WORD(FLAGGED_TOTAL,
     "**Beyond chance.** Of {judged} figures judged in the latest periods, {flagged} "
     "{flagged:lies|lie} outside the limits or {flagged:is|are} unusual among {areas}; chance "
     "alone would give about {expected}. All of them, high and low, are [listed by "
     "indicator](#outliers) and [by {area}](#index).")
WORD(STARTING_POINT,
     "A figure outside the limits is a starting point for questions, not a judgement. The figures "
     "are not adjusted for need, age or poverty unless an indicator’s name says so, and there is "
     "no overall score: a place can be high on one indicator and low on the next.")
WORD(SUMMARY_TABLE_HEADING, "Variation in every indicator")
WORD(SUMMARY_TABLE_LEAD,
     "The latest period of each indicator. One {area} in ten lies below the 10th centile and one "
     "in ten above the 90th.")
WORD(SUMMARY_TABLE_NOTE,
     "“Times” compares two figures: 2.0 means twice as high. It is left out where the lower one "
     "is zero or negative. Outside limits: {areas} outside the 95% limits, or unusual where no "
     "margin of error is known; in brackets, how many chance alone would give. A dash: not "
     "available or not judged.")
WORD(FLAGGED_AND_EXPECTED, "{n} ({expected})")

/* ---- how to read ---- */
WORD(READ_HEADING, "How to read this report")
WORD(READ_LEAD,
     "Every figure has some chance in it. This report says what is more than chance, and for "
     "which figures that cannot be told.")
WORD(READ_INTERVAL,
     "**Margin of error.** The thin line across a column is the 95% interval: the range in which "
     "the true level very likely lies, nineteen times out of twenty.")
WORD(READ_RANKED,
     "**Columns in order** show every {area} from the highest to the lowest figure, with the "
     "median and {nation} as lines across.")
WORD(READ_FUNNEL,
     "**Funnel plots** show the figure against the size of the {area}. Small {areas} scatter more "
     "by chance, so the limits are wider there. The solid limits also allow for the ordinary "
     "differences between {areas}; the dashed ones for chance alone. Outside the 95% limits is "
     "marked with a diamond, outside the 99.8% limits with a square.")
WORD(READ_DOTS,
     "**Dots by group** show the same figures by group of {areas}, with the median of each group, "
     "where a funnel would mislead: amounts of money, survey estimates and events that come in "
     "runs.")
WORD(READ_PEERS,
     "**Peers** are the {areas} most like a given one. The reports on single {areas} compare with "
     "them first.")
WORD(READ_RANKS,
     "**Places** are given only with the range in which they very likely lie, often a wide one. "
     "Where no margin of error is known, the quarter is named instead.")
WORD(READ_NEUTRAL,
     "**No direction is preferred** for many indicators, spending among them: higher and lower "
     "are then neither good nor bad.")
WORD(READ_CHANCE,
     "**Chance alone** puts about one in twenty {areas} outside the 95% limits. The number to "
     "expect stands beside every list.")
WORD(READ_MISSING,
     "**Missing figures** are never guessed. Every one is listed with its reason, and such "
     "{areas} are left out of medians and places.")
WORD(EXAMPLE_HEADING, "A worked example")
WORD(EXAMPLE_TITLE, "**{indicator}, {area}, {period}**")
WORD(EXAMPLE_VALUE, "The figure of {area} is {value}.")
WORD(EXAMPLE_RANGE, "Its margin of error runs from {range}.")
WORD(EXAMPLE_TARGET,
     "The {areas} together have {target}, on which the limits are centred; the {area} in the "
     "middle, the median, has {median}.")
WORD(EXAMPLE_LIMITS, "For this size, the 95% limits run from {limits}. The figure is {words}.")
WORD(EXAMPLE_PEERS,
     "The middle half of its peers have figures from {peers}, with a median of {median}.")
WORD(EXAMPLE_POSITION, "Its place among all {areas}, lowest first: {position}.")

/* ---- an indicator ---- */
WORD(SPREAD_LEAD,
     "In {period} the {area} in the middle had {median}. One in ten had less than {low} and one "
     "in ten more than {high}, which is {fold} times as high.")
WORD(SPREAD_LEAD_PLAIN,
     "In {period} the {area} in the middle had {median}. One in ten had less than {low} and one "
     "in ten more than {high}.")
WORD(SPREAD_NATIONAL,
     "{nation}: {national}. All {areas} lie between {min} and {max}{fold}. {polarity} {kind}")
WORD(SPREAD_NO_NATIONAL,
     "There is no figure for {nation}. All {areas} lie between {min} and {max}{fold}. {polarity} "
     "{kind}")
WORD(SPREAD_EXTREMES_FOLD, " ({fold} times as high)")
WORD(WHAT_RATIO, "**Measured:** {numerator}. **Divided by:** {denominator}. **Unit:** {unit}.")
WORD(WHAT_VALUE, "**Measured:** {numerator}. **Unit:** {unit}.")
WORD(WHAT_PERIOD, "**Period:** {period}.")
WORD(WHAT_PERIOD_SOURCE, "**Period:** {period}. **Source:** {source}.")
WORD(POLARITY_HIGH, "Higher is preferred.")
WORD(POLARITY_LOW, "Lower is preferred.")
WORD(POLARITY_NEITHER, "Neither higher nor lower is preferred.")
WORD(KIND_COUNTS, "Margins of error are computed from the counts.")
WORD(KIND_PUBLISHED, "Margins of error are the publisher’s.")
WORD(KIND_STANDARDISED, "Margins of error are computed from the events at each age.")
WORD(KIND_CLUSTERED,
     "The events come in runs (one person can account for many), so no margin of error is known.")
WORD(KIND_NONE, "No margin of error is known.")
WORD(RANKED_CAPTION, "All {areas} in order, {period}")
WORD(RANKED_CAPTION_PLAIN, "All {areas} in order, {period}")
WORD(FUNNEL_CAPTION, "Figure against size, with limits")
WORD(DOTS_CAPTION, "All {areas} by {class}")
WORD(DOTS_CAPTION_ALL, "All {areas}")
WORD(SPREAD_CAPTION, "How the spread has changed")
WORD(COLUMN_PERIOD, "Period")
WORD(COLUMN_MIDDLE_HALF, "Middle half")
WORD(COLUMN_LOWEST_HIGHEST, "Lowest to highest")
WORD(FLAGGED_HEADING, "{Areas} that stand out")
WORD(FLAGGED_LEAD,
     "{n} of {judged} {judged:area} {n:lies|lie} outside the 95% limits; chance alone would give "
     "about {expected}.")
WORD(UNUSUAL_LEAD,
     "{n} of {judged} {judged:area} {n:is|are} unusual among {areas}; chance alone would give "
     "about {expected}.")
WORD(OUTSIDE_HIGH, "**Above the limits ({n}):** {names}.")
WORD(OUTSIDE_LOW, "**Below the limits ({n}):** {names}.")
WORD(UNUSUAL_HIGH, "**Unusually high ({n}):** {names}.")
WORD(UNUSUAL_LOW, "**Unusually low ({n}):** {names}.")
WORD(OUTSIDE_HIGH_NONE, "On the high side: none.")
WORD(OUTSIDE_LOW_NONE, "On the low side: none.")
WORD(NOT_JUDGED, "No {area} is judged here: {why}.")
WORD(WHO_IS_MISSING, "Who is missing")
WORD(NOBODY_MISSING, "**Who is missing.** Nobody: all {n} {areas} have a figure and are compared.")
WORD(MISSING_GROUP, "{why} ({n}): {names}.")
WORD(INDICATOR_WITHOUT_DATA, "There is nothing to show for this indicator: {why}.")
WORD(PLAIN_HEADING, "Not compared")
WORD(PLAIN_LEAD,
     "Plain amounts, which depend on the size of the {area}, and indicators without figures are "
     "described here and never ranked.")
WORD(TOTAL_NOT_COMPARED,
     "A plain amount, given for information: {nation} {national} in {period}. It depends on the "
     "size of the {area} and is therefore never ranked or compared; every figure is in the data "
     "files.")
WORD(WHY_HEADING, "Why it matters")
WORD(VARIATION_HEADING, "What may lie behind the variation")
WORD(CAVEATS_HEADING, "Cautions")
WORD(OPTIONS_HEADING, "Options for action")
WORD(RESOURCES_HEADING, "Where to read more")

/* ---- all areas outside the limits ---- */
WORD(OUTLIERS_HEADING, "All {areas} outside the limits")
WORD(OUTLIERS_LEAD,
     "Every {area} flagged in the latest period of each indicator, high and low, the farthest "
     "first. A starting point for questions, not a judgement.")
WORD(OUTLIERS_NOTE,
     "Centre of the limits: the figure of all {areas} together, or their median where no margin "
     "of error is known. The q value allows for the number of {areas} judged: of flags with a q "
     "value of up to 0.05, about one in twenty would be a false alarm. Periods in a row: for how "
     "many periods, this one included, the {area} has been flagged on the same side.")
WORD(OUTLIERS_OF,
     "{period}: {n} of {judged} {judged:area} flagged; chance alone would give about {expected}.")
WORD(OUTLIERS_CUT, "{n} more {n:is|are} in the data file outliers.csv.")
WORD(OUTLIERS_EMPTY, "No indicator of this study has figures that can be judged.")

/* ---- learning ---- */
WORD(NATIONAL_LEARN_HEADING, "{Areas} to learn from")
WORD(NATIONAL_LEARN_LEAD,
     "For each indicator with a preferred direction: the {areas} whose figures are in that "
     "direction by more than chance would explain and, where spend is compared, with no more "
     "spend, counted by how many of the {areas} compared with them that holds for. They are worth "
     "talking to.")
WORD(NATIONAL_LEARN_EMPTY,
     "No {area} can be named: no indicator has a preferred direction, margins of error and a "
     "difference between peers that chance would not explain.")
WORD(REGISTER_HEADING, "Practice register")
WORD(REGISTER_LEAD,
     "Published cases, as described by those who did the work. Being listed is no proof that what "
     "was done caused the result.")

/* ---- data quality ---- */
WORD(QUALITY_HEADING, "Quality of the data")
WORD(QUALITY_MISSING_HEADING, "Missing figures")
WORD(QUALITY_MISSING_LEAD,
     "The latest period of each indicator. {Areas} by name are on the indicator’s own pages, and "
     "all periods in the data file observations.csv.")
WORD(NONE_MISSING, "none")
WORD(QUALITY_REMARKS_HEADING, "Figures that need a remark")
WORD(QUALITY_REMARKS_NONE, "There are none.")
WORD(QUALITY_REJECTS_HEADING, "Rows that could not be used")
WORD(QUALITY_REJECTS_NONE, "Every row of every source could be used or was left out by design.")
WORD(QUALITY_REJECTS_LEAD,
     "{n} {n:row was|rows were} left out because no rule could use {n:it|them}. Each is in the "
     "data file rejects.csv with its line.")
WORD(REJECTS_EXPECTED, "yes, all")
WORD(REJECTS_UNEXPECTED, "no")
WORD(REJECTS_PARTLY, "{n} of them")
WORD(QUALITY_PEERS_HEADING, "Peers")
WORD(QUALITY_PEERS_LEAD, "These {areas} are compared with a wider group than intended:")
WORD(QUALITY_PEERS_ITEM, "{name}: compared with its group, {label} ({why})")
WORD(QUALITY_PEERS_ALL, "Every {area} is compared with the peers intended for it.")
WORD(QUALITY_PEERS_NO_GROUPS,
     "This study names no peer groups: every {area} is compared with all others.")
WORD(QUALITY_LEFT_OUT_HEADING, "Left out or not up to date")

/* ---- sources ---- */
WORD(SOURCES_HEADING, "Sources")
WORD(SOURCES_LEAD,
     "Every figure comes from these files as they were published. The SHA-256 identifies the very "
     "bytes that were read; its first twelve digits are given here and all of it in "
     "provenance.json.")
WORD(SOURCES_NONE, "This study names no sources.")
WORD(SOURCE_PUBLISHER, "{publisher}")
WORD(SOURCE_PUBLISHER_LICENCE, "{publisher}. Licence: {licence}.")
WORD(SOURCE_PAGE, "[Publisher’s page]({link})")
WORD(SOURCE_FILE, "File {file}, SHA-256 {hash}, {rows} {rows:row|rows} read, {rejected} rejected.")
WORD(SOURCE_FILE_RETRIEVED,
     "File {file}, SHA-256 {hash}, retrieved {date}, {rows} {rows:row|rows} read, {rejected} "
     "rejected.")
WORD(SOURCE_NOT_READ, "Not read: {why}.")

/* ---- index ---- */
WORD(INDEX_HEADING, "Index of {areas}")
WORD(INDEX_LEAD,
     "In alphabetical order. Each has a report of its own, named by its code, in the folder "
     "“areas”.")
WORD(INDEX_HIGHER, "{indicator} (high)")
WORD(INDEX_LOWER, "{indicator} (low)")
WORD(INDEX_NONE, "none")
