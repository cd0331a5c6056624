#!/usr/bin/env python3
"""Writes bars.csv (made-up bars) and indicators.csv (what the definitions of docs/indicators.md give for them) into its own folder.

Every value is computed anew from the whole series, in decimals of 50 digits: no running sums, nothing of the project's code. Prices are multiples of
1/8, exact in doubles and here, so that no tie and no comparison hangs on rounding.
"""
import csv, pathlib, random
from decimal import Decimal as D, getcontext

getcontext().prec = 50
HERE = pathlib.Path(__file__).parent
N = 90
ZERO, ONE, HUNDRED = D(0), D(1), D(100)


def make_bars():
    random.seed(20240310)
    bars, last = [], 800
    for i in range(N):
        flat = 40 <= i < 46
        o = last if flat else last + (random.choice([-24, 20]) if i % 17 == 5 else random.randint(-2, 2))
        c = o if flat else o + random.randint(-6, 6)
        h = max(o, c) + (0 if flat else random.randint(0, 4))
        l = min(o, c) - (0 if flat else random.randint(0, 4))
        v = 0 if i in (7, 42, 43, 66) else random.randint(1, 400)
        bars.append((1_700_006_400_000_000_000 + i * 3_600_000_000_000, D(o) / 8, D(h) / 8, D(l) / 8, D(c) / 8, D(v)))
        last = c
    return bars


BARS = make_bars()
T, O, H, L, C, V = ([b[k] for b in BARS] for k in range(6))
TP = [(h + l + c) / 3 for h, l, c in zip(H, L, C)]


def each(f, *series):
    return [None if any(x is None for x in xs) else f(*xs) for xs in zip(*series)]


def window(x, n, f):
    return [None if i + 1 < n or None in x[i + 1 - n:i + 1] else f(x[i + 1 - n:i + 1]) for i in range(len(x))]


def before(x, n):
    return [None] * n + x[:len(x) - n]


def mean(x):
    return sum(x, ZERO) / len(x)


def sma(x, n):
    return window(x, n, mean)


def total(x, n):
    return window(x, n, lambda w: sum(w, ZERO))


def average(x, alpha, seed):
    y, seen, e = [], [], None
    for v in x:
        if v is None:
            y.append(None)
            continue
        if e is not None:
            e += alpha * (v - e)
        else:
            seen.append(v)
            if len(seen) == seed:
                e = mean(seen)
        y.append(e)
    return y


def ema(x, n, seed=None):
    return average(x, D(2) / (n + 1), seed or n)


def wilder(x, n):
    return average(x, ONE / n, n)


def minus(x, y):
    return each(lambda a, b: a - b, x, y)


def change(x):
    return minus(x, before(x, 1))


def over(a, b):
    return None if b == 0 else a / b


def highest(x, n):
    return window(x, n, max)


def lowest(x, n):
    return window(x, n, min)


