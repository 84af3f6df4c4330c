#include "boundaries.h"

#include <math.h>
#include <string.h>

/** A row of the changes before its codes are places. */
typedef struct {
    guint row;
    const char *from, *to;
    guint32 date;
    gboolean has_share;
    gboolean same, split; /**< the council is the same, its code is new; one of several parts */
    double share;
    const char *basis;
} ChangeRow;

/** Its columns; -1 where there is none. */
typedef struct {
    int date, from, to, share, kind, basis;
} ChangeColumns;

/* ---- the file ----------------------------------------------------------------------------------
 */

static int optional_column(Reading *r, const AreaChanges *c, const char *declared,
                           const char *usual, gboolean *good)
{
    if (!declared)
        return table_column(r->tables[c->source], usual);
    const int column = reading_column(r, c->source, declared, &c->where);
    *good = *good && column >= 0;
    return column;
}

static gboolean bind_columns(Reading *r, const AreaChanges *c, ChangeColumns *out)
{
    gboolean good = TRUE;
    out->date = reading_column(r, c->source, c->date, &c->where);
    out->from = reading_column(r, c->source, c->from, &c->where);
    out->to = reading_column(r, c->source, c->to, &c->where);
    out->share = optional_column(r, c, c->share, "share", &good);
    out->kind = optional_column(r, c, c->kind, "kind", &good);
    out->basis = optional_column(r, c, c->basis, "basis", &good);
    return good && out->date >= 0 && out->from >= 0 && out->to >= 0;
}

static const char *cell(const Table *t, guint row, int column)
{
    return column < 0 ? "" : table_cell(t, row, (guint)column);
}

/* What is wrong with the changes is a fault of the study's own file: with a change less, sums would
 * be short of an area without anybody seeing it. */
static gboolean row_fault(Reading *r, guint row, const char *what, const char *found)
{
    const Table *t = r->tables[r->study->areas.changes.source];
    diag_add(r->diags, DIAG_ERROR, "bad-change", t->file, t->line[row], 0, "%s: '%s'", what, found);
    return FALSE;
}

static gboolean read_change(Reading *r, guint row, const ChangeColumns *columns, ChangeRow *out)
{
    const Table *t = r->tables[r->study->areas.changes.source];
    const char *date = cell(t, row, columns->date), *share = cell(t, row, columns->share);
    out->from = cell(t, row, columns->from);
    out->to = cell(t, row, columns->to);
    out->same = strcmp(cell(t, row, columns->kind), "code") == 0;
    out->split = strcmp(cell(t, row, columns->kind), "split") == 0;
    out->basis = observation_set_string(r->set, cell(t, row, columns->basis));
    out->has_share = *share != '\0';
    if (!*out->from || !*out->to || strcmp(out->from, out->to) == 0)
        return row_fault(r, row, "a change of an area into itself, or of nothing (two codes)",
                         out->from);
    if (!boundaries_day(date, &out->date) || !out->date)
        return row_fault(r, row, "the day of a change cannot be read (YYYY-MM-DD)", date);
    if (out->has_share &&
        (!number_parse(share, FALSE, &out->share) || out->share < 0 || out->share > 1))
        return row_fault(r, row, "share of a change (from 0 to 1, or blank)", share);
    return TRUE;
}

static GArray *read_changes(Reading *r)
{
    const AreaChanges *c = &r->study->areas.changes;
    GArray *changes = g_array_new(FALSE, TRUE, sizeof(ChangeRow));
    const Table *t = c->declared ? r->tables[c->source] : NULL;
    ChangeColumns columns;
    g_autoptr(BoundFilters) own = t ? filters_bind(r, c->source, &c->rows) : NULL;
    g_autoptr(BoundFilters) all =
        t ? filters_bind(r, c->source, &r->study->sources[c->source].rows) : NULL;
    if (!own || !all || !bind_columns(r, c, &columns))
        return changes;
    for (guint row = 0; row < t->n_rows; row++) {
        ChangeRow change = {.row = row};
        if (filters_keep(all, t, row) && filters_keep(own, t, row) &&
            read_change(r, row, &columns, &change))
            g_array_append_val(changes, change);
    }
    return changes;
}

