#ifndef PEERLINE_PUBLISH_MANIFEST_PRIVATE_H
#define PEERLINE_PUBLISH_MANIFEST_PRIVATE_H

#include <glib.h>

#define MANIFEST_FILE "manifest.json"

/** By path; for arrays of ManifestFile*. */
int manifest_compare_files(gconstpointer a, gconstpointer b);

#endif
