#include "boundaries.h"

#include <math.h>

#include "peerline/base/text.h"
#include "quantity_pass.h"

/* Figures of areas in periods in which they were others: added up from the areas of the time.
 *
 * A figure is restated from whole parts alone, or from stated shares of them (then it is an
 * estimate). It is never made of some of its parts: one that is not there makes it missing, and the
 * reason says which one. */

enum { DEEPEST = 16 }; /* changes that go round in a circle end somewhere */

/** A place with figures of its own that goes into another. */
typedef struct {
    guint place;
    double share;
    const char *basis;
} Leaf;

/** One area in one period. */
typedef struct {
    Reading *r;
    const BoundaryMap *map;
    const Quantity *q;
    const QuantityCells *cells;
    Period period;
    guint target;
    GArray *leaves; /**< Leaf */
    int lacking;    /**< a part without any figure, or -1 */
    char *refusal;  /**< why the parts make no whole, or NULL */
} Restating;

static gboolean has(const Restating *w, guint place)
{
    return quantity_has(w->cells, w->period, (int)place);
}

static char *name_of(const BoundaryMap *map, guint place)
{
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(one, place);
    return boundaries_names(map, one);
}

/* ---- which parts -------------------------------------------------------------------------------
 */

typedef gboolean (*Follow)(Restating *w, const Leaf *whole, guint depth);

/* The part itself, if it has figures, else what it is made of. FALSE if there is nothing at all. */
static gboolean take_part(Restating *w, const Leaf *part, Follow follow, guint depth)
{
    if (!has(w, part->place))
        return depth < DEEPEST && follow(w, part, depth + 1);
    g_array_append_val(w->leaves, *part);
    return TRUE;
}

static void refuse_share(Restating *w, const Change *c)
{
    g_autofree char *from = name_of(w->map, c->from), *to = name_of(w->map, c->to);
    if (!w->refusal)
        w->refusal = g_strdup_printf("what part of %s went to %s is not stated", from, to);
}

/* What was there before it. */
static gboolean take_predecessors(Restating *w, const Leaf *whole, guint depth)
{
    gboolean any = FALSE;
    int lacking = -1;
    for (guint i = 0; i < w->map->changes->len; i++) {
        const Change *c = &g_array_index(w->map->changes, Change, i);
        if (c->to != whole->place)
            continue;
        const Leaf part = {c->from, whole->share * c->share,
                           c->share == 1 ? whole->basis : c->basis};
        const gboolean found = take_part(w, &part, take_predecessors, depth);
        if (found && isnan(c->share))
            refuse_share(w, c);
        if (!found)
            lacking = (int)c->from;
        any = any || found;
    }
    if (any && lacking >= 0)
        w->lacking = lacking;
    return any;
}

static gboolean lies_within(const BoundaryMap *map, guint place, guint whole)
{
    for (guint i = 0; i < map->changes->len; i++) {
        const Change *c = &g_array_index(map->changes, Change, i);
        if (c->to == place && c->from != whole)
            return FALSE;
    }
    return TRUE;
}

/* What is there now, as far as it lies wholly within. */
static gboolean take_successors(Restating *w, const Leaf *whole, guint depth)
{
    gboolean any = FALSE;
    int lacking = -1;
    for (guint i = 0; i < w->map->changes->len; i++) {
        const Change *c = &g_array_index(w->map->changes, Change, i);
        if (c->from != whole->place)
            continue;
        const Leaf part = {c->to, 1, ""};
        const gboolean found = take_part(w, &part, take_successors, depth);
        if (found && !lies_within(w->map, c->to, c->from) && !w->refusal) {
            g_autofree char *to = name_of(w->map, c->to), *from = name_of(w->map, c->from);
            w->refusal = g_strdup_printf("%s is made of more than %s", to, from);
        }
        if (!found)
            lacking = (int)c->to;
        any = any || found;
    }
    if (any && lacking >= 0)
        w->lacking = lacking;
    return any;
}

/* Backwards only for an area that is one of the study's then: what is closed is not kept alive. */
static gboolean find_parts(Restating *w)
{
    const Leaf whole = {w->target, 1, ""};
    if (take_predecessors(w, &whole, 0))
        return TRUE;
    return area_in_force(&w->r->set->areas[w->target], w->period) && take_successors(w, &whole, 0);
}

/* ---- their numbers -----------------------------------------------------------------------------
 */

static const char *keep(Restating *w, const char *text)
{
    return observation_set_string(w->r->set, text);
}

/* "the sum of a and b", "estimated as 0.5 of a (population)". */
static const char *made_of(Restating *w, gboolean estimated)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < w->leaves->len; i++) {
        const Leaf *leaf = &g_array_index(w->leaves, Leaf, i);
        char share[NUMBER_BUF];
        char *name = name_of(w->map, leaf->place);
        number_shortest(leaf->share, share);
        if (leaf->share != 1) {
            char *part = g_strdup_printf("%s of %s%s%s%s", share, name, *leaf->basis ? " (" : "",
                                         leaf->basis, *leaf->basis ? ")" : "");
            g_free(name);
            name = part;
        }
        g_ptr_array_add(texts, name);
    }
    g_autofree char *list = text_list((const char *const *)texts->pdata, texts->len, "and");
    g_autofree char *text = g_strdup_printf("%s %s",
                                            estimated         ? "estimated as"
                                            : texts->len == 1 ? "the figure of"
                                                              : "the sum of",
                                            list);
    return keep(w, text);
}

