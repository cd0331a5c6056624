/* Systems without recvmmsg. */
#include <errno.h>

#include "lowlatency.h"

int32_t ll_udp_open(int32_t socket, uint8_t *block, int32_t slots, int32_t slot_bytes, ll_udp **receiver) {
    (void)socket;
    (void)block;
    (void)slots;
    (void)slot_bytes;
    (void)receiver;
    return -ENOTSUP;
}

int32_t ll_udp_receive(ll_udp *receiver, ll_datagram *headers, uint32_t *dropped) {
    (void)receiver;
    (void)headers;
    (void)dropped;
    return -ENOTSUP;
}

void ll_udp_close(ll_udp *receiver) {
    (void)receiver;
}
