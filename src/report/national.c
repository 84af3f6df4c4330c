#include "national.h"

#include "peerline/base/number.h"
#include "peerline/base/clock.h"
#include "peerline/report/reports.h"

#include <math.h>

/* ---- what several sections ask ---- */

typedef struct {
    guint area;
    double z;
} Flagged;

static int compare_flagged(gconstpointer a, gconstpointer b)
{
    const Flagged *x = a, *y = b;
    return x->z != y->z ? (x->z > y->z ? -1 : 1) : x->area < y->area ? -1 : x->area > y->area;
}

GArray *national_flagged(const ReportContext *c, guint i, guint period, gboolean higher)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Flagged));
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Verdict *v = verdict_of(c, i, period, a);
        if (is_flagged(v) && (v->direction == DIRECTION_HIGHER) == higher) {
            Flagged f = {a, isfinite(v->z_adjusted) ? fabs(v->z_adjusted) : 0};
            g_array_append_val(found, f);
        }
    }
    g_array_sort(found, compare_flagged);
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = 0; k < found->len; k++)
        g_array_append_val(areas, g_array_index(found, Flagged, k).area);
    return areas;
}

const char *national_expected_text(Pen *pen, guint i, guint period)
{
    const PeriodSummary *s = summary_of(pen->c, i, period);
    if (s->not_estimable)
        return pen_say(pen, WORD_DASH);
    g_autofree char *expected = words_number(pen->c->study, number_text(s->expected_alerts, 0));
    return pen_say(pen, WORD_FLAGGED_AND_EXPECTED, "n", phrase_count(pen, s->alerts + s->alarms),
                   "expected", expected);
}

/* ---- rows that the index leads to ---- */

static const char *row_name(NationalReport *r, RowsOf of, guint indicator, guint area)
{
    static const char *const names[] = {[ROWS_OUTLIERS] = "outlier",
                                        [ROWS_PERSISTENT] = "persistent",
                                        [ROWS_LEARNING] = "learning"};
    return pen_format(&r->pen, "#%s-%u-%u", names[of], indicator + 1, area + 1);
}

void national_name_row(NationalReport *r, Block *table, RowsOf of, guint indicator, guint area)
{
    const char *name = row_name(r, of, indicator, area);
    table_anchor(table, name + 1);
    g_hash_table_add(r->rows, (gpointer)name);
}

const char *national_row(NationalReport *r, RowsOf of, guint indicator, guint area)
{
    return g_hash_table_lookup(r->rows, row_name(r, of, indicator, area));
}

/* ---- cover ---- */

static void cover_line(Pen *pen, Block *cover, Word word, const char *text)
{
    if (text && *text)
        pen_para(pen, cover, PARA_BODY, word, "text", text);
}

void national_cover(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Study *study = c->study;
    Block *cover = document_cover(pen->d, pen_escape(pen, c->title),
                                  study->subtitle ? pen_escape(pen, study->subtitle) : NULL);
    g_autofree char *date = c->edition_date ? words_date(c->study, c->edition_date) : NULL;
    cover_line(pen, cover, WORD_COVER_PUBLISHER, study->publisher);
    cover_line(pen, cover, WORD_COVER_DATE, date);
    cover_line(pen, cover, WORD_COVER_STATUS, study->status);
    pen_para(pen, cover, PARA_BODY, WORD_COVER_SCOPE, "n", phrase_count(pen, open_areas(c)),
             "indicators", phrase_count(pen, study->n_indicators));
    cover_line(pen, cover, WORD_COVER_NEXT, study->next_release);
    cover_line(pen, cover, WORD_COVER_CONTACT, study->contact);
    cover_line(pen, cover, WORD_COVER_LICENCE, study->licence);
    pen_heading(pen, NULL, 1, WORD_CONTENTS_HEADING, "contents")->unlisted = TRUE;
    document_container(pen->d, NULL, BLOCK_CONTENTS);
}

/* ---- the report ---- */

static void describe(const ReportContext *c, Document *d)
{
    const Study *study = c->study;
    d->subtitle = g_strdup(study->subtitle);
    d->subject = g_strdup(study->subtitle ? study->subtitle : c->title);
    d->running = g_strdup(c->title);
}

Document *report_national(const ReportContext *context)
{
    static void (*const sections[])(NationalReport *) = {
        national_cover,      national_summary,      national_changes,      national_how_to_read,
        national_indicators, national_compositions, national_not_compared, national_pairs,
        national_outliers,   national_persistent,   national_learning,     national_methods,
        national_quality,    national_sources,      national_corrections,  national_glossary,
        national_index,
    };
    NationalReport r = {0};
    pen_init(&r.pen, context, context->title);
    describe(context, r.pen.d);
    r.order = report_indicator_order(context);
    r.rows = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < G_N_ELEMENTS(sections); k++)
        sections[k](&r);
    g_free(r.order);
    g_hash_table_unref(r.rows);
    return pen_finish(&r.pen);
}
