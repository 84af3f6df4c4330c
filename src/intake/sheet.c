#include "sheet.h"

#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/text.h"

/* Steps for removing what is below joined cells: far above what any real sheet needs. */
#define MOST_STEPS (100 * 1000 * 1000)
#define TOLD_NAMES 20

Sheet *sheet_new(const char *name)
{
    Sheet *s = g_new(Sheet, 1);
    *s = (Sheet){.name = g_strdup(name),
                 .cells = g_array_new(FALSE, FALSE, sizeof(SheetCell)),
                 .rows = g_array_new(FALSE, FALSE, sizeof(SheetRow)),
                 .merges = g_array_new(FALSE, FALSE, sizeof(SheetMerge)),
                 .texts = g_string_chunk_new(64 * 1024)};
    return s;
}

void sheet_free(Sheet *s)
{
    if (!s)
        return;
    g_free(s->name);
    g_array_unref(s->cells);
    g_array_unref(s->rows);
    g_array_unref(s->merges);
    g_string_chunk_free(s->texts);
    g_free(s);
}

void sheet_clear(Sheet *s)
{
    g_array_set_size(s->cells, 0);
    g_array_set_size(s->rows, 0);
    g_array_set_size(s->merges, 0);
}

static gsize blank_before(const char *p, const char *end)
{
    if (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
        return 1;
    return end - p >= 2 && p[0] == '\xC2' && p[1] == '\xA0' ? 2 : 0;
}

static gsize blank_after(const char *p, const char *end)
{
    if (end > p && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
        return 1;
    return end - p >= 2 && end[-2] == '\xC2' && end[-1] == '\xA0' ? 2 : 0;
}

const char *sheet_text(Sheet *s, const char *text, gsize n)
{
    const char *end = text + n;
    for (gsize blank; (blank = blank_before(text, end)) > 0;)
        text += blank;
    for (gsize blank; (blank = blank_after(text, end)) > 0;)
        end -= blank;
    return text == end ? "" : g_string_chunk_insert_len(s->texts, text, end - text);
}

const char *sheet_add(Sheet *s, guint64 row, guint64 column, const char *text)
{
    if (row < 1 || row > SHEET_ROWS || column >= SHEET_COLUMNS)
        return "outside a sheet (columns A to XFD, rows 1 to 1,048,576)";
    SheetRow *last = s->rows->len ? &g_array_index(s->rows, SheetRow, s->rows->len - 1) : NULL;
    if (last && (row < last->number ||
                 (row == last->number &&
                  column <= g_array_index(s->cells, SheetCell, s->cells->len - 1).column)))
        return "not behind the cells before it (rows and columns in order, each cell once)";
    if (*text == '\0')
        return NULL;
    if (s->cells->len >= SHEET_CELLS)
        return "one too many (at most 32 million cells that are not blank)";
    if (!last || row > last->number) {
        const SheetRow fresh = {.number = (guint32)row, .first = s->cells->len};
        g_array_append_val(s->rows, fresh);
        last = &g_array_index(s->rows, SheetRow, s->rows->len - 1);
    }
    const SheetCell cell = {.column = (guint32)column, .text = text};
    g_array_append_val(s->cells, cell);
    last->n++;
    return NULL;
}

void sheet_merge(Sheet *s, SheetMerge merge)
{
    if (merge.rows > 1 || merge.columns > 1)
        g_array_append_val(s->merges, merge);
}

/* The first row from this number on. */
static guint row_from(const Sheet *s, guint32 number)
{
    guint low = 0, high = s->rows->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(s->rows, SheetRow, middle).number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Blanks the covered cells of one row; they stay in place as empty texts. */
static void blank_covered(Sheet *s, const SheetRow *row, const SheetMerge *m)
{
    for (guint i = row->first; i < row->first + row->n; i++) {
        SheetCell *cell = &g_array_index(s->cells, SheetCell, i);
        const gboolean first = row->number == m->row && cell->column == m->column;
        if (!first && cell->column >= m->column && cell->column - m->column < m->columns)
            cell->text = "";
    }
}

gboolean sheet_drop_covered(Sheet *s)
{
    gsize steps = 0;
    for (guint k = 0; k < s->merges->len; k++) {
        const SheetMerge *m = &g_array_index(s->merges, SheetMerge, k);
        for (guint i = row_from(s, m->row); i < s->rows->len; i++) {
            const SheetRow *row = &g_array_index(s->rows, SheetRow, i);
            if (row->number - m->row >= m->rows)
                break;
            steps += row->n + 1;
            if (steps > MOST_STEPS)
                return FALSE;
            blank_covered(s, row, m);
        }
    }
    return TRUE;
}

const char *sheet_cell(const Sheet *s, const SheetRow *row, guint column)
{
    guint low = row->first, high = row->first + row->n;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const SheetCell *cell = &g_array_index(s->cells, SheetCell, middle);
        if (cell->column == column)
            return cell->text;
        if (cell->column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return "";
}

/* ---- references ---------------------------------------------------------------------------- */

char *sheet_reference(guint64 row, guint64 column, char buf[16])
{
    char letters[4] = "";
    guint at = G_N_ELEMENTS(letters) - 1;
    for (guint64 c = MIN(column, SHEET_COLUMNS - 1) + 1; c > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    g_snprintf(buf, 16, "%s%u", letters + at, (guint)MIN(row, 99999999));
    return buf;
}

gboolean sheet_read_reference(const char *text, guint64 *row, guint64 *column, const char **end)
{
    guint64 c = 0, r = 0;
    const char *p = text + (*text == '$');
    const char *letters = p;
    /* a letter in either case */
    for (guint letter; (letter = ((guchar)*p | 0x20u) - 'a') < 26 && p - letters < 4; p++)
        c = c * 26 + letter + 1;
    if (p == letters)
        return FALSE;
    p += *p == '$';
    const char *digits = p;
    for (; *p >= '0' && *p <= '9' && p - digits < 8; p++)
        r = r * 10 + (guint64)(*p - '0');
    if (p == digits || r == 0)
        return FALSE;
    *row = r;
    *column = c - 1;
    *end = p;
    return TRUE;
}

/* ---- choosing a sheet ---------------------------------------------------------------------- */

gboolean sheet_wanted(const Pattern *wanted, const char *name)
{
    if (!wanted)
        return TRUE;
    g_autofree char *squeezed = text_squeeze(name);
    return strcmp(name, pattern_text(wanted)) == 0 || strcmp(squeezed, pattern_text(wanted)) == 0 ||
           pattern_match(wanted, squeezed) == PATTERN_YES;
}

gboolean sheet_choose(const GPtrArray *names, const Pattern *wanted, guint *chosen)
{
    guint fitting = 0;
    for (guint i = 0; i < names->len; i++) {
        if (wanted && strcmp(names->pdata[i], pattern_text(wanted)) == 0) {
            *chosen = i;
            return TRUE;
        }
        if (sheet_wanted(wanted, names->pdata[i]) && fitting++ == 0)
            *chosen = i;
    }
    return fitting == 1 || (fitting > 0 && !wanted);
}

void sheet_not_chosen(const char *file, const Pattern *wanted, const GPtrArray *names,
                      GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    guint fitting = 0;
    for (guint i = 0; i < names->len; i++) {
        fitting += sheet_wanted(wanted, names->pdata[i]);
        if (i < TOLD_NAMES)
            g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)names->pdata[i]);
    }
    if (names->len > TOLD_NAMES)
        g_string_append_printf(list, " and %u more", names->len - TOLD_NAMES);
    if (names->len == 0)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the workbook has no sheets (at least one with cells)", file);
    else
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: %s: '%s' (one of its sheets: %s)", file,
                    fitting ? "several sheets are called so" : "no sheet is called so",
                    pattern_text(wanted), list->str);
}
