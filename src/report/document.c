#include "peerline/report/document.h"

#include <string.h>

#include "peerline/catalogue/words.h"

static void block_free(gpointer data);

static void column_free(TableColumn *columns, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_free(columns[i].header);
    }
    g_free(columns);
}

static void cell_clear(gpointer data)
{
    Cell *c = data;
    g_free(c->text);
    g_free(c->anchor);
    scene_free(c->figure);
}

static void table_free(TableData *t)
{
    if (!t) {
        return;
    }
    column_free(t->columns, t->n_columns);
    g_array_unref(t->cells);
    g_free(t);
}

static void block_free(gpointer data)
{
    Block *b = data;
    g_free(b->text);
    g_free(b->anchor);
    g_free(b->search);
    g_clear_pointer(&b->children, g_ptr_array_unref);
    table_free(b->table);
    scene_free(b->figure);
    g_free(b);
}

Document *document_new(const char *title)
{
    Document *d = g_new0(Document, 1);
    d->title = g_strdup(title);
    d->language = g_strdup("en-GB");
    document_page_number(d, NULL);
    d->brand.colour = d->brand.accent = COLOUR_DARK_BLUE;
    d->blocks = g_ptr_array_new_with_free_func(block_free);
    return d;
}

void document_page_number(Document *d, const Study *study)
{
    g_free(d->page_number);
    d->page_number = words_plain(study, WORD_PAGE_NUMBER, "page", "\1", "pages", "\2", NULL);
}

void document_free(Document *d)
{
    if (!d) {
        return;
    }
    g_free(d->title);
    g_free(d->subtitle);
    g_free(d->author);
    g_free(d->subject);
    g_free(d->language);
    g_free(d->running);
    g_free(d->notice);
    g_free(d->page_number);
    g_free(d->date);
    g_clear_pointer(&d->brand.logo, g_bytes_unref);
    g_free(d->brand.logo_alt);
    fonts_unref(d->brand.fonts);
    g_ptr_array_unref(d->blocks);
    g_free(d);
}

static Block *block_add(Document *d, Block *parent, BlockKind kind, const char *text)
{
    Block *b = g_new0(Block, 1);
    b->kind = kind;
    b->text = g_strdup(text);
    if (parent && !parent->children) {
        parent->children = g_ptr_array_new_with_free_func(block_free);
    }
    // cppcheck-suppress nullPointer ; only an item has no document, and it has a parent
    g_ptr_array_add(parent ? parent->children : d->blocks, b);
    return b;
}

Block *document_heading(Document *d, Block *parent, int level, const char *text, const char *anchor)
{
    Block *b = block_add(d, parent, BLOCK_HEADING, text);
    b->level = CLAMP(level, 1, 3);
    b->anchor = g_strdup(anchor);
    return b;
}

Block *document_paragraph(Document *d, Block *parent, ParaStyle style, const char *text)
{
    Block *b = block_add(d, parent, BLOCK_PARAGRAPH, text);
    b->style = style;
    return b;
}

Block *document_list(Document *d, Block *parent)
{
    return block_add(d, parent, BLOCK_LIST, NULL);
}

void document_item(Block *list, const char *text)
{
    block_add(NULL, list, BLOCK_PARAGRAPH, text);
}

Block *document_figure(Document *d, Block *parent, Scene *scene, const char *caption)
{
    Block *b = block_add(d, parent, BLOCK_FIGURE, caption);
    b->figure = scene;
    return b;
}

Block *document_container(Document *d, Block *parent, BlockKind kind)
{
    return block_add(d, parent, kind, NULL);
}

void document_page_break(Document *d)
{
    block_add(d, NULL, BLOCK_PAGE_BREAK, NULL);
}

void document_soft_break(Document *d)
{
    block_add(d, NULL, BLOCK_PAGE_BREAK, NULL)->share = DOCUMENT_SHORT_PAGE;
}

Block *document_cover(Document *d, const char *title, const char *subtitle)
{
    Block *b = block_add(d, NULL, BLOCK_COVER, title);
    if (subtitle) {
        document_paragraph(d, b, PARA_LEAD, subtitle);
    }
    return b;
}

Block *document_table(Document *d, Block *parent, const char *caption)
{
    Block *b = block_add(d, parent, BLOCK_TABLE, caption);
    b->table = g_new0(TableData, 1);
    b->table->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
    g_array_set_clear_func(b->table->cells, cell_clear);
    return b;
}

void table_add_column(Block *table, const char *header, double width, gboolean numeric)
{
    TableData *t = table->table;
    t->columns = g_renew(TableColumn, t->columns, t->n_columns + 1);
    t->columns[t->n_columns++] =
        (TableColumn){.header = g_strdup(header), .width = width, .numeric = numeric};
}

