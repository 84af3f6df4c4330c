#include "html_writer.h"

#include "peerline/publish/svg.h"

#include <string.h>

/* A reader sorts what is longer than a glance. */
#define SORTED_FROM 6
/* As long as a period, or a code. */
#define MOST_OF_A_WORD 12
/* So many pixels there are on the narrowest phone. A chart that needs more is scrolled there. */
#define FITS_PHONE 288.0
/* A chart as wide as a page of paper, in points; it grows with the window. */
#define FULL_WIDTH 260.0

/* ---- what tables share ---- */

/* A table may be wider than a phone: then it is scrolled in a box of its own, also by keyboard. */
static void open_table(HtmlWriter *w, const char *name)
{
    markup_put(w->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
    markup_attribute(w->out, "aria-label", name);
    markup_put(w->out, ">\n<table");
}

static void close_table(HtmlWriter *w)
{
    markup_put(w->out, "</tbody>\n</table>\n</div>\n");
}

static void write_head_cell(HtmlWriter *w, const char *text, gboolean numeric)
{
    markup_put(w->out, "<th scope=\"col\"");
    if (numeric)
        markup_put(w->out, " class=\"n\"");
    markup_put(w->out, ">");
    markup_text(w->out, text);
    markup_put(w->out, "</th>");
}

/* "2023-24" would be broken after its hyphen. */
static gboolean is_one_word(const char *text)
{
    return strchr(text, '-') && !strchr(text, ' ') && strlen(text) <= MOST_OF_A_WORD;
}

static void open_cell(HtmlWriter *w, const char *tag, const char *text, gboolean numeric)
{
    const gboolean whole = is_one_word(text);
    markup_put(w->out, "<");
    g_string_append(w->out, tag);
    if (numeric || whole)
        markup_attribute(w->out, "class", numeric ? whole ? "n w" : "n" : "w");
    markup_put(w->out, ">");
}

/* ---- tables of the document ---- */

static void write_picture(HtmlWriter *w, const Cell *cell)
{
    markup_put(w->out, "<span class=\"spark\" aria-hidden=\"true\">");
    g_autofree char *svg = svg_from_scene(cell->figure);
    markup_part(w->out, svg);
    markup_put(w->out, "</span><span class=\"unseen\">");
    html_write_runs(w, cell->text);
    markup_put(w->out, "</span>");
}

/* A cell that is nothing but a name leads to the page of what it names. */
static void write_words(HtmlWriter *w, const Cell *cell)
{
    g_autofree char *plain = cell->kind == CELL_TEXT ? html_plain(cell->text) : NULL;
    g_autofree char *address = plain ? html_address_of_name(w, plain) : NULL;
    if (!address) {
        html_write_runs(w, cell->text);
        return;
    }
    markup_put(w->out, "<a");
    markup_attribute(w->out, "href", address);
    markup_put(w->out, ">");
    markup_text(w->out, plain);
    markup_put(w->out, "</a>");
}

static void write_cell(HtmlWriter *w, const TableData *t, const Cell *cell, guint column)
{
    const gboolean heads = column == 0 && t->row_headers;
    open_cell(w, heads ? "th scope=\"row\"" : "td", cell->text, t->columns[column].numeric);
    if (cell->bold)
        markup_put(w->out, "<strong>");
    if (cell->kind == CELL_FIGURE && cell->figure)
        write_picture(w, cell);
    else
        write_words(w, cell);
    if (cell->bold)
        markup_put(w->out, "</strong>");
    g_string_append(w->out, heads ? "</th>" : "</td>");
}

static const char *subject_of(const HtmlWriter *w)
{
    return w->subject ? w->subject : "";
}

static void write_caption(HtmlWriter *w, const char *caption)
{
    if (caption && *caption) {
        markup_put(w->out, "<caption>");
        html_write_runs(w, caption);
    } else {
        markup_put(w->out, "<caption class=\"unseen\">");
        markup_text(w->out, subject_of(w));
    }
    markup_put(w->out, "</caption>\n");
}

void html_write_table(HtmlWriter *w, const Block *b)
{
    const TableData *t = b->table;
    if (t->n_columns == 0)
        return;
    const guint rows = t->cells->len / t->n_columns;
    g_autofree char *name = b->text && *b->text ? html_plain(b->text) : g_strdup(subject_of(w));
    open_table(w, name);
    html_write_id(w, b->anchor);
    if (t->sortable || rows >= SORTED_FROM)
        markup_put(w->out, " data-sort");
    if (b->search)
        markup_attribute(w->out, "data-search", b->search);
    markup_put(w->out, ">\n");
    write_caption(w, b->text);
    markup_put(w->out, "<thead><tr>");
    for (guint k = 0; k < t->n_columns; k++)
        write_head_cell(w, t->columns[k].header, t->columns[k].numeric);
    markup_put(w->out, "</tr></thead>\n<tbody>\n");
    for (guint r = 0; r < rows; r++) {
        markup_put(w->out, "<tr>");
        for (guint k = 0; k < t->n_columns; k++)
            write_cell(w, t, &g_array_index(t->cells, Cell, r * t->n_columns + k), k);
        markup_put(w->out, "</tr>\n");
    }
    close_table(w);
}

/* ---- the table behind a chart ---- */

static void write_data_row(HtmlWriter *w, const SceneTable *t, guint row)
{
    const char *name = scene_table_cell(t, row, 0);
    g_autofree char *address = html_address_of_name(w, name);
    markup_put(w->out, "<tr>");
    open_cell(w, "th scope=\"row\"", name, FALSE);
    if (address) {
        markup_put(w->out, "<a");
        markup_attribute(w->out, "href", address);
        markup_put(w->out, ">");
    }
    markup_text(w->out, name);
    if (address)
        markup_put(w->out, "</a>");
    markup_put(w->out, "</th>");
    for (guint k = 1; k < t->n_columns; k++) {
        open_cell(w, "td", scene_table_cell(t, row, k), k >= t->n_words);
        markup_text(w->out, scene_table_cell(t, row, k));
        markup_put(w->out, "</td>");
    }
    markup_put(w->out, "</tr>\n");
}

static void write_data(HtmlWriter *w, const SceneTable *t)
{
    if (!t || t->n_rows == 0 || t->n_columns == 0)
        return;
    const char *caption = t->caption && *t->caption ? t->caption : subject_of(w);
    markup_put(w->out, "<details><summary>");
    markup_text(w->out, w->place->data_of_chart);
    markup_put(w->out, "<span class=\"unseen\">: ");
    markup_text(w->out, caption);
    markup_put(w->out, "</span></summary>\n");
    open_table(w, caption);
    if (t->n_rows >= SORTED_FROM)
        markup_put(w->out, " data-sort");
    markup_put(w->out, ">\n<caption>");
    markup_text(w->out, caption);
    markup_put(w->out, "</caption>\n<thead><tr>");
    for (guint k = 0; k < t->n_columns; k++)
        write_head_cell(w, t->columns[k], k >= t->n_words);
    markup_put(w->out, "</tr></thead>\n<tbody>\n");
    for (guint r = 0; r < t->n_rows; r++)
        write_data_row(w, t, r);
    close_table(w);
    markup_put(w->out, "</details>\n");
}

void html_write_figure(HtmlWriter *w, const Block *b)
{
    const Scene *s = b->figure;
    if (!s)
        return;
    markup_put(w->out, "<figure");
    html_write_id(w, b->anchor);
    markup_put(w->out, ">\n");
    if (b->text && *b->text) {
        markup_put(w->out, "<figcaption>");
        html_write_runs(w, b->text);
        markup_put(w->out, "</figcaption>\n");
        g_free(w->subject);
        w->subject = html_plain(b->text);
    }
    markup_put(w->out, "<div");
    markup_attribute(w->out, "class",
                     s->width > FULL_WIDTH       ? "scroll chart full"
                     : svg_width(s) > FITS_PHONE ? "scroll chart"
                                                 : "chart");
    if (svg_width(s) > FITS_PHONE) {
        markup_put(w->out, " role=\"group\" tabindex=\"0\"");
        markup_attribute(w->out, "aria-label", w->place->chart);
    }
    markup_put(w->out, ">\n");
    g_autofree char *svg = svg_from_scene(s);
    markup_part(w->out, svg);
    markup_put(w->out, "</div>\n");
    write_data(w, s->table);
    markup_put(w->out, "</figure>\n");
}
