#ifndef PEERLINE_CATALOGUE_STUDY_H
#define PEERLINE_CATALOGUE_STUDY_H

#include "peerline/base/diag.h"
#include "peerline/base/fonts.h"
#include "peerline/base/pattern.h"
#include "peerline/catalogue/age.h"
#include "peerline/catalogue/period.h"
#include "peerline/catalogue/status.h"
#include "peerline/catalogue/templates.h"

/** What a study declares, after its definitions were read and checked. Constant from then on.
 *  Strings are owned by the study; cross references are indices into the study's arrays (-1 =
 *  none); absent strings are NULL; patterns are compiled. docs/STUDY_FORMAT.md is the manual of
 *  the YAML that these structs are read from. */

/** Where in the definitions something was declared, for messages. `file` is interned. */
typedef struct {
    const char *file;
    guint line, column;
} Where;

typedef enum {
    MEASURE_RATE,       /**< events over people (or beds…): per × numerator / denominator */
    MEASURE_PROPORTION, /**< a part of its denominator */
    MEASURE_RATIO,      /**< ratio of amounts, such as pounds per head: no sampling limits */
    MEASURE_PUBLISHED,  /**< the publisher's own value, with or without limits */
    MEASURE_TOTAL,      /**< a plain amount, never ranked or compared between areas */
    MEASURE_DSR,        /**< directly standardised rate: numerator and denominator by age */
    MEASURE_ISR,        /**< indirectly standardised ratio: observed over expected events, by age */
    MEASURE_LIFE_EXPECTANCY, /**< years, from deaths (numerator) and people (denominator) by age */
    N_MEASURES
} Measure;

/** METHODS section 11: the kind of uncertainty. */
typedef enum { KIND_COUNTS, KIND_PUBLISHED, KIND_CLUSTERED, KIND_NONE, N_KINDS } UncertaintyKind;

typedef enum { POLARITY_NEITHER, POLARITY_LOW, POLARITY_HIGH, N_POLARITIES } Polarity;

typedef enum {
    ROLE_NEED,
    ROLE_SPEND,
    ROLE_ACTIVITY,
    ROLE_OUTCOME,
    ROLE_EXPERIENCE,
    ROLE_PROCESS,
    N_ROLES
} Role;

const char *measure_name(Measure m); /**< "rate", … as in definitions and outputs */
const char *uncertainty_name(UncertaintyKind k);
const char *polarity_name(Polarity p); /**< "low", "high", "neither" */
const char *role_name(Role r);

/* ---- reading rows ------------------------------------------------------------------------- */

/** One condition on one column; a row is kept when all of a list hold. */
typedef struct {
    char *column; /**< squeezed header name */
    enum { FILTER_MATCH, FILTER_NOT_MATCH, FILTER_BLANK, FILTER_NOT_BLANK, FILTER_IN } test;
    Pattern *pattern; /**< MATCH, NOT_MATCH */
    char **values;    /**< IN: NULL-terminated */
    Where where;
} RowFilter;

typedef struct {
    RowFilter *items;
    guint n;
} RowFilters;

/** A cell text that stands for no number. */
typedef struct {
    char *text;    /**< exact cell text */
    Status status; /**< why it is missing */
} MissingMarker;

/** One declared change of an area key: `from` means `to`, in periods within [since, until]. */
typedef struct {
    char *from, *to;
    gboolean has_since, has_until;
    Period since, until;
    Where where;
} Recode;

/** A column of a source read as a dictionary from a key to another key. */
typedef struct {
    char *id;
    int source;
    char *key, *value; /**< column names */
    RowFilters rows;
    gboolean names;       /**< the keys are names of places: place_name_fold() */
    Recode *alternatives; /**< other spellings (`from`) of keys (`to`) */
    guint n_alternatives;
    Where where;
} Lookup;

/** Areas that a source does not cover, with the reason that goes into the status. */
typedef struct {
    char *area; /**< code in the register */
    Status status;
    char *because;
    Where where;
} NotCovered;

/** How a source's rows say which area they are about. In order: the key is the text of `column`
 *  (or, wide by area, the header captured by `header`'s group "area"); it is recoded; taken through
 *  the joins, each a lookup; where a join has no entry (or a blank one) the key reached so far
 *  stays as it is for the next one; recoded again; then it must be a code of the
 *  register, a national key, or an ignored key, else the row is rejected (rule unknown-area). */
