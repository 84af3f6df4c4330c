/* Sentences of the area report. Included with WORD(id, text) defined; see words.h. */
/* clang-format off: sentences are wrapped as text. */

/* ---- front page ---- */
WORD(AREA_SUBTITLE, "{title}. Figures for {periods}.")
WORD(AREA_PUBLISHED, "Published {date}. Area code {code}.")
WORD(AREA_PUBLISHED_BY, "Published {date} by {publisher}. Area code {code}.")
WORD(AREA_CLOSED,
     "This {area} no longer exists: its figures are shown, but it is not compared with others.")
WORD(PEERS_CHOSEN, "**Who the peers are.** {how}")
WORD(PEERS_BY_DISTANCE,
     "The comparison is with the {n} {n:area} most like this one in {variables}, nearest first.")
WORD(PEERS_BY_CLASS, "The comparison is with the {n} other {n:area} of the same {class}: {label}.")
WORD(PEERS_BY_LIST, "The comparison is with {n} {n:area} from a given list: {title}.")
WORD(PEERS_FELL_BACK,
     "The {areas} most like this one could not be found ({why}). The comparison is therefore with "
     "the {n} other {n:area} of its group: {label}.")
WORD(PEERS_NAMED, "{names}.")
WORD(PEERS_NOTE, "**How the peers were chosen.**")
WORD(PEERS_ARE_ALL,
     "**Who the peers are.** This study names no peer groups, so the comparison is with all {n} "
     "other {n:area}.")
WORD(PEERS_NONE,
     "**Who the peers are.** No peers could be found for this {area}, so it is compared with "
     "{nation} and all {areas} only. {why}")
WORD(STANDOUT_HEADING, "What stands out")
WORD(FINDING, "**{indicator}.** {words} ({detail})")
WORD(FINDING_RANGE, "; margin of error {range}")
WORD(FINDING_NATION, "; {nation} {value}")
WORD(STRENGTHS_HEADING, "Strengths to build on")
WORD(STRENGTHS_EMPTY,
     "Nothing stands out here: no indicator with a preferred direction differs from the peers in "
     "that direction.")
WORD(ASK_HEADING, "Worth asking about")
WORD(ASK_EMPTY,
     "Nothing stands out here: no indicator with a preferred direction differs from the peers in "
     "the other direction.")
WORD(NEUTRAL_HEADING, "Higher or lower than peers, neither good nor bad in itself")
WORD(NEUTRAL_EMPTY,
     "Nothing stands out here: indicators without a preferred direction are in line with the "
     "peers.")
WORD(CHANCE_AMONG_PEERS,
     "{n} {n:indicator was|indicators were} tested against the peers and {flagged} "
     "{flagged:differs|differ}; by chance alone about {expected} would. This is a starting point "
     "for questions, not a judgement.")
WORD(CHANCE_NONE_DIFFERS,
     "{n} {n:indicator was|indicators were} tested against the peers and none differs by more "
     "than chance would explain; by chance alone about {expected} would. Figures listed below are "
     "merely farther from the peers than others.")
WORD(CHANCE_NO_TEST,
     "No indicator could be tested against the peers: too few of them have figures. This is a "
     "starting point for questions, not a judgement.")
WORD(FRONT_NOT_COMPARED,
     "Not compared here: {n} {n:indicator|indicators} of {all}, without a figure for this {area} "
     "or with numbers too small to rank. The reasons are in the [notes](#notes).")
WORD(CHANGE_HEADING, "Largest change")
WORD(CHANGE_NONE,
     "No change can be shown: no indicator has figures for this {area} that can be compared in "
     "its latest period and in the one before.")
WORD(CHANGE_ROSE,
     "**{indicator}**{unit} rose from {before} in {from} to {after} in {to}. {confidence}")
WORD(CHANGE_FELL,
     "**{indicator}**{unit} fell from {before} in {from} to {after} in {to}. {confidence}")
