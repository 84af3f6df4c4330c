#ifndef PEERLINE_CATALOGUE_WORDS_H
#define PEERLINE_CATALOGUE_WORDS_H

#include "peerline/catalogue/study.h"

/** Every sentence and every label a reader meets is a message of templates/ *.md (see
 *  catalogue/templates.h), or of the file that a study brings instead; none stands in the code. The
 *  enum is made from the keys of those files when the program is built: the message "peers chosen"
 *  is WORD_PEERS_CHOSEN. A study that is NULL speaks the built-in ones. */

typedef enum {
#define WORD(id, key) WORD_##id,
#include "peerline/catalogue/words_ids.h" /* made by tools/word-ids */
#undef WORD
    N_WORDS
} Word;

/** Pairs of name and text, ended by NULL; a name that begins with '+' gives text that is marked up
 *  already and is not escaped, one that begins with '#' a count, as GUINT_TO_POINTER(count). The
 *  result is marked-up text, newly allocated. A parameter that the template asks for and is not
 *  given is a fault of the program (g_critical). */
char *words(const Study *study, Word id, ...) G_GNUC_NULL_TERMINATED;
char *words_va(const Study *study, Word id, va_list parameters);
/** The same as plain text, as charts, workbooks and attributes have it: no mark-up, nothing
 *  escaped. */
char *words_plain(const Study *study, Word id, ...) G_GNUC_NULL_TERMINATED;
/** A message without parameters, plain; it is kept as long as the program runs. */
const char *words_label(const Study *study, Word id);
/** Takes over a number as base/number.h writes it for people ("1,234.5", "1.5 million") and gives
 * it with the marks and the words of the study. */
char *words_number(const Study *study, char *number);
/** What stands for a status, or for how a value is made, in the words of the study. */
const char *words_status(const Study *study, Status status);
const char *words_measure(const Study *study, Measure measure);
/** "25 October 2017" from "2017-10-25" (or a copy of the text when it is no date); NULL for NULL.
 */
char *words_date(const Study *study, const char *iso);
/** A reason or a status, as the data files have it, in the words of the study: it is found among
 * the built-in messages of templates/terms.md by its text. NULL where the study has no words of its
 * own or the text is none of them. Newly allocated. */
char *words_reason(const Study *study, const char *reason);
/** What a data file or a column holds, found by its built-in text among the messages "data …", in
 * the words of the study; the text itself if it is none of them. Kept as long as the program runs.
 */
const char *words_data(const Study *study, const char *title);
/** What is in `text` as it stands, in marked-up text. */
char *words_escape(const char *text);

#endif
