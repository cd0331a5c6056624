import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A ring with its consumers, wired once; a run sends events through it on the harness's threads. */
final class Graph {
    final int threads;
    final Histogram latency;
    private final boolean spins;
    private final boolean tries;
    private final int producers;
    private final int batch;
    private final RingBuffer<LabEvent> ring;
    private final Counting[] handlers;
    private final BatchEventProcessor<LabEvent>[] processors;
    private long next;
    private CountDownLatch done;

    /** Claim "next" is the Disruptor's blocking claim (it parks when the ring is full), "try" tries and pauses. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    Graph(String kind, int batch, boolean spins, String claim, int capacity) {
        this.batch = batch;
        this.spins = spins;
        tries = claim.equals("try");
        producers = kind.equals("TwoProducers") ? 2 : 1;
        latency = kind.equals("Latency") ? new Histogram(1, 10_000_000_000L, 3) : null;
        WaitStrategy waiting = spins ? new BusySpinWaitStrategy() : new YieldingWaitStrategy();
        ring = producers == 1
            ? RingBuffer.createSingleProducer(LabEvent::new, capacity, waiting)
            : RingBuffer.createMultiProducer(LabEvent::new, capacity, waiting);
        int consumers = kind.equals("Pipeline") || kind.equals("Diamond") || kind.equals("FanOut") ? 3 : 1;
        handlers = new Counting[consumers];
        processors = new BatchEventProcessor[consumers];
        for (int i = 0; i < consumers; i++) {
            handlers[i] = new Counting(producers, latency);
            SequenceBarrier barrier = ring.newBarrier();
            if (kind.equals("Pipeline") && i > 0) barrier = ring.newBarrier(processors[i - 1].getSequence());
            if (kind.equals("Diamond") && i == 2) barrier = ring.newBarrier(processors[0].getSequence(), processors[1].getSequence());
            processors[i] = new BatchEventProcessor<>(ring, barrier, handlers[i]);
            ring.addGatingSequences(processors[i].getSequence());
        }
        threads = producers + consumers;
    }

    /** Threads in the order of the processors they run on: a producer, the consumers, the second producer. */
    Runnable[] bodies(long events, double rate) {
        long each = (events / producers) - (events / producers) % batch;
        long first = next;
        next += each;
        done = new CountDownLatch(handlers.length);
        for (Counting handler : handlers) handler.expect(first, each, done);
        if (latency != null) latency.reset();
        Runnable[] bodies = new Runnable[threads];
        bodies[0] = latency != null ? () -> produceAtRate(first, each, rate) : () -> produce(first, each, 0);
        for (int i = 0; i < processors.length; i++) bodies[i + 1] = processors[i];
        if (producers == 2) bodies[threads - 1] = () -> produce(first, each, 1);
        return bodies;
    }

    long moved(long events) {
        return (events / producers - (events / producers) % batch) * producers;
    }

    /** Waits until every consumer has had its last event, or the run is abandoned; false when neither happens in time. */
    boolean await(long seconds) throws InterruptedException {
        return done.await(seconds, TimeUnit.SECONDS);
    }

    /** Ends the waiting for a run in which a thread failed. */
    void abandon() {
        while (done.getCount() > 0) done.countDown();
    }

    /** When the last consumer had its last event. */
    long lastNs() {
        long last = 0;
        for (Counting handler : handlers) last = Math.max(last, handler.lastNs);
        return last;
    }

    boolean isProducer(int thread) {
        return thread == 0 || (producers == 2 && thread == threads - 1);
    }

    void halt() {
        for (BatchEventProcessor<LabEvent> processor : processors) processor.halt();
    }

    boolean isRunning() {
        for (BatchEventProcessor<LabEvent> processor : processors) if (!processor.isRunning()) return false;
        return true;
    }

    boolean isRight() {
        for (Counting handler : handlers) if (!handler.isRight()) return false;
        return true;
    }

    private void produce(long first, long count, long producer) {
        final RingBuffer<LabEvent> ring = this.ring;
        final int batch = this.batch;
        if (batch == 1) {
            for (long i = first; i < first + count; i++) {
                long sequence = claim(1);
                fill(ring.get(sequence), i, producer, 0);
                ring.publish(sequence);
            }
            return;
        }
        for (long i = first; i < first + count; i += batch) {
            long last = claim(batch);
            long low = last - batch + 1;
            for (int k = 0; k < batch; k++) fill(ring.get(low + k), i + k, producer, 0);
            ring.publish(low, last);
        }
    }

    private void produceAtRate(long first, long count, double rate) {
        double intervalNs = 1e9 / rate;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + (long) (i * intervalNs);
            while (System.nanoTime() < due) Thread.onSpinWait();
            long sequence = claim(1);
            fill(ring.get(sequence), first + i, 0, due);
            ring.publish(sequence);
        }
    }

    private static void fill(LabEvent event, long sequence, long producer, long intendedNs) {
        event.sequence = sequence;
        event.value = LabEvent.valueOf(sequence);
        event.producer = producer;
        event.intendedNs = intendedNs;
    }

    private long claim(int count) {
        if (!tries) return ring.next(count);
        int failures = 0;
        while (true) {
            try {
                return ring.tryNext(count);
            } catch (InsufficientCapacityException full) {
                if (spins || failures++ < 100) Thread.onSpinWait();
                else Thread.yield();
            }
        }
    }
}
