#include "xls_cells.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "xlsx_value.h"

typedef struct {
    guint16 row, column; /* 0-based */
    const char *text;
} Found;

typedef struct {
    Biff *b;
    const XlsContext *context;
    Sheet *sheet;
    GArray *found;
    gboolean in_order;
    GString *text;
    Found formula; /* whose text stands in a record of its own; row and column */
    gboolean waits;
    char *wrong;
} Cells;

/* ---- adding ---------------------------------------------------------------------------------- */

static int compare(gconstpointer a, gconstpointer b)
{
    const Found *x = a, *y = b;
    return x->row != y->row ? (int)x->row - (int)y->row : (int)x->column - (int)y->column;
}

static void add(Cells *s, guint row, guint column, const char *text)
{
    const Found cell = {(guint16)row, (guint16)column, text};
    const Found *last = s->found->len ? &g_array_index(s->found, Found, s->found->len - 1) : NULL;
    s->in_order = s->in_order && (!last || compare(last, &cell) < 0);
    if (!s->b->failed)
        g_array_append_val(s->found, cell);
}

static void add_text(Cells *s, guint row, guint column)
{
    add(s, row, column, sheet_text(s->sheet, s->text->str, s->text->len));
}

static void add_number(Cells *s, guint row, guint column, guint style, double x)
{
    char buf[MAX(XLSX_TEXT, NUMBER_BUF)];
    const GByteArray *styles = s->context->styles;
    const XlsxMeaning meaning =
        style < styles->len ? (XlsxMeaning)styles->data[style] : XLSX_NUMBER;
    if (!isfinite(x))
        return;
    if (meaning == XLSX_NUMBER || !xlsx_date_text(x, meaning, s->context->since_1904, buf))
        number_shortest(x, buf);
    add(s, row, column, sheet_text(s->sheet, buf, strlen(buf)));
}