static void cell_add(Block *table, CellKind kind, const char *text, Scene *figure)
{
    Cell c = {.kind = kind, .text = g_strdup(text ? text : ""), .figure = figure};
    g_array_append_val(table->table->cells, c);
}

void table_add_text(Block *table, const char *text)
{
    cell_add(table, CELL_TEXT, text, NULL);
}

void table_anchor(Block *table, const char *anchor)
{
    Cell *c = &g_array_index(table->table->cells, Cell, table->table->cells->len - 1);
    g_free(c->anchor);
    c->anchor = g_strdup(anchor);
}

void table_add_number(Block *table, const char *text)
{
    cell_add(table, CELL_NUMBER, text, NULL);
}

void table_add_figure(Block *table, Scene *scene, const char *text)
{
    cell_add(table, CELL_FIGURE, text, scene);
}

static const char MARKUP[] = "\\*[]()";

char *document_escape(const char *text)
{
    return words_escape(text);
}

static void run_free(gpointer data)
{
    Run *r = data;
    g_free(r->text);
    g_free(r->link);
    g_free(r);
}

/* The first unescaped `mark` in [from, end), or NULL. */
static const char *find_mark(const char *from, const char *end, const char *mark)
{
    gsize length = strlen(mark);
    for (const char *c = from; c + length <= end; c++) {
        if (*c == '\\' && c + 1 < end) {
            c++;
        } else if (strncmp(c, mark, length) == 0) {
            return c;
        }
    }
    return NULL;
}

static char *unescape(const char *from, const char *end)
{
    GString *out = g_string_new(NULL);
    for (const char *c = from; c < end; c++) {
        if (*c == '\\' && c + 1 < end && strchr(MARKUP, c[1])) {
            c++;
        }
        g_string_append_c(out, *c);
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    GPtrArray *runs;
    GString *pending; /* plain text seen since the last mark */
} RunParser;

static void flush_text(RunParser *p, gboolean bold, const char *link)
{
    if (p->pending->len == 0) {
        return;
    }
    Run *r = g_new0(Run, 1);
    r->text = g_strdup(p->pending->str);
    r->bold = bold;
    r->link = g_strdup(link);
    g_ptr_array_add(p->runs, r);
    g_string_truncate(p->pending, 0);
}

static void parse_runs(RunParser *p, const char *from, const char *end, const Run *outer);

/* At "**": parses the bold text and returns where it ends, or NULL if it is not closed. */
static const char *parse_bold(RunParser *p, const char *at, const char *end, const Run *outer)
{
    const char *close = outer->bold ? NULL : find_mark(at + 2, end, "**");
    if (!close || close == at + 2) {
        return NULL;
    }
    flush_text(p, outer->bold, outer->link);
    Run inner = {.bold = TRUE, .link = outer->link};
    parse_runs(p, at + 2, close, &inner);
    return close + 2;
}

/* At "[": parses "[text](link)" and returns where it ends, or NULL if it is no link. */
static const char *parse_link(RunParser *p, const char *at, const char *end, const Run *outer)
{
    const char *middle = outer->link ? NULL : find_mark(at + 1, end, "]");
    if (!middle || middle + 1 >= end || middle[1] != '(') {
        return NULL;
    }
    const char *close = find_mark(middle + 2, end, ")");
    if (!close || close == middle + 2) {
        return NULL;
    }
    flush_text(p, outer->bold, outer->link);
    g_autofree char *link = unescape(middle + 2, close);
    Run inner = {.bold = outer->bold, .link = link};
    parse_runs(p, at + 1, middle, &inner);
    return close + 1;
}

static void parse_runs(RunParser *p, const char *from, const char *end, const Run *outer)
{
    for (const char *c = from; c < end;) {
        const char *next = NULL;
        if (*c == '\\' && c + 1 < end && strchr(MARKUP, c[1])) {
            c++;
        } else if (c[0] == '*' && c + 1 < end && c[1] == '*') {
            next = parse_bold(p, c, end, outer);
        } else if (*c == '[') {
            next = parse_link(p, c, end, outer);
        }
        if (next) {
            c = next;
        } else {
            g_string_append_c(p->pending, *c++);
        }
    }
    flush_text(p, outer->bold, outer->link);
}

gboolean document_is_pages(const Run *r)
{
    return r->link && r->link[0] == '#' && g_str_has_suffix(r->text, "#");
}

GPtrArray *document_runs(const char *text)
{
    RunParser p = {.runs = g_ptr_array_new_with_free_func(run_free), .pending = g_string_new(NULL)};
    if (text) {
        Run plain = {0};
        parse_runs(&p, text, text + strlen(text), &plain);
    }
    g_string_free(p.pending, TRUE);
    return p.runs;
}