typedef struct {
    char *column; /**< NULL for wide by area */
    int *joins;   /**< indices of lookups */
    guint n_joins;
    Recode *recodes;
    guint n_recodes;
    Pattern *national; /**< keys of the publisher's national row, or NULL */
    Pattern *ignore;   /**< keys of rows that are about something else (regions, other nations) */
    NotCovered *not_covered;
    guint n_not_covered;
} AreaRule;

typedef struct {
    char *column; /**< NULL: `constant` or `file_pattern`, or wide by period */
    gboolean has_constant;
    Period constant;
    Pattern *pattern; /**< named groups start/year, end, month, quarter; NULL: usual spellings */
    gboolean has_kind;
    PeriodKind kind;
    Pattern *file_pattern; /**< the period is in the source's file name */
} PeriodRule;

typedef enum {
    SHAPE_LONG,            /**< a row per area and period */
    SHAPE_WIDE_BY_AREA,    /**< a column per area */
    SHAPE_WIDE_BY_MEASURE, /**< a row per area, a column per measure: columns chosen per quantity */
    SHAPE_WIDE_BY_PERIOD,  /**< a row per area, a column per period */
    N_SHAPES
} Shape;

/** Encoding as in intake/table.h, kept as its own type because data flow from here to there. */
typedef enum { TEXT_AUTO, TEXT_UTF8, TEXT_WINDOWS_1252, TEXT_LATIN1 } TextEncoding;

/** SOURCE_SQL is met while a definition is read only: what a database answers is kept as CSV. */
typedef enum {
    SOURCE_CSV,
    SOURCE_TSV,
    SOURCE_XLSX,
    SOURCE_ODS,
    SOURCE_XLS,
    SOURCE_SQL,
    SOURCE_GEOJSON,
    SOURCE_HEXJSON
} SourceFormat;

static inline gboolean source_format_is_book(SourceFormat f)
{
    return f == SOURCE_XLSX || f == SOURCE_ODS || f == SOURCE_XLS;
}

/** Shapes of areas, which are no table. */
static inline gboolean source_format_is_map(SourceFormat f)
{
    return f == SOURCE_GEOJSON || f == SOURCE_HEXJSON;
}

/** What is handed to a database for one `?` of a query. */
typedef enum { QUERY_TEXT, QUERY_NUMBER, QUERY_DATE } QueryParameterKind;

/** What of the study's periods: their spelling, days or calendar years. */
typedef enum {
    QUERY_PERIOD_NONE,
    QUERY_PERIOD_FROM,       /**< text: "2014-15" */
    QUERY_PERIOD_TO,         /**< text: "2018-19" */
    QUERY_PERIOD_FIRST_DAY,  /**< date: 2014-04-01 */
    QUERY_PERIOD_LAST_DAY,   /**< date: 2019-03-31 */
    QUERY_PERIOD_DAY_AFTER,  /**< date: 2019-04-01 */
    QUERY_PERIOD_FIRST_YEAR, /**< number: the calendar year of the first day, 2014 */
    QUERY_PERIOD_LAST_YEAR   /**< number: that of the last day, 2019 */
} QueryPeriodPart;

typedef struct {
    QueryParameterKind kind;
    QueryPeriodPart part; /**< NONE: a value that is written in the definition */
    char *value;          /**< text; a number; a date as YYYY-MM-DD */
    Where where;
} QueryParameter;

/** A question to a database, by ODBC. */
typedef struct {
    char *connection; /**< with ${NAME} for environment variables, which are never kept */
    char *text;       /**< of the query */
    char *file;       /**< as declared: where the text was read from; or NULL */
    QueryParameter *parameters;
    guint n_parameters;
    guint timeout;   /**< seconds */
    guint most_rows; /**< more are refused */
    Where where;
} SqlQuery;

