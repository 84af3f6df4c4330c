/* Tells ThreadSanitizer what GLib's locks and thread pools order.
 *
 * GLib is not built with the sanitizer, so that it sees neither a GMutex nor the queue of a
 * GThreadPool, and calls everything they protect a race. These wrappers stand before GLib's
 * functions in the program's own calls and say what happens before what. Linked by `make tsan`
 * only, without GLib's headers so that the linking line needs none of them. Tasks of one pool are
 * deliberately not ordered among each other: races between them are what is looked for. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

void g_mutex_lock(void *mutex);
void g_mutex_unlock(void *mutex);
int g_mutex_trylock(void *mutex);
void g_cond_wait(void *cond, void *mutex);
int g_cond_wait_until(void *cond, void *mutex, int64_t end);
void *g_once_impl(void *once, void *(*func)(void *), void *arg);
void *g_thread_pool_new(void (*func)(void *, void *), void *user, int most, int exclusive,
                        void **error);
int g_thread_pool_push(void *pool, void *data, void **error);
void g_thread_pool_free(void *pool, int immediate, int wait);

/* The function of GLib that a wrapper of this name stands before. */
#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        abort();
    return found;
}

void g_mutex_lock(void *mutex)
{
    REAL(g_mutex_lock)(mutex);
    __tsan_acquire(mutex);
}

void g_mutex_unlock(void *mutex)
{
    __tsan_release(mutex);
    REAL(g_mutex_unlock)(mutex);
}

int g_mutex_trylock(void *mutex)
{
    int got = REAL(g_mutex_trylock)(mutex);
    if (got)
        __tsan_acquire(mutex);
    return got;
}

void g_cond_wait(void *cond, void *mutex)
{
    __tsan_release(mutex);
    REAL(g_cond_wait)(cond, mutex);
    __tsan_acquire(mutex);
}

int g_cond_wait_until(void *cond, void *mutex, int64_t end)
{
    __tsan_release(mutex);
    int signalled = REAL(g_cond_wait_until)(cond, mutex, end);
    __tsan_acquire(mutex);
    return signalled;
}

/* What the once-function is to do, and for which GOnce. */
typedef struct {
    void *(*func)(void *);
    void *arg;
    void *once;
} OnceCall;

static void *once_call(void *data)
{
    OnceCall *call = data;
    void *result = call->func(call->arg);
    __tsan_release(call->once);
    return result;
}

void *g_once_impl(void *once, void *(*func)(void *), void *arg)
{
    OnceCall call = {func, arg, once};
    void *result = REAL(g_once_impl)(once, once_call, &call);
    __tsan_acquire(once);
    return result;
}

/* One per pool, never freed: pools are few and the process is a test. */
typedef struct Pool {
    void (*func)(void *, void *);
    void *user;
    void *pool;
    char pushed, done; /* only their addresses matter */
    struct Pool *next;
} Pool;

static Pool *pools;

static Pool *pool_of(void *pool)
{
    Pool *p = __atomic_load_n(&pools, __ATOMIC_ACQUIRE);
    while (p && __atomic_load_n(&p->pool, __ATOMIC_ACQUIRE) != pool)
        p = p->next;
    return p;
}

static void pool_task(void *data, void *user)
{
    Pool *p = user;
    __tsan_acquire(&p->pushed);
    p->func(data, p->user);
    __tsan_release(&p->done);
}

void *g_thread_pool_new(void (*func)(void *, void *), void *user, int most, int exclusive,
                        void **error)
{
    Pool *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->func = func;
    p->user = user;
    void *pool = REAL(g_thread_pool_new)(pool_task, p, most, exclusive, error);
    __atomic_store_n(&p->pool, pool, __ATOMIC_RELEASE);
    p->next = __atomic_load_n(&pools, __ATOMIC_ACQUIRE);
    while (!__atomic_compare_exchange_n(&pools, &p->next, p, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        ;
    return pool;
}

int g_thread_pool_push(void *pool, void *data, void **error)
{
    Pool *p = pool_of(pool);
    if (p)
        __tsan_release(&p->pushed);
    return REAL(g_thread_pool_push)(pool, data, error);
}

void g_thread_pool_free(void *pool, int immediate, int wait)
{
    Pool *p = pool_of(pool);
    REAL(g_thread_pool_free)(pool, immediate, wait);
    if (p) {
        __tsan_acquire(&p->done);
        __atomic_store_n(&p->pool, NULL, __ATOMIC_RELEASE); /* the address may come again */
    }
}
