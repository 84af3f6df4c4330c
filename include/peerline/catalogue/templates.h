#ifndef PEERLINE_CATALOGUE_TEMPLATES_H
#define PEERLINE_CATALOGUE_TEMPLATES_H

#include <glib.h>

#include "peerline/base/diag.h"

/** The sentences of the reports, read from templates/ *.md, which are built into the program; a
 *  study may bring files of the same form that replace some of them (another wording, another
 *  language). A file is Markdown (CommonMark):
 *
 *      # A heading of the first level groups messages and is not printed
 *      ## key of a message
 *      The message: one paragraph with **bold**, [links](address) and placeholders.
 *
 *  In a message
 *      {{name}}           is a value, put in as plain text: it cannot become mark-up;
 *      {{name:one|many}}  is "one" if the value is the text "1", else "many";
 *      {{name:area}}      is the study's singular or plural noun for areas, chosen likewise;
 *      {{area}} {{areas}} {{Area}} {{Areas}} {{nation}}  are the study's words;
 *      {{space}}          is a blank, for the beginning or end of a message.
 *  A message may use the placeholders of the built-in one of the same key, no others. */

typedef enum {
    TEMPLATE_TEXT,  /**< `text` as it is, to be escaped */
    TEMPLATE_MARK,  /**< mark-up of document.h: one of ** [ ]( ) */
    TEMPLATE_VALUE, /**< the value of the parameter, or the study's word, called `text` */
    TEMPLATE_CHOICE /**< `one` or `many` by the parameter called `text`; `one` alone: a noun */
} TemplatePartKind;

typedef struct {
    TemplatePartKind kind;
    char *text, *one, *many;
} TemplatePart;

typedef struct {
    char *key; /**< "peers chosen" */
    TemplatePart *parts;
    guint n_parts;
} Template;

typedef struct Templates Templates;

/** Those built in. Never fails: a fault in them is a fault of the program. */
const Templates *templates_builtin(void);
/** The built-in ones with what the files say instead. Faults go to `diags`: cannot-read,
 *  unknown-key, duplicate, unknown-placeholder, bad-template, each with file and line. NULL if
 * there was any. Free with templates_free(). */
Templates *templates_read(char *const *files, Diagnostics *diags);
void templates_free(Templates *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Templates, templates_free)

guint templates_count(const Templates *t);
/** In the order of the built-in files, which is that of the enum Word. */
const Template *templates_get(const Templates *t, guint index);

/** Words of the study that every message may use. */
gboolean template_is_noun(const char *name);

#endif
