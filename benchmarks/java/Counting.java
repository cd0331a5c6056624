import com.lmax.disruptor.EventHandler;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** A consumer: checks its events, and says when the last one of a run has come. */
final class Counting implements EventHandler<LabEvent> {
    final Tally[] tallies;
    private final Histogram latency;
    private long left;
    private CountDownLatch done;
    volatile long lastNs;

    Counting(int producers, Histogram latency) {
        tallies = new Tally[producers];
        for (int i = 0; i < producers; i++) tallies[i] = new Tally();
        this.latency = latency;
    }

    void expect(long first, long each, CountDownLatch done) {
        this.done = done;
        for (Tally tally : tallies) tally.expect(first, each);
        left = each * tallies.length;
    }

    @Override
    public void onEvent(LabEvent event, long sequence, boolean endOfBatch) {
        if (latency != null) latency.recordValue(Math.max(0, System.nanoTime() - event.intendedNs));
        tallies[(int) event.producer].take(event);
        if (--left == 0) {
            lastNs = System.nanoTime();
            done.countDown();
        }
    }

    boolean isRight() {
        for (Tally tally : tallies) if (!tally.isRight()) return false;
        return true;
    }
}
