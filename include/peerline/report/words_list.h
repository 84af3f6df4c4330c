/* All sentences of the reports, in three parts. Included with WORD(id, text) defined. */
#include "peerline/report/words_shared.h"
#include "peerline/report/words_area.h"
#include "peerline/report/words_national.h"
#include "peerline/report/words_methods.h"