static void lack(Restating *w, QuantityCell *cell, guint place, Status status, const char *because)
{
    if (quantity_graver(cell->missing, status) == cell->missing && cell->because)
        return;
    g_autofree char *name = name_of(w->map, place);
    g_autofree char *text = g_strdup_printf("%s, a part of it: %s", name, because);
    cell->missing = status;
    cell->because = keep(w, text);
}

/* A part that is not there: what the study declares about it, else that there is no row. */
static void lack_row(Restating *w, QuantityCell *cell, guint place)
{
    const int source = quantity_source(w->cells, w->q, w->period);
    const NotCovered *gap = reading_not_covered(w->r, source, boundaries_code(w->map, place));
    lack(w, cell, place, gap ? gap->status : STATUS_NOT_REPORTED,
         gap ? gap->because : status_words(STATUS_NOT_REPORTED));
}

static void add_number(QuantityCell *cell, const QuantityCell *part, double share)
{
    sum_add(&cell->sum, share * sum_total(&part->sum) * (part->from->scale / cell->from->scale));
    cell->numbers += part->numbers;
    cell->clash = cell->clash || part->clash;
    cell->no_index = cell->no_index || part->no_index;
    cell->index = part->index;
    cell->index_to = part->index_to;
}

static void add_part(Restating *w, QuantityCell *cell, const Leaf *leaf)
{
    const QuantityCell *part =
        quantity_find_band(w->cells, w->period, (int)leaf->place, cell->band);
    Status status;
    if (!part) {
        if (!(w->q->by_age && w->q->age.absent_is_zero)) /* else it has rows, none of this band */
            lack_row(w, cell, leaf->place);
        return;
    }
    quantity_number(part, &status);
    if (cell->rows == 0)
        cell->parts = part->parts;
    cell->parts &= part->parts;
    cell->first_line = cell->rows == 0 ? part->first_line : MIN(cell->first_line, part->first_line);
    cell->rows += part->rows;
    add_number(cell, part, leaf->share);
    const gboolean told_later = part->clash || part->no_index; /* as for an area's own */
    if (status != STATUS_OK && !told_later)
        lack(w, cell, leaf->place, status, status_words(status));
}

static gboolean any_of_band(const Restating *w, guint band)
{
    for (guint i = 0; i < w->leaves->len; i++)
        if (quantity_find_band(w->cells, w->period, (int)g_array_index(w->leaves, Leaf, i).place,
                               band))
            return TRUE;
    return FALSE;
}

static const Quantity *read_by(const Restating *w)
{
    const guint first = g_array_index(w->leaves, Leaf, 0).place;
    for (guint band = 0; band < (w->cells->bands ? w->cells->bands->len : 1); band++) {
        const QuantityCell *cell = quantity_find_band(w->cells, w->period, (int)first, band);
        if (cell)
            return cell->from;
    }
    return w->q;
}

static QuantityCell cell_of_band(Restating *w, guint band)
{
    QuantityCell cell = {
        .from = read_by(w), .period = w->period, .area = (int)w->target, .band = band};
    gboolean estimated = FALSE;
    if (w->refusal) {
        cell.missing = STATUS_BOUNDARY_CHANGE;
        cell.because = keep(w, w->refusal);
        return cell;
    }
    if (w->lacking >= 0)
        lack_row(w, &cell, (guint)w->lacking);
    for (guint i = 0; i < w->leaves->len; i++) {
        const Leaf *leaf = &g_array_index(w->leaves, Leaf, i);
        estimated = estimated || leaf->share != 1;
        add_part(w, &cell, leaf);
    }
    cell.basis = estimated ? STATUS_ESTIMATED : STATUS_RESTATED;
    if (!cell.because)
        cell.because = made_of(w, estimated);
    return cell;
}

static void restate_area(Restating *w, GArray *fresh)
{
    g_array_set_size(w->leaves, 0);
    w->lacking = -1;
    g_clear_pointer(&w->refusal, g_free);
    if (has(w, w->target) || !find_parts(w))
        return;
    for (guint band = 0; band < (w->cells->bands ? w->cells->bands->len : 1); band++) {
        if (!w->refusal && w->lacking < 0 && !any_of_band(w, band))
            continue;
        const QuantityCell cell = cell_of_band(w, band);
        g_array_append_val(fresh, cell);
    }
}

void boundaries_restate(Reading *r, const Quantity *q, QuantityCells *cells)
{
    if (!cells || r->boundaries->changes->len == 0)
        return;
    g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(QuantityCell));
    g_autoptr(GArray) leaves = g_array_new(FALSE, FALSE, sizeof(Leaf));
    Restating w = {.r = r, .map = r->boundaries, .q = q, .cells = cells, .leaves = leaves};
    for (guint i = 0; i < cells->cells->len; i++) {
        const Period period = g_array_index(cells->cells, QuantityCell, i).period;
        if (i > 0 && period_equal(period, w.period))
            continue;
        w.period = period;
        for (w.target = 0; w.target < r->set->n_areas; w.target++)
            restate_area(&w, fresh);
    }
    g_free(w.refusal);
    if (fresh->len)
        g_array_append_vals(cells->cells, fresh->data, fresh->len);
    g_array_sort(cells->cells, quantity_compare_cells);
}
