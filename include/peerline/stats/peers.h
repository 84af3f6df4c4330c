#ifndef PEERLINE_STATS_PEERS_H
#define PEERLINE_STATS_PEERS_H

#include <stddef.h>
#include <glib.h>

/** One area against its peers. All figures on a scale of scale.h. The area itself is not among its
 *  peers. */

#define PEERS_MIN        5 /**< fewest peers with a standard error */
#define PEERS_MIN_ROBUST 8 /**< fewest peers without */

typedef struct {
    size_t k;        /**< peers that took part */
    gboolean robust; /**< without standard errors: median and MAD */
    double mu;       /**< inverse-variance mean with tau2, or median; NAN below the fewest */
    double var_mu;   /**< variance of mu; 0 when robust */
    double tau2;     /**< between-peer variance by tau_robust(); NAN when robust */
    double spread;   /**< 1.4826 MAD when robust; else NAN */
} PeerBasis;

typedef struct {
    double z;
    double p; /**< two-sided, Student t with k - 1 df; when robust with 0.37 (k - 1), after the
                   correction of a small MAD (Croux & Rousseeuw 1992), as calibrated */
} PeerPosition;

/** Peers with y and s; k < PEERS_MIN gives mu = NAN. */
PeerBasis peers_basis(const double *y, const double *s, size_t n);
/** Peers without s; k < PEERS_MIN_ROBUST or MAD = 0 gives mu = NAN. */
PeerBasis peers_robust(const double *y, size_t n);
/** z = (y - mu)/sqrt(s^2 + tau2 + var mu), or the robust z (s is not read). NAN where undefined. */
PeerPosition peers_position(const PeerBasis *b, double y, double s);

/** Peer j against area i: z = (y_j - y_i)/sqrt(s_i^2 + s_j^2); p one-sided in the good direction
 *  (`good` is +1 where high is good, -1 where low is good). NAN without both errors. */
typedef struct {
    double y, s;
} PeerFigure;
PeerPosition peers_pair(PeerFigure area, PeerFigure peer, int good);

#endif
