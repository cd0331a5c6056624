/* The time stamp counter of x86-64. */
#include <cpuid.h>

#include "lowlatency.h"

enum {
    LEAF_TSC_RATIO = 0x15,
    LEAF_FREQUENCIES = 0x16,
    LEAF_HYPERVISOR = 0x40000000,
    LEAF_HYPERVISOR_TIMING = 0x40000010,
};

/* Above what fits an enum's int. */
#define LEAF_EXTENDED 0x80000000u
#define LEAF_POWER 0x80000007u

#define FEATURE_INVARIANT_TSC (1u << 8) /* EDX of LEAF_POWER */
#define FEATURE_HYPERVISOR (1u << 31)   /* ECX of leaf 1 */

typedef struct registers {
    uint32_t a, b, c, d;
} registers;

static registers leaf(uint32_t number) {
    registers r = {0, 0, 0, 0};
    __cpuid_count(number, 0, r.a, r.b, r.c, r.d);
    return r;
}

uint64_t ll_counter_read(void) {
    uint32_t low, high;
    /* lfence waits for every load before it: what another thread has told us happened before this. Cheaper than rdtscp, which does the same. */
    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
    return ((uint64_t)high << 32) | low;
}

int32_t ll_counter_invariant(void) {
    if (leaf(LEAF_EXTENDED).a < LEAF_POWER) return 0;
    return (leaf(LEAF_POWER).d & FEATURE_INVARIANT_TSC) != 0;
}

int64_t ll_counter_frequency(void) {
    if ((leaf(1).c & FEATURE_HYPERVISOR) != 0 && leaf(LEAF_HYPERVISOR).a >= LEAF_HYPERVISOR_TIMING) {
        int64_t khz = leaf(LEAF_HYPERVISOR_TIMING).a;
        if (khz != 0) return khz * 1000;
    }
    uint32_t highest = leaf(0).a;
    if (highest < LEAF_TSC_RATIO) return 0;
    registers ratio = leaf(LEAF_TSC_RATIO);
    if (ratio.a == 0 || ratio.b == 0) return 0;
    if (ratio.c != 0) return (int64_t)((uint64_t)ratio.c * ratio.b / ratio.a);
    /* The crystal is not told; the counter then runs at the processor's base frequency. */
    return highest < LEAF_FREQUENCIES ? 0 : (int64_t)(leaf(LEAF_FREQUENCIES).a & 0xFFFFu) * 1000000;
}
