#include "area.h"

#include "peerline/report/reports.h"

guint area_chosen(const AreaReport *r, int good, const Finding *out[FRONT_PAGE_MOST])
{
    guint n = 0;
    for (guint k = 0; k < r->findings->len && n < FRONT_PAGE_MOST; k++) {
        const Finding *f = &g_array_index(r->findings, Finding, k);
        if (f->good == good)
            out[n++] = f;
    }
    return n;
}

/* Rows of three charts fill about half a page from so many on. */
#define CHARTS_OF_HALF_A_PAGE 4

void area_pairs_and_opportunity(AreaReport *r)
{
    const gboolean short_first = r->charts >= CHARTS_OF_HALF_A_PAGE;
    (short_first ? area_opportunity : area_pairs)(r);
    (short_first ? area_pairs : area_opportunity)(r);
}

/* The title tells windows apart and is read out first: the area alone would not say what of it. */
static void describe(const ReportContext *c, Document *d, const char *title)
{
    d->subtitle = g_strdup(c->title);
    d->subject = g_strdup(c->title);
    d->running = g_strdup(title);
}

Document *report_area(const ReportContext *context, guint area)
{
    g_return_val_if_fail(area < context->set->n_areas, NULL);
    static void (*const sections[])(AreaReport *) = {
        area_front,        area_position, area_depth,     area_trends, area_pairs_and_opportunity,
        area_compositions, area_learning, area_questions, area_notes,
    };
    AreaReport r = {.area = area};
    g_autofree char *title = g_strdup_printf("%s: %s", phrase_area(context, area), context->title);
    pen_init(&r.pen, context, title);
    describe(context, r.pen.d, title);
    r.findings = standout_findings(context, area, &r.compared);
    r.order = report_indicator_order(context);
    r.told = g_new0(gboolean, MAX(context->study->n_indicators, 1));
    r.in_depth = g_new0(gboolean, MAX(context->study->n_indicators, 1));
    for (guint k = 0; k < G_N_ELEMENTS(sections); k++)
        sections[k](&r);
    g_array_unref(r.findings);
    g_free(r.order);
    g_free(r.in_depth);
    g_free(r.told);
    return pen_finish(&r.pen);
}
