#!/usr/bin/env python3
"""Writes input.csv (made-up trades, cancels, corrections, clock events) and, a folder a variant, the bars that the rules of docs/bars.md give for it.

Naive on purpose: a bar is a list of trades, everything is taken anew from it in exact fractions, and nothing of the project's code is in it.
"""
import csv, pathlib, random
from datetime import datetime, timedelta, timezone
from fractions import Fraction as F
from zoneinfo import ZoneInfo

HERE = pathlib.Path(__file__).parent
S = 1_000_000_000
NEW_YORK = ZoneInfo("America/New_York")
UNITS = {"s": S, "m": 60 * S, "h": 3600 * S, "d": 86_400 * S}
KEPT = 8


def ns(*when, zone=timezone.utc):
    return int(datetime(*when, tzinfo=zone).timestamp()) * S


def make_input():
    rng, rows, ids, price = random.Random(300), [], [], 10_000

    def trade(at, late=0):
        nonlocal price
        price += rng.choice([-3, -2, -1, -1, 0, 0, 1, 1, 2, 3])
        ids.append(len(ids) + 1)
        rows.append(("T", at - late, F(price, 100), F(rng.randint(0, 40), 4), rng.choice([1, -1]), ids[-1], ""))

    def burst(at, count, pause_ms):
        for i in range(count):
            at += rng.randint(0, pause_ms) * 1_000_000 + (rng.randint(3, 9) * S if rng.random() < 0.06 else 0)
            kind = rng.random() if ids else 0
            if kind < 0.70:
                trade(at)
            elif kind < 0.78:
                trade(at, rng.randint(1, 900) * 1_000_000)
            elif kind < 0.86:
                trade(at, rng.randint(1, 7) * S)
            elif kind < 0.90:
                trade(at, rng.randint(15, 80) * S)
            elif kind < 0.94:
                rows.append(("X", at, "", "", "", "", rng.choice(ids[-12:])))
            elif kind < 0.97:
                rows.append(("C", at, F(price + rng.randint(-5, 5), 100), F(rng.randint(1, 40), 4), "", "", rng.choice(ids[-12:])))
            else:
                rows.append(("K", at + rng.randint(0, 3) * S, "", "", "", "", ""))
                at = rows[-1][1]
        return at

    # Clocks in New York go forward on Sunday, 10 March: sessions open at 14:30 UTC before, at 13:30 after; foreign exchange at 22:00 and at 21:00.
    burst(ns(2024, 3, 7, 20, 59, 50), 12, 2000)
    burst(ns(2024, 3, 8, 14, 29, 30), 120, 1500)
    trade(ns(2024, 3, 8, 21, 59, 59))
    trade(ns(2024, 3, 8, 22, 0, 0))
    trade(ns(2024, 3, 10, 20, 59, 59))
    trade(ns(2024, 3, 10, 21, 0, 0))
    trade(ns(2024, 3, 11, 13, 0, 0))
    trade(ns(2024, 3, 11, 13, 29, 59))
    end = burst(ns(2024, 3, 11, 13, 30, 0), 120, 1500)
    trade(end, late=end - ns(2024, 3, 8, 15, 0, 0))
    rows.append(("K", ns(2024, 3, 12, 13, 30, 0), "", "", "", "", ""))
    trade(ns(2024, 3, 12, 13, 30, 0), late=2 * S)
    trade(ns(2024, 3, 12, 13, 30, 1))
    return rows


class Intervals:
    """Where the bars of one length begin and end."""

    def __init__(self, name, calendar):
        self.name, self.length = name, int(name[:-1]) * UNITS[name[-1]]
        self.sessions = None
        days = self.length // UNITS["d"] if self.length % UNITS["d"] == 0 else 0
        if days in (1, 7) and calendar != "utc":
            opens = [datetime(2024, 2, 26) + timedelta(days=d) for d in range(40)]
            opens = [d for d in opens if d.weekday() < 5]
            if days == 7:
                opens = [d for d in opens if d.weekday() == 0]
            hour, minute, offset = (9, 30, 0) if calendar == "us_equities" else (17, 0, -1)
            self.sessions = [ns(d.year, d.month, d.day, hour, minute, zone=NEW_YORK) for d in (o + timedelta(days=offset) for o in opens)]
        self.anchor = ns(1970, 1, 5) if days == 7 else 0

    def of(self, at):
        if self.sessions:
            i = max(k for k, s in enumerate(self.sessions) if s <= at)
            return self.sessions[i], self.sessions[i + 1]
        start = (at - self.anchor) // self.length * self.length + self.anchor
        return start, start + self.length


