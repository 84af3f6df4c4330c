#include "area.h"
#include "plain.h"

#include "peerline/stats/limits.h"
#include "peerline/stats/scale.h"

#include <math.h>

/* Two to a page. */
#define DEPTH_MOST 4

/* ---- which indicators ---- */

/* An indicator in depth: what stands out, or what has a preferred direction and is farthest from
 * the peers though not out of the ordinary. */
typedef struct {
    guint indicator, period;
    const Finding *finding; /* NULL: nothing stands out */
    double weight;
} Depth;

/* Two of each direction, then the third ones while there is room. */
static void add_findings(const AreaReport *r, GArray *out)
{
    for (guint round = 0; round < 2; round++)
        for (int good = -1; good <= 1; good++) {
            const Finding *chosen[FRONT_PAGE_MOST];
            guint m = area_chosen(r, good, chosen);
            guint from = round == 0 ? 0 : 2, to = round == 0 ? MIN(m, 2) : m;
            for (guint k = from; k < to && out->len < DEPTH_MOST; k++) {
                Depth d = {chosen[k]->indicator, chosen[k]->period, chosen[k], 0};
                g_array_append_val(out, d);
            }
        }
}

static gboolean is_in_depth(const GArray *depths, guint indicator)
{
    for (guint k = 0; k < depths->len; k++)
        if (g_array_index(depths, Depth, k).indicator == indicator)
            return TRUE;
    return FALSE;
}

static int compare_weights(gconstpointer a, gconstpointer b)
{
    const Depth *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->indicator < y->indicator ? -1 : x->indicator > y->indicator;
}

static void fill_up(const AreaReport *r, GArray *out)
{
    const ReportContext *c = r->pen.c;
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(Depth));
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)) || report_good_sign(indicator_of(c, i)) == 0)
            continue;
        const Verdict *v = verdict_of(c, i, (guint)p, r->area);
        if (!v->ranked || !isfinite(v->peer_z) || is_in_depth(out, i))
            continue;
        Depth d = {i, (guint)p, NULL, fabs(v->peer_z)};
        g_array_append_val(others, d);
    }
    g_array_sort(others, compare_weights);
    for (guint k = 0; k < others->len && out->len < DEPTH_MOST; k++)
        g_array_append_val(out, g_array_index(others, Depth, k));
}

/* ---- in words ---- */

/* From how many peers the figure cannot be told apart, by the margins of error of both; FALSE where
 * fewer than two peers have one. */
static gboolean alike_peers(const AreaReport *r, const Depth *d, guint *alike, guint *of)
{
    const ReportContext *c = r->pen.c;
    const PeerSet *peers = assessment_peers(c->assessment, 0, r->area);
    const Verdict *own = verdict_of(c, d->indicator, d->period, r->area);
    double value = observed(c, d->indicator, d->period, r->area)->value;
    double s = scale_se(own->lower95, own->upper95);
    *alike = *of = 0;
    for (guint k = 0; peers && k < peers->n; k++) {
        const Verdict *v = verdict_of(c, d->indicator, d->period, peers->areas[k]);
        double other = observed(c, d->indicator, d->period, peers->areas[k])->value;
        double z = fabs(value - other) / hypot(s, scale_se(v->lower95, v->upper95));
        if (!v->ranked || !isfinite(z))
            continue;
        *of += 1;
        *alike += z <= LIMITS_Z95;
    }
    return *of >= 2;
}

static const char *figures_words(AreaReport *r, const Depth *d)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *i = indicator_of(c, d->indicator);
    const Verdict *v = verdict_of(c, d->indicator, d->period, r->area);
    double value = observed(c, d->indicator, d->period, r->area)->value;
    const char *share = plain_share(pen, i, value);
    const char *range = phrase_range(pen, i, v->lower95, v->upper95);
    const char *here = phrase_value_unit(pen, i, value);
    const char *margin = *range ? pen_say(pen, WORD_DEPTH_RANGE, "range", range) : "";
    const char *about = *share ? pen_say(pen, WORD_DEPTH_SHARE, "+share", share) : "";
    if (!isfinite(v->peer_median))
        return pen_say(pen, WORD_DEPTH_HERE, "value", here, "+share", about, "+range", margin);
    return pen_say(pen, WORD_DEPTH_HERE_AND_PEERS, "value", here, "+share", about, "+range", margin,
                   "+gap", plain_gap(pen, i, value, v->peer_median), "median",
                   phrase_value(pen, i, v->peer_median));
}

