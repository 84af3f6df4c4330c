#ifndef OBSERVE_READING_H
#define OBSERVE_READING_H

#include "peerline/base/number.h"
#include "peerline/intake/fetch.h"
#include "peerline/intake/table.h"
#include "peerline/observe/observation.h"
#include "peerline/observe/observe.h"
#include "set.h"

/** What the steps of observing share while the set is being built. Private to this folder. */

enum { AREA_NATIONAL = -1, AREA_IGNORED = -2, AREA_UNKNOWN = -3 };

/** A lookup as it was read. */
typedef struct LookupTable LookupTable;
/** Which areas there have been, and what became of them: boundaries.h. */
typedef struct BoundaryMap BoundaryMap;

typedef struct {
    const Study *study;
    ObservationSet *set;
    Diagnostics *diags;
    Table **tables;        /**< per source; NULL where the source could not be read or is unused */
    LookupTable **lookups; /**< per lookup */
    BoundaryMap *boundaries;
    GHashTable **resolved; /**< per source: key text -> area index + AREA_OFFSET, a memo */
    GArray *rejects;       /**< Reject */
    GHashTable *rejected;  /**< texts of rejects, so that one row is named once per rule */
    GArray *reasons;       /**< Reason */
} Reading;

/** Rows of a source that a list of filters keeps, with the columns found once. */
typedef struct BoundFilters BoundFilters;
/** NULL (and a diagnostic) if a column does not exist. */
BoundFilters *filters_bind(Reading *r, int source, const RowFilters *filters);
gboolean filters_keep(const BoundFilters *b, const Table *t, guint row);
void filters_free(BoundFilters *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BoundFilters, filters_free)

/** A condition (RowFilter) on the text of its column, as a CellTest asks it. */
gboolean filter_holds(gconstpointer filter, const char *cell);

/** The column with this name, or -1 and a diagnostic that names the nearest one. */
int reading_column(Reading *r, int source, const char *name, const Where *where);

/** Notes a row that no rule can use. `key` is what a study's expected_rejections may name. */
void reading_reject(Reading *r, int source, guint row, const char *rule, const char *key,
                    const char *text);

void reading_reject_line(Reading *r, int source, guint line, const char *rule, const char *key,
                         const char *text);

/** Reads every source that the study uses; faults go to the diagnostics. */
void reading_load_tables(Reading *r, const SourceFiles *files);
void reading_load_lookups(Reading *r);
/** What a key means; NULL where the lookup does not have it, or is NULL. */
const char *lookup_find(const LookupTable *t, const char *key);
void lookup_free(LookupTable *t);
/** "nearest: a, b, c": up to three keys that look like this one, or NULL. */
char *lookup_nearest(const LookupTable *t, const char *key);
/** The same for a source's key that is no area, where its joins take names; else NULL. */
char *reading_nearest_names(const Reading *r, int source, const char *key);
void reading_load_areas(Reading *r);
void reading_load_peers(Reading *r);
/** The shapes of areas; what is wrong with them goes to the diagnostics. */
void reading_load_maps(Reading *r);
/** Reads the amounts that compositions are made of. */
void reading_load_compositions(Reading *r);
/** Makes them, once it is known which of the amounts may be shown (guard.h). */
void compositions_make(const Study *study, ObservationSet *set);

/** The place with this code, also under another code of its: an index, or -1. Indices below the
 * set's n_areas are areas; the others were areas, or will be, and serve to restate figures. */
int boundaries_find(const BoundaryMap *b, const char *code);
/** The code of a place. */
const char *boundaries_code(const BoundaryMap *b, guint place);
/** How many places there are. */
guint boundaries_places(const BoundaryMap *b);
/** Why a place has no figure of its own in a period: it was closed, or did not exist yet; NULL
 * where it was there at the end of the period. Newly allocated. */
char *boundaries_absence(const BoundaryMap *b, guint place, Period period);
void boundaries_free(BoundaryMap *b);

