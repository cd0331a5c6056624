/* The virtual counter of arm64: architecturally invariant, and its frequency is a register. */
#include "lowlatency.h"

uint64_t ll_counter_read(void) {
    uint64_t ticks;
    /* dsb ishld: loads before are done. isb: the counter is not read ahead of them. */
    __asm__ volatile("dsb ishld\n\tisb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

int32_t ll_counter_invariant(void) {
    return 1;
}

int64_t ll_counter_frequency(void) {
    uint64_t hz;
    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hz));
    return (int64_t)(hz & 0xFFFFFFFFu);
}
