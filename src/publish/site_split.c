#include "site_page.h"

#include <string.h>

/* A page stays below 500 kB; style, script and shell take some of it. */
#define MOST_BYTES 430000.0

/* ---- about how many bytes blocks become ---- */

/* An element of a chart with its attributes; a point of a path; the tags of a cell, of a text. */
#define BYTES_LABEL 190.0
#define BYTES_SHAPE 110.0
#define BYTES_AGAIN 48.0 /* one more of the same paint */
#define BYTES_POINT 11.0
#define BYTES_CELL  26.0
#define BYTES_BLOCK 120.0

static double weight_of_text(const char *text)
{
    return text ? (double)strlen(text) : 0;
}

static double weight_of_element(const Primitive *p, const Primitive *before)
{
    if (p->kind == PRIM_TEXT)
        return BYTES_LABEL;
    const gboolean again = before && before->kind == p->kind &&
                           memcmp(&before->paint.fill, &p->paint.fill, sizeof(Colour)) == 0 &&
                           memcmp(&before->paint.stroke, &p->paint.stroke, sizeof(Colour)) == 0;
    return again ? BYTES_AGAIN : BYTES_SHAPE;
}

static double weight_of_scene(const Scene *s)
{
    double bytes = 2 * weight_of_text(s->alt) + BYTES_BLOCK;
    const Primitive *before = NULL;
    for (guint k = 0; k < s->items->len; k++) {
        const Primitive *p = &g_array_index(s->items, Primitive, k);
        bytes += weight_of_element(p, before) + BYTES_POINT * p->n_points +
                 weight_of_text(p->text) + weight_of_text(p->title);
        before = p;
    }
    for (guint k = 0; s->table && k < s->table->cells->len; k++)
        bytes += BYTES_CELL + weight_of_text(s->table->cells->pdata[k]);
    return bytes;
}

static double weight_of(const Block *b)
{
    double bytes = BYTES_BLOCK + weight_of_text(b->text);
    if (b->figure)
        bytes += weight_of_scene(b->figure);
    for (guint k = 0; b->table && k < b->table->cells->len; k++) {
        const Cell *cell = &g_array_index(b->table->cells, Cell, k);
        bytes += BYTES_CELL + 2 * weight_of_text(cell->text);
        if (cell->figure)
            bytes += weight_of_scene(cell->figure);
    }
    for (guint k = 0; b->children && k < b->children->len; k++)
        bytes += weight_of(b->children->pdata[k]);
    return bytes;
}

/* ---- where a page ends ---- */

const Block *site_leading_heading(const Block *b)
{
    while (b->kind == BLOCK_GROUP && b->children && b->children->len > 0)
        b = b->children->pdata[0];
    return b->kind == BLOCK_HEADING ? b : NULL;
}

/* No heading stands alone at the end of a page. */
GArray *site_split(Block *const *blocks, guint n)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint));
    const guint first = 0;
    g_array_append_val(starts, first);
    double bytes = 0;
    for (guint k = 0; k < n; k++) {
        const double more = weight_of(blocks[k]);
        const guint start = k > 0 && blocks[k - 1]->kind == BLOCK_HEADING ? k - 1 : k;
        if (bytes + more > MOST_BYTES && start > g_array_index(starts, guint, starts->len - 1)) {
            g_array_append_val(starts, start);
            bytes = 0;
        }
        bytes += more;
    }
    return starts;
}

char *site_part_address(const char *address, guint part)
{
    if (part == 0)
        return g_strdup(address);
    g_autofree char *stem = g_strndup(address, strlen(address) - strlen(".html"));
    return g_strdup_printf("%s.%u.html", stem, part + 1);
}
