-- What did not come, and what closed the imbalance bars.

CREATE TABLE IF NOT EXISTS gaps (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, source SYMBOL CAPACITY 256, first_missing LONG, missing LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS imbalances (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, start_ns LONG, theta DOUBLE, threshold DOUBLE, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);
