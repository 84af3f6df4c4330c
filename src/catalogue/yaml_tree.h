#ifndef PEERLINE_CATALOGUE_YAML_TREE_H
#define PEERLINE_CATALOGUE_YAML_TREE_H

#include "peerline/base/diag.h"

/** A YAML document as a tree of nodes that remember where they stand.
 *
 *  Only what definitions need: one document, text keys, anchors and aliases within a file (an alias
 *  is the node it names), no tags, no merge keys. Scalars stay text: what a text means is decided
 *  by who reads it, so that `100k` is never taken for 100 nor `no` for a truth value. */

typedef enum { YAML_TEXT = 1, YAML_LIST = 2, YAML_MAP = 4 } YamlKind; /**< a set of bits */

typedef struct YamlNode YamlNode;
struct YamlNode {
    YamlKind kind;
    const char *file; /**< interned */
    guint line, column;
    gboolean plain;   /**< text that was not quoted */
    char *text;       /**< YAML_TEXT */
    YamlNode **keys;  /**< YAML_MAP: n texts */
    YamlNode **items; /**< YAML_LIST, YAML_MAP: n nodes */
    guint n;
    guint weight, height; /**< nodes in it with every alias written out; levels */
};

typedef struct YamlTree YamlTree;

/** Parses a whole file that is in memory. Faults go to `diags` as errors, with the rules
 *  yaml-syntax (also: not UTF-8, too large, too deep, tags, several documents) and duplicate (a key
 *  that is there twice; the first stays). NULL after a yaml-syntax fault. */
YamlTree *yaml_tree_parse(const char *data, gsize n, const char *file, Diagnostics *diags);
/** NULL where the file holds nothing but comments. */
const YamlNode *yaml_tree_root(const YamlTree *tree);
void yaml_tree_free(YamlTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(YamlTree, yaml_tree_free)

/** The value of a key of a mapping, or NULL. */
const YamlNode *yaml_get(const YamlNode *map, const char *key);
/** TRUE for what YAML calls null: nothing, `~` or `null`, not quoted. */
gboolean yaml_is_null(const YamlNode *node);
/** "text", "a list", "a mapping", "nothing". */
const char *yaml_describe(const YamlNode *node);

#endif
