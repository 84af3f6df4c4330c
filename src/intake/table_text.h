#ifndef PEERLINE_INTAKE_TABLE_TEXT_H
#define PEERLINE_INTAKE_TABLE_TEXT_H

#include <glib.h>

/** The texts of one column, each distinct one once: what a cell's code stands for (intake/table.h).
 *
 *  Where most texts are new ones nothing is gained by looking for them, and a file made to have
 *  them all in one place would take for ever: then each text is just put behind the others. */
typedef struct {
    char *texts;      /**< the first is the blank one; each NUL-terminated, at a multiple of
                           TABLE_CODE_BYTES */
    gsize used, room; /**< bytes */
    guint32 last;     /**< code of the text last looked for, and its length */
    gsize last_n;
    gboolean plain; /**< not searched any more */
    struct TextSlot *slots;
    guint n_slots, n_texts, n_asked;
} TableText;

void table_text_begin(TableText *t);
/** The code of a text of n bytes without NUL. */
guint32 table_text_code(TableText *t, const char *text, gsize n);
/** Above all codes so far. */
guint32 table_text_codes(const TableText *t);
/** The texts, now the caller's, with no more room than they need. */
char *table_text_end(TableText *t);
void table_text_clear(TableText *t);

#endif
