#include "peerline/publish/changes.h"

#include <math.h>
#include <string.h>

#include "changes_file.h"
#include "peerline/publish/provenance.h"

/* Program and libraries may round the last digits otherwise. */
#define ALIKE 1e-9
/* Of the areas between two places in the order, in percent, where ranks have no interval. */
#define FAR_APART 25.0

typedef struct {
    const ReportContext *context;
    const EarlierFigures *before;
    Changes *changes;
} Comparison;

static gboolean alike(double a, double b)
{
    return fabs(a - b) <= ALIKE * MAX(fabs(a), fabs(b));
}

static gboolean is_flagged(const char *outlier)
{
    return outlier && (!strcmp(outlier, "alert") || !strcmp(outlier, "alarm"));
}

/* ---- one cell of the grid now ---- */

typedef struct {
    guint indicator, period, area;
} At;

static const Observation *observed(const Comparison *c, At at)
{
    return series_at(&c->context->set->series[at.indicator], c->context->set->n_areas, at.period,
                     at.area);
}

static ChangeSide side_now(const Comparison *c, At at)
{
    const Verdict *v = verdict_at(c->context->assessment, at.indicator, at.period, at.area);
    return (ChangeSide){.value = observed(c, at)->value,
                        .outlier = outlier_name(v->outlier),
                        .direction = direction_name(v->direction),
                        .judgement = judgement_name(v->judgement),
                        .rank = v->rank,
                        .rank_lower = v->rank_lower,
                        .rank_upper = v->rank_upper,
                        .percentile = v->percentile};
}

static const ChangeSide NOTHING = {.value = NAN, .percentile = NAN};

static EditionChange change_at(const Comparison *c, At at, ChangeKind kind)
{
    const ReportContext *r = c->context;
    return (EditionChange){.kind = kind,
                           .indicator_id = r->study->indicators[at.indicator].id,
                           .indicator = r->study->indicators[at.indicator].title,
                           .area_code = r->set->areas[at.area].code,
                           .area_name = r->set->areas[at.area].name,
                           .period = r->set->series[at.indicator].period_labels[at.period],
                           .before = NOTHING,
                           .now = NOTHING,
                           .indicator_index = (int)at.indicator,
                           .area_index = (int)at.area};
}

/* ---- figures, cell by cell ---- */

static gboolean is_suppressed(const Observation *o)
{
    return o->status == STATUS_SUPPRESSED || (o->hidden & HIDDEN_VALUE);
}

static void compare_cell(Comparison *c, At at, EarlierFigure *then)
{
    const Observation *now = observed(c, at);
    const double before = then ? then->side.value : NAN;
    if (then)
        then->met = TRUE;
    if (then && is_suppressed(now))
        then->side.value = NAN; /* for whatever else would tell it */
    if (!isfinite(now->value) && !isfinite(before))
        return;
    if (isfinite(now->value) && isfinite(before) && alike(now->value, before))
        return;
    const ChangeKind kind = !isfinite(before)      ? CHANGE_NEW_FIGURE
                            : isfinite(now->value) ? CHANGE_REVISED_FIGURE
                                                   : CHANGE_WITHDRAWN_FIGURE;
    EditionChange change = change_at(c, at, kind);
    change.now.value = now->value;
    if (then && isfinite(before)) {
        change.before.value = then->side.value;
        change.period_before = change.period;
    }
    changes_add(c->changes, &change);
}

static void compare_figures(Comparison *c)
{
    const ObservationSet *set = c->context->set;
    for (guint i = 0; i < set->n_indicators; i++)
        for (guint p = 0; p < set->series[i].n_periods; p++)
            for (guint a = 0; a < set->n_areas; a++)
                compare_cell(c, (At){i, p, a},
                             earlier_figure(c->before, c->context->study->indicators[i].id,
                                            set->series[i].period_labels[p], set->areas[a].code));
}

static int indicator_index(const ReportContext *r, const char *id)
{
    for (guint i = 0; i < r->study->n_indicators; i++)
        if (!strcmp(r->study->indicators[i].id, id))
            return (int)i;
    return -1;
}

