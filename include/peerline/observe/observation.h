#ifndef PEERLINE_OBSERVE_OBSERVATION_H
#define PEERLINE_OBSERVE_OBSERVATION_H

#include "peerline/catalogue/study.h"
#include "peerline/intake/geometry.h"

/** What was observed: for every indicator the full grid of period × area, with a value or the
 * reason why there is none, and where the figure came from. Built once by observe (or from one CSV
 * by `assess`), constant afterwards. Ranked areas only; the nation and regions are comparators. */

typedef struct {
    char *code, *name, *short_name;
    char **classes;               /**< one text per class of the register; "" = unknown */
    guint32 valid_from, valid_to; /**< first and last day on which it is one of the areas that are
                                       compared, counted as in GDate; 0: there is no such day */
    const char *fate; /**< where it came from or what became of it, in sentences; or NULL */
} Area;

/** Whether it was one of the areas on the last day of a period. Nobody else is ranked, anybody's
 *  peer, or part of a sum. */
gboolean area_in_force(const Area *area, Period period);

/** Which figures of a cell the publisher suppressed, or we withhold so that one that is suppressed
 *  cannot be worked out (METHODS, "Suppression"). */
enum { HIDDEN_NUMERATOR = 1, HIDDEN_DENOMINATOR = 2, HIDDEN_VALUE = 4 };

/** One cell of the grid. Numbers are NAN where missing. Value and limits are on the published scale
 *  (`per` applied). Limits here are the publisher's; computed ones are the judge's business. */
typedef struct {
    double numerator, denominator, value;
    double lower95, upper95, lower99_8, upper99_8;
    Status status;
    gint32 source; /**< index into the set's sources, of the (first) figure combined; -1 = none */
    guint32 line;  /**< of the first row combined; 0 = none */
    guint32 rows;  /**< how many rows were combined */
    gint32 denominator_source;
    guint32 denominator_line, denominator_rows;
    guint32 hidden; /**< set of HIDDEN_… */
} Observation;

/** A declared or found reason in words that belongs to a cell's status; few, so kept apart. */
typedef struct {
    guint indicator, period, area;
    const char *because;
} Reason;

/** A figure that seems to be in another unit than those beside it, or one that the study declares
 * as known to be unusual. It is shown as it is. */
typedef enum { SLIP_VALUE, SLIP_NUMERATOR, SLIP_DENOMINATOR } SlipPart;
typedef enum {
    SLIP_AGAINST_AREAS,   /**< the median of the areas in the same period */
    SLIP_AGAINST_PERIODS, /**< the median of its other periods */
    SLIP_AGAINST_COUNTS,  /**< what its numerator and denominator give */
} SlipAgainst;
enum { SLIP_NATION = -1, SLIP_WHOLE_PERIOD = -2 };
typedef struct {
    guint indicator, period;
    int area; /**< index, SLIP_NATION or SLIP_WHOLE_PERIOD */
    SlipPart part;
    SlipAgainst against;
    double found, usual; /**< of a whole period: medians */
    int power;           /**< found is about usual x 10^power; 0: declared alone */
    const char *because; /**< as the study declares it, or NULL */
} Slip;

/** What a figure standardised for age was made of. Bands are ascending. */
typedef struct {
    guint n_bands;
    AgeBand *bands;
    double *weight;        /**< n_bands: standard population (dsr); else NULL */
    double *ref_x, *ref_n; /**< [period * n_bands + band]: events and people of the reference (isr);
                                NAN where a period has none; else NULL */
    double *x, *n;         /**< [(period * n_areas + area) * n_bands + band]; NAN where missing */
} AgeFigures;

/** All observations of one indicator. */
typedef struct {
    guint n_periods;
    Period *periods;       /**< ascending; unused when labels were given verbatim (`assess`) */
    char **period_labels;  /**< as printed: canonical by `run`, verbatim by `assess` */
    gint32 *period_order;  /**< place of each period on a yearly axis for trends: start year, or the
                                sortable number; G_MININT32 where a period is no single year */
    Observation *grid;     /**< n_periods * n_areas, [period * n_areas + area] */
    Observation *national; /**< n_periods: the publisher's national row; value NAN = none */
    char **sum_note;      /**< n_periods: where a national row and the sum of the areas differ, what
                               is shown and by how much; or NULL */
    char **withheld;      /**< n_periods: why the publisher's national row is not used though there
                               is one; or NULL. The array may be NULL */
    AgeFigures *ages;     /**< measures by age; else NULL */
    double *pooled;       /**< n_periods: measures by age that are no ratio of numerator and
                               denominator: the value of all areas with complete figures taken
                               together, NAN = none; else NULL */
    UncertaintyKind kind; /**< as declared, or as found by the rule of METHODS 11 (`assess`) */
    char *kind_note;      /**< why another kind was found, or NULL */
    gboolean contradicted; /**< counts: the publisher's values or limits beside them are others */
    char *problem;         /**< why the whole indicator could not be read; or NULL */
} Series;

/** A source as it was really read. */
typedef struct {
    char *id, *file, *path, *url, *origin, *sha256, *retrieved, *note;
    char *sheet; /**< of a workbook; else NULL */
    char *place; /**< what lines are of: "book.xlsx!Sheet"; NULL: the file */
    guint64 bytes;
    guint rows_read, rows_rejected;
} SourceUsed;

