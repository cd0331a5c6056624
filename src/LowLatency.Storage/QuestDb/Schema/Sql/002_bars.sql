-- Closed and revised bars; timestamp is the bar's begin, rev counts its revisions. Days and longer have a table of their own.
-- ordinal is 0 of time bars; of others, several of which can begin at the same time, the stream's q.

CREATE TABLE IF NOT EXISTS bars (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, interval SYMBOL CAPACITY 64, why SYMBOL CAPACITY 4,
    open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE, vwap DOUBLE, buy_volume DOUBLE, trades LONG, level LONG,
    end_ns LONG, event_ns LONG, rev LONG, ordinal LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY MONTH $TTL(bars) WAL DEDUP UPSERT KEYS(timestamp, symbol, interval, rev, ordinal);

CREATE TABLE IF NOT EXISTS bars_1d (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, interval SYMBOL CAPACITY 64, why SYMBOL CAPACITY 4,
    open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE, vwap DOUBLE, buy_volume DOUBLE, trades LONG, level LONG,
    end_ns LONG, event_ns LONG, rev LONG, ordinal LONG, seq LONG
) TIMESTAMP(timestamp) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(timestamp, symbol, interval, rev, ordinal);
