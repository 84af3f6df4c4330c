/* Methods and glossary. Included with WORD(id, text) defined; see words.h. */
/* clang-format off: sentences are wrapped as text. */

WORD(METHOD_HEADING, "Methods")
WORD(METHOD_SHORT_HEADING, "In short")
WORD(METHOD_SHORT_1,
     "Figures are read from the published files, summed and divided as each indicator’s "
     "definition says, and never altered. Missing figures stay missing.")
WORD(METHOD_SHORT_2,
     "Each {area} is compared twice: with all {areas}, to see what is beyond chance and beyond "
     "the ordinary differences between places; and with its peers, to see what is different from "
     "places like it.")
WORD(METHOD_SHORT_3,
     "Looking at many figures finds some that stand out by chance. Every list says how many to "
     "expect, and q values say how far each flag survives that.")
WORD(METHOD_KINDS_HEADING, "Kinds of uncertainty")
WORD(METHOD_KINDS_LEAD,
     "Each indicator declares what its margin of error rests on, because the wrong kind misleads "
     "more than none.")
WORD(METHOD_KIND_COUNTS,
     "**Counts** of independent events: margins and limits from the counts themselves.")
WORD(METHOD_KIND_PUBLISHED,
     "**Published** margins: survey estimates, standardised rates, rounded or grossed-up counts. "
     "The publisher’s 95% interval is kept; its width divided by 3.92 is the standard error.")
WORD(METHOD_KIND_CLUSTERED,
     "**Clustered** events, such as bed days or repeat admissions, come in runs. Margins from "
     "their counts would be far too narrow, so there are none.")
WORD(METHOD_KIND_NONE, "**None**: amounts of money and values published without margins.")
WORD(METHOD_FIGURES_HEADING, "Figures and their margins of error")
WORD(METHOD_RATE,
     "**Rates** are events divided by population, times the multiplier. 95% and 99.8% intervals: "
     "exact Poisson limits below ten events, Byar’s approximation from ten on.")
WORD(METHOD_PROPORTION,
     "**Proportions** are a part divided by its whole, times one hundred, with Wilson’s score "
     "interval.")
WORD(METHOD_SMALL,
     "Figures below an indicator’s minimum count are shown, but neither ranked nor judged.")
WORD(METHOD_DSR,
     "A directly standardised rate is what the rate would be if the ages of the people were those "
     "of a standard population: the rates at each age are averaged with its numbers as weights. "
     "Intervals are by Dobson’s method around Byar’s limits of the count. With fewer than ten "
     "events there is no figure.")
WORD(METHOD_ISR,
     "An indirectly standardised ratio is the number of events over the number to be expected if "
     "each age had the rate of the reference population. Intervals are those of the count of "
     "events.")
WORD(METHOD_LIFE,
     "Life expectancy is how long people would live on average at the death rates of the period, "
     "by Chiang’s abridged life table with twenty age bands and Silcocks’ standard error. There "
     "is none for 5,000 people or fewer, or where its margin of error exceeds ten years.")
WORD(METHOD_PRICES,
     "Amounts in the prices of one year are multiplied by the price index of that year and "
     "divided by that of their own.")
WORD(METHOD_ALL_HEADING, "Comparison with all {areas}")
WORD(METHOD_SCALE,
     "Figures are compared on a scale on which the standard error depends on the size of the "
     "{area} alone: the square root of a rate, the arcsine of the square root of a proportion, "
     "with standard error one half divided by the square root of the denominator; for published "
     "rates the logarithm and for published percentages the logit, with the publisher’s standard "
     "error carried over. Against all {areas} a rate is taken relative to the centre: the square "
     "root of observed over expected events, less one, with standard error one half divided by "
     "the square root of the expected events.")
WORD(METHOD_TARGET,
     "The limits are centred on: for counts, the sum of all numerators over the sum of all "
     "denominators; for published figures, the mean weighted by the inverse of the variance; "
     "otherwise the median.")
WORD(METHOD_TAU,
     "Places differ for more reasons than chance. The variance between them, tau squared, is "
     "found by a robust form of the Paule-Mandel rule: it is the value at which the mean of the "
     "squared standardised differences, each cut at the 10th and 90th centile of them all and "
     "divided by 0.678655 to make up for the cutting, equals (k − 1)/k for k {areas}; zero if "
     "chance alone explains the differences.")
WORD(METHOD_LIMITS,
     "An {area}’s adjusted z is its distance from the centre, divided by the square root of the "
     "sum of its squared standard error and tau squared. Outside the 95% limits means beyond "
     "1.96, outside the 99.8% limits beyond 3.09. The dashed limits leave tau squared out and are "
     "exact Poisson limits for counts; where tau squared is zero both are the same.")
WORD(METHOD_ROBUST,
     "Without a margin of error, an {area} is called unusual by its distance from the median, "
     "divided by 1.4826 times the median of all such distances, on the logarithm where all "
     "figures are positive. That says how far from the others it is, not that chance is ruled out.")
WORD(METHOD_Q,
     "p values are two-sided from the adjusted z. q values are Benjamini and Hochberg’s: across "
     "all {areas} of an indicator and period, and again across the indicators of one {area}.")
WORD(METHOD_TEN,
     "With fewer than ten {areas} that have what is needed, or if all are equal, nobody is "
     "judged, and the reason is printed.")
