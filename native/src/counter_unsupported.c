/* Processors whose counter is not known here. */
#include <errno.h>

#include "lowlatency.h"

uint64_t ll_counter_read(void) {
    return 0;
}

int32_t ll_counter_invariant(void) {
    return -ENOTSUP;
}

int64_t ll_counter_frequency(void) {
    return -ENOTSUP;
}