/* ---- the same council under another code -------------------------------------------------------
 */

static int place_of(GHashTable *codes, const char *code)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(codes, code)) - 1;
}

static guint same_place(const GArray *places, guint i)
{
    guint steps = 0;
    while (g_array_index(places, Ground, i).same_as >= 0 && steps++ < places->len)
        i = (guint)g_array_index(places, Ground, i).same_as;
    return i;
}

/* The place that is kept has the code of the day `as_of`, else the latest; the other one's days
 * become its own. */
static void join_codes(const Reading *r, GArray *places, GHashTable *codes, const ChangeRow *c)
{
    guint32 as_of = 0;
    boundaries_day(r->study->areas.as_of ? r->study->areas.as_of : "", &as_of);
    const gboolean keep_old = as_of && as_of < c->date;
    const char *kept_code = keep_old ? c->from : c->to, *other_code = keep_old ? c->to : c->from;
    int kept = place_of(codes, kept_code), other = place_of(codes, other_code);
    if (kept < 0 && other >= 0) { /* the register knows only the other one */
        g_hash_table_insert(codes, (gpointer)kept_code, GINT_TO_POINTER(other + 1));
        return;
    }
    if (kept < 0)
        return;
    kept = (int)same_place(places, (guint)kept);
    if (other < 0) {
        g_hash_table_insert(codes, (gpointer)other_code, GINT_TO_POINTER(kept + 1));
        return;
    }
    Ground *into = &g_array_index(places, Ground, kept);
    Ground *gone = &g_array_index(places, Ground, same_place(places, (guint)other));
    if (gone == into)
        return;
    gone->same_as = kept;
    into->from = into->from && gone->from ? MIN(into->from, gone->from) : 0;
    into->to = into->to && gone->to ? MAX(into->to, gone->to) : 0;
}

/* Forwards and backwards, so that a chain is followed from whichever end the register knows. */
static void join_all_codes(const Reading *r, GArray *places, GHashTable *codes, const GArray *rows)
{
    for (guint k = 0; k < 2 * rows->len; k++) {
        const guint i = k < rows->len ? k : 2 * rows->len - 1 - k;
        if (g_array_index(rows, ChangeRow, i).same)
            join_codes(r, places, codes, &g_array_index(rows, ChangeRow, i));
    }
}

/* ---- the order of places -----------------------------------------------------------------------
 */

static guint foreign_place(Reading *r, GArray *places, GHashTable *codes, const char *code)
{
    const int known = place_of(codes, code);
    if (known >= 0)
        return same_place(places, (guint)known);
    Ground place = {.foreign = TRUE, .same_as = -1};
    place.area.code = place.area.name = observation_set_string(r->set, code);
    g_array_append_val(places, place);
    g_hash_table_insert(codes, place.area.code, GUINT_TO_POINTER(places->len));
    return places->len - 1;
}

/* Those of one day, or those that were there at the end of any of the study's periods. */
static gboolean is_area(const Reading *r, const Ground *p)
{
    const Study *s = r->study;
    guint32 first = s->has_from ? period_last_day(s->from) : 0;
    guint32 last = s->has_to ? period_last_day(s->to) : G_MAXUINT32;
    if (s->areas.as_of && boundaries_day(s->areas.as_of, &first))
        last = first;
    return !p->foreign && p->same_as < 0 && p->from <= last && (!p->to || first <= p->to);
}

/* Areas by code, then what is no area, then what is another's code. */
static int compare_places(gconstpointer va, gconstpointer vb, gpointer reading)
{
    const Ground *a = va, *b = vb;
    const int x = is_area(reading, a) ? 0 : a->same_as < 0 ? 1 : 2;
    const int y = is_area(reading, b) ? 0 : b->same_as < 0 ? 1 : 2;
    return x != y ? x - y : strcmp(a->area.code, b->area.code);
}

