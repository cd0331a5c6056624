-- Indicators of closed and revised bars; timestamp is the begin of the bar. An indicator's outputs are value, value2 ... in their order.

CREATE TABLE IF NOT EXISTS indicators (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, interval SYMBOL CAPACITY 64, name SYMBOL CAPACITY 1024, seq LONG,
    value DOUBLE, value2 DOUBLE, value3 DOUBLE, value4 DOUBLE, value5 DOUBLE, value6 DOUBLE, value7 DOUBLE, value8 DOUBLE,
    event_ns LONG, rev LONG, ordinal LONG
) TIMESTAMP(timestamp) PARTITION BY DAY $TTL(indicators) WAL DEDUP UPSERT KEYS(timestamp, symbol, interval, name, rev, ordinal);

CREATE TABLE IF NOT EXISTS indicators_1d (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, interval SYMBOL CAPACITY 64, name SYMBOL CAPACITY 1024, seq LONG,
    value DOUBLE, value2 DOUBLE, value3 DOUBLE, value4 DOUBLE, value5 DOUBLE, value6 DOUBLE, value7 DOUBLE, value8 DOUBLE,
    event_ns LONG, rev LONG, ordinal LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, interval, name, rev, ordinal);
