/* Batched UDP receive with kernel time stamps and drop counts: Linux. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "lowlatency.h"

/* Room for a time stamp and a drop count, and to spare: a socket may have other options on. */
enum { CONTROL_BYTES = 128 };

struct ll_udp {
    int socket;
    unsigned slots;
    uint32_t dropped;
    struct mmsghdr messages[LL_UDP_MAX_BATCH];
    struct iovec vectors[LL_UDP_MAX_BATCH];
    /* Aligned for struct cmsghdr. */
    uint64_t control[LL_UDP_MAX_BATCH][CONTROL_BYTES / sizeof(uint64_t)];
};

static int switch_on(int socket, int option) {
    int on = 1;
    return setsockopt(socket, SOL_SOCKET, option, &on, sizeof on) == 0 ? 0 : -errno;
}

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t now(void) {
    struct timespec time;
    return clock_gettime(CLOCK_REALTIME, &time) == 0 ? nanoseconds(time) : 0;
}

int32_t ll_udp_open(int32_t socket, uint8_t *block, int32_t slots, int32_t slot_bytes, ll_udp **receiver) {
    if (block == NULL || receiver == NULL || slots < 1 || slots > LL_UDP_MAX_BATCH || slot_bytes < 1) return -EINVAL;
    int result = switch_on(socket, SO_TIMESTAMPNS);
    if (result == 0) result = switch_on(socket, SO_RXQ_OVFL);
    if (result != 0) return result;
    ll_udp *made = calloc(1, sizeof *made);
    if (made == NULL) return -ENOMEM;
    made->socket = socket;
    made->slots = (unsigned)slots;
    for (int32_t i = 0; i < slots; i++) {
        made->vectors[i].iov_base = block + (size_t)i * (size_t)slot_bytes;
        made->vectors[i].iov_len = (size_t)slot_bytes;
        struct msghdr *header = &made->messages[i].msg_hdr;
        header->msg_iov = &made->vectors[i];
        header->msg_iovlen = 1;
        header->msg_control = made->control[i];
        header->msg_controllen = CONTROL_BYTES;
    }
    *receiver = made;
    return 0;
}

static void read_control(ll_udp *receiver, struct msghdr *header, ll_datagram *datagram) {
    for (struct cmsghdr *control = CMSG_FIRSTHDR(header); control != NULL; control = CMSG_NXTHDR(header, control)) {
        if (control->cmsg_level != SOL_SOCKET) continue;
        if (control->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;
            memcpy(&time, CMSG_DATA(control), sizeof time);
            datagram->receive_ns = nanoseconds(time);
            datagram->flags |= LL_DATAGRAM_KERNEL_TIME;
        } else if (control->cmsg_type == SO_RXQ_OVFL) {
            memcpy(&receiver->dropped, CMSG_DATA(control), sizeof receiver->dropped);
        }
    }
}

int32_t ll_udp_receive(ll_udp *receiver, ll_datagram *headers, uint32_t *dropped) {
    int count = recvmmsg(receiver->socket, receiver->messages, receiver->slots, MSG_DONTWAIT, NULL);
    if (count < 0) {
        *dropped = receiver->dropped;
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -errno;
    }
    for (int i = 0; i < count; i++) {
        struct msghdr *header = &receiver->messages[i].msg_hdr;
        headers[i].receive_ns = 0;
        headers[i].length = receiver->messages[i].msg_len;
        headers[i].flags = (header->msg_flags & MSG_TRUNC) != 0 ? LL_DATAGRAM_TRUNCATED : 0;
        read_control(receiver, header, &headers[i]);
        if (headers[i].receive_ns == 0) headers[i].receive_ns = now();
        /* The kernel wrote how much of it it used; the next call needs all of it again. */
        header->msg_controllen = CONTROL_BYTES;
    }
    *dropped = receiver->dropped;
    return count;
}

void ll_udp_close(ll_udp *receiver) {
    free(receiver);
}
