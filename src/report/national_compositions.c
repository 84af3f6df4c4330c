#include "national.h"

#include "peerline/base/number.h"

#include <math.h>

/* A chart of so many bars fills a page. */
#define BARS_MOST 31
/* What the first page has left for both charts, the height of a bar, and that of key and axis. */
#define ROOM_OF_CHARTS 505.0
#define BAR_HEIGHT     19.0
#define BESIDE_BARS    75.0
/* Fewer bars on the first page are not worth a chart. */
#define FIRST_LEAST 6
/* Groups of areas, on the page of the heading. */
#define GROUPS_MOST   16
#define MISSING_NAMED 60

static gboolean is_before(const Made *made, guint a, guint b)
{
    const double one = made->total[a], other = made->total[b];
    return one > other || (one == other && a < b);
}

static int compare_total(gconstpointer va, gconstpointer vb, gpointer data)
{
    const guint a = *(const guint *)va, b = *(const guint *)vb;
    return a == b ? 0 : is_before(data, a, b) ? -1 : 1;
}

/* Areas that can be shown, the largest total first. */
static GArray *shown_areas(const Made *made, guint n_areas)
{
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint a = 0; a < n_areas; a++)
        if (isfinite(made->total[a]))
            g_array_append_val(areas, a);
    g_array_sort_with_data(areas, compare_total, (gpointer)made);
    return areas;
}

static const char *percent(Pen *pen, double part, double whole)
{
    const char *n = pen_number(pen, number_text(100 * part / whole, 0));
    return pen_keep(pen, words_plain(pen->c->study, WORD_PERCENT, "n", n, NULL));
}

/* How the largest part differs between areas. */
static void write_largest(Pen *pen, guint k, const GArray *areas)
{
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    const MadeGroup *nation = &made->groups[0];
    guint largest = 0;
    for (guint p = 1; p < what->n_parts; p++)
        largest = nation->parts[p] > nation->parts[largest] ? p : largest;
    double low = INFINITY, high = -INFINITY;
    for (guint m = 0; m < areas->len; m++) {
        const guint a = g_array_index(areas, guint, m);
        const double share = made->parts[(gsize)a * what->n_parts + largest] / made->total[a];
        if (made->total[a] > 0) {
            low = MIN(low, share);
            high = MAX(high, share);
        }
    }
    if (nation->total > 0 && isfinite(low))
        pen_para(pen, NULL, PARA_LEAD, WORD_PARTS_LARGEST, "part", what->parts[largest].title,
                 "share", percent(pen, nation->parts[largest], nation->total), "total",
                 figure_amount(pen, what, nation->total), "unit", figure_amount_unit(pen, what),
                 "low", percent(pen, low, 1), "high", percent(pen, high, 1));
}

/* Returns how high the chart is. */
static double write_groups(Pen *pen, guint k)
{
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    g_autofree CompositionRow *rows = g_new0(CompositionRow, made->n_groups);
    guint n = 0;
    for (guint m = 0; m < made->n_groups && n < GROUPS_MOST; m++)
        if (made->groups[m].n > 0)
            rows[n++] =
                (CompositionRow){made->groups[m].name, made->groups[m].parts, made->groups[m].total,
                                 figure_amount(pen, what, made->groups[m].total)};
    if (n == 0)
        return 0;
    Scene *scene = figure_parts(pen, k, rows, n, CHART_NO_ITEM);
    document_figure(pen->d, NULL, scene, pen_say(pen, WORD_PARTS_GROUPS_CAPTION));
    return scene->height;
}

static void write_piece(Pen *pen, guint k, const CompositionRow *rows, guint from, guint to,
                        guint of)
{
    if (to > from)
        document_figure(pen->d, NULL, figure_parts(pen, k, rows + from, to - from, CHART_NO_ITEM),
                        pen_say(pen, WORD_PARTS_AREAS_CAPTION, "from", phrase_count(pen, from + 1),
                                "to", phrase_count(pen, to), "of", phrase_count(pen, of)));
}

/* What fits on the first page below a chart of this height, then pages of like length. */
static void write_areas(Pen *pen, guint k, const GArray *areas, double above)
{
    const ReportContext *c = pen->c;
    const Composition *what = &c->study->compositions[k];
    const Made *made = &c->set->made[k];
    const double room = ROOM_OF_CHARTS - above - BESIDE_BARS;
    const guint fits = room > FIRST_LEAST * BAR_HEIGHT ? (guint)(room / BAR_HEIGHT) : 0;
    const guint first = MIN(fits, areas->len), rest = areas->len - first;
    const guint pieces = (rest + BARS_MOST - 1) / BARS_MOST;
    g_autofree CompositionRow *rows = g_new0(CompositionRow, MAX(areas->len, 1));
    for (guint m = 0; m < areas->len; m++) {
        const guint a = g_array_index(areas, guint, m);
        rows[m] = (CompositionRow){phrase_area_short(c, a), made->parts + (gsize)a * what->n_parts,
                                   made->total[a], figure_amount(pen, what, made->total[a])};
    }
    write_piece(pen, k, rows, 0, first, areas->len);
    for (guint m = 0; m < pieces; m++)
        write_piece(pen, k, rows, first + rest * m / pieces, first + rest * (m + 1) / pieces,
                    areas->len);
}

static void write_missing(Pen *pen, const Made *made)
{
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint a = 0; a < c->set->n_areas; a++)
        if (!isfinite(made->total[a]) && area_in_force(&c->set->areas[a], made->period))
            g_ptr_array_add(names, (gpointer)phrase_area(c, a));
    if (names->len > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_PARTS_MISSING, "n", phrase_count(pen, names->len),
                 "names",
                 phrase_names(pen, (const char *const *)names->pdata, names->len, MISSING_NAMED));
}

static void write_composition(Pen *pen, guint k)
{
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    g_autoptr(GArray) areas = shown_areas(made, pen->c->set->n_areas);
    g_autofree char *period = made->known ? period_label(made->period) : NULL;
    document_heading(pen->d, NULL, 2, pen_escape(pen, what->title), NULL)->unlisted = TRUE;
    if (areas->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_PARTS_NOTHING);
        return;
    }
    write_largest(pen, k, areas);
    pen_text(pen, NULL, PARA_BODY, NULL, what->note);
    pen_para(pen, NULL, PARA_SMALL, WORD_PARTS_UNIT, "unit", what->unit ? what->unit : "", "period",
             period);
    const double groups = write_groups(pen, k);
    write_areas(pen, k, areas, groups);
    write_missing(pen, made);
}

void national_compositions(NationalReport *r)
{
    Pen *pen = &r->pen;
    const Study *study = pen->c->study;
    for (guint k = 0; k < study->n_compositions; k++) {
        document_page_break(pen->d);
        if (k == 0)
            pen_heading(pen, NULL, 1, WORD_PARTS_HEADING, "compositions");
        write_composition(pen, k);
    }
}