static void add_boolean_or_error(Cells *s, guint row, guint column, guint value, gboolean error)
{
    static const struct {
        guint code;
        const char *name;
    } ERRORS[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    const char *text = error ? "#ERROR!" : value ? "TRUE" : "FALSE";
    for (guint i = 0; error && i < G_N_ELEMENTS(ERRORS); i++)
        if (ERRORS[i].code == value)
            text = ERRORS[i].name;
    add(s, row, column, text);
}

/* ---- records of cells ------------------------------------------------------------------------ */

/* What every cell begins with. */
static void read_place(Biff *b, guint *row, guint *column, guint *style)
{
    *row = biff_u16(b);
    *column = biff_u16(b);
    *style = biff_u16(b);
}

static void on_label_sst(Cells *s)
{
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    const guint32 at = biff_u32(s->b);
    const GPtrArray *strings = s->context->strings;
    if (at < strings->len)
        add(s, row, column, strings->pdata[at]);
    else if (!s->b->failed && !s->wrong)
        s->wrong = g_strdup_printf("row %u refers to a shared text that is not there: %u (there "
                                   "are %u)",
                                   row + 1, at, strings->len);
}

static void read_text(Cells *s)
{
    const gsize n = biff_u16(s->b);
    if (s->context->charset)
        biff_bytes(s->b, n, s->context->charset, s->text);
    else
        biff_text(s->b, n, s->text);
}

static void on_label(Cells *s)
{
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    read_text(s);
    add_text(s, row, column);
}

static void on_number(Cells *s)
{
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    add_number(s, row, column, style, biff_double(s->b));
}

static void on_rk(Cells *s)
{
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    add_number(s, row, column, style, biff_rk(biff_u32(s->b)));
}

static void on_mulrk(Cells *s)
{
    const gsize n = s->b->length < 6 ? 0 : (s->b->length - 6) / 6;
    const guint row = biff_u16(s->b);
    const guint column = biff_u16(s->b);
    for (gsize i = 0; i < n; i++) {
        const guint style = biff_u16(s->b);
        add_number(s, row, column + (guint)i, style, biff_rk(biff_u32(s->b)));
    }
}

static void on_boolerr(Cells *s)
{
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    const guint value = biff_u8(s->b);
    add_boolean_or_error(s, row, column, value, biff_u8(s->b) != 0);
}

/* The value that was stored with it: a number, or what the last two bytes say it is instead. */
static void on_formula(Cells *s)
{
    enum { IS_TEXT = 0, IS_BOOLEAN = 1, IS_ERROR = 2 };
    guint row, column, style;
    read_place(s->b, &row, &column, &style);
    if (s->b->length < 14)
        s->b->failed = TRUE;
    else if (s->b->data[12] != 0xFF || s->b->data[13] != 0xFF)
        add_number(s, row, column, style, biff_double(s->b));
    else if (s->b->data[6] == IS_TEXT) {
        s->formula = (Found){(guint16)row, (guint16)column, NULL};
        s->waits = TRUE;
    } else if (s->b->data[6] == IS_BOOLEAN || s->b->data[6] == IS_ERROR)
        add_boolean_or_error(s, row, column, s->b->data[8], s->b->data[6] == IS_ERROR);
}

static void on_string(Cells *s)
{
    if (!s->waits)
        return;
    s->waits = FALSE;
    read_text(s);
    add_text(s, s->formula.row, s->formula.column);
}

static void on_merged(Cells *s)
{
    for (guint n = biff_u16(s->b); n > 0 && !s->b->failed; n--) {
        const guint row = biff_u16(s->b), last_row = biff_u16(s->b);
        const guint column = biff_u16(s->b), last_column = biff_u16(s->b);
        if (!s->b->failed && last_row >= row && last_column >= column &&
            last_column < SHEET_COLUMNS)
            sheet_merge(s->sheet, (SheetMerge){.row = row + 1,
                                               .column = column,
                                               .rows = last_row - row + 1,
                                               .columns = last_column - column + 1});
    }
}

/* ---- the sheet ------------------------------------------------------------------------------- */

static void take_record(Cells *s)
{
    static const struct {
        guint id;
        void (*take)(Cells *s);
    } RECORDS[] = {{BIFF_LABELSST, on_label_sst}, {BIFF_RK, on_rk},
                   {BIFF_MULRK, on_mulrk},        {BIFF_NUMBER, on_number},
                   {BIFF_FORMULA, on_formula},    {BIFF_STRING, on_string},
                   {BIFF_LABEL, on_label},        {BIFF_RSTRING, on_label},
                   {BIFF_BOOLERR, on_boolerr},    {BIFF_MERGEDCELLS, on_merged}};
    for (guint i = 0; i < G_N_ELEMENTS(RECORDS); i++)
        if (RECORDS[i].id == s->b->id)
            RECORDS[i].take(s);
}

/* To the end that belongs to the sheet's beginning: charts within it have both of their own. */
static void take_records(Cells *s)
{
    guint depth = 0;
    while (!s->wrong && biff_next(s->b)) {
        const guint id = s->b->id;
        if (id == BIFF_BOF)
            depth++;
        else if (id == BIFF_EOF && --depth == 0)
            return;
        else if (depth == 1)
            take_record(s);
        if (s->b->failed && !s->wrong)
            s->wrong = g_strdup_printf("a record of its cells is too short: 0x%04X", id);
        if (depth == 0)
            break;
    }
    if (!s->wrong)
        s->wrong = g_strdup("the sheet does not end");
}

static void hand_over(Cells *s)
{
    if (!s->in_order)
        g_array_sort(s->found, compare);
    for (guint i = 0; i < s->found->len && !s->wrong; i++) {
        const Found *f = &g_array_index(s->found, Found, i);
        const char *why = sheet_add(s->sheet, (guint64)f->row + 1, f->column, f->text);
        char place[16];
        if (why)
            s->wrong = g_strdup_printf("cell %s is %s",
                                       sheet_reference((guint64)f->row + 1, f->column, place), why);
    }
}

char *xls_read_cells(Biff *b, const XlsContext *context, Sheet *sheet)
{
    Cells s = {.b = b,
               .context = context,
               .sheet = sheet,
               .found = g_array_new(FALSE, FALSE, sizeof(Found)),
               .in_order = TRUE,
               .text = g_string_new(NULL)};
    take_records(&s);
    if (!s.wrong)
        hand_over(&s);
    g_array_unref(s.found);
    g_string_free(s.text, TRUE);
    return s.wrong;
}
