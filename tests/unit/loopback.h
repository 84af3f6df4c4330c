#ifndef PEERLINE_TESTS_LOOPBACK_H
#define PEERLINE_TESTS_LOOPBACK_H

/** Sockets on 127.0.0.1 for servers that a test is itself. */

#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/** A port of its own, at which nobody listens yet; -1 if there is none. */
static inline int loopback_bind(guint *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &n) != 0)
        return -1;
    *port = ntohs(at.sin_port);
    return fd;
}

/** The same with somebody listening. */
static inline int loopback_listen(guint *port)
{
    const int fd = loopback_bind(port);
    return fd >= 0 && listen(fd, 16) == 0 ? fd : -1;
}

/** Reads the head of a request, or what there is of it. */
static inline void loopback_hear(int fd)
{
    char buf[4096];
    gsize n = 0;
    while (n < sizeof buf - 1) {
        const ssize_t got = read(fd, buf + n, sizeof buf - 1 - n);
        if (got <= 0)
            return;
        n += (gsize)got;
        buf[n] = '\0';
        if (strstr(buf, "\r\n\r\n"))
            return;
    }
}

/** The other side sees a reset when the socket is closed, not an end. */
static inline void loopback_reset(int fd)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

#endif
