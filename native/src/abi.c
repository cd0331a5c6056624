#include "lowlatency.h"

int32_t ll_abi_version(void) {
    return LL_ABI_VERSION;
}
