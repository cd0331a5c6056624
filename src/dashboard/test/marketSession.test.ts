import { beforeEach, describe, expect, it } from 'vitest';
import { MarketSession } from '../src/market/marketSession';
import type { AlertMessage, BarMessage, IndicatorMessage, QuoteMessage, Trade, TradeMessage } from '../src/protocol/messages';
import { StreamClient } from '../src/protocol/streamClient';
import { FakeSocket } from './fakeSocket';

const NOW = 10_000;
let session: MarketSession;
let changes: number;

const bar = (t: number, c: number | null, rest: Partial<BarMessage> = {}): BarMessage => ({ T: 'b', S: 'AAPL', i: '1m', q: 1, t, o: c, h: c, l: c, c, v: 1, n: 1, x: false, rev: 0, ...rest });
const trade = (p: number, rest: Partial<TradeMessage> = {}): TradeMessage => ({ T: 't', S: 'AAPL', q: 1, p, s: 5, a: 'B', t: NOW * 1000 - 4000, ...rest });

beforeEach(() => {
  changes = 0;
  session = new MarketSession('AAPL', '1m', () => changes++, () => NOW);
});

describe('MarketSession', () => {
  it('subscribes to what the engine offers, and to nothing else', () => {
    const socket = new FakeSocket();
    const client = new StreamClient({ url: '', open: () => socket, onState: () => undefined });
    client.start();
    socket.deliver({ T: 'success', sid: '', ep: 1, hb: 5000, ts: 0 });
    session.open(client, new Set(['trades', 'bars.1m', 'bars.1d', 'ind.1m.sma(20)', 'ind.5m.ema(9)']));
    expect(socket.sent.map((message) => [message['channels'], message['snapshot']])).toEqual([
      [['bars.1m', 'ind.1m.sma(20)'], '500m'],
      [['trades'], '2m'],
      [['bars.1d'], '2d'],
    ]);
    session.close();
    expect(socket.sent.slice(3).flatMap((message) => message['channels'])).toEqual(['bars.1m', 'ind.1m.sma(20)', 'trades', 'bars.1d']);
    client.stop();
  });

  it('follows the open bar, and counts updates and revisions', () => {
    session.onSnapshot('bars.1m', [bar(0, 5, { x: true }), bar(60, 6)], true);
    expect(session.updates).toBe(0);
    session.onUpdate('bars.1m', bar(60, 7));
    session.onUpdate('bars.1m', bar(0, 4, { T: 'u', x: true, rev: 1, why: 'late' }));
    expect(session.bars.items.map((item) => item.c)).toEqual([4, 7]);
    expect([session.updates, session.revisions, session.historyComplete]).toEqual([2, 1, true]);
  });

  it('starts afresh when a stream is reset', () => {
    session.onSnapshot('bars.1m', [bar(0, 5)], true);
    session.onReset('bars.1m');
    expect(session.bars.items).toEqual([]);
    expect(session.historyComplete).toBe(false);
  });

  it('takes the last price from the last trade that is not suspect', () => {
    session.onUpdate('trades', trade(190.2));
    session.onUpdate('trades', trade(500, { susp: true }));
    expect(session.lastPrice).toBe(190.2);
    expect(session.tape.trades.map((item) => item.p)).toEqual([500, 190.2]);
  });

  it('shows a trade once when it is confirmed after having been suspect', () => {
    session.onUpdate('trades', trade(500, { i: '7', susp: true }));
    session.onUpdate('trades', trade(190.2, { i: '8' }));
    session.onUpdate('trades', trade(500, { i: '7', conf: true }));
    expect(session.tape.trades.map((item) => item.i)).toEqual(['7', '8']);
    expect(session.lastPrice).toBe(500);
  });

  it('keeps twenty trades, newest first, of a snapshot of any length', () => {
    session.onSnapshot('trades', Array.from({ length: 50 }, (_, index): Trade => trade(index)), true);
    expect(session.tape.trades).toHaveLength(20);
    expect(session.tape.trades[0]?.p).toBe(49);
  });

  it('measures latency on updates only, snapshots being old', () => {
    session.onSnapshot('trades', [trade(1)], true);
    expect(session.feedLatency.median(NOW)).toBeUndefined();
    session.onUpdate('trades', trade(1, { r: NOW * 1000 - 1500 }));
    expect(session.feedLatency.median(NOW)).toBe(4);
    expect(session.engineLatency.median(NOW)).toBe(1.5);
  });

  it('keeps lines of its own interval and the day of the daily bars', () => {
    const point: IndicatorMessage = { T: 'i', S: 'AAPL', i: '1m', n: 'sma(20)', q: 1, t: 60, v: [190.1] };
    session.onUpdate('ind.1m.sma(20)', point);
    session.onUpdate('bars.1d', bar(0, 180, { i: '1d' }));
    expect(session.lines.get('sma(20)')?.last).toBe(point);
    expect(session.day?.c).toBe(180);
    expect(session.bars.items).toEqual([]);
  });

  it('survives an emptied bar and one-sided quotes', () => {
    const quote: QuoteMessage = { T: 'q', S: 'AAPL', q: 1, bp: 190.125, t: 0 };
    session.onUpdate('bars.1m', bar(0, null));
    session.onUpdate('quotes', quote);
    expect(session.lastPrice).toBeUndefined();
    expect(session.pricePrecision.decimals).toBe(3);
  });

  it('counts left-out ticks in the tick rate', () => {
    let now = 5000;
    const counted = new MarketSession('AAPL', '1m', () => undefined, () => now);
    counted.onSkip('quotes', 8);
    counted.onSkip('bars.1m', 100);
    counted.onUpdate('trades', trade(1));
    now = 6000;
    expect(counted.ticks.perSecond(now)).toBe(3);
  });

  it('keeps five alerts, newest first', () => {
    const alert = (n: string): AlertMessage => ({ T: 'alert', S: 'AAPL', q: 1, n, t: 0, v: [] });
    session.onSnapshot('alerts', [alert('a'), alert('b')], true);
    const before = session.alerts;
    for (const n of ['c', 'd', 'e', 'f']) session.onUpdate('alerts', alert(n));
    expect(session.alerts.map((item) => item.n)).toEqual(['f', 'e', 'd', 'c', 'b']);
    expect(before.map((item) => item.n)).toEqual(['b', 'a']);
    session.onReset('alerts');
    expect(session.alerts).toEqual([]);
  });

  it('asks for a frame at every change', () => {
    session.onUpdate('trades', trade(1));
    session.onReset('trades');
    session.onRejected('trades', 404, 'unknown');
    expect(changes).toBe(3);
    expect(session.refusal).toBe('trades: unknown (404)');
  });
});