WORD(METHOD_PEERS_HEADING, "Comparison with peers")
WORD(METHOD_NEIGHBOURS,
     "Where peers are computed, each characteristic is put on a scale with mean nought and "
     "standard deviation one, and the nearest by the square root of the sum of weighted squared "
     "differences are taken. An {area} without one of the characteristics is compared with its "
     "group instead, which is said on its report. Peer medians and quartiles leave the {area} "
     "itself out.")
WORD(METHOD_PEER_TEST,
     "With at least five peers that have a margin of error, the {area}’s distance from their "
     "weighted mean is divided by the square root of the sum of its squared standard error, the "
     "variance between the peers and the variance of that mean; p from Student’s t with one less "
     "degree of freedom than there are peers, q across all {areas}. Without margins of error, and "
     "with at least eight peers, the distance from their median is measured as above.")
WORD(METHOD_LEARN,
     "An {area} to learn from is a peer whose figure is in the preferred direction by a one-sided "
     "test of the two figures, with q below 0.05 across the peers, and which spends no more where "
     "a spend indicator is paired with it.")
WORD(METHOD_OPPORTUNITY,
     "What the peers’ median would mean is the gap to that median times the denominator, never "
     "below zero, with an interval from the errors of both, and only where a direction is "
     "preferred. It is never reckoned from the peers farthest ahead, because part of their lead "
     "is chance.")
WORD(METHOD_RANKS_HEADING, "Places")
WORD(METHOD_RANKS,
     "Places run from the lowest figure; equal figures share a place. Their ranges are joint 95% "
     "intervals (Klein, Wright and Wieczorek): from one more than the number of {areas} whose "
     "intervals lie wholly below, to the number of {areas} less those whose intervals lie wholly "
     "above, with intervals widened by Sidak’s rule for the number of {areas}. {Areas} without a "
     "margin of error have no range.")
WORD(METHOD_QUARTERS, "Where no range is known, only the quarter of all {areas} is named.")
WORD(METHOD_TIME_HEADING, "Time")
WORD(METHOD_TREND,
     "A trend needs five consecutive years, a slope beyond chance at the 99.8% level, and the "
     "same direction with each year left out in turn. The slope is tested by least squares "
     "weighted by the margins of error, for proportions by the Cochran-Armitage test. It is not "
     "worked out without a margin of error.")
WORD(METHOD_PERSISTENT,
     "Periods in a row count back from the latest while an {area} stays flagged on the same side.")
WORD(METHOD_SPREAD_HEADING, "Variation")
WORD(METHOD_SPREAD,
     "The variation between {areas} is given as the 90th centile over the 10th, which leaves out "
     "the tenth of {areas} at either end, and as the highest over the lowest, which does not and "
     "is moved by a single {area}. Centiles interpolate between neighbouring figures (type 7). "
     "Further measures, the systematic component of variation among them, are in the data file "
     "variation.csv.")
WORD(METHOD_LIMITATIONS_HEADING, "What this report does not do")
WORD(METHOD_LIMITATION_ADJUST,
     "It does not adjust for age, poverty or need unless an indicator is published that way, so a "
     "difference may be need and not practice.")
WORD(METHOD_LIMITATION_EXTREMES,
     "It does not correct a figure for being the most extreme of many: {areas} farthest from the "
     "centre in one period tend to be nearer in the next.")
WORD(METHOD_LIMITATION_SCORE, "It gives no overall score and no league table.")
WORD(METHOD_VERSION, "Peerline {version}, methods version {methods}.")

/* ---- glossary ---- */
WORD(GLOSSARY_HEADING, "Glossary")
WORD(GLOSSARY_CENTILE,
     "**Centile.** The 10th centile is the figure below which one {area} in ten lies.")
WORD(GLOSSARY_FOLD, "**Times as high.** One figure divided by another; 2.0 means twice as high.")
WORD(GLOSSARY_FUNNEL,
     "**Funnel plot.** Figures against size, with limits that are wider for small {areas}.")
WORD(GLOSSARY_INTERVAL,
     "**Margin of error, 95% interval.** The range in which the true level very likely lies, "
     "nineteen times out of twenty.")
WORD(GLOSSARY_LIMITS,
     "**Limits.** Where figures are to be expected if {areas} differ by chance and by no more "
     "than they ordinarily do: the 95% limits for nineteen in twenty, the 99.8% limits for all "
     "but one in five hundred.")
WORD(GLOSSARY_MEDIAN, "**Median.** The figure in the middle: half of the {areas} lie below it.")
WORD(GLOSSARY_OVER,
     "**Ordinary differences between {areas}, tau squared.** Variation beyond chance that all "
     "share, for which the solid limits allow.")
WORD(GLOSSARY_PEERS,
     "**Peers.** The {areas} a given one is compared with because they are like it.")
WORD(GLOSSARY_POLARITY,
     "**Preferred direction.** Whether higher or lower is wanted; for many indicators neither is.")
WORD(GLOSSARY_Q,
     "**q value.** Of all flags with a q value up to this one, the share to be expected as false "
     "alarms.")
WORD(GLOSSARY_QUARTER, "**Quarter.** One of four equal parts of the {areas} in order.")
WORD(GLOSSARY_RANK,
     "**Place.** Position in order, lowest first, printed only with the range in which it very "
     "likely lies.")
WORD(GLOSSARY_TARGET, "**Centre of the limits.** What the limits of an indicator are drawn around.")
WORD(GLOSSARY_UNUSUAL,
     "**Unusual.** Far from the other {areas}, for figures whose margin of error is not known.")
