#ifndef PEERLINE_REPORT_WORDS_H
#define PEERLINE_REPORT_WORDS_H

#include "peerline/catalogue/study.h"

/** Every sentence a reader meets in a report is a message of templates/ *.md (see
 *  catalogue/templates.h), or of the file that a study brings instead; none stands in the code. The
 *  enum is made from the keys of those files when the program is built: the message "peers chosen"
 *  is WORD_PEERS_CHOSEN. */

typedef enum {
#define WORD(id, key) WORD_##id,
#include "peerline/report/words_ids.h" /* made by tools/word-ids */
#undef WORD
    N_WORDS
} Word;

/** Pairs of name and text, ended by NULL; a name that begins with '+' gives text that is marked up
 *  already and is not escaped. The result is marked-up text, newly allocated. A parameter that the
 *  template asks for and is not given is a fault of the program (g_critical). */
char *words(const Study *study, Word id, ...) G_GNUC_NULL_TERMINATED;
char *words_va(const Study *study, Word id, va_list parameters);
#endif
