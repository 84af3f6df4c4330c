#ifndef PEERLINE_CHART_NAMES_H
#define PEERLINE_CHART_NAMES_H

#include "draw.h"

/** Names beside what they name: each at the free place nearest to it, with a line when it is not
 *  right beside it. No name covers another or a place that was taken before; lines go round what is
 *  barred, and cross each other only where the way round would be long. The result depends only on
 *  the order of the calls. */
typedef struct Names Names;

/** Names may be anywhere within `room` of the scene. */
Names *names_new(Scene *s, Box room);
void names_free(Names *n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Names, names_free)

/** Nothing is written there. Only before the first name. */
void names_take(Names *n, Box box);
/** Nothing is written there and no line goes through it. */
void names_bar(Names *n, Box box);

typedef struct {
    const char *text;
    Point target;
    TextStyle style;
    double width;  /**< lines are at most so wide */
    double near;   /**< no line when the name is at most so far from its target */
    double far;    /**< not named when it cannot be so near; 0: however far */
    gboolean dot;  /**< a dot at the target's end of the line */
    gboolean must; /**< rather on a taken place than nowhere; but never over another name */
} Name;
/** Draws it; FALSE: there is no room. */
gboolean names_place(Names *n, const Name *name);

/** TRUE if a line drawn so far goes through the box. */
gboolean names_cross(const Names *n, Box box);

#endif