typedef struct {
    char *id;
    char *title, *publisher, *licence;
    char *page; /**< address a reader can open, or NULL */
    char *note;
    char *path;       /**< file on disk, resolved against the definition's directory, or NULL */
    char *url;        /**< or where to fetch it */
    gboolean has_sql; /**< or which database to ask */
    SqlQuery sql;
    char *file;      /**< file name in a mirror; default: last part of path or url; of sql: the id
                          with .csv */
    char *sha256;    /**< pin or NULL */
    char **hosts;    /**< to which the url may redirect beside its own; or NULL */
    char *published; /**< "2017-10-25" or NULL */
    gboolean has_format;
    SourceFormat format; /**< if not declared: by the ending of the file's name, else CSV */
    Pattern *sheet;      /**< of a workbook: its name, or what matches it; NULL: the first */
    TextEncoding encoding;
    char delimiter;
    guint header_row;  /**< 0: default */
    guint header_rows; /**< of a workbook: how many rows make up the names; 0: default */
    Pattern *header, *end, *skip;
    gboolean end_blank; /**< `end: blank`: the table ends before the first blank row */
    MissingMarker *missing;
    guint n_missing;
    Status blank; /**< what an empty cell means; default not_reported */
    gboolean blank_is_zero;
    gboolean thousands; /**< commas between thousands are allowed */
    Shape shape;
    Pattern *area_columns;   /**< wide by area: header pattern with group "area" */
    Pattern *period_columns; /**< wide by period: header pattern, with the groups of a period's
                                pattern; without any, the header is a usual spelling */
    AreaRule area;
    PeriodRule period;
    RowFilters rows; /**< hold for every use of the source */
    Where where;
} Source;

/* ---- areas and peers ------------------------------------------------------------------------ */

/** A class of areas: one column of the register, usable for peer groups and charts. */
typedef struct {
    char *id;    /**< "region", "type" */
    char *title; /**< "region" in words, singular */
    char *column;
    Where where;
} AreaClass;

/** What became of areas: a file with a row per predecessor and successor. */
typedef struct {
    gboolean declared;
    int source;
    char *date, *from, *to;     /**< column names */
    char *share, *kind, *basis; /**< column names; NULL: the column of that name, if there is one */
    RowFilters rows;
    Where where;
} AreaChanges;

/** Where the register of areas is read from (a CSV beside the study). */
typedef struct {
    int source;
    char *code, *name;       /**< column names */
    char *short_name;        /**< column name or NULL */
    char *singular, *plural; /**< "council", "councils" */
    char *nation;            /**< name of the whole: "England" */
    AreaClass *classes;
    guint n_classes;
    RowFilters rows;
    char *valid_from, *valid_to; /**< column names: first and last day of an area; or NULL */
    char *as_of; /**< date: the study's areas are those in force then, in all periods; NULL: each is
                      one while it is in force */
    AreaChanges changes;
    Where where;
} AreaRegister;

/** What an indicator does where areas changed. */
typedef enum {
    BOUNDARIES_BREAK,  /**< a series ends, or begins, with its area */
    BOUNDARIES_RESTATE /**< counts are added up from the areas of their time */
} Boundaries;

/** Amounts in the prices of one period: amount x index of `to` / index of its own period. */
typedef struct {
    int source;
    char *index; /**< column of the price index; the period is read by the source's own rule; NULL
                      in a table with a column per period */
    Period to;
    Where where;
} Deflator;

/** How the numbers of a quantity say which ages they are about. */
typedef struct {
    char *column; /**< the text of a cell; NULL: the headers of the chosen columns, by the groups
                       `age`, or `from` and `to`, of Quantity.columns, else as they are */
    Pattern *pattern;        /**< of the cell; NULL: the usual spellings */
    gboolean absent_is_zero; /**< no row for a band means no event */
} AgeRule;

/** A number per area and period, from one source: rows kept by the filters, columns by the pattern,
 *  summed where `sum` says so, scaled. */
typedef struct Quantity Quantity;
struct Quantity {
    int source; /**< -1: the quantity is absent */
    RowFilters rows;
    Pattern *columns; /**< wide by measure and long: which column or columns hold the number */
    gboolean sum;     /**< add up rows and columns; otherwise two cells for one area and period
                           are a fault (duplicate-key) and the value is rejected */
    gboolean gather;  /**< months or quarters are gathered into `gather_into`, only when
                           complete */
    PeriodKind gather_into;
    double scale;      /**< default 1 */
    gboolean deflates; /**< by `deflate` */
    Deflator deflate;
    gboolean by_age; /**< a number for each age band (standardised measures) */
    AgeRule age;
    Quantity *further; /**< the same from further sources, for other periods; each is complete in
                            itself and has no further ones */
    guint n_further;
    Where where;
};

typedef enum { PEERS_NEIGHBOURS, PEERS_CLASS, PEERS_LIST } PeerMethod;

