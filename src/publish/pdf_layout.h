#ifndef PEERLINE_PUBLISH_PDF_LAYOUT_H
#define PEERLINE_PUBLISH_PDF_LAYOUT_H

#include "pdf_finish.h"
#include "peerline/publish/pdf.h"

#include <pango/pangocairo.h>

/** Inside the PDF writer. Three passes: blocks become measured Pieces (pdf_flow.c,
 *  pdf_table.c, pdf_text.c), pieces are placed on pages (pdf_page.c), pages are drawn (pdf.c).
 * So page numbers in the contents are known before anything is drawn; where running text gives them
 * too, the first two passes are made again with the numbers in place (pdf_refer.c).
 * Pieces are drawn in reading order and carry the tags of the structure tree. cairo 1.16 writes a
 * damaged file when there are links but no structure, so tags are not a matter of taste here. */

#define PAGE_WIDTH  595.276
#define PAGE_HEIGHT 841.890
#define PAGE_LEFT   ((PAGE_WIDTH - DOCUMENT_TEXT_WIDTH) / 2)
#define PAGE_TOP    51.0
#define PAGE_BOTTOM 58.0 /**< without a notice */

typedef struct Piece Piece;

typedef struct {
    double size, leading;
    double before, after;   /**< space that this text asks for above and below */
    gboolean bold, figures; /**< figures: tabular */
    Colour colour;
} TextFormat;

typedef struct {
    guint start, end; /**< bytes of the text */
    char *target;
} TextLink;

/** Wrapped text; owned by the job. */
typedef struct {
    PangoLayout *layout;
    TextFormat format;
    GArray *links; /**< TextLink, or NULL */
    double width;
    gboolean right;
    guint n_lines;
} TextBlock;

/** A heading or another block that links may point to. */
typedef struct {
    const Block *block;
    const char *anchor; /**< of the block, or of a row of a table; or NULL */
    guint page;         /**< 1-based, known after placing */
    double y;
} Target;

typedef struct {
    const Document *document;
    PdfStats *stats;
    PangoContext *context;
    GHashTable *faces;                /**< PangoFontDescription by size and weight */
    PangoAttrList *plain, *figures;   /**< attributes of text without mark-up */
    GPtrArray *texts, *pieces;        /**< what is freed at the end */
    GArray *targets;                  /**< Target, in reading order */
    GHashTable *by_anchor, *by_block; /**< index + 1 into `targets` */
    GArray *placed;                   /**< Placed, in drawing order */
    GArray *known;                    /**< guint: pages of targets as placed before; or NULL */
    gboolean names_pages;             /**< a text gives pages: they have to be placed first */
    GArray *notes;                    /**< TagNote, in the order of their tags */
    guint n_pages;
    TextBlock *notice;
    cairo_surface_t *logo; /**< or NULL */
    double body_height;
} PdfJob;

/** Where drawing is. */
typedef struct {
    PdfJob *job;
    cairo_t *cr;
    gboolean untagged; /**< drawing what is repeated on each page: no part of the structure */
} Pen;

typedef struct {
    Piece *piece;
    double x, y;
} Part;

/** The smallest thing that is placed on a page. */
struct Piece {
    void (*draw)(const Piece *p, Pen *pen, double x, double y);
    double width, height, before, after;
    double indent;            /**< added to x */
    gboolean keep_next;       /**< on the page of the next piece, if that can be */
    gboolean page_before;     /**< starts a chapter, and a page */
    double filled;            /**< page_before: only if more of the page than this part is filled */
    gboolean can_split;       /**< text in two columns: balanced_split() parts it */
    gboolean alone;           /**< nothing else on its page, and no running foot: the cover */
    const Block *block;       /**< its first piece; NULL for the rest */
    guint target;             /**< a row that has a name: index + 1 into the targets */
    Piece *repeat;            /**< header to show again when this row starts a page */
    const char *role;         /**< tag around the text or figure: "P", "H1", "Figure" */
    const char *open, *close; /**< tags that begin before and end after it, as in "L/LI", "LI/L" */
    TextBlock *text;
    guint line;
    const Scene *scene;
    double scale;
    GArray *parts; /**< Part: pieces inside this one */
    gpointer data; /**< for draw() */
    GDestroyNotify data_free;
};

typedef struct {
    Piece *piece;
    guint page; /**< 0-based */
    double x, y;
    gboolean repeated; /**< a table header that was shown before */
} Placed;

/* pdf_text.c */
extern const TextFormat FORMAT_BODY, FORMAT_LEAD, FORMAT_SMALL, FORMAT_CAPTION, FORMAT_FOOT,
    FORMAT_NOTICE, FORMAT_COVER_TITLE, FORMAT_COVER_SUBTITLE;
