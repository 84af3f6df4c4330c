#ifndef PEERLINE_SRC_PUBLISH_MARKUP_H
#define PEERLINE_SRC_PUBLISH_MARKUP_H

#include <glib.h>

/** The only ways into HTML and SVG, so that nothing a file of data says can become mark-up: a text
 *  is always escaped, and what is put unescaped is a literal of the program. What a painter of ours
 *  made whole goes through markup_part(). */

/** A text, escaped so that it stays text between tags and inside quotes; what XML has no room for
 *  becomes U+FFFD, so that it is seen. */
void markup_text(GString *out, const char *text);

/** A literal as it is: anything but a literal does not compile. */
#define markup_put(out, literal) g_string_append_len(out, "" literal, sizeof(literal) - 1)

/** name="value" with a blank before it; the name is a literal. */
#define markup_attribute(out, name, value)                                                         \
    do {                                                                                           \
        markup_put(out, " " name "=\"");                                                           \
        markup_text(out, value);                                                                   \
        markup_put(out, "\"");                                                                     \
    } while (0)

/** Mark-up made by markup_…() or by svg_from_scene(). */
void markup_part(GString *out, const char *markup);

#endif