/** An input row that no rule could use. */
typedef struct {
    const char *source, *file, *rule, *text; /**< interned or owned by the set */
    guint32 line;
    gboolean expected; /**< declared by the study */
} Reject;

/** A table of numbers per area, for neighbours: [area * n + variable], NAN = missing. */
typedef struct {
    guint n_variables;
    double *values;
} PeerValues;

/** A declared list of peers: for each area the indices of its peers, in order. */
typedef struct {
    GArray **of_area; /**< n_areas arrays of guint (NULL = none listed) */
} PeerList;

/** All areas of a group together, or of the nation: those of which every part is known. Numbers are
 *  NAN where there is no such area. */
typedef struct {
    int class_index;                   /**< of the register's classes; -1: the nation */
    const char *name;                  /**< of the group */
    guint n;                           /**< how many areas */
    double amounts[COMPOSITION_PARTS]; /**< sums, before they are divided */
    double denominator;                /**< sum; NAN: the composition has none */
    double parts[COMPOSITION_PARTS];   /**< in the unit in which they are shown */
    double shares[COMPOSITION_PARTS];  /**< per cent of the total; NAN where that is not above 0 */
    double total;
} MadeGroup;

/** One number that a composition was made from, and where it was read; or why there is none. */
typedef struct {
    double number; /**< scaled, not yet divided; NAN = missing */
    Status status; /**< of a part: why it has no value, be it that it cannot be divided */
    gint32 source; /**< index into the set's sources; -1 = none */
    guint32 line;  /**< of the first row combined; 0 = none */
    guint32 rows;
    const char *because; /**< the status in words, or NULL */
} MadeFigure;

/** What an amount is made of (a Composition), in the unit in which it is shown. */
typedef struct {
    gboolean known; /**< any figure was found; else there is no period */
    Period period;
    char *period_text;       /**< as printed; "" where there is none */
    MadeFigure *figures;     /**< [area * n_parts + part] */
    MadeFigure *denominator; /**< by area; NULL: amounts are shown as they are */
    double *parts;           /**< [area * n_parts + part]; NAN = missing */
    double *shares;    /**< the same, per cent of the area's total; NAN where there is no total
                            or none above 0 */
    double *total;     /**< by area; NAN where a part is missing */
    MadeGroup *groups; /**< the nation first, then by class and name */
    guint n_groups;
} Made;

/** Adds an area to a group of them, if every part of it is known. */
void made_group_add(MadeGroup *group, const Composition *what, const Made *made, guint area);
/** Divides the sums, once all areas have been added. */
void made_group_end(MadeGroup *group, const Composition *what);
/** Why an area has no total (the status of its first missing part), or no shares though it has one
 *  (not_applicable: it is not above 0); STATUS_OK where it has both. */
Status made_share_status(const Composition *what, const Made *made, guint area);

typedef struct {
    guint n_areas;
    Area *areas; /**< sorted by code */
    guint n_indicators;
    Series *series; /**< parallel to the study's indicators */
    guint n_sources;
    SourceUsed *sources; /**< parallel to the study's sources */
    guint n_rejects;
    Reject *rejects; /**< sorted by file, line, rule */
    guint n_reasons;
    Reason *reasons; /**< sorted */
    guint n_slips;
    Slip *slips;       /**< sorted by indicator, period, area, part */
    guint n_groupings; /**< as the study's */
    PeerValues
        *peer_values;     /**< parallel to the study's peer groupings; empty where not neighbours */
    PeerList *peer_lists; /**< parallel to the study's peer groupings; empty where not a list */
    guint n_maps;
    Geometry **maps; /**< parallel to the study's maps */
    guint n_made;
    Made *made; /**< parallel to the study's compositions */
    gpointer storage;
} ObservationSet;

void observation_set_free(ObservationSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ObservationSet, observation_set_free)

int observation_area(const ObservationSet *set, const char *code); /**< index or -1 */
/** What the lines of a source are of, for messages: "file.csv", "book.xlsx!Sheet"; NULL for -1. */
const char *observation_place(const ObservationSet *set, int source);
/** area_in_force() in a period of a series. */
gboolean observation_in_force(const ObservationSet *set, const Series *series, guint period,
                              guint area);
/** The last day of the latest period that any indicator has, as in GDate; 0: no period has days. */
guint32 observation_last_day(const ObservationSet *set);
/** Whether it is one of the areas on that day: the others are closed, or do not exist yet. */
gboolean observation_is_open(const ObservationSet *set, guint area);
/** The same on any day. */
gboolean area_is_valid(const Area *area, guint32 day);
static inline const Observation *series_at(const Series *s, guint n_areas, guint period, guint area)
{
    return &s->grid[(gsize)period * n_areas + area];
}
/** Why the publisher's national row of a period is not used, or NULL. */
static inline const char *series_withheld(const Series *s, guint period)
{
    return s->withheld ? s->withheld[period] : NULL;
}
/** The reason in words declared for a cell, or NULL. */
const char *observation_reason(const ObservationSet *set, guint indicator, guint period,
                               guint area);

#endif
