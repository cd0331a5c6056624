// A random market: one price walk an instrument, with the bars and indicators that a real engine would make of it.
import { averageOf, exponentialOf, strengthOf } from './indicators.mjs';

export const INTERVALS = { '1s': 1, '10s': 10, '1m': 60, '5m': 300, '15m': 900, '1h': 3600, '4h': 14400, '1d': 86400 };
const INDICATORS = { 'sma(20)': averageOf(20), 'ema(9)': exponentialOf(9), 'ema(21)': exponentialOf(21), 'rsi(14)': strengthOf(14) };
const HISTORY = 600;
const REVISED_SHARE = 0.02;

export const CHANNELS = [
  'trades', 'quotes',
  ...Object.keys(INTERVALS).map((interval) => `bars.${interval}`),
  ...Object.keys(INTERVALS).flatMap((interval) => Object.keys(INDICATORS).map((name) => `ind.${interval}.${name}`)),
];

const nowMicros = () => Math.floor((performance.timeOrigin + performance.now()) * 1000);

export class Instrument {
  constructor(symbol, start, tick, lot, rate, publish) {
    Object.assign(this, { symbol, tick, lot, rate, publish, price: start, id: 71692774223953n, q: new Map(), history: new Map(), open: new Map() });
    this.decimals = Math.max(0, Math.round(-Math.log10(tick)));
    for (const channel of CHANNELS) {
      this.q.set(channel, 0);
      this.history.set(channel, []);
    }
    for (const [interval, seconds] of Object.entries(INTERVALS)) this.#backfill(interval, seconds);
    // Each interval's history is its own walk; what is open now has to agree on the price.
    for (const bar of this.open.values()) Object.assign(bar, { c: this.price, h: Math.max(bar.h, this.price), l: Math.min(bar.l, this.price) });
  }

  round(value) {
    return Number(value.toFixed(this.decimals));
  }

  // Walks backwards from the present price, so that all intervals meet it.
  #backfill(interval, seconds) {
    const step = seconds * 1e6;
    const current = Math.floor(nowMicros() / step) * step;
    const sigma = this.price * 0.00012 * Math.sqrt(seconds);
    const bars = [];
    let close = this.price;
    for (let i = 0; i < HISTORY; i++) {
      const path = Array.from({ length: 12 }, () => ((Math.random() + Math.random() + Math.random() - 1.5) * sigma) / 2);
      let low = close, high = close, at = close;
      for (const move of path) {
        at = Math.max(this.tick, at - move);
        low = Math.min(low, at);
        high = Math.max(high, at);
      }
      const volume = Math.ceil((0.4 + 2.4 * Math.random() ** 3) * 4 * this.rate * seconds) * this.lot;
      bars.push({ t: current - i * step, o: this.round(at), h: this.round(high), l: this.round(low), c: this.round(close), v: Number(volume.toFixed(4)), n: 50, vw: this.round((low + high) / 2), x: i > 0, rev: 0 });
      close = at;
    }
    bars.reverse();
    this.open.set(interval, bars.pop());
    for (const bar of bars) this.#close(interval, bar);
  }

  #close(interval, bar) {
    const closed = { ...bar, x: true };
    this.#say(`bars.${interval}`, { T: 'b', S: this.symbol, i: interval }, closed);
    const closes = this.history.get(`bars.${interval}`).filter((item) => item.x).map((item) => item.c);
    for (const [name, value] of Object.entries(INDICATORS)) {
      this.#say(`ind.${interval}.${name}`, { T: 'i', S: this.symbol, i: interval, n: name }, { t: bar.t, v: [value(closes)], rev: 0 });
    }
  }

  // Every stream counts its own q; history keeps what a snapshot would send.
  #say(channel, head, data) {
    const q = this.q.get(channel) + 1;
    this.q.set(channel, q);
    const items = this.history.get(channel);
    if (items.at(-1)?.t === data.t && data.x !== undefined) items.pop();
    items.push(data);
    if (items.length > HISTORY) items.shift();
    this.publish(channel, this.symbol, { ...head, q, ...data });
  }

  tickOnce() {
    const t = nowMicros() - 400;
    this.price = Math.max(this.tick, this.price + (Math.random() + Math.random() - 1) * this.price * (0.0003 / Math.sqrt(this.rate)));
    const price = this.round(this.price);
    const half = this.tick * (1 + Math.floor(Math.random() * 2));
    const lots = (most) => Number(((1 + Math.floor(most * Math.random() ** 2)) * this.lot).toFixed(4));
    this.#say('quotes', { T: 'q', S: this.symbol }, { bp: this.round(price - half), bs: lots(40), ap: this.round(price + half), as: lots(40), t, r: t + 90 });
    if (Math.random() < 0.4) return;
    const buys = Math.random() < 0.5;
    const trade = { i: String(++this.id), p: this.round(buys ? price + half : price - half), s: lots(20), a: Math.random() < 0.03 ? 'N' : buys ? 'B' : 'S', t, r: t + 90 };
    this.#say('trades', { T: 't', S: this.symbol }, trade);
    for (const [interval, seconds] of Object.entries(INTERVALS)) this.#build(interval, seconds * 1e6, trade);
  }

  #build(interval, step, trade) {
    const start = Math.floor(trade.t / step) * step;
    let bar = this.open.get(interval);
    if (bar.t !== start) {
      this.#close(interval, bar);
      if (Math.random() < REVISED_SHARE * 10) this.#revise(interval);
      bar = { t: start, o: trade.p, h: trade.p, l: trade.p, c: trade.p, v: 0, n: 0, vw: trade.p, x: false, rev: 0 };
      this.open.set(interval, bar);
    }
    bar.h = Math.max(bar.h, trade.p);
    bar.l = Math.min(bar.l, trade.p);
    bar.c = trade.p;
    bar.vw = this.round((bar.vw * bar.v + trade.p * trade.s) / (bar.v + trade.s));
    bar.v = Number((bar.v + trade.s).toFixed(4));
    bar.n++;
    this.#say(`bars.${interval}`, { T: 'b', S: this.symbol, i: interval }, { ...bar });
  }

  // A late trade reached a bar that was closed already.
  #revise(interval) {
    const channel = `bars.${interval}`;
    const q = this.q.get(channel) + 1;
    const bar = this.history.get(channel).at(-3);
    this.q.set(channel, q);
    bar.rev++;
    bar.h = this.round(bar.h + 3 * this.tick);
    this.publish(channel, this.symbol, { T: 'u', S: this.symbol, i: interval, q, ...bar, why: 'late' });
  }
}
