#ifndef PEERLINE_PUBLISH_PDF_CANVAS_H
#define PEERLINE_PUBLISH_PDF_CANVAS_H

#include "pdf_font.h"
#include "pdf_tree.h"
#include "peerline/base/glyphs.h"
#include "peerline/chart/scene.h"

/** The pages of a PDF, drawn on one after the other. Lengths in points, y downwards from the upper
 *  edge of the page; lines have butt ends and round corners. What is drawn belongs to the innermost
 *  open element of the structure tree, or is marked as an artifact. The state of a page (colours,
 *  widths, fonts) is written only where it changes.
 *  Source: ISO 32000-1, 8 (graphics), 9.4 (text), 14.6 (marked content). */

typedef struct {
    PdfFile *file;
    PdfTree *tree;
    PdfFonts *fonts;
    GString *content; /**< of the page */
    GString *path;    /**< that is being made */
    GArray *pages;    /**< guint: their objects */
    guint n_pages;    /**< that were begun */
    guint page_list;  /**< object */
    GString *links;   /**< of the page: references to annotations */
    GString *images;  /**< entries of the resources */
    guint resources;  /**< object */
    guint page_key;
    double width, height;
    Point origin; /**< of the frame */
    double scale;
    guint artifact; /**< depth */
    guint marked;   /**< what content is marked as now: 0 nothing, 1 artifact, else element + 1 */
    gboolean opacities[2][256]; /**< of lines and fills, that were used */
    struct {
        Colour stroke, fill;
        double width, dash, size;
        int font;
        gboolean round;
    } state;
} Canvas;

/** For pages of this size. */
Canvas *canvas_new(PdfFile *file, double width, double height);
void canvas_free(Canvas *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Canvas, canvas_free)
/** The object of a page, counted from 0, that was begun or will be. */
guint canvas_page_object(Canvas *c, guint page);
void canvas_begin_page(Canvas *c);
void canvas_end_page(Canvas *c);
/** Writes what the pages share: their fonts and their list, which is object `page_list`. */
void canvas_write(Canvas *c);

/** Until the next call, lengths are multiplied by scale and points counted from `origin`. */
void canvas_frame(Canvas *c, Point origin, double scale);

/** A path, which canvas_paint() or canvas_paint_dots() ends. */
void canvas_move(Canvas *c, double x, double y);
void canvas_line(Canvas *c, double x, double y);
void canvas_close(Canvas *c);
void canvas_rectangle(Canvas *c, double x, double y, double width, double height);
void canvas_circle(Canvas *c, double x, double y, double radius);
void canvas_dot(Canvas *c, double x, double y);
/** Fills and outlines the path. */
void canvas_paint(Canvas *c, const Paint *paint);
/** Draws the dots of the path as discs. */
void canvas_paint_dots(Canvas *c, Colour colour, double size);

/** Ornaments, which are no content. */
void canvas_box(Canvas *c, Point corner, Point size, Colour colour);
void canvas_rule(Canvas *c, Point from, Point to, double width, Colour colour);

typedef struct {
    Point at; /**< on the base line */
    double size;
    double angle; /**< degrees, anticlockwise */
    Colour colour;
} TextPlace;
void canvas_text(Canvas *c, const GlyphText *t, const GlyphRun *run, const TextPlace *place);

/** Makes the picture that is this object a resource of the pages. */
void canvas_add_image(Canvas *c, guint object);
void canvas_image(Canvas *c, guint object, Point corner, Point size);

/** What is drawn from here on is no content, until the matching call with FALSE. */
void canvas_artifact(Canvas *c, gboolean begins);

/** A link over an area of the page, of the innermost element. `destination` is a name in this
 *  document, or NULL for the address `uri`. */
void canvas_link(Canvas *c, Point corner, Point size, const char *destination, const char *uri);

#endif