/** The place that a row's key means: an index, or AREA_NATIONAL, _IGNORED, _UNKNOWN. */
int reading_area(Reading *r, int source, const char *key, Period period);
/** Declared to be outside what the source covers; NULL if it is not. */
const NotCovered *reading_not_covered(const Reading *r, int source, const char *area_code);

/** One number gathered from a source for one area and period. */
typedef struct {
    const Quantity *from; /**< what it was read by: a quantity, or one of its further sources */
    Period period;
    int area;      /**< index, or AREA_NATIONAL */
    guint band;    /**< index into the bands of its QuantityCells; 0 where not by age */
    Sum sum;       /**< of the numbers found */
    guint numbers; /**< how many */
    guint rows;    /**< how many rows took part, with or without a number */
    guint first_line;
    guint64 parts;          /**< months seen, when gathering */
    Status missing;         /**< why a part is missing; STATUS_OK = none is */
    gboolean clash;         /**< two rows where only one may be */
    double index, index_to; /**< price index of the period and of the one to deflate to */
    gboolean no_index;      /**< there is no price index for the period */
    Status basis;           /**< STATUS_RESTATED, STATUS_ESTIMATED: made of other places' cells */
    const char *because;    /**< what of, or why it could not be made; NULL: the place's own cell */
} QuantityCell;

typedef struct {
    GArray *cells; /**< QuantityCell, sorted by period, area, band */
    GArray *bands; /**< AgeBand, in the order in which they were met; NULL: not by age */
} QuantityCells;

/** Which periods are wanted; nothing set: all. */
typedef struct {
    gboolean has_from, has_to;
    Period from, to;
} Span;

/** Everything a quantity says within a span, by area and period, from all of its sources; NULL if
 * it is absent or cannot be read. Two sources may share a period only where months are gathered and
 *  each gives other months of it. */
QuantityCells *quantity_read(Reading *r, const Quantity *q, const Span *span);
/** The same from its own source alone. */
QuantityCells *quantity_read_source(Reading *r, const Quantity *q, const Span *span);
void quantity_cells_free(QuantityCells *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QuantityCells, quantity_cells_free)
const QuantityCell *quantity_find(const QuantityCells *c, Period period, int area);
/** The same of one age band, by its index in c->bands. */
const QuantityCell *quantity_find_band(const QuantityCells *c, Period period, int area, guint band);
/** Whether there is anything for this area and period, in whatever band. */
gboolean quantity_has(const QuantityCells *c, Period period, int area);
/** The source that has this period: where to look for the reason of a missing area. */
int quantity_source(const QuantityCells *c, const Quantity *q, Period period);
/** The number of a cell (scaled, deflated), or NAN with the status that says why. A NULL cell is
 * not reported. */
double quantity_number(const QuantityCell *cell, Status *status);

/** A number that is not there. */
typedef struct {
    const Quantity *what;
    const QuantityCells *cells; /**< of the quantity */
    const QuantityCell *cell;   /**< of the area in this period, or NULL */
    Status found;               /**< by quantity_number() */
    Period when;
    guint area;
    const NotCovered *declared; /**< by who asks for the quantity, or NULL: see the source */
} QuantityGap;
/** Why it is not there: what the study declares about the area, else what was found. `because` is
 *  set to the reason in words, owned by the set, or to NULL. */
Status reading_gap(Reading *r, const QuantityGap *gap, const char **because);

/** Adds cells for areas that have none of their own in a period: the sums of their predecessors, or
 * of the successors that lie wholly within them; and, where these do not make a whole, cells that
 * say why. */
void boundaries_restate(Reading *r, const Quantity *q, QuantityCells *cells);

/** Reads a cell as the rule of its source says; FALSE where it is no period. */
gboolean reading_period(const PeriodRule *rule, const char *text, Period *out);
/** The period in a header of a table with a column per period: by the groups of its pattern, else
 * as it is spelt. */
gboolean reading_header_period(const Source *s, const char *header, Period *out);
/** Gives each of the cells (QuantityCell) the price index of its period. */
void reading_deflate(Reading *r, const Deflator *d, GArray *cells);

/** Fills one indicator's series. */
void reading_series(Reading *r, guint indicator);

#endif