WORD(CHANGE_UNIT, " ({unit})")
WORD(CHANGE_TESTED,
     "The change is larger than the margins of error of the two figures. As the largest of "
     "several it may still owe something to chance.")
WORD(CHANGE_UNTESTED, "The change is within the margins of error: it could be chance.")
WORD(CHANGE_UNKNOWN, "The margin of error of this figure is not known.")

/* ---- a closer look ---- */
WORD(CLOSER_HEADING, "A closer look at what stands out")
WORD(CLOSER_LEAD,
     "This {area} and its peers in order. Where margins of error overlap widely, the order could "
     "well be chance.")
WORD(CLOSER_CAPTION, "{indicator}, {period}. {words}")

/* ---- all indicators ---- */
WORD(SPINE_HEADING, "All indicators against peers")
WORD(SPINE_EMPTY, "No indicator of this study has figures that can be compared.")
WORD(SPINE_CAPTION, "Every indicator in its latest period")
WORD(SPINE_NOTE,
     "Each row shows all {areas} as a line, the middle half of the peers as a band and this "
     "{area} as a mark; the upright line is {nation}. Where one direction is preferred, it is to "
     "the right. The shape of the mark says how it compares with peers: a circle cannot be told "
     "apart from them, a triangle or a diamond stands apart from them, and a hollow square could "
     "not be compared.")
WORD(POSITION_CAPTION, "Figures, peers and places")
WORD(POSITION_NOTE,
     "A place is given only with the range in which it very likely lies; where no margin of error "
     "is known, the quarter is named instead. The margin of error is a 95% interval.")
WORD(TOTALS_LEAD, "Plain amounts, given for information and never compared between {areas}:")
WORD(TOTAL_ITEM, "{indicator}, {period}: {value}")
WORD(NATIONAL_LIMITS_HEADING, "Against all {areas}")
WORD(NATIONAL_LIMITS_LEAD,
     "{flagged} of {n} {n:indicator|indicators} {flagged:lies|lie} outside the limits drawn "
     "around all {areas}, or {flagged:is|are} unusual among them. By chance alone about "
     "{expected} would.")
WORD(NATIONAL_LIMITS_NONE,
     "None of the {n} indicators that could be judged lie outside the limits drawn around all "
     "{areas} or are unusual among them. By chance alone about {expected} would.")
WORD(NATIONAL_LIMITS_NOT_THE_ONE,
     "The one indicator that could be judged lies within the limits drawn around all {areas}, or "
     "is not unusual among them.")
WORD(NATIONAL_LIMITS_NO_FIGURE, "No figure of this {area} could be judged against all {areas}.")
WORD(NATIONAL_LIMITS_NOTE,
     "The q value allows for the number of indicators looked at in this {area}: of flags with a q "
     "value of up to 0.05, about one in twenty would be a false alarm. Periods in a row: for how "
     "many periods, this one included, the figure has been flagged on the same side.")

/* ---- trends ---- */
WORD(TRENDS_HEADING, "Change over time")
WORD(TRENDS_EMPTY,
     "There is no chart of change over time: no indicator has figures for this {area} in more "
     "than one period.")
WORD(TREND_UP, "**Rising over the last five years, more than chance would explain:** {names}.")
WORD(TREND_DOWN, "**Falling over the last five years, more than chance would explain:** {names}.")
WORD(TREND_NO_VERDICT,
     "No indicator shows a steady rise or fall over five years that chance would not explain, or "
     "there are fewer than five years to judge by.")
WORD(TRENDS_NOTE,
     "A gap is a period without a figure. Scales differ between the charts and need not begin at "
     "zero.")

/* ---- who to learn from ---- */
WORD(LEARN_HEADING, "Who to learn from")
WORD(LEARN_LEAD,
     "These peers have figures in the preferred direction by more than chance would explain and, "
     "where spend is compared, spend no more. They are worth talking to; their circumstances may "
     "still differ.")
WORD(LEARN_NOTE,
     "Spending is compared where a spend indicator is paired with the outcome; the difference is "
     "in the unit of that indicator.")
