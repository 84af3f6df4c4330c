#ifndef PEERLINE_SRC_PUBLISH_SITE_BRAND_H
#define PEERLINE_SRC_PUBLISH_SITE_BRAND_H

#include "peerline/catalogue/study.h"

/** The publisher's look on the web. */

/** The logo as it is shown in the head of every page. */
typedef struct {
    GBytes *png;         /**< the file of the edition; NULL: no logo */
    guint width, height; /**< in CSS pixels */
} SiteLogo;

/** The file in the edition. */
#define SITE_LOGO_NAME "logo.png"

/** A logo that is larger than screens show is made smaller, so that it does not make every page
 *  heavy. */
SiteLogo site_logo_new(const Brand *brand);
void site_logo_clear(SiteLogo *logo);

/** Rules to put below those of style.css, or "". What comes out of it holds nothing but colours
 *  and the family's name, whose letters were checked (fonts_family()). New. */
char *site_brand_style(const Brand *brand);

#endif
