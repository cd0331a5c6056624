-- Trades, quotes, best quotes over several sources. One row a record; seq is the stream's q.
-- $TIMESTAMP is TIMESTAMP_NS, or TIMESTAMP where the server does not know it; $TTL(n) is TTL n, or nothing.

CREATE TABLE IF NOT EXISTS trades (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, side SYMBOL CAPACITY 4, source SYMBOL CAPACITY 256, price DOUBLE, size DOUBLE, trade_id LONG, seq LONG, conditions LONG, flags LONG
) TIMESTAMP(timestamp) PARTITION BY HOUR $TTL(trades) WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS quotes (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, source SYMBOL CAPACITY 256, bid DOUBLE, bid_size DOUBLE, ask DOUBLE, ask_size DOUBLE, seq LONG, flags LONG
) TIMESTAMP(timestamp) PARTITION BY HOUR $TTL(quotes) WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);

CREATE TABLE IF NOT EXISTS bbo (
    timestamp $TIMESTAMP, symbol SYMBOL CAPACITY 4096, source SYMBOL CAPACITY 256, bid DOUBLE, bid_size DOUBLE, ask DOUBLE, ask_size DOUBLE, seq LONG, flags LONG
) TIMESTAMP(timestamp) PARTITION BY HOUR $TTL(bbo) WAL DEDUP UPSERT KEYS(timestamp, symbol, seq);
