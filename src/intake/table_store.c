#include "table_store.h"

#include <string.h>

#include "table_text.h"

/* Cells of one stripe, so that a table of few rows and many columns asks for little. */
#define STRIPE_CELLS 65536
#define STRIPE_SHIFT 12
#define WORD_BITS    64

/* One condition with the row tests that it is part of, as bits. */
typedef struct {
    const CellTest *test;
    guint64 *members;
} SharedTest;

/* What the conditions on one column say of its texts: which row tests do not fail on them. */
typedef struct {
    GArray *tests;     /* SharedTest */
    guint64 *verdicts; /* by code: a word that is 1 if it is known, and the bits */
    gsize room;        /* codes */
} Conditions;

struct TableStore {
    Table *table;
    guint n_kept, n_early;
    guint *kept;
    TableText *texts;       /* n_kept */
    guint32 *latest;        /* n_kept: code that was put last */
    Conditions *conditions; /* n_early */
    gsize *undo;            /* n_early: bytes of text before the row */
    guint words;            /* of row tests as bits */
    guint64 *all;           /* every row test */
    guint64 *alive;         /* those that have not failed for this row */
    guint64 *scratch;
    guint capacity; /* rows there is room for in line and n_fields */
    guint32 *row;   /* codes of the open row, a stripe's column apart */
};

/* ---- which columns ----------------------------------------------------------------------------
 */

/* Marks those with conditions; returns how many. */
static guint mark_early(const Table *t, const TablePlan *plan, gboolean *early)
{
    guint n = 0;
    for (guint i = 0; i < plan->n_rows; i++)
        for (guint k = 0; k < plan->rows[i].n; k++) {
            const int column = table_column(t, plan->rows[i].items[k].column);
            if (column < 0 || early[column])
                continue;
            early[column] = TRUE;
            n++;
        }
    return n;
}

static void choose_columns(TableStore *s, const TablePlan *plan)
{
    Table *t = s->table;
    g_autofree gboolean *early = g_new0(gboolean, (gsize)t->n_columns + 1);
    s->n_early = plan ? mark_early(t, plan, early) : 0;
    s->kept = g_new(guint, (gsize)t->n_columns + 1);
    t->place = g_new(int, (gsize)t->n_columns + 1);
    guint next_early = 0, next = s->n_early;
    for (guint c = 0; c < t->n_columns; c++) {
        const gboolean wanted = !plan || !plan->wants || plan->wants(plan->data, t->columns[c]);
        const int place = early[c] ? (int)next_early++ : wanted ? (int)next++ : -1;
        t->place[c] = place;
        if (place >= 0)
            s->kept[place] = c;
    }
    s->n_kept = next;
}

/* ---- conditions -------------------------------------------------------------------------------
 */

static void add_test(TableStore *s, Conditions *c, const CellTest *test, guint row_test)
{
    guint i = 0;
    for (; i < c->tests->len; i++) {
        const CellTest *other = g_array_index(c->tests, SharedTest, i).test;
        if (other->holds == test->holds && other->data == test->data)
            break;
    }
    if (i == c->tests->len) {
        const SharedTest fresh = {.test = test, .members = g_new0(guint64, s->words)};
        g_array_append_val(c->tests, fresh);
    }
    g_array_index(c->tests, SharedTest, i).members[row_test / WORD_BITS] |= G_GUINT64_CONSTANT(1)
                                                                            << row_test % WORD_BITS;
}

static void bind_conditions(TableStore *s, const TablePlan *plan)
{
    s->words = plan->n_rows / WORD_BITS + 1;
    s->all = g_new0(guint64, s->words);
    for (guint r = 0; r < plan->n_rows; r++)
        s->all[r / WORD_BITS] |= G_GUINT64_CONSTANT(1) << r % WORD_BITS;
    s->alive = g_new(guint64, s->words);
    s->scratch = g_new(guint64, s->words);
    s->conditions = g_new0(Conditions, s->n_early + 1);
    s->undo = g_new0(gsize, s->n_early + 1);
    for (guint i = 0; i < s->n_early; i++)
        s->conditions[i].tests = g_array_new(FALSE, FALSE, sizeof(SharedTest));
    for (guint r = 0; r < plan->n_rows; r++)
        for (guint k = 0; k < plan->rows[r].n; k++) {
            const CellTest *test = &plan->rows[r].items[k];
            const int column = table_column(s->table, test->column);
            if (column >= 0)
                add_test(s, &s->conditions[s->table->place[column]], test, r);
        }
}

/* Clears the bits of the row tests that fail on this text; those already clear are not asked. */
static void judge(const TableStore *s, const Conditions *c, const char *text, guint64 *bits)
{
    for (guint i = 0; i < c->tests->len; i++) {
        const SharedTest *shared = &g_array_index(c->tests, SharedTest, i);
        gboolean asked = FALSE;
        for (guint w = 0; w < s->words; w++)
            asked = asked || (bits[w] & shared->members[w]);
        if (!asked || shared->test->holds(shared->test->data, text))
            continue;
        for (guint w = 0; w < s->words; w++)
            bits[w] &= ~shared->members[w];
    }
}

