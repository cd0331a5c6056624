"""The usual Python service as a peer of the whole chain: one process, NumPy, a window of the last 1,000 trades that is looked at whole at each trade.

It does less than the chain: bars of eight intervals, intensity, buffer and spikes; no indicators, no reversals,
no corrections, no late trades, no publication (the usual one goes through Redis, which would take as long again).

Protocol: first line of input: path of a CSV file, plain or gzip, and the symbol. It answers "ready TRADES". Then for each line "N" it takes N trades, the
file over and over, and answers "ok TRADES NANOSECONDS SPIKES".
"""
import csv
import gzip
import sys
import time

import numpy as np

WINDOW, PATH, SMOOTH, RECENT = 1000, 100, 50, 100
INTERVALS = [n * 1_000_000_000 for n in (1, 10, 60, 300, 900, 3600, 14400, 86400)]


def read(path, symbol):
    opened = gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")
    with opened as file:
        return [(int(row["ts_ns"]), float(row["price"]), float(row["size"])) for row in csv.DictReader(file) if row["type"] == "T" and row["symbol"] == symbol]


class Service:
    def __init__(self):
        self.prices = np.zeros(0)
        self.sizes = np.zeros(0)
        self.times = np.zeros(0, dtype=np.int64)
        self.smoothed = np.zeros(0)
        self.bars = [None] * len(INTERVALS)
        self.spikes = 0
        self.spike_on = False

    def on_trade(self, time_ns, price, size):
        self.prices = np.append(self.prices, price)[-WINDOW:]
        self.sizes = np.append(self.sizes, size)[-WINDOW:]
        self.times = np.append(self.times, time_ns)[-WINDOW:]
        for i, interval in enumerate(INTERVALS):
            start = time_ns - time_ns % interval
            bar = self.bars[i]
            if bar is None or bar["start"] != start:
                self.bars[i] = {"start": start, "open": price, "high": price, "low": price, "close": price, "volume": size, "count": 1}
            else:
                bar["high"] = max(bar["high"], price)
                bar["low"] = min(bar["low"], price)
                bar["close"] = price
                bar["volume"] += size
                bar["count"] += 1
        self.on_intensity()

    def on_intensity(self):
        if len(self.prices) <= PATH:
            return
        path = 1e4 * np.abs(np.diff(np.log(self.prices[-PATH - 1:]))).sum()
        elapsed = max(0.1, (self.times[-1] - self.times[-PATH - 1]) / 1e9)
        x = path / elapsed
        last = self.smoothed[-1] if len(self.smoothed) else x
        smoothed = last + 2 / (SMOOTH + 1) * (x - last)
        if len(self.smoothed) == WINDOW:
            usual = 0.8 * self.smoothed[:-RECENT].mean() + 0.2 * self.smoothed[-RECENT:].mean()
            buffer = usual * (1 + min(3, self.smoothed.std() / max(1e-12, self.smoothed.mean())))
            if not self.spike_on and smoothed > buffer:
                self.spike_on = True
                self.spikes += 1
            elif self.spike_on and smoothed < usual:
                self.spike_on = False
        self.smoothed = np.append(self.smoothed, smoothed)[-WINDOW:]


def main():
    path, symbol = sys.stdin.readline().rstrip("\n").rsplit(" ", 1)
    trades = read(path, symbol)
    week = 7 * 86400 * 1_000_000_000
    shift = ((trades[-1][0] - trades[0][0]) // week + 1) * week
    service, taken = Service(), 0
    print(f"ready {len(trades)}", flush=True)
    for line in sys.stdin:
        count = int(line)
        begin = time.perf_counter_ns()
        for _ in range(count):
            rounds, at = divmod(taken, len(trades))
            time_ns, price, size = trades[at]
            service.on_trade(time_ns + rounds * shift, price, size)
            taken += 1
        print(f"ok {count} {time.perf_counter_ns() - begin} {service.spikes}", flush=True)


if __name__ == "__main__":
    main()