typedef struct {
    char *id, *title;
    Quantity numerator, denominator; /**< value = numerator / denominator, or the numerator alone */
    double weight;                   /**< default 1 */
    gboolean has_period;
    Period period; /**< else the latest found */
    Where where;
} PeerVariable;

typedef struct {
    char *id, *title, *note;
    PeerMethod method;
    guint k;                 /**< neighbours: how many; default 15 */
    PeerVariable *variables; /**< neighbours */
    guint n_variables;
    int class_index; /**< class: which of the register's classes */
    int source;      /**< list: source with columns area_code, peer_code[, rank, distance] */
    int fallback;    /**< neighbours, list: class for areas without neighbours, or -1 */
    char **exclude;  /**< neighbours: codes left out, NULL-terminated, or NULL */
    Where where;
} PeerGrouping;

/* ---- indicators ----------------------------------------------------------------------------- */

/** A table by age band beside the data: the weights of a standard population, or the events and
 *  people of a reference population. */
typedef struct {
    gboolean declared; /**< else: ESP2013; or the rates of all areas together */
    int source;
    char *band;            /**< column of the age bands */
    char *weight;          /**< column of the weights of a standard */
    char *events, *people; /**< columns of a reference */
    RowFilters rows;
    Where where;
} AgeTable;

/** A figure that looks wrong, such as one in another unit, and of which the reason is known. */
typedef struct {
    char *area; /**< code in the register */
    Period period;
    char *because;
    Where where;
} KnownValue;

/** measure_by_age(): computed from numbers for each age band. */
gboolean measure_by_age(Measure m);

typedef struct {
    char *id, *title, *short_title;
    Measure measure;
    UncertaintyKind kind;
    double per;
    char *unit;   /**< "per 100,000 people aged 65 and over", "£ per person", "%" */
    char *prefix; /**< before a value: "£" or NULL */
    char *suffix; /**< after it: "%" or NULL */
    int decimals; /**< for people */
    Polarity polarity;
    Role role;
    char *domain;
    char *numerator_text, *denominator_text;                    /**< in words */
    char *why, *caveats, *variation_note, *options, *resources; /**< the fixed blocks; or NULL */
    char **questions;                      /**< for leaders, NULL-terminated, or NULL */
    char *owner, *reviewed;                /**< reviewed: date */
    double min_numerator, min_denominator; /**< below: shown, not ranked; 0 = none */
    Quantity numerator, denominator;
    AgeTable standard;  /**< dsr; default the European standard population of 2013 */
    AgeTable reference; /**< isr; default the nation's rates of the same period */
    gboolean has_ages;
    AgeBand ages;   /**< dsr, isr: only these ages; else all */
    guint life_age; /**< life expectancy: at this age, the first of a band; default 0 */
    Quantity value, lower95, upper95, lower99_8, upper99_8; /**< published values; limits that
                                give no source have taken source, rows and scale from value */
    NotCovered *not_covered; /**< areas for which this indicator cannot exist, with the reason */
    guint n_not_covered;
    KnownValue *known_values; /**< figures that look wrong and are known */
    guint n_known_values;
    Boundaries boundaries;
    Where where;
} Indicator;

/** Whether the values shown are the publisher's: a `value` is declared, and the figure is not one
 *  of counts, which is computed from them. */
gboolean indicator_shows_published(const Indicator *i);

/** A spend indicator and an outcome indicator that belong together. */
typedef struct {
    int spend, outcome; /**< indices of indicators */
    char *note;
    Where where;
} Pair;

/** A published case of good practice. */
typedef struct {
    char *id, *title;
    char *area; /**< code */
    char *years;
    int *indicators;
    guint n_indicators;
    char *what, *result, *source, *link, *contact;
    Where where;
} Practice;

typedef enum { CORRECTION_MINOR, CORRECTION_MAJOR, N_SERIOUSNESS } Seriousness;
const char *seriousness_name(Seriousness s); /**< "minor", "major" */

/** What an earlier edition had wrong. */
typedef struct {
    char *date;      /**< on which it was corrected */
    int *indicators; /**< indices; none: it is not about single indicators */
    guint n_indicators;
    char **areas;   /**< codes, NULL-terminated; NULL: it is not about single areas */
    char **periods; /**< canonical labels, NULL-terminated; NULL: not about single periods */
    Seriousness seriousness; /**< major: readers may have drawn wrong conclusions */
    char *wrong, *right;     /**< what was said, and what is so */
    Where where;
} Correction;

