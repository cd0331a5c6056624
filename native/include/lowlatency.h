/*
 * liblowlatency: calls that .NET has no way to make, or no cheap one.
 *
 * Every function that returns a signed number returns 0 or more when it has done its work, and a negated errno when the system refused; -ENOTSUP where the
 * platform has no such thing. Nothing prints, nothing keeps state outside what the caller holds. Strings do not occur.
 */
#ifndef LOWLATENCY_H
#define LOWLATENCY_H

#include <stdint.h>

#if defined(_WIN32) && defined(LL_BUILDING)
#define LL_API __declspec(dllexport)
#elif defined(_WIN32)
#define LL_API __declspec(dllimport)
#else
#define LL_API __attribute__((visibility("default")))
#endif

/* Counts up with every change of a signature, a layout or a meaning below; the caller refuses any other than its own. */
#define LL_ABI_VERSION 1

/* Most datagrams of one receive. */
#define LL_UDP_MAX_BATCH 256

/* ll_datagram.flags */
#define LL_DATAGRAM_TRUNCATED 1u   /* longer than its slot: the rest is lost */
#define LL_DATAGRAM_KERNEL_TIME 2u /* receive_ns is the kernel's, taken when the datagram arrived; else it was taken when it was read */

/*  0               8               12              16
 *  +---------------+-------+-------+
 *  | receive_ns    |length | flags |
 *  +---------------+-------+-------+
 */
typedef struct ll_datagram {
    int64_t receive_ns; /* nanoseconds since 1970-01-01T00:00:00Z */
    uint32_t length;    /* bytes in the slot */
    uint32_t flags;
} ll_datagram;

typedef struct ll_udp ll_udp;

LL_API int32_t ll_abi_version(void);

/* The processor's time stamp counter. Every load before the call is done when it is read; what stands behind the call may begin some nanoseconds
 * before. Only after ll_counter_invariant() == 1. */
LL_API uint64_t ll_counter_read(void);

/* 1 when the counter runs at one speed whatever the processor's frequency and sleep states; else 0. */
LL_API int32_t ll_counter_invariant(void);

/* Its speed in Hz as processor or hypervisor tell it; 0 when they do not. Nominal: the true speed is measured. */
LL_API int64_t ll_counter_frequency(void);

/* Binds the calling thread to CPUs, given by number; any number of them. */
LL_API int32_t ll_affinity_set(const int32_t *cpus, int32_t count);

/* The CPUs that the calling thread may run on, ascending: writes at most capacity of them, returns how many there are. */
LL_API int32_t ll_affinity_get(int32_t *cpus, int32_t capacity);

/* Runs the calling thread under SCHED_FIFO at a priority from 1 to 99; 0 takes it back to SCHED_OTHER. Threads that it starts do not inherit it. */
LL_API int32_t ll_fifo_set(int32_t priority);

/* The calling thread's SCHED_FIFO priority; 0 when it runs under another policy. */
LL_API int32_t ll_fifo_get(void);

/* The calling thread's nice value under SCHED_OTHER, -20 to 19. Threads that it starts do not inherit one below 0. */
LL_API int32_t ll_nice_set(int32_t nice);
LL_API int32_t ll_nice_get(int32_t *nice);

/* 1 keeps every page of the process that is in memory there, and every later one from when it is first touched; 0 lets go of them all. */
LL_API int32_t ll_memory_lock(int32_t lock);

/*
 * Prepares a UDP socket for batches: kernel time stamps and the kernel's count of dropped datagrams are switched on.
 * block holds slots times slot_bytes bytes, for as long as the receiver is open. 1 to LL_UDP_MAX_BATCH slots. The socket stays the caller's.
 */
LL_API int32_t ll_udp_open(int32_t socket, uint8_t *block, int32_t slots, int32_t slot_bytes, ll_udp **receiver);

/*
 * Takes what has arrived, without waiting: the i-th datagram lies at block + i * slot_bytes, headers[i] tells of it. Returns how many, 0 when there is none.
 * *dropped becomes the kernel's count (modulo 2^32) of what the socket has dropped since it was made, as the newest datagram tells it.
 */
LL_API int32_t ll_udp_receive(ll_udp *receiver, ll_datagram *headers, uint32_t *dropped);

LL_API void ll_udp_close(ll_udp *receiver);

#endif