class Bar:
    def __init__(self, start, end, flat=None):
        self.start, self.end, self.flat, self.trades, self.said = start, end, flat, [], 0

    def fields(self):
        if not self.trades:
            return [self.flat] * 4 + [F(0), 0, self.flat, F(0)] if self.flat is not None else [None] * 4 + [F(0), 0, None, F(0)]
        by_time = sorted(self.trades, key=lambda t: (t["at"], t["order"]))
        prices = [t["price"] for t in by_time]
        volume = sum(t["size"] for t in by_time)
        vwap = sum(t["price"] * t["size"] for t in by_time) / volume if volume else prices[-1]
        return [prices[0], max(prices), min(prices), prices[-1], volume, len(prices), vwap, sum((t["size"] for t in by_time if t["side"] > 0), F(0))]


def time_bars(rows, names, calendar="utc", grace=0, fill=False):
    said = {name: [] for name in names}
    lanes = [(Intervals(n, calendar), {}, {}) for n in names]  # length, open bars and kept bars by start
    clock, trades = 0, {}

    def say(name, bar, row, state):
        said[name].append([row, bar.start, bar.said, state, *bar.fields()])
        bar.said += 1

    def close(row):
        due = []
        for intervals, opened, kept in lanes:
            due += [(b.end, intervals.length, intervals, opened, kept, b) for b in opened.values() if b.end + grace <= clock]
            if fill and (opened or kept):
                at = min(kept) if kept else min(opened)
                while (span := intervals.of(at))[1] + grace <= clock:
                    if span[0] not in opened and span[0] not in kept and span[0] > max(kept, default=0):
                        due.append((span[1], intervals.length, intervals, opened, kept, Bar(*span)))
                    at = span[1]
        for _, _, intervals, opened, kept, bar in sorted(due, key=lambda d: d[:2]):
            if not bar.trades:
                bar.flat = kept[max(kept)].fields()[3]
            opened.pop(bar.start, None)
            keep(kept, bar)
            say(intervals.name, bar, row, "closed")

    def keep(kept, bar):
        kept[bar.start] = bar
        if len(kept) > KEPT:
            del kept[min(kept)]

    for row, (kind, at, price, size, side, ident, ref) in enumerate(rows):
        if kind in "TK" and at > clock:
            clock = at
            close(row)
        if kind == "T":
            trade = trades[ident] = {"at": at, "price": price, "size": size, "side": side, "order": row}
            for intervals, opened, kept in lanes:
                start, end = intervals.of(at)
                if end + grace > clock:
                    opened.setdefault(start, Bar(start, end)).trades.append(trade)
                elif start in kept or len(kept) < KEPT or start > min(kept):
                    if start not in kept:
                        keep(kept, Bar(start, end))
                    kept[start].trades.append(trade)
                    say(intervals.name, kept[start], row, "revised")
        elif kind in "XC" and ref in trades:
            trade = trades[ref] if kind == "C" else trades.pop(ref)
            if kind == "C":
                trade["price"], trade["size"] = price, size
            for intervals, opened, kept in lanes:
                for bars in (opened, kept):
                    for bar in list(bars.values()):
                        if trade not in [t for t in bar.trades if t is trade]:
                            continue
                        if kind == "X":
                            bar.trades = [t for t in bar.trades if t is not trade]
                        if bars is kept:
                            say(intervals.name, bar, row, "revised")
                        elif not bar.trades:
                            del opened[bar.start]
    for intervals, opened, _ in lanes:
        for start in sorted(opened):
            say(intervals.name, opened[start], -1, "open")
    return {f"bars_{n}": (["at_row", "start_ns", "rev", "state", "open", "high", "low", "close", "volume", "count", "vwap", "buy_volume"], lines) for n, lines in said.items()}