const TextFormat *heading_format(int level);
/** `markup` as lines of at most `width`. */
TextBlock *text_block(PdfJob *job, const char *markup, TextFormat format, double width);
double text_block_height(const TextBlock *t);
/** Draws one line with its upper edge at y and adds its links. */
void text_draw_line(const TextBlock *t, guint line, Pen *pen, Point at);
void text_draw(const TextBlock *t, Pen *pen, Point at);
/** One line without mark-up; `at` is on the base line. */
void text_draw_label(Pen *pen, const char *text, const TextStyle *style, Point at);
void text_block_free(gpointer t);
/** Begins a link on an area of the page, ended by tag_end(pen, CAIRO_TAG_LINK); what is drawn
 * between is its text. FALSE: the target is unknown, which is noted as a problem, and nothing was
 * begun. */
gboolean link_begin(Pen *pen, const char *target, Point corner, Point size);
void link_begin_target(Pen *pen, const Target *t, Point corner, Point size);
/** Structure tags, nested. Only names that cairo 1.16 knows; only the innermost tag may be drawn
 * in. */
void tag_begin(Pen *pen, const char *name);
void tag_end(Pen *pen, const char *name);
/** A tag that the finishing pass adds to: a figure with its text alternative, which must live as
 *  long as the job; a table header with its scope. */
void tag_begin_figure(Pen *pen, const char *alt);
void tag_begin_header(Pen *pen, gboolean of_row);
/** TRUE when cairo has failed: Pango must not draw any more. */
gboolean pen_is_dead(const Pen *pen);
/** Mark-up without its marks; new. */
char *plain_text(const char *markup);
/** For a quoted string of a cairo tag: ' and \ escaped, else the whole surface goes dead; new. */
char *tag_string(const char *s);
void set_colour(cairo_t *cr, Colour c);

/* pdf_scene.c */
void scene_draw(const Scene *s, Pen *pen, Point at, double scale);

/* pdf_logo.c */
/** Reads the document's logo, if it has one. */
gboolean logo_read(PdfJob *job, GError **error);
/** Draws it, with its text alternative, into a box at `at`: as large as fits, at its left upper
 *  corner, and never larger than at 96 pixels an inch. Nothing without a logo. */
void logo_draw(Pen *pen, Point at, Point box);
/** On the first page of a document without a title page: in its upper margin. */
void logo_draw_above(Pen *pen);

/* pdf_piece.c */
Piece *piece_new(PdfJob *job, void (*draw)(const Piece *, Pen *, double, double), double width,
                 double height);
void piece_free(gpointer p);
/** Height of pieces below each other with the space between them. */
double pieces_height(const GPtrArray *pieces);
/** Puts pieces below each other into `into` from `at`; returns the height. */
double piece_stack(Piece *into, const GPtrArray *pieces, Point at);
/** Draws a piece with its tags; `above` and `below` are its neighbours on the page or NULL: lines
 * of one text share a tag. */
void piece_paint(Pen *pen, const Part *part, const Piece *above, const Piece *below);
void piece_draw_parts(const Piece *p, Pen *pen, double x, double y);
/** Glues pieces so that they stay on one page. */
void pieces_keep(const GPtrArray *pieces);
/** One piece per line, at least two lines together at a page break. */
void pieces_from_text(PdfJob *job, TextBlock *t, const char *role, GPtrArray *out);
void problem_add(PdfJob *job, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* pdf_flow.c */
void flow_block(PdfJob *job, const Block *b, double width, GPtrArray *out);
void flow_blocks(PdfJob *job, const GPtrArray *blocks, double width, GPtrArray *out);

/* pdf_balance.c */
void flow_balanced(PdfJob *job, const Block *b, double width, GPtrArray *out);
/** Parts a piece that can_split: what fits into `room` and the `rest`; NULL if nothing does. */
Piece *balanced_split(PdfJob *job, const Piece *p, double room, Piece **rest);

/* pdf_front.c */
void flow_cover(PdfJob *job, const Block *b, double width, GPtrArray *out);
void flow_contents(PdfJob *job, const Block *b, double width, GPtrArray *out);

/* pdf_table.c */
void flow_table(PdfJob *job, const Block *b, double width, GPtrArray *out);

/* pdf_refer.c */
/** Mark-up with numbers for the pages that it asks for, new; NULL where it asks for none. */
char *pages_named(PdfJob *job, const char *markup);
/** Flows and places the whole document, again while page numbers in its text change. */
void document_place(PdfJob *job);

/* pdf_page.c */
/** Notes all headings and anchors of the document, before their pages are known. */
void targets_collect(PdfJob *job);
const Target *target_find(const PdfJob *job, const char *anchor);
/** What the target is called in the file: its anchor, or a name by its place; new. */
char *target_name(const PdfJob *job, const Target *t);
void pages_place(PdfJob *job, const GPtrArray *pieces);

#endif