/** Whether a correction is about this area: it names the area, or none. */
gboolean correction_concerns(const Correction *c, const char *area_code);

/** The shapes of areas, to be coloured by the figures of every indicator. */
typedef struct {
    char *id, *title, *note;
    int source;      /**< of format geojson or hexjson */
    char *code;      /**< property that holds an area's code; geojson needs it */
    char *name;      /**< property that holds its name; or NULL */
    Pattern *keep;   /**< codes of the file to read; NULL: all */
    Recode *recodes; /**< codes of the file (`from`) that are codes of the register (`to`); several
                          may be one area. Without periods */
    guint n_recodes;
    Where where;
} MapDefinition;

/** One of the amounts that make up a whole. */
typedef struct {
    char *title;
    Quantity amount;
    Where where;
} CompositionPart;

#define COMPOSITION_PARTS 8u /**< at most: more cannot be told apart in a bar */

/** What an amount is made of, for each area in one period. */
typedef struct {
    char *id, *title, *note;
    gboolean has_period;
    Period period; /**< else the latest found */
    CompositionPart *parts;
    guint n_parts;
    Quantity denominator; /**< amounts are shown per this; absent: as they are */
    double per;
    char *unit, *prefix, *suffix;
    int decimals;
    Where where;
} Composition;

/** Rejections that the study expects, so that they do not make an edition partial (exit 3). */
typedef struct {
    char *rule;
    int source;    /**< or -1: any */
    Pattern *keys; /**< of the area key or cell text that was rejected; NULL: any */
    char *because;
    Where where;
} ExpectedRejection;

/** The publisher's look. Colours are checked for their contrast on white: `colour` for text (4.5),
 *  `accent` for lines and areas (3). */
typedef struct {
    gboolean has_colour, has_accent; /**< else the program's own */
    char *colour, *accent;           /**< "#12436D" as declared, or NULL */
    guint8 colour_rgb[3], accent_rgb[3];
    char *logo, *logo_alt;   /**< resolved path of a PNG file and its text alternative, or NULL */
    const guint8 *logo_data; /**< its bytes, checked: it can be decoded */
    gsize logo_size;
    char *font, *font_bold; /**< resolved paths of the study's own fonts; both or none */
    char **font_more;       /**< of fonts for characters that those lack, or NULL */
    Fonts *fonts;           /**< made of them, checked; NULL: Inter alone */
    Where where;
} Brand;

typedef struct {
    char *id, *title, *subtitle, *summary;
    char *publisher, *status, *contact, *next_release, *revision_note, *licence, *language;
    char *edition;   /**< "2017-10-25" or NULL */
    char *notice;    /**< printed on every page, e.g. that the data are invented; or NULL */
    char *directory; /**< of study.yaml */
    gboolean branded;
    Brand brand;
    gboolean has_from, has_to;
    Period from, to; /**< periods outside are not read into the study */
    Source *sources;
    guint n_sources;
    Lookup *lookups;
    guint n_lookups;
    AreaRegister areas;
    PeerGrouping *peers; /**< the first fills the peer columns */
    guint n_peers;
    Indicator *indicators;
    guint n_indicators;
    Pair *pairs;
    guint n_pairs;
    Practice *practice;
    guint n_practice;
    ExpectedRejection *expected;
    guint n_expected;
    Correction *corrections; /**< the latest first */
    guint n_corrections;
    MapDefinition *maps;
    guint n_maps;
    Composition *compositions;
    guint n_compositions;
    char **template_files;   /**< wording of its own, or NULL */
    Templates *templates;    /**< built in, with what those files say instead; NULL: as built in */
    char **definition_files; /**< every file read, NULL-terminated, for provenance */
    gpointer storage;        /**< private: owns the strings */
} Study;

/** Reads a study and everything beside it. All faults go to `diags`, each with file, line and
 *  column: unknown-key (with the nearest known one), wrong-type, missing-key, duplicate,
 *  bad-reference, bad-pattern, bad-value, yaml-syntax, cannot-read. NULL if any was an error. */
Study *study_load(const char *path, Diagnostics *diags);
void study_free(Study *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Study, study_free)

int study_indicator(const Study *s, const char *id); /**< index or -1 */
int study_source(const Study *s, const char *id);

#endif