/* Codes stand for codes while places move. */
static void order_places(Reading *r, BoundaryMap *b)
{
    g_autofree const char **means = g_new(const char *, b->places->len + 1);
    for (guint i = 0; i < b->places->len; i++)
        means[i] = boundary_place(b, same_place(b->places, i))->area.code;
    g_autoptr(GHashTable) before = g_steal_pointer(&b->codes);
    g_array_sort_with_data(b->places, compare_places, r);
    g_autoptr(GHashTable) now = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < b->places->len; i++)
        if (boundary_place(b, i)->same_as < 0)
            g_hash_table_insert(now, boundary_place(b, i)->area.code, GUINT_TO_POINTER(i + 1));
    b->codes = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer code, index;
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &code, &index))
        g_hash_table_insert(b->codes, code,
                            g_hash_table_lookup(now, means[GPOINTER_TO_UINT(index) - 1]));
}

/* ---- changes of ground -------------------------------------------------------------------------
 */

static guint successors(const BoundaryMap *b, guint from)
{
    guint n = 0;
    for (guint i = 0; i < b->changes->len; i++)
        n += g_array_index(b->changes, Change, i).from == from;
    return n;
}

/* Without a share, all of a place goes to its only successor. */
static void complete_shares(BoundaryMap *b)
{
    for (guint i = 0; i < b->changes->len; i++) {
        Change *c = &g_array_index(b->changes, Change, i);
        if (isnan(c->share) && successors(b, c->from) == 1)
            c->share = 1;
    }
}

static void check_shares(Reading *r, const BoundaryMap *b)
{
    const AreaChanges *where = &r->study->areas.changes;
    for (guint from = 0; from < b->places->len; from++) {
        double sum = 0;
        for (guint i = 0; i < b->changes->len; i++)
            if (g_array_index(b->changes, Change, i).from == from)
                sum += g_array_index(b->changes, Change, i).share;
        if (isnan(sum) || sum == 0 || fabs(sum - 1) < 1e-4)
            continue;
        char text[NUMBER_BUF];
        number_shortest(sum, text);
        diag_add(r->diags, DIAG_ERROR, "bad-change", r->tables[where->source]->file, 0, 0,
                 "the shares of %s that went to its successors add up to %s (1; rows: chooses one "
                 "tier of areas)",
                 boundary_place(b, from)->area.code, text);
    }
}

/* A predecessor that the register does not have is allowed, and what was made of it is then not
 * known; but it may be a slip of the code. */
static void note_foreign(Reading *r, const ChangeRow *c)
{
    const Table *t = r->tables[r->study->areas.changes.source];
    diag_add(r->diags, DIAG_NOTE, "bad-change", t->file, t->line[c->row], 0,
             "a change of an area that the register does not have: '%s' (what its successor was "
             "made of is not known)",
             c->from);
}

/* A change happens on the day after the last one of what went, and what came is there then. A row
 * that says otherwise has a slip in it, of a code or of a day. */
static void check_days(Reading *r, const BoundaryMap *b, const ChangeRow *c)
{
    const guint place = (guint)place_of(b->codes, c->from);
    const Ground *from = boundary_place(b, place);
    const Ground *to = boundary_place(b, (guint)place_of(b->codes, c->to));
    if (from->foreign && !to->foreign)
        note_foreign(r, c);
    if (c->split && successors(b, place) == 1)
        row_fault(r, c->row, "a split into one part only (a row for each part)", c->from);
    else if (!from->foreign && from->to && from->to + 1 != c->date)
        row_fault(r, c->row,
                  "a change that is not on the day after the area's last one (valid_to of the "
                  "area, or the day of the change)",
                  c->from);
    else if (!to->foreign && (to->from > c->date || (to->to && to->to < c->date)))
        row_fault(r, c->row,
                  "a change into an area that is not there on that day (valid_from and valid_to of "
                  "the area, or the day of the change)",
                  c->to);
}