WORD(LEARN_PEER, "{name}: {value}")
WORD(LEARN_SPENDS_LESS, ", spends {amount} less")
WORD(LEARN_SPENDS_THE_SAME, ", spends no more")
WORD(LEARN_HAS_PRACTICE, ", practice case below")
WORD(LEARN_MORE,
     "{n} further {n:comparison is|comparisons are} in the data file good_practice.csv.")
WORD(LEARN_EMPTY,
     "No peer can be named: on no indicator is a peer’s figure in the preferred direction by more "
     "than chance would explain at no more spend, or the figures have no known margin of error.")
WORD(PRACTICE_OF_PEERS, "Published cases of good practice here and among the peers")
WORD(PRACTICE_NO_PEER,
     "The practice register has no case from this {area} or its peers; all cases are in the "
     "national report.")
WORD(OPPORTUNITY_HEADING, "What the peers’ median would mean")
WORD(OPPORTUNITY_LEAD,
     "If this {area} had the median figure of its peers, other things being equal, the difference "
     "over the period would be:")
WORD(OPPORTUNITY, "about {amount} {fewer}")
WORD(OPPORTUNITY_RANGE, "about {amount} {fewer} (between {lower} and {upper})")
WORD(OPPORTUNITY_COUNTED, "{amount}. Counted: {events}")
WORD(OPPORTUNITY_NOTE,
     "Where a margin of error is known, only differences that it leaves above zero are listed. "
     "Figures that are far from the others tend to move back by themselves, so the true "
     "difference is likely to be smaller. This is no savings target.")
WORD(OPPORTUNITY_EMPTY,
     "Nothing to show: on no indicator with a preferred direction is the distance from the peers’ "
     "median clearly more than its margin of error.")

/* ---- questions ---- */
WORD(QUESTIONS_LEAD, "The figures do not supply the answers. They help to ask:")
WORD(QUESTION_DATA, "Is it the data? Were the figures recorded and counted here as elsewhere?")
WORD(QUESTION_NEED,
     "Is it need? Are people here older, poorer or sicker than in the places compared with?")
WORD(QUESTION_CHOICE, "Is it a choice? Did we decide on this, and would we decide so again?")
WORD(QUESTION_WHO, "Who among our peers has a different figure, and what do they do differently?")
WORD(QUESTION_STOP, "What would we change or stop, and how would we know that it worked?")
WORD(QUESTIONS_ABOUT, "**{indicator}.** {words}")

/* ---- notes ---- */
WORD(NOTES_HEADING, "Notes on the data")
WORD(MISSING_LEAD, "No figure for this {area}:")
WORD(MISSING_ITEM, "**{indicator}**, {period}: {why}")
WORD(MISSING_EVERYWHERE, "**{indicator}**: {why}")
WORD(MISSING_NOTHING,
     "This {area} has a figure for every indicator in its latest period: nothing is missing.")
WORD(REMARK_STATUS, "**{indicator}:** the figure is {status}.")
WORD(REMARK_NOT_RANKED, "Shown, but not ranked, because {why}: {names}.")
WORD(REMARK_PERIODS,
     "Indicators have different latest periods, which is why a period stands beside every figure.")
WORD(REMARK_NEUTRAL,
     "Figures are not adjusted for need, age or poverty unless the name of the indicator says so.")
WORD(LEFT_OUT_LEAD, "Left out of this edition, or not up to date:")
WORD(CAVEATS_OF_FRONT, "Cautions about the indicators named on the first page")
WORD(MORE_HEADING, "Where to find more")
WORD(HOW_TO_READ_SHORT,
     "The margin of error is a 95% interval: the range in which the true level very likely lies, "
     "nineteen times out of twenty. Peers differ from each other more than chance explains, and "
     "the comparison with peers allows for that. Where no margin of error is known, “unusual” "
     "means far from the middle of the others, measured by how far they usually are.")
WORD(MORE_FILES,
     "The national report has the methods, the definitions, the sources and all other {areas}. "
     "Every figure of this report is in the workbook and the data files of this edition.")
