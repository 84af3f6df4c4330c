#ifndef PEERLINE_PUBLISH_CHANGES_FILE_H
#define PEERLINE_PUBLISH_CHANGES_FILE_H

#include "peerline/publish/changes.h"

/** What an earlier edition's files say. */

/** A row of its data/assessment.csv. */
typedef struct {
    const char *indicator_id, *indicator, *area_code, *area_name, *period;
    ChangeSide side;
    gboolean had_value; /**< as read; `side.value` may be blanked later */
    gboolean met;       /**< for the one who compares */
} EarlierFigure;

typedef struct {
    GPtrArray *figures; /**< EarlierFigure*, in the order of the file */
    GHashTable *by_key;
    GStringChunk *texts;
} EarlierFigures;

/** NULL if there is no such file, or it is not as ours are. */
EarlierFigures *earlier_figures_read(const char *directory);
void earlier_figures_free(EarlierFigures *e);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EarlierFigures, earlier_figures_free)
/** NULL if it has no such row. */
EarlierFigure *earlier_figure(const EarlierFigures *e, const char *indicator_id, const char *period,
                              const char *area_code);

/** Its data/changes.csv; NULL if it tells of no change. */
Changes *changes_read(const ReportContext *context, const char *directory);

#endif
