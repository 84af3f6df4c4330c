#ifndef PEERLINE_PUBLISH_DATA_DESCRIBE_H
#define PEERLINE_PUBLISH_DATA_DESCRIBE_H

#include <jansson.h>

#include "data_table.h"

/** What describes the published tables to machines, made from the declarations of data_table.h, so
 *  that a column cannot be published without being described. All read the CSV files of
 *  `directory`, which are there already, for their sizes and hashes.
 *
 *  datapackage.json       Frictionless Data Package 1.0 (specs.frictionlessdata.io)
 *  X.csv-metadata.json    CSV on the Web, one table (W3C Recommendation, 2015)
 *  csv-metadata.json      the same as a group of tables, with the references between them
 *  catalog.jsonld         DCAT 2 (W3C Recommendation, 2020) */
gboolean data_package_write(const ReportContext *context, const char *directory, GError **error);
gboolean data_csvw_write(const ReportContext *context, const char *directory, GError **error);
gboolean data_catalog_write(const ReportContext *context, const char *directory, GError **error);

/** Licences that have an identifier (spdx.org/licenses) and an address. */
typedef struct {
    const char *id, *title, *address;
} KnownLicence;
/** By how the licence is called in a study ("Open Government Licence v3.0"); NULL: not known. */
const KnownLicence *licence_find(const char *text);

/** Size and hash of a file that was just written. The hash is newly allocated. */
gboolean data_file_facts(const char *directory, const char *file, gsize *bytes, char **sha256,
                         GError **error);
/** As JSON arrays of texts. */
json_t *json_of_strings(char **strings);

#endif
