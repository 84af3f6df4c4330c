#ifndef PEERLINE_SRC_PUBLISH_SITE_PAGE_H
#define PEERLINE_SRC_PUBLISH_SITE_PAGE_H

#include "peerline/publish/html.h"
#include "peerline/publish/site.h"
#include "peerline/catalogue/words.h"
#include "site_brand.h"

/** What the writers of pages share. */
struct Site {
    const ReportContext *context;
    SiteOptions options;
    GHashTable
        *anchors; /**< see HtmlPlace; places of the national report are added by its writer */
    GHashTable *names;
    GHashTable *shell; /**< what is the same on every page: name in shell.html to text or, for a
                            name with "+", to mark-up */
    char *data_of_chart, *chart;
    SiteLogo logo;
};

/** One page: its address from the root of the site, what it is called, and its content. */
typedef struct {
    const char *address; /**< "areas/E01.html" */
    const char *title;
    const char *part;  /**< the entry of the menu it belongs to: "areas.html" */
    const char *above; /**< a line above the title, plain; or NULL */
    const char *description;
    const char *twins;  /**< mark-up below the title; or NULL */
    const char *notice; /**< on top of the page; or NULL */
    Block *const *blocks;
    guint n;
} SitePage;

/** Writes the page; where it would be heavier than a page may be, as several: ADDRESS.html,
 *  ADDRESS.2.html, … */
gboolean site_page_write(const Site *site, const SitePage *page, const char *directory,
                         GError **error);

/** A message without parameters as plain text. New. */
char *site_word(const Site *site, Word word);
/** A document of links for SitePage.twins, as they lead from the page of that address. New. */
char *site_links(const Site *site, const char *address, const Document *d);

/** "indicators/falls.html". New. */
char *site_indicator_address(const Site *site, guint indicator);
/** Where the pages of blocks begin that are too heavy for one: array of guint, the first is 0. */
GArray *site_split(Block *const *blocks, guint n);
/** The address of the n-th page of a page that is split, from 0. New. */
char *site_part_address(const char *address, guint part);
/** The heading that the block is, or that stands first in a group; or NULL. */
const Block *site_leading_heading(const Block *b);
/** Adds all places of the blocks, which stand on pages beginning at `address`, to `anchors`. */
void site_add_places(GHashTable *anchors, const char *address, Block *const *blocks, guint n);
/** A copy of a table of places. */
GHashTable *site_copy_places(GHashTable *anchors);

/** The page of the files of the edition. */
Document *site_downloads(const Site *site);

#endif
