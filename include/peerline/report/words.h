#ifndef PEERLINE_REPORT_WORDS_H
#define PEERLINE_REPORT_WORDS_H

#include "peerline/catalogue/study.h"

/** Every sentence a reader meets in a report, as a message template with named parameters. The
 *  templates stand in words_list.h, none anywhere else, so that wording can be reviewed as a text.
 *
 *  In a template
 *    {name}           is the parameter, escaped, so that a value cannot become mark-up;
 *    {name:one|many}  is "one" if the parameter is the text "1", else "many";
 *    {name:area}      is the register's singular or plural noun, chosen likewise;
 *    {area} {areas} {Area} {Areas} {nation}  are the register's words ("council", "England").
 *  "**bold**" and "[text](link)" are the mark-up of document.h. */

typedef enum {
#define WORD(id, text) WORD_##id,
#include "peerline/report/words_list.h"
#undef WORD
    N_WORDS
} Word;

/** Pairs of name and text, ended by NULL; a name that begins with '+' gives text that is marked up
 *  already and is not escaped. The result is marked-up text, newly allocated. A parameter that the
 *  template asks for and is not given is a fault of the program (g_critical). */
char *words(const Study *study, Word id, ...) G_GNUC_NULL_TERMINATED;
char *words_va(const Study *study, Word id, va_list parameters);
/** The template itself, for tests and for translation. */
const char *words_template(Word id);

#endif
