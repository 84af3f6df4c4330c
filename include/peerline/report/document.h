#ifndef PEERLINE_REPORT_DOCUMENT_H
#define PEERLINE_REPORT_DOCUMENT_H

#include "peerline/base/fonts.h"
#include "peerline/chart/scene.h"

/** A report as a tree of blocks, built once and read by every writer (PDF now, HTML later). It
 * holds words, tables of ready-made text and chart scenes; no numbers to compute with and no
 * positions: layout is the writer's. Builders append blocks in reading order. All strings are
 * copied. A member that is new here has to be named in publish/inputs_document.c, or a report in
 * which it alone changed would not be drawn again. */

/** Widths in points that figures can be made for: the text of an A4 page, and the gap between
 *  COLUMNS. A writer shrinks a figure that is wider than its place and never enlarges it. */
#define DOCUMENT_TEXT_WIDTH 493.0
#define DOCUMENT_COLUMN_GAP 19.0
/** The part of a page that is enough for a chapter's end. */
#define DOCUMENT_SHORT_PAGE 0.6
/** Width of one of `n` equal COLUMNS: 237 for two, 151.67 for three. */
#define DOCUMENT_COLUMN_WIDTH(n) ((DOCUMENT_TEXT_WIDTH - ((n)-1) * DOCUMENT_COLUMN_GAP) / (n))

typedef enum {
    BLOCK_HEADING, /**< level 1 to 3 */
    BLOCK_PARAGRAPH,
    BLOCK_LIST, /**< bullets */
    BLOCK_TABLE,
    BLOCK_FIGURE,   /**< a scene with its caption; alt text is the scene's */
    BLOCK_COLUMNS,  /**< children side by side, each a group */
    BLOCK_BALANCED, /**< children that run through two columns of like height, in reading order */
    BLOCK_GROUP,    /**< children below each other, kept together on a page if they fit */
    BLOCK_CALLOUT,  /**< a box that stands out: children inside */
    BLOCK_PAGE_BREAK,
    BLOCK_COVER,    /**< title page: title, subtitle, lines of text */
    BLOCK_CONTENTS, /**< table of contents of the headings of level 1 and 2, with page numbers */
} BlockKind;

typedef enum {
    PARA_BODY,  /**< 10 pt */
    PARA_LEAD,  /**< larger, for the first sentence of a page */
    PARA_SMALL, /**< 8.5 pt: notes and sources */
    PARA_CAPTION,
} ParaStyle;

/** Inline text: runs, each plain or bold, with an optional link (an external address, or "#name"
 * for an anchor of this document). Built from text by document_runs(): "**bold**" and
 * "[text](link)" are the only mark-up; values put into sentences by the builders must go through
 * document_escape(). "[, page #](#one #two)", a link whose text ends in "#", stands for the pages
 * of the places that it names: a writer with pages puts ", page 12, 35", each number a link, and
 * leaves out places that are not there; one without pages leaves out all of it. */
typedef struct {
    char *text;
    gboolean bold;
    char *link;
} Run;

typedef enum { CELL_TEXT, CELL_NUMBER, CELL_FIGURE } CellKind;

typedef struct {
    CellKind kind;
    char *text;    /**< inline mark-up allowed for CELL_TEXT */
    Scene *figure; /**< CELL_FIGURE: a small scene drawn in the cell; text is its alternative */
    gboolean bold;
    char *
        anchor; /**< of the first cell of a row: name that page numbers can be asked for; or NULL */
} Cell;

typedef struct {
    char *header;
    double width;     /**< share of the table's width; 0: from the content */
    gboolean numeric; /**< right aligned */
} TableColumn;

typedef struct {
    TableColumn *columns;
    guint n_columns;
    GArray *cells;        /**< Cell, row-major */
    gboolean compact;     /**< 8 pt for long tables, else 9 pt */
    gboolean row_headers; /**< the first column names the row */
    gboolean sortable;    /**< on the web, even if it is short */
} TableData;

typedef struct Block Block;
struct Block {
    BlockKind kind;
    int level;
    ParaStyle style;
    char *text;          /**< heading, paragraph, caption of figure or table (mark-up allowed) */
    char *anchor;        /**< name that links can point to, or NULL */
    char *search;        /**< LIST, TABLE: the web offers a search box of this name; or NULL */
    gboolean unlisted;   /**< heading that the table of contents leaves out */
    GPtrArray *children; /**< Block*; LIST: paragraphs */
    TableData *table;
    Scene *figure;
    double share;  /**< in COLUMNS: share of the width, 0 = equal; PAGE_BREAK: the part of a page up
                      to  which there is none, 0 = always */
    gboolean lead; /**< GROUP: kept on the page of what follows it */
};

/** The publisher's look, the same in every writer. `colour` is for headings and links (4.5 to 1 on
 *  white at least), `accent` for rules and marks beside text (3 to 1). Charts keep their palette.
 */
typedef struct {
    Colour colour, accent;
    GBytes *logo;   /**< a PNG file that can be decoded, or NULL */
    char *logo_alt; /**< its text alternative */
    Fonts *fonts;   /**< or NULL: Inter alone */
} DocumentBrand;

typedef struct {
    char *title, *subtitle, *author, *subject, *language;
    char *running;     /**< left part of the running foot */
    char *page_number; /**< "Page \1 of \2": \1 for the page, \2 for how many there are */
    char *notice;      /**< printed on every page, or NULL */
    char *date;        /**< "2017-10-25" or NULL: metadata date */
    DocumentBrand brand;
    GPtrArray *blocks; /**< Block* */
} Document;

Document *document_new(const char *title);
/** Numbers the pages in the words of the study. */
void document_page_number(Document *d, const Study *study);
void document_free(Document *d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

/** `parent` NULL appends to the document itself. All return the new block, owned by its parent. */
Block *document_heading(Document *d, Block *parent, int level, const char *text,
                        const char *anchor);
Block *document_paragraph(Document *d, Block *parent, ParaStyle style, const char *text);
Block *document_list(Document *d, Block *parent);
void document_item(Block *list, const char *text);
/** Takes ownership of the scene. */
Block *document_figure(Document *d, Block *parent, Scene *scene, const char *caption);
Block *document_container(Document *d, Block *parent, BlockKind kind);
void document_page_break(Document *d);
/** A page break only where the page is filled by more than DOCUMENT_SHORT_PAGE of its height: what
 *  follows a short end goes on below it. */
void document_soft_break(Document *d);
Block *document_cover(Document *d, const char *title, const char *subtitle);

Block *document_table(Document *d, Block *parent, const char *caption);
void table_add_column(Block *table, const char *header, double width, gboolean numeric);
void table_add_text(Block *table, const char *text);
void table_add_number(Block *table, const char *text);
/** Names the row whose first cell was added last. */
void table_anchor(Block *table, const char *anchor);
/** Takes ownership of the scene. */
void table_add_figure(Block *table, Scene *scene, const char *text);

/** Text with the mark-up characters escaped, so that a value cannot become mark-up; new. */
char *document_escape(const char *text);
/** A link that stands for pages. */
gboolean document_is_pages(const Run *r);
/** Parses the inline mark-up to an array of Run (free with g_ptr_array_unref). */
GPtrArray *document_runs(const char *text);

#endif
