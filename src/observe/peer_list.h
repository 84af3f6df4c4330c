#ifndef OBSERVE_PEER_LIST_H
#define OBSERVE_PEER_LIST_H

#include "peerline/intake/table.h"
#include "peerline/observe/observation.h"

/** Declared lists of peers, the same for studies and for `assess`: entries are gathered from a table,
 *  put in order and made into one list per area. */
typedef struct {
    guint area, peer;
    double rank;
    guint row;
} ListedPeer;

/** What a row says of the order: its rank, else its distance, else its place in the file. */
double listed_peer_rank(const Table *t, guint row);
/** Of a peer that an area has already: both rows, the one that counts first. */
typedef struct {
    guint first, second;
} PeerTwice;
/** Takes entries (ListedPeer, in any order); a peer named twice counts once, at its first place.
 *  Newly allocated array of PeerTwice. */
GArray *peer_list_fill(PeerList *list, GArray *entries, guint n_areas);
/** The message for it, newly allocated. */
char *peer_twice_text(const Table *t, PeerTwice twice);

#endif