def wma(x, n):
    return window(x, n, lambda w: sum((i + 1) * v for i, v in enumerate(w)) / D(n * (n + 1) // 2))


def deviation(x, n):
    return window(x, n, lambda w: (sum((v - mean(w)) ** 2 for v in w) / n).sqrt())


TR = [None] + [max(H[i] - L[i], abs(H[i] - C[i - 1]), abs(L[i] - C[i - 1])) for i in range(1, N)]
MFV = [ZERO if h == l else v * ((c - l) - (h - c)) / (h - l) for h, l, c, v in zip(H, L, C, V)]
ADL = [sum(MFV[:i + 1], ZERO) for i in range(N)]


def adx(n):
    up, down = change(H), each(lambda a: -a, change(L))
    plus = each(lambda u, d: u if u > d and u > 0 else ZERO, up, down)
    less = each(lambda u, d: d if d > u and d > 0 else ZERO, up, down)
    # Sums that lose a n-th part a bar are n times Wilder's averages: the ratios are the same.
    tr, p, m = wilder(TR, n), wilder(plus, n), wilder(less, n)
    pdi, mdi = (each(lambda a, b: None if b == 0 else HUNDRED * a / b, x, tr) for x in (p, m))
    dx = each(lambda a, b: None if a + b == 0 else HUNDRED * abs(a - b) / (a + b), pdi, mdi)
    return {"adx": wilder(dx, n), "plus_di": pdi, "minus_di": mdi, "dx": dx}


def aroon(n, oldest=False):
    def at(w, extreme):
        places = [i for i, v in enumerate(w) if v == extreme]
        return HUNDRED * (places[0] if oldest else places[-1]) / n
    up = window(H, n + 1, lambda w: at(w, max(w)))
    down = window(L, n + 1, lambda w: at(w, min(w)))
    return {"up": up, "down": down, "osc": minus(up, down)}


def bbands(n, k):
    mid, dev = sma(C, n), deviation(C, n)
    upper, lower = each(lambda m, d: m + k * d, mid, dev), each(lambda m, d: m - k * d, mid, dev)
    return {"upper": upper, "middle": mid, "lower": lower, "percent_b": each(lambda c, l, u: over(c - l, u - l), C, lower, upper), "width": each(lambda u, l, m: (u - l) / m, upper, lower, mid)}


def cci(n):
    return window(TP, n, lambda w: over(w[-1] - mean(w), D("0.015") * mean([abs(v - mean(w)) for v in w])))


def chop(n, true=False):
    if true:
        tr, hi, lo = TR, each(max, H, before(C, 1)), each(min, L, before(C, 1))
    else:
        tr, hi, lo = [H[0] - L[0]] + TR[1:], H, L
    return each(lambda s, h, l: None if h == l else HUNDRED * (s / (h - l)).ln() / D(n).ln(), total(tr, n), highest(hi, n), lowest(lo, n))


def cmo(n, smooth=total):
    up = smooth(each(lambda x: max(x, ZERO), change(C)), n)
    down = smooth(each(lambda x: max(-x, ZERO), change(C)), n)
    return each(lambda u, d: ZERO if u + d == 0 else HUNDRED * (u - d) / (u + d), up, down)


def cascade(x, n, depth):
    e = [x]
    for _ in range(depth):
        e.append(ema(e[-1], n))
    return e[1:]


def donchian(n, prior=0):
    h, l = before(highest(H, n), prior), before(lowest(L, n), prior)
    return {"upper": h, "middle": each(lambda a, b: (a + b) / 2, h, l), "lower": l}


def heikinashi():
    close = [(o + h + l + c) / 4 for o, h, l, c in zip(O, H, L, C)]
    opens = [(O[0] + C[0]) / 2]
    for i in range(1, N):
        opens.append((opens[-1] + close[i - 1]) / 2)
    return {"open": opens, "high": [max(x) for x in zip(H, opens, close)], "low": [min(x) for x in zip(L, opens, close)], "close": close}


def hurst(n):
    steps = [None] + [(C[i] / C[i - 1]).ln() for i in range(1, N)]

    def rescaled(w):
        m, along, sums = mean(w), ZERO, []
        for v in w:
            along += v - m
            sums.append(along)
        s = (sum((v - m) ** 2 for v in w) / len(w)).sqrt()
        return None if s == 0 else (max(sums) - min(sums)) / s

    def slope(w):
        x, y = [], []
        for size in (n, n // 2, n // 4, n // 8):
            pieces = n // size
            first = n - pieces * size
            ratios = [rescaled(w[first + p * size:first + (p + 1) * size]) for p in range(pieces)]
            if None in ratios:
                return None
            x.append(D(size).ln())
            y.append(mean(ratios).ln())
        mx, my = mean(x), mean(y)
        return sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)

    return window(steps, n, slope)


def ichimoku(t, k, s):
    def mid(n):
        return each(lambda a, b: (a + b) / 2, highest(H, n), lowest(L, n))
    tenkan, kijun = mid(t), mid(k)
    return {"tenkan": tenkan, "kijun": kijun, "span_a": before(each(lambda a, b: (a + b) / 2, tenkan, kijun), k), "span_b": before(mid(s), k), "chikou": C}


def kama(n, fast, slow):
    k, er = [None] * (n - 1) + [C[n - 1]], [None] * n
    for i in range(n, N):
        path = sum(abs(C[j] - C[j - 1]) for j in range(i - n + 1, i + 1))
        ratio = ONE if path == 0 else abs(C[i] - C[i - n]) / path
        sc = (ratio * (D(2) / (fast + 1) - D(2) / (slow + 1)) + D(2) / (slow + 1)) ** 2
        k.append(k[-1] + sc * (C[i] - k[-1]))
        er.append(ratio)
    return {"value": k, "er": er}


def keltner(n, k, a):
    mid, atr = ema(C, n), wilder(TR, a)
    return {"upper": each(lambda m, r: m + k * r, mid, atr), "middle": mid, "lower": each(lambda m, r: m - k * r, mid, atr)}


def linreg(n):
    def fit(w):
        mx, my = D(n - 1) / 2, mean(w)
        slope = sum((i - mx) * (v - my) for i, v in enumerate(w)) / sum((i - mx) ** 2 for i in range(n))
        intercept = my - slope * mx
        rest = sum((v - intercept - slope * i) ** 2 for i, v in enumerate(w))
        whole = sum((v - my) ** 2 for v in w)
        return slope, intercept, intercept + slope * (n - 1), None if whole == 0 else 1 - rest / whole
    fits = window(C, n, fit)
    return {name: [None if f is None else f[i] for f in fits] for i, name in enumerate(("slope", "intercept", "endpoint", "r2"))}


def macd(f, s, g, seed=None):
    line = minus(ema(C, f, seed), ema(C, s, seed))
    signal = ema(line, g, seed)
    return {"macd": line, "signal": signal, "hist": minus(line, signal)}


def mfi(n):
    rises = [None] + [TP[i] * V[i] if TP[i] > TP[i - 1] else ZERO for i in range(1, N)]
    falls = [None] + [TP[i] * V[i] if TP[i] < TP[i - 1] else ZERO for i in range(1, N)]
    return each(lambda p, m: None if p + m == 0 else HUNDRED * p / (p + m), total(rises, n), total(falls, n))


def obv(first):
    return [sum((V[j] * ((C[j] > C[j - 1]) - (C[j] < C[j - 1])) for j in range(1, i + 1)), first) for i in range(N)]


def psar(step, most):
    fall, rise = L[0] - L[1], H[1] - H[0]
    up = not (fall > 0 and fall > rise)
    extreme, sar, factor = (H[1], L[0], step) if up else (L[1], H[0], step)
    value, trend = [None], [None]
    low_before, high_before = L[1], H[1]
    for i in range(1, N):
        low, high = L[i], H[i]
        if (low <= sar) if up else (high >= sar):
            up = not up
            sar = min(extreme, low_before, low) if up else max(extreme, high_before, high)
            value.append(sar)
            factor, extreme = step, (high if up else low)
            sar += factor * (extreme - sar)
            sar = min(sar, low_before, low) if up else max(sar, high_before, high)
        else:
            value.append(sar)
            if (high > extreme) if up else (low < extreme):
                extreme, factor = (high if up else low), min(most, factor + step)
            sar += factor * (extreme - sar)
            sar = min(sar, low_before, low) if up else max(sar, high_before, high)
        trend.append(ONE if up else -ONE)
        low_before, high_before = low, high
    return {"value": value, "trend": trend}


def rsi(n):
    g = wilder(each(lambda x: max(x, ZERO), change(C)), n)
    l = wilder(each(lambda x: max(-x, ZERO), change(C)), n)
    return each(lambda a, b: None if a + b == 0 else HUNDRED * a / (a + b), g, l)


def stoch(n, smooth, signal):
    raw = each(lambda c, h, l: ZERO if h == l else HUNDRED * (c - l) / (h - l), C, highest(H, n), lowest(L, n))
    k = sma(raw, smooth)
    return {"k": k, "d": sma(k, signal), "raw_k": raw}


def supertrend(n, k):
    atr, value, trend, upper, lower, up = wilder(TR, n), [], [], None, None, None
    for i in range(N):
        if atr[i] is None:
            value.append(None)
            trend.append(None)
            continue
        mid = (H[i] + L[i]) / 2
        u, l = mid + k * atr[i], mid - k * atr[i]
        if up is None:
            up = C[i] >= mid
            upper, lower = u, l
        else:
            upper = u if u < upper or C[i - 1] > upper else upper
            lower = l if l > lower or C[i - 1] < lower else lower
        up = C[i] > (lower if up else upper)
        value.append(lower if up else upper)
        trend.append(ONE if up else -ONE)
    return {"value": value, "trend": trend}


def trix(n):
    e = cascade(C, n, 3)[2]
    return each(lambda a, b: HUNDRED * (a / b - 1), e, before(e, 1))


def tsi(long, short, signal, seed=None):
    net = ema(ema(change(C), long, seed), short, seed)
    path = ema(ema(each(abs, change(C)), long, seed), short, seed)
    value = each(lambda a, b: None if b == 0 else HUNDRED * a / b, net, path)
    return {"value": value, "signal": ema(value, signal, seed)}


def ultosc(a, b, c):
    low = each(min, L, before(C, 1))
    bp = minus(C, low)
    tr = minus(each(max, H, before(C, 1)), low)

    def part(n):
        return each(over, total(bp, n), total(tr, n))
    return each(lambda x, y, z: HUNDRED * (4 * x + 2 * y + z) / 7, part(a), part(b), part(c))


def vwap(days):
    out = []
    for i in range(N):
        rows = [j for j in range(i + 1) if days == 0 or T[j] // (days * 86_400_000_000_000) == T[i] // (days * 86_400_000_000_000)]
        out.append(over(sum(TP[j] * V[j] for j in rows), sum(V[j] for j in rows)))
    return out


def zlma(x, n):
    lag = (n - 1) // 2
    return ema(each(lambda a, b: 2 * a - b, x, before(x, lag)), n)


def dema(n):
    e = cascade(C, n, 2)
    return each(lambda a, b: 2 * a - b, *e)


def tema(n):
    return each(lambda a, b, c: 3 * a - 3 * b + c, *cascade(C, n, 3))


INDICATORS = {
    "adl": ADL, "adosc(3,10)": each(lambda i, a, b: a - b if i >= 9 else None, list(range(N)), ema(ADL, 3, 1), ema(ADL, 10, 1)), "adosc(3,10,seed=mean)": minus(ema(ADL, 3), ema(ADL, 10)),
    "adx(14)": adx(14), "aroon(25)": aroon(25), "aroon(25,ties=oldest)": aroon(25, True), "atr(14)": wilder(TR, 14), "bbands(20,2)": bbands(20, 2), "cci(20)": cci(20),
    "chop(14)": chop(14), "chop(14,extremes=true)": chop(14, True), "cmf(20)": each(over, total(MFV, 20), total(V, 20)), "cmo(14)": cmo(14), "cmo(14,average=wilder)": cmo(14, wilder),
    "dema(20)": dema(20), "donchian(20)": donchian(20), "donchian(20,window=prior)": donchian(20, 1), "ema(20)": ema(C, 20), "ema(20,seed=first)": ema(C, 20, 1), "heikinashi": heikinashi(),
    "hma(20)": wma(minus(each(lambda x: 2 * x, wma(C, 10)), wma(C, 20)), 4), "hurst(32)": hurst(32), "ichimoku(9,26,52)": ichimoku(9, 26, 52), "kama(10,2,30)": kama(10, 2, 30),
    "keltner(20,2,10)": keltner(20, 2, 10), "linreg(14)": linreg(14), "macd(12,26,9)": macd(12, 26, 9), "macd(12,26,9,seed=first)": macd(12, 26, 9, 1), "mfi(14)": mfi(14),
    "mom(10)": minus(C, before(C, 10)), "obv": obv(ZERO), "obv(start=volume)": obv(V[0]), "psar(0.02,0.2)": psar(D("0.02"), D("0.2")),
    "roc(10)": each(lambda a, b: HUNDRED * (a / b - 1), C, before(C, 10)), "rsi(14)": rsi(14), "sma(20)": sma(C, 20), "smma(14)": wilder(C, 14), "stddev(20)": deviation(C, 20),
    "stoch(14,3,3)": stoch(14, 3, 3), "supertrend(10,3)": supertrend(10, 3), "tema(20)": tema(20), "tr": TR, "trix(15)": trix(15), "tsi(25,13,7)": tsi(25, 13, 7), "tsi(25,13,7,seed=first)": tsi(25, 13, 7, 1),
    "ultosc(7,14,28)": ultosc(7, 14, 28), "vwap(0)": vwap(0), "vwap(1)": vwap(1), "vwma(20)": each(over, total([c * v for c, v in zip(C, V)], 20), total(V, 20)),
    "willr(14)": each(lambda c, h, l: ZERO if h == l else -HUNDRED * (h - c) / (h - l), C, highest(H, 14), lowest(L, 14)), "wma(20)": wma(C, 20), "zlma(20)": zlma(C, 20), "zlma(20,volume)": zlma(V, 20),
    "ema(9,macd(12,26,9).signal)": ema(macd(12, 26, 9)["signal"], 9),
}


def text(x):
    return "" if x is None else str(int(x)) if x == int(x) else f"{float(x):.11g}"


def write(name, header, columns):
    with open(HERE / name, "w", newline="") as f:
        out = csv.writer(f, delimiter=";", lineterminator="\n")
        out.writerow(header)
        out.writerows([text(x) for x in row] for row in zip(*columns))


if __name__ == "__main__":
    write("bars.csv", ["start_ns", "open", "high", "low", "close", "volume"], [[D(t) for t in T], O, H, L, C, V])
    named = [(f"{name} {output}", column) for name, values in INDICATORS.items() for output, column in (values if isinstance(values, dict) else {"value": values}).items()]
    write("indicators.csv", [n for n, _ in named], [c for _, c in named])
