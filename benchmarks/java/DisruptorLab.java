import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;

/**
 * Runs the Disruptor at the lab's word: one request a line on standard input, one answer a line on standard output.
 * Request: run KIND BATCH spin|yield next|try CAPACITY EVENTS RATE SECONDS. Answer: ok EVENTS ELAPSED_NS BYTES COLLECTIONS [HISTOGRAM] or error TEXT.
 */
public final class DisruptorLab {
    private static final int THREADS = 4;

    private final com.sun.management.ThreadMXBean threadBean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<String, Graph> graphs = new HashMap<>();
    private final CyclicBarrier start = new CyclicBarrier(THREADS + 1);
    private final CyclicBarrier end = new CyclicBarrier(THREADS + 1);
    private final Thread[] threads = new Thread[THREADS];
    private final long[] allocated = new long[THREADS];
    private final long[] startNs = new long[THREADS];
    private volatile Runnable[] bodies;
    private volatile Graph graph;
    private volatile boolean go;
    private volatile Throwable failure;

    public static void main(String[] args) throws Exception {
        new DisruptorLab().serve();
    }

    private void serve() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            int index = i;
            // The lab finds the threads by these names and pins them.
            threads[i] = new Thread(() -> body(index), "lab-" + i);
            threads[i].setDaemon(true);
            threads[i].start();
        }
        System.out.println("ready " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String answer;
            try {
                answer = run(line.split(" "));
            } catch (Throwable thrown) {
                answer = "error " + thrown;
            }
            System.out.println(answer);
        }
    }

    private String run(String[] words) throws Exception {
        int batch = Integer.parseInt(words[2]);
        boolean spins = words[3].equals("spin");
        long events = Long.parseLong(words[6]);
        double rate = Double.parseDouble(words[7]);
        long patience = 60 + (long) Math.ceil(Double.parseDouble(words[8]));
        String key = String.join(" ", words[1], words[2], words[3], words[4], words[5]);
        graph = graphs.computeIfAbsent(key, k -> new Graph(words[1], batch, spins, words[4], Integer.parseInt(words[5])));
        bodies = graph.bodies(events, rate);
        go = false;
        failure = null;
        long collections = collections();
        start.await();
        // Consumers run first: a halted processor that starts late would miss the halt.
        while (!graph.isRunning() && failure == null) Thread.yield();
        go = true;
        boolean done = graph.await(patience);
        // Before the barrier: the thread that failed never comes to it.
        if (failure != null) return "error " + failure;
        if (!done) return "error a consumer did not get its events in " + patience + " s";
        graph.halt();
        end.await();
        if (failure != null) return "error " + failure;
        if (!graph.isRight()) return "error the consumers did not get what was sent";
        long from = Long.MAX_VALUE;
        long bytes = 0;
        for (int i = 0; i < graph.threads; i++) {
            if (graph.isProducer(i)) from = Math.min(from, startNs[i]);
            bytes += allocated[i];
        }
        return "ok " + graph.moved(events) + " " + (graph.lastNs() - from) + " " + bytes + " " + (collections() - collections) + histogram();
    }

    private String histogram() {
        if (graph.latency == null) return "";
        ByteBuffer buffer = ByteBuffer.allocate(graph.latency.getNeededByteBufferCapacity());
        int length = graph.latency.encodeIntoCompressedByteBuffer(buffer);
        return " " + Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
    }

    private void body(int index) {
        while (true) {
            try {
                start.await();
                Runnable[] all = bodies;
                if (index < all.length) {
                    while (graph.isProducer(index) && !go) Thread.yield();
                    long before = threadBean.getThreadAllocatedBytes(Thread.currentThread().getId());
                    startNs[index] = System.nanoTime();
                    all[index].run();
                    allocated[index] = threadBean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
                }
                end.await();
            } catch (Throwable thrown) {
                failure = thrown;
                graph.abandon();
            }
        }
    }

    private static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) count += bean.getCollectionCount();
        return count;
    }
}
