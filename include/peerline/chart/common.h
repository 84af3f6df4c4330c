#ifndef PEERLINE_CHART_COMMON_H
#define PEERLINE_CHART_COMMON_H

#include "peerline/catalogue/words.h"
#include "peerline/chart/scene.h"

/** What all charts share. A chart's input is plain arrays of doubles and labels (NAN: missing); it
 * is borrowed for the call only. The result is a Scene of the asked size with its text alternative.
 *  Texts are 7 to 9 pt at the scene's own size, so make a scene in the size it is shown in
 *  (DOCUMENT_TEXT_WIDTH, DOCUMENT_COLUMN_WIDTH of report/document.h). A missing value is left out
 * and counted in the text alternative. Charts compute positions only: medians, limits and verdicts
 * are the caller's.
 *  `study` is whose words and numbers a chart speaks (catalogue/words.h); NULL: the built-in ones.
 */

#define CHART_NO_ITEM G_MAXUINT /**< no item is highlighted */

/** How an item stands out; each has a colour and a mark of its own. The wording is the caller's. */
typedef enum {
    EMPHASIS_NORMAL,
    EMPHASIS_PEER,  /**< one of the peers: light blue */
    EMPHASIS_ALERT, /**< beyond the 95% limits: orange, diamond */
    EMPHASIS_ALARM, /**< beyond the 99.8% limits: dark pink, square */
} Emphasis;

typedef struct {
    const char *label; /**< in words, as the axis title: "£ per person aged 65 and over"; or NULL */
    const char *prefix; /**< before the number on a tick: "£"; or NULL */
    const char *suffix; /**< after it: "%"; or NULL */
    const Study *study; /**< whose numbers */
    gboolean fixed;     /**< values are told with `decimals`, as the text beside the chart has them;
                             else with three significant figures. Ticks have what they need. */
    int decimals;
} ChartUnit;

#endif
