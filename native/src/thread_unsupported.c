/* Systems whose calls are not known here. */
#include <errno.h>

#include "lowlatency.h"

int32_t ll_affinity_set(const int32_t *cpus, int32_t count) {
    (void)cpus;
    (void)count;
    return -ENOTSUP;
}

int32_t ll_affinity_get(int32_t *cpus, int32_t capacity) {
    (void)cpus;
    (void)capacity;
    return -ENOTSUP;
}

int32_t ll_fifo_set(int32_t priority) {
    (void)priority;
    return -ENOTSUP;
}

int32_t ll_fifo_get(void) {
    return -ENOTSUP;
}

int32_t ll_nice_set(int32_t nice) {
    (void)nice;
    return -ENOTSUP;
}

int32_t ll_nice_get(int32_t *nice) {
    (void)nice;
    return -ENOTSUP;
}

int32_t ll_memory_lock(int32_t lock) {
    (void)lock;
    return -ENOTSUP;
}
