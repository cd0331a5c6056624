/** What every run moves: six longs and a header of sixteen bytes, 64 bytes an object, made beforehand. */
final class LabEvent {
    long sequence;
    long value;
    long intendedNs;
    long producer;
    long unused1;
    long unused2;

    static long valueOf(long sequence) {
        return sequence * 31 + 7;
    }
}
