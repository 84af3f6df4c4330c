#ifndef PEERLINE_BASE_VERSION_H
#define PEERLINE_BASE_VERSION_H

/** Release of the program, and of the statistical method: a change of method that can
 *  move a published verdict raises PEERLINE_METHODS_VERSION and gets a change note. */
#define PEERLINE_VERSION         "0.1.0"
#define PEERLINE_METHODS_VERSION "1"

#endif
