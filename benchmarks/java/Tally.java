/** What one consumer saw of one producer, checked for order, number and content. */
final class Tally {
    private long next;
    private long wrong;
    private long sum;
    private long expectedSum;
    private long end;

    void expect(long first, long count) {
        next = first;
        wrong = 0;
        sum = 0;
        end = first + count;
        expectedSum = 0;
        for (long s = first; s < end; s++) expectedSum += LabEvent.valueOf(s);
    }

    void take(LabEvent event) {
        wrong |= event.sequence ^ next;
        sum += event.value;
        next++;
    }

    boolean isRight() {
        return wrong == 0 && next == end && sum == expectedSum;
    }
}
