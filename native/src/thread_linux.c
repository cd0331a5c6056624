/* Where and how the calling thread runs, and which memory stays: Linux. System calls are made directly: some C libraries answer ENOSYS for scheduling. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lowlatency.h"

#ifndef MCL_ONFAULT
#define MCL_ONFAULT 4
#endif

enum {
    MOST_CPUS = 1 << 16, /* the kernel's own limit is 8192 */
    FIRST_GUESS = 1024,
};

int32_t ll_affinity_set(const int32_t *cpus, int32_t count) {
    if (cpus == NULL || count < 1) return -EINVAL;
    int32_t highest = 0;
    for (int32_t i = 0; i < count; i++) {
        if (cpus[i] < 0 || cpus[i] >= MOST_CPUS) return -EINVAL;
        if (cpus[i] > highest) highest = cpus[i];
    }
    size_t room = (size_t)highest + 1;
    cpu_set_t *set = CPU_ALLOC(room);
    if (set == NULL) return -ENOMEM;
    size_t bytes = CPU_ALLOC_SIZE(room);
    CPU_ZERO_S(bytes, set);
    for (int32_t i = 0; i < count; i++) CPU_SET_S((size_t)cpus[i], bytes, set);
    int32_t result = syscall(SYS_sched_setaffinity, 0, bytes, set) == 0 ? 0 : -errno;
    CPU_FREE(set);
    return result;
}

int32_t ll_affinity_get(int32_t *cpus, int32_t capacity) {
    if (capacity < 0 || (cpus == NULL && capacity > 0)) return -EINVAL;
    /* EINVAL means that the kernel's set is larger than ours. */
    for (size_t room = FIRST_GUESS; room <= MOST_CPUS; room *= 2) {
        cpu_set_t *set = CPU_ALLOC(room);
        if (set == NULL) return -ENOMEM;
        size_t bytes = CPU_ALLOC_SIZE(room);
        CPU_ZERO_S(bytes, set);
        int32_t result = syscall(SYS_sched_getaffinity, 0, bytes, set) >= 0 ? 0 : -errno;
        for (size_t cpu = 0; result >= 0 && cpu < room; cpu++) {
            if (!CPU_ISSET_S(cpu, bytes, set)) continue;
            if (result < capacity) cpus[result] = (int32_t)cpu;
            result++;
        }
        CPU_FREE(set);
        if (result != -EINVAL) return result;
    }
    return -EINVAL;
}

/*
 * Without the flag threads that this one starts would run at its raised priority too: all of them with its nice value, those of other libraries under
 * SCHED_FIFO (.NET resets its own). It stays when a thread goes back to normal: taking it away is a privilege.
 */
static int32_t set_policy(int policy, int priority) {
    struct sched_param parameters = {.sched_priority = priority};
    return syscall(SYS_sched_setscheduler, 0, policy | SCHED_RESET_ON_FORK, &parameters) == 0 ? 0 : -errno;
}

int32_t ll_fifo_set(int32_t priority) {
    if (priority < 0 || priority > 99) return -EINVAL;
    return set_policy(priority == 0 ? SCHED_OTHER : SCHED_FIFO, priority);
}

int32_t ll_fifo_get(void) {
    long policy = syscall(SYS_sched_getscheduler, 0);
    if (policy < 0) return -errno;
    if ((policy & ~SCHED_RESET_ON_FORK) != SCHED_FIFO) return 0;
    struct sched_param parameters;
    return syscall(SYS_sched_getparam, 0, &parameters) == 0 ? parameters.sched_priority : -errno;
}

/* On Linux a nice value is a thread's, and 0 is the calling one. */
int32_t ll_nice_set(int32_t nice) {
    if (nice < -20 || nice > 19) return -EINVAL;
    if (nice < 0) {
        int32_t result = set_policy(SCHED_OTHER, 0);
        if (result < 0) return result;
    }
    return setpriority(PRIO_PROCESS, 0, nice) == 0 ? 0 : -errno;
}

int32_t ll_nice_get(int32_t *nice) {
    if (nice == NULL) return -EINVAL;
    errno = 0;
    int value = getpriority(PRIO_PROCESS, 0);
    if (value == -1 && errno != 0) return -errno;
    *nice = value;
    return 0;
}

int32_t ll_memory_lock(int32_t lock) {
    if (lock == 0) return munlockall() == 0 ? 0 : -errno;
    /* On fault: a runtime reserves far more addresses than it ever uses. */
    return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0 ? 0 : -errno;
}
