-- Intensity of trading, spikes of it, reversals, alerts.

CREATE TABLE IF NOT EXISTS intensity (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, k LONG, price DOUBLE, path_bps DOUBLE, net_bps DOUBLE, elapsed_s DOUBLE, intensity DOUBLE, smoothed DOUBLE, base DOUBLE, cv DOUBLE,
    buffer DOUBLE, spike_on BOOLEAN, direction LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY HOUR $TTL(intensity) WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS spikes (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, state SYMBOL CAPACITY 4, start_ns LONG, k LONG, price DOUBLE, base DOUBLE, buffer DOUBLE, peak DOUBLE, extreme DOUBLE, reference DOUBLE,
    displacement_bps DOUBLE, direction LONG, direction_after LONG, peak_after LONG, extreme_after LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS reversals (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, version LONG, direction LONG, price DOUBLE, strength DOUBLE, extreme DOUBLE, invalidation DOUBLE, spike LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS alerts (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, name SYMBOL CAPACITY 256, begin_ns LONG, suppressed LONG,
    value DOUBLE, value2 DOUBLE, value3 DOUBLE, value4 DOUBLE, value5 DOUBLE, value6 DOUBLE, value7 DOUBLE, value8 DOUBLE, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);