static void check_all_days(Reading *r, const BoundaryMap *b, const GArray *rows)
{
    for (guint i = 0; i < rows->len; i++)
        if (!g_array_index(rows, ChangeRow, i).same)
            check_days(r, b, &g_array_index(rows, ChangeRow, i));
}

static void keep_changes(BoundaryMap *b, const GArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const ChangeRow *row = &g_array_index(rows, ChangeRow, i);
        if (row->same)
            continue;
        const Change change = {.from = (guint)place_of(b->codes, row->from),
                               .to = (guint)place_of(b->codes, row->to),
                               .share = row->has_share ? row->share : NAN,
                               .basis = row->basis};
        if (change.from != change.to)
            g_array_append_val(b->changes, change);
    }
    complete_shares(b);
}

/* ---- the set's areas ---------------------------------------------------------------------------
 */

/* With `as_of` they are the same in all periods. */
static void give_areas(Reading *r, const BoundaryMap *b)
{
    GArray *areas = g_array_new(FALSE, TRUE, sizeof(Area));
    for (guint i = 0; i < b->places->len; i++) {
        const Ground *p = boundary_place(b, i);
        Area area = p->area;
        if (!is_area(r, p)) {
            g_free(area.classes);
            continue;
        }
        g_autofree char *fate = boundaries_fate(b, i);
        area.valid_from = r->study->areas.as_of ? 0 : p->from;
        area.valid_to = r->study->areas.as_of ? 0 : p->to;
        g_autofree char *sentence = fate ? g_strconcat(fate, ".", NULL) : NULL;
        area.fate = observation_set_string(r->set, sentence);
        g_array_append_val(areas, area);
    }
    if (areas->len == 0 && b->places->len > 0)
        diag_add(r->diags, DIAG_ERROR, "no-areas", r->study->areas.where.file,
                 r->study->areas.where.line, r->study->areas.where.column,
                 "no area of the register was in force on the day as_of: %s",
                 r->study->areas.as_of);
    observation_set_areas(r->set, areas);
}

void boundaries_take(Reading *r, GArray *places)
{
    BoundaryMap *b = r->boundaries = g_new0(BoundaryMap, 1);
    g_autoptr(GArray) rows = read_changes(r);
    b->places = places;
    b->changes = g_array_new(FALSE, TRUE, sizeof(Change));
    b->codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < places->len; i++)
        g_hash_table_insert(b->codes, g_array_index(places, Ground, i).area.code,
                            GUINT_TO_POINTER(i + 1));
    join_all_codes(r, places, b->codes, rows);
    for (guint i = 0; i < rows->len; i++) {
        const ChangeRow *row = &g_array_index(rows, ChangeRow, i);
        if (!row->same) {
            foreign_place(r, places, b->codes, row->from);
            foreign_place(r, places, b->codes, row->to);
        }
    }
    order_places(r, b);
    keep_changes(b, rows);
    if (r->study->areas.changes.declared) {
        check_all_days(r, b, rows);
        check_shares(r, b);
    }
    give_areas(r, b);
}

void boundaries_free(BoundaryMap *b)
{
    if (!b)
        return;
    g_array_unref(b->places);
    g_array_unref(b->changes);
    g_hash_table_unref(b->codes);
    g_free(b);
}

int boundaries_find(const BoundaryMap *b, const char *code)
{
    const int found = place_of(b->codes, code);
    return found >= 0 && !boundary_place(b, (guint)found)->foreign ? found : -1;
}

const char *boundaries_code(const BoundaryMap *b, guint place)
{
    return boundary_place(b, place)->area.code;
}

guint boundaries_places(const BoundaryMap *b)
{
    return b->places->len;
}
