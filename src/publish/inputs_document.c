#include "peerline/publish/inputs.h"

#include "peerline/base/fingerprint.h"
#include "peerline/base/text.h"

/* A walk over everything that a writer could look at. A member that is new in document.h or scene.h
 * has to be named here; a unit test holds the sizes of the structs against what this file knows. */

static void add_colour(Fingerprint *f, Colour c)
{
    fingerprint_count(f, (guint64)c.r << 24 | (guint64)c.g << 16 | (guint64)c.b << 8 | c.a);
}

static void add_path(Fingerprint *f, const Primitive *p)
{
    fingerprint_count(f, p->n_points);
    for (guint i = 0; i < p->n_points; i++) {
        fingerprint_number(f, p->points[i].x);
        fingerprint_number(f, p->points[i].y);
    }
    fingerprint_count(f, p->n_rings);
    for (guint i = 0; p->ends && i < p->n_rings; i++)
        fingerprint_count(f, p->ends[i]);
    fingerprint_count(f, (guint64)p->closed);
}

static void add_primitive(Fingerprint *f, const Primitive *p)
{
    const double numbers[] = {p->paint.width, p->paint.dash, p->x,    p->y,
                              p->w,           p->h,          p->size, p->angle};
    fingerprint_count(f, p->kind);
    add_colour(f, p->paint.fill);
    add_colour(f, p->paint.stroke);
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        fingerprint_number(f, numbers[i]);
    fingerprint_count(f, p->shape);
    fingerprint_count(f, (guint64)p->bold);
    fingerprint_count(f, p->align);
    fingerprint_text(f, p->text);
    fingerprint_text(f, p->title);
    add_path(f, p);
}

static void add_scene_table(Fingerprint *f, const SceneTable *t)
{
    fingerprint_count(f, t ? t->n_columns : 0);
    if (!t)
        return;
    fingerprint_text(f, t->caption);
    fingerprint_text(f, t->missing);
    fingerprint_count(f, t->n_words);
    for (guint c = 0; c < t->n_columns; c++)
        fingerprint_text(f, t->columns[c]);
    for (guint i = 0; i < t->cells->len; i++)
        fingerprint_text(f, t->cells->pdata[i]);
}

static void add_scene(Fingerprint *f, const Scene *s)
{
    fingerprint_count(f, s ? s->items->len : G_MAXUINT64);
    if (!s)
        return;
    fingerprint_number(f, s->width);
    fingerprint_number(f, s->height);
    fingerprint_text(f, s->alt);
    for (guint i = 0; i < s->items->len; i++)
        add_primitive(f, &g_array_index(s->items, Primitive, i));
    add_scene_table(f, s->table);
}

static void add_table(Fingerprint *f, const TableData *t)
{
    fingerprint_count(f, t ? t->n_columns : G_MAXUINT64);
    if (!t)
        return;
    fingerprint_count(f, (guint64)t->compact);
    fingerprint_count(f, (guint64)t->row_headers);
    fingerprint_count(f, (guint64)t->sortable);
    for (guint c = 0; c < t->n_columns; c++) {
        fingerprint_text(f, t->columns[c].header);
        fingerprint_number(f, t->columns[c].width);
        fingerprint_count(f, (guint64)t->columns[c].numeric);
    }
    fingerprint_count(f, t->cells->len);
    for (guint i = 0; i < t->cells->len; i++) {
        const Cell *cell = &g_array_index(t->cells, Cell, i);
        fingerprint_count(f, cell->kind);
        fingerprint_text(f, cell->text);
        fingerprint_count(f, (guint64)cell->bold);
        fingerprint_text(f, cell->anchor);
        add_scene(f, cell->figure);
    }
}

static void add_block(Fingerprint *f, const Block *b)
{
    fingerprint_count(f, b->kind);
    fingerprint_count(f, (guint64)(gint64)b->level);
    fingerprint_count(f, b->style);
    fingerprint_text(f, b->text);
    fingerprint_text(f, b->anchor);
    fingerprint_text(f, b->search);
    fingerprint_count(f, (guint64)b->unlisted);
    fingerprint_number(f, b->share);
    fingerprint_count(f, (guint64)b->lead);
    add_table(f, b->table);
    add_scene(f, b->figure);
    fingerprint_count(f, b->children ? b->children->len : 0);
    for (guint i = 0; b->children && i < b->children->len; i++)
        add_block(f, b->children->pdata[i]);
}

static void add_brand(Fingerprint *f, const DocumentBrand *b)
{
    gsize n = 0;
    const guint8 *logo = b->logo ? g_bytes_get_data(b->logo, &n) : NULL;
    g_autofree char *hash = logo ? text_sha256(logo, n) : NULL;
    add_colour(f, b->colour);
    add_colour(f, b->accent);
    fingerprint_text(f, hash);
    fingerprint_text(f, b->logo_alt);
    fingerprint_text(f, fonts_digest(b->fonts));
}

char *document_digest(const Document *d)
{
    const char *const texts[] = {d->title,   d->subtitle,    d->author, d->subject, d->language,
                                 d->running, d->page_number, d->notice, d->date};
    Fingerprint *f = fingerprint_new();
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        fingerprint_text(f, texts[i]);
    add_brand(f, &d->brand);
    fingerprint_count(f, d->blocks->len);
    for (guint i = 0; i < d->blocks->len; i++)
        add_block(f, d->blocks->pdata[i]);
    return fingerprint_end(f);
}