static const guint64 *verdict(TableStore *s, guint i, guint32 code)
{
    Conditions *c = &s->conditions[i];
    const TableText *texts = &s->texts[i];
    const char *text = code ? texts->texts + (gsize)code * TABLE_CODE_BYTES : "";
    if (texts->plain) {
        memcpy(s->scratch, s->alive, s->words * sizeof *s->scratch);
        judge(s, c, text, s->scratch);
        return s->scratch;
    }
    const gsize stride = (gsize)s->words + 1;
    if (code >= c->room) {
        const gsize room = MAX(256, (gsize)code * 2);
        c->verdicts = g_renew(guint64, c->verdicts, room * stride);
        memset(c->verdicts + c->room * stride, 0, (room - c->room) * stride * sizeof(guint64));
        c->room = room;
    }
    guint64 *known = c->verdicts + code * stride;
    if (!known[0]) {
        known[0] = 1;
        memset(known + 1, 0xFF, s->words * sizeof *known);
        judge(s, c, text, known + 1);
    }
    return known + 1;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

TableStore *table_store_new(Table *t, const TablePlan *plan)
{
    TableStore *s = g_new0(TableStore, 1);
    s->table = t;
    choose_columns(s, plan);
    s->texts = g_new(TableText, (gsize)s->n_kept + 1);
    s->latest = g_new0(guint32, (gsize)s->n_kept + 1);
    for (guint i = 0; i < s->n_kept; i++)
        table_text_begin(&s->texts[i]);
    if (plan && plan->n_rows > 0)
        bind_conditions(s, plan);
    t->shift = STRIPE_SHIFT;
    while (t->shift > 0 && (gsize)s->n_kept << t->shift > STRIPE_CELLS)
        t->shift--;
    return s;
}

const guint *table_store_kept(const TableStore *s, guint *n)
{
    *n = s->n_kept;
    return s->kept;
}

guint table_store_early(const TableStore *s)
{
    return s->n_early;
}

static void add_stripe(TableStore *s)
{
    Table *t = s->table;
    if ((t->n_stripes & (t->n_stripes - 1)) == 0) /* 0, 1, 2, 4, 8, … */
        t->stripes = g_renew(guint32 *, t->stripes, MAX(1, (gsize)t->n_stripes * 2));
    t->stripes[t->n_stripes++] = g_new(guint32, ((gsize)s->n_kept << t->shift) + 1);
}

void table_store_begin(TableStore *s, guint32 line, guint32 n_fields)
{
    Table *t = s->table;
    t->rows_read++;
    if (t->n_rows == s->capacity) {
        s->capacity = MAX(64, s->capacity + s->capacity / 2);
        t->line = g_renew(guint32, t->line, s->capacity);
        t->n_fields = g_renew(guint32, t->n_fields, s->capacity);
    }
    t->line[t->n_rows] = line;
    t->n_fields[t->n_rows] = n_fields;
    if (t->n_rows >> t->shift == t->n_stripes)
        add_stripe(s);
    s->row = t->stripes[t->n_stripes - 1] + (t->n_rows & ((1u << t->shift) - 1));
    for (guint i = 0; s->conditions && i < s->n_early; i++)
        s->undo[i] = s->texts[i].used;
}

void table_store_put(TableStore *s, guint i, const char *text, gsize n)
{
    s->latest[i] = table_text_code(&s->texts[i], text, n);
    s->row[(gsize)i << s->table->shift] = s->latest[i];
}

void table_store_put_again(TableStore *s, guint i)
{
    s->row[(gsize)i << s->table->shift] = s->latest[i];
}

/* Texts that are not searched would else be kept for rows that are not. */
static void undo_row(TableStore *s)
{
    for (guint i = 0; i < s->n_early; i++)
        if (s->texts[i].plain && s->texts[i].used > s->undo[i]) {
            s->texts[i].used = s->undo[i];
            s->texts[i].last_n = 0;
        }
}

gboolean table_store_wanted(TableStore *s)
{
    if (!s->conditions)
        return TRUE;
    memcpy(s->alive, s->all, s->words * sizeof *s->alive);
    for (guint i = 0; i < s->n_early; i++) {
        const guint64 *v = verdict(s, i, s->row[(gsize)i << s->table->shift]);
        guint64 any = 0;
        for (guint w = 0; w < s->words; w++)
            any |= s->alive[w] &= v[w];
        if (!any) {
            undo_row(s);
            return FALSE;
        }
    }
    return TRUE;
}

void table_store_end(TableStore *s)
{
    s->table->n_rows++;
}

void table_store_finish(TableStore *s)
{
    Table *t = s->table;
    t->n_kept = s->n_kept;
    t->texts = g_new(char *, (gsize)s->n_kept + 1);
    t->n_codes = g_new(guint32, (gsize)s->n_kept + 1);
    for (guint i = 0; i < s->n_kept; i++) {
        t->n_codes[i] = table_text_codes(&s->texts[i]);
        t->texts[i] = table_text_end(&s->texts[i]);
    }
    t->line = g_renew(guint32, t->line, (gsize)t->n_rows + 1);
    t->n_fields = g_renew(guint32, t->n_fields, (gsize)t->n_rows + 1);
}

static void conditions_clear(Conditions *c)
{
    for (guint i = 0; i < c->tests->len; i++)
        g_free(g_array_index(c->tests, SharedTest, i).members);
    g_array_unref(c->tests);
    g_free(c->verdicts);
}

void table_store_free(TableStore *s)
{
    if (!s)
        return;
    for (guint i = 0; i < s->n_kept; i++)
        table_text_clear(&s->texts[i]);
    for (guint i = 0; s->conditions && i < s->n_early; i++)
        conditions_clear(&s->conditions[i]);
    g_free(s->texts);
    g_free(s->latest);
    g_free(s->conditions);
    g_free(s->undo);
    g_free(s->all);
    g_free(s->alive);
    g_free(s->scratch);
    g_free(s->kept);
    g_free(s);
}