/* Indicators, areas and periods that are no more. */
static void find_gone(Comparison *c)
{
    for (guint k = 0; k < c->before->figures->len; k++) {
        const EarlierFigure *then = c->before->figures->pdata[k];
        if (then->met || !isfinite(then->side.value))
            continue;
        const EditionChange change = {
            .kind = CHANGE_WITHDRAWN_FIGURE,
            .indicator_id = then->indicator_id,
            .indicator = then->indicator,
            .area_code = then->area_code,
            .area_name = then->area_name,
            .period = then->period,
            .period_before = then->period,
            .before = {.value = then->side.value, .percentile = NAN},
            .now = NOTHING,
            .indicator_index = indicator_index(c->context, then->indicator_id),
            .area_index = observation_area(c->context->set, then->area_code)};
        changes_add(c->changes, &change);
    }
}

/* ---- verdicts, from the latest period then to the latest now ---- */

static int period_place(const Series *series, const char *label)
{
    for (guint p = 0; p < series->n_periods; p++)
        if (!strcmp(series->period_labels[p], label))
            return (int)p;
    return -1;
}

/* The latest period then with any value: in the order of the periods now, or of their bytes where
 * one is no more. NULL: the indicator had no figure. */
static const char *latest_before(const Comparison *c, guint i)
{
    const Series *series = &c->context->set->series[i];
    const char *latest = NULL;
    for (guint k = 0; k < c->before->figures->len; k++) {
        const EarlierFigure *then = c->before->figures->pdata[k];
        if (!then->had_value || latest == then->period ||
            strcmp(then->indicator_id, c->context->study->indicators[i].id) != 0)
            continue;
        const int a = latest ? period_place(series, latest) : -1;
        const int b = period_place(series, then->period);
        if (!latest || (a >= 0 && b >= 0 ? b > a : strcmp(then->period, latest) > 0))
            latest = then->period;
    }
    return latest;
}

static gboolean is_moved(const ChangeSide *a, const ChangeSide *b)
{
    if (!a->rank || !b->rank)
        return FALSE;
    if (a->rank_lower && b->rank_lower)
        return a->rank_upper < b->rank_lower || b->rank_upper < a->rank_lower;
    return fabs(a->percentile - b->percentile) >= FAR_APART;
}

static void add_verdict(Comparison *c, At at, ChangeKind kind, const EarlierFigure *then)
{
    EditionChange change = change_at(c, at, kind);
    change.now = side_now(c, at);
    if (then) {
        change.before = then->side;
        change.period_before = then->period;
    }
    changes_add(c->changes, &change);
}

static void compare_verdict(Comparison *c, At at, const EarlierFigure *then)
{
    const ChangeSide now = side_now(c, at);
    const gboolean was = then && is_flagged(then->side.outlier), is = is_flagged(now.outlier);
    const gboolean same_side = then && !g_strcmp0(then->side.direction, now.direction);
    if (is && (!was || !same_side))
        add_verdict(c, at, CHANGE_NEW_OUTLIER, then);
    if (was && (is ? !same_side : !g_strcmp0(now.outlier, "none")) && isfinite(now.value))
        add_verdict(c, at, CHANGE_RESOLVED_OUTLIER, then);
    if (then && is_moved(&then->side, &now))
        add_verdict(c, at, CHANGE_MOVED, then);
}

static void compare_verdicts(Comparison *c)
{
    const ReportContext *r = c->context;
    for (guint i = 0; i < r->set->n_indicators; i++) {
        const int latest = r->assessment->indicators[i].latest;
        const char *before = latest >= 0 ? latest_before(c, i) : NULL;
        for (guint a = 0; before && a < r->set->n_areas; a++)
            compare_verdict(c, (At){i, (guint)latest, a},
                            earlier_figure(c->before, r->study->indicators[i].id, before,
                                           r->set->areas[a].code));
    }
}

Changes *changes_find(const ReportContext *context, const Earlier *earlier)
{
    g_autoptr(EarlierFigures) before = earlier_figures_read(earlier->directory);
    if (!before)
        return NULL;
    g_autoptr(Changes) changes = changes_new();
    const Manifest *manifest = earlier->manifest;
    Comparison c = {context, before, changes};
    compare_figures(&c);
    find_gone(&c);
    compare_verdicts(&c);
    if (changes->items->len == 0) {
        Changes *told = changes_read(context, earlier->directory);
        if (told) {
            told->edition = g_strdup(manifest->compared_edition);
            told->assessment = g_strdup(manifest->compared_with);
        }
        return told;
    }
    const ManifestFile *file = manifest_find(manifest, "data/assessment.csv");
    changes->edition = provenance_edition(earlier->directory);
    changes->assessment = g_strdup(file ? file->sha256 : NULL);
    changes_sort(changes);
    return g_steal_pointer(&changes);
}
