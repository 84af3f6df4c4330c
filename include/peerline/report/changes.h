#ifndef PEERLINE_REPORT_CHANGES_H
#define PEERLINE_REPORT_CHANGES_H

#include <glib.h>

/** What is other than in an earlier edition. Figures are compared cell by cell: the same indicator,
 *  area and period. Outliers and places in the order are compared as readers see them: the latest
 *  period of the indicator then, and the latest now. */

typedef enum {
    CHANGE_NEW_FIGURE,       /**< a value where there was none */
    CHANGE_REVISED_FIGURE,   /**< another value for the same cell */
    CHANGE_WITHDRAWN_FIGURE, /**< no value where there was one */
    CHANGE_NEW_OUTLIER,      /**< alert or alarm now, and not on this side before */
    CHANGE_RESOLVED_OUTLIER, /**< alert or alarm before, and judged not to be on that side now */
    CHANGE_MOVED,            /**< another place in the order: the 95 % intervals of the two ranks
                                  have no rank in common; where ranks have no interval, at least a
                                  quarter of the areas lies between the two places */
    N_CHANGE_KINDS
} ChangeKind;

/** "new_figure", … as in data/changes.csv. */
const char *change_name(ChangeKind kind);

/** One of the two editions. Numbers are NAN, ranks 0, texts NULL where there is nothing to say. */
typedef struct {
    double value;
    const char *outlier, *direction, *judgement;
    guint rank, rank_lower, rank_upper;
    double percentile;
} ChangeSide;

typedef struct {
    ChangeKind kind;
    const char *indicator_id, *indicator, *area_code, *area_name;
    const char *period;        /**< of the figure now; of a withdrawn one, as it was */
    const char *period_before; /**< of the figure it is compared with; NULL: there was none */
    ChangeSide before, now;
    int indicator_index, area_index; /**< of the study now; -1: it is there no longer */
} EditionChange;

typedef struct {
    GArray *items; /**< EditionChange, sorted by the bytes of indicator_id, period, area_code, then
                      kind */
    guint n[N_CHANGE_KINDS];
    char *edition;    /**< date of the edition they are compared with; or NULL */
    char *assessment; /**< SHA-256 of its data/assessment.csv; or NULL */
    GStringChunk *texts;
} Changes;

Changes *changes_new(void);
void changes_free(Changes *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Changes, changes_free)
/** Copies the texts. */
void changes_add(Changes *c, const EditionChange *change);
void changes_sort(Changes *c);
static inline const EditionChange *changes_at(const Changes *c, guint i)
{
    return &g_array_index(c->items, EditionChange, i);
}

#endif
