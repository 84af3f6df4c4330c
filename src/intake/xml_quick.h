#ifndef PEERLINE_INTAKE_XML_QUICK_H
#define PEERLINE_INTAKE_XML_QUICK_H

#include "peerline/intake/archive.h"

/** A reader of the XML that programs write into workbooks: elements, attributes and text in UTF-8,
 *  with names of ASCII letters. Sheets are hundreds of megabytes of that, and it is several times
 * as fast as a parser for all of XML. Whatever else it meets (comments, CDATA, other encodings, any
 *  fault) it does not judge: it says so, and the part is read again from its beginning by expat,
 *  which does. What it accepts expat accepts, with the same elements, attributes and text. */
typedef struct XmlQuick XmlQuick;

typedef enum {
    QUICK_GOOD,    /**< so far; at the end of the part: all of it */
    QUICK_STOPPED, /**< a handler stopped */
    QUICK_UNKNOWN  /**< not to be read by this reader */
} QuickStep;

XmlQuick *xml_quick_new(XmlReader *reader);
void xml_quick_free(XmlQuick *q);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XmlQuick, xml_quick_free)

/** Where the next n bytes of the part are to be written. */
char *xml_quick_room(XmlQuick *q, gsize n);
/** Reads on with n bytes that were written there; n = 0: the part has ended. */
QuickStep xml_quick_take(XmlQuick *q, gsize n);

#endif