def event_bars(rows, tick, volume, dollar, range_, renko, t0, span):
    accepted, latest = [], 0
    for row, (kind, at, price, size, side, ident, _) in enumerate(rows):
        if kind == "T" and at >= latest:
            latest = at
            accepted.append({"row": row, "at": at, "price": price, "size": size, "side": side, "order": row})

    def line(bar, state, end, edges=None):
        whole = Bar(0, 0)
        whole.trades = bar
        f = whole.fields() if bar else [None] * 4 + [F(0), 0, edges[1], F(0)]
        if edges:
            f[:4] = edges[0], max(edges), min(edges), edges[1]
            if not f[4]:
                f[6] = edges[1]
        return [end["row"] if state == "closed" else -1, bar[0]["at"] if bar else end["at"], end["at"], state, *f]

    def by(reached):
        lines, bar = [], []
        for t in accepted:
            bar.append(t)
            if reached(bar):
                lines.append(line(bar, "closed", t))
                bar = []
        return lines + ([line(bar, "open", bar[-1])] if bar else [])

    def bricks():
        lines, bar, level, direction, first = [], [], 0, 0, accepted[0]["price"]
        for t in accepted:
            bar.append(t)
            while True:
                beyond = t["price"] - (first + level * renko)
                if beyond >= (2 if direction < 0 else 1) * renko:
                    step = 1
                elif -beyond >= (2 if direction > 0 else 1) * renko:
                    step = -1
                else:
                    break
                opening = level + step if direction == -step else level
                level, direction = opening + step, step
                lines.append(line(bar, "closed", t, (first + opening * renko, first + level * renko)) + [level])
                bar = []
        return lines + ([line(bar, "open", bar[-1]) + [""]] if bar else [])

    def imbalances():
        lines, bar, theta, seen, mean, square = [], [], F(0), [], None, None
        weight = F(2, span + 1)
        for t in accepted:
            bar.append(t)
            signed = t["side"] * t["size"]
            theta += signed
            if mean is None:
                seen.append(t)
                threshold, done = "", len(seen) == t0
                if done:
                    mean, square = sum(x["side"] * x["size"] for x in seen) / t0, sum(x["size"] ** 2 for x in seen) / t0
            else:
                threshold = max(float(t0 * abs(mean)), float(t0 * square) ** 0.5)
                done = float(abs(theta)) >= threshold
                mean, square = mean + weight * (signed - mean), square + weight * (t["size"] ** 2 - square)
            if done:
                lines.append(line(bar, "closed", t) + [theta, threshold])
                bar, theta = [], F(0)
        return lines + ([line(bar, "open", bar[-1]) + ["", ""]] if bar else [])

    header = ["at_row", "start_ns", "end_ns", "state", "open", "high", "low", "close", "volume", "count", "vwap", "buy_volume"]
    return {
        "alt_bars_tick": (header, by(lambda b: len(b) >= tick)),
        "alt_bars_volume": (header, by(lambda b: sum(t["size"] for t in b) >= volume)),
        "alt_bars_dollar": (header, by(lambda b: sum(t["size"] * t["price"] for t in b) >= dollar)),
        "alt_bars_range": (header, by(lambda b: max(t["price"] for t in b) - min(t["price"] for t in b) >= range_)),
        "alt_bars_renko": (header + ["level"], bricks()),
        "alt_bars_imbalance": (header + ["theta", "threshold"], imbalances()),
    }


def text(x):
    return "" if x is None else repr(float(x)) if isinstance(x, (F, float)) else str(x)


def write(path, header, lines):
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows([text(x) for x in line] for line in lines)


if __name__ == "__main__":
    rows = make_input()
    write(HERE / "input.csv", ["type", "event_ns", "price", "size", "aggressor", "trade_id", "ref_id"], rows)
    variants = {
        "main": {**time_bars(rows, ["1s", "10s", "1m", "1d"], "us_equities"), **event_bars(rows, 7, 30, 4000, F(9, 100), F(4, 100), 12, 40)},
        "grace": time_bars(rows, ["5s", "10s"], grace=2 * S),
        "fill": time_bars(rows, ["1h", "4h", "1d"], fill=True),
        "fx": time_bars(rows, ["1d", "7d"], "fx"),
    }
    for variant, files in variants.items():
        for name, (header, lines) in files.items():
            write(HERE / variant / f"{name}.csv", header, lines)