static const char *trend_words(AreaReport *r, const Depth *d)
{
    const Verdict *v = verdict_of(r->pen.c, d->indicator, d->period, r->area);
    switch (v->trend) {
    case TREND_INCREASING: return pen_say(&r->pen, WORD_DEPTH_TREND_UP);
    case TREND_DECREASING: return pen_say(&r->pen, WORD_DEPTH_TREND_DOWN);
    case TREND_NONE: return pen_say(&r->pen, WORD_DEPTH_TREND_LEVEL);
    case TREND_NOT_CALCULABLE: break;
    }
    return v->trend_reason ? pen_say(&r->pen, WORD_DEPTH_TREND_UNKNOWN, "why",
                                     phrase_note(&r->pen, v->trend_reason))
                           : "";
}

/* Where it stands among all, against the limits, from how many peers it differs, where it goes. */
static void write_position(AreaReport *r, Block *group, const Depth *d, gboolean charted)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Verdict *v = verdict_of(c, d->indicator, d->period, r->area);
    const char *limits = "", *peers = "";
    if (v->outlier != OUTLIER_NOT_ESTIMABLE)
        limits = pen_say(pen, WORD_DEPTH_LIMITS, "limits",
                         phrase_limits(pen, d->indicator, d->period, r->area));
    guint alike, of;
    if (alike_peers(r, d, &alike, &of))
        peers = pen_say(pen, alike ? WORD_DEPTH_ALIKE : WORD_DEPTH_ALIKE_NONE, "n",
                        phrase_count(pen, alike), "of", phrase_count(pen, of));
    pen_para(pen, group, PARA_SMALL, WORD_DEPTH_POSITION, "+place",
             phrase_position(pen, d->indicator, d->period, r->area), "+limits", limits, "+peers",
             peers, "+trend", charted ? trend_words(r, d) : "");
}

/* ---- the block of one indicator ---- */

static void add_scene(AreaReport *r, Block *group, Scene *scene, Word caption)
{
    if (scene)
        document_figure(r->pen.d, group, scene, pen_say(&r->pen, caption));
}

/* What the study says of the indicator, where the charts leave room for it. */
static void write_texts(AreaReport *r, Block *parent, const Indicator *i, gboolean all)
{
    Pen *pen = &r->pen;
    pen_text(pen, parent, PARA_SMALL, pen_say(pen, WORD_DEPTH_WHY), i->why);
    if (all)
        pen_text(pen, parent, PARA_SMALL, pen_say(pen, WORD_DEPTH_VARIATION), i->variation_note);
    pen_text(pen, parent, PARA_SMALL, pen_say(pen, WORD_DEPTH_CAVEATS), i->caveats);
}

static void write_one(AreaReport *r, Block *group, const Depth *d, Scene *peers)
{
    Pen *pen = &r->pen;
    const Indicator *i = indicator_of(pen->c, d->indicator);
    document_heading(pen->d, group, 3,
                     pen_say(pen, WORD_DEPTH_TITLE, "indicator", phrase_indicator(i), "period",
                             phrase_period(pen->c, d->indicator, d->period)),
                     NULL);
    pen_para(pen, group, PARA_BODY, WORD_DEPTH_LEAD, "+figures", figures_words(r, d), "+words",
             d->finding ? standout_words(pen, d->finding) : "");
    Scene *trend = figure_trend_wide(pen, d->indicator, r->area);
    write_position(r, group, d, trend != NULL);
    Scene *funnel = figure_funnel_area(pen, d->indicator, d->period, r->area);
    r->in_depth[d->indicator] = trend != NULL;
    Block *columns = peers->width < DOCUMENT_TEXT_WIDTH
                         ? document_container(pen->d, group, BLOCK_COLUMNS)
                         : NULL;
    Block *left = columns ? document_container(pen->d, columns, BLOCK_GROUP) : group;
    add_scene(r, left, peers, WORD_DEPTH_PEERS_CAPTION);
    Block *right = columns ? document_container(pen->d, columns, BLOCK_GROUP) : group;
    add_scene(r, right, trend, WORD_DEPTH_TREND_CAPTION);
    add_scene(r, right, funnel, WORD_DEPTH_FUNNEL_CAPTION);
    r->told[d->indicator] = !trend || !funnel;
    if (r->told[d->indicator])
        write_texts(r, right, i, !trend && !funnel);
}

void area_depth(AreaReport *r)
{
    Pen *pen = &r->pen;
    g_autoptr(GArray) depths = g_array_new(FALSE, FALSE, sizeof(Depth));
    add_findings(r, depths);
    fill_up(r, depths);
    gboolean any = FALSE;
    for (guint k = 0; k < depths->len; k++) {
        const Depth *d = &g_array_index(depths, Depth, k);
        Scene *peers = figure_peers(pen, d->indicator, d->period, r->area);
        if (!peers)
            continue;
        Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
        if (!any) {
            pen_heading(pen, group, 2, WORD_DEPTH_HEADING, "in-depth");
            pen_para(pen, group, PARA_SMALL, WORD_DEPTH_INTRODUCTION);
        }
        any = TRUE;
        write_one(r, group, d, peers);
    }
}
