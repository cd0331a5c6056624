import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../src/protocol/connectionState';
import { StreamClient } from '../src/protocol/streamClient';
import { FakeSocket } from './fakeSocket';
import { RecordingListener } from './recordingListener';

const SUCCESS = { T: 'success', msg: 'connected', sid: 'ab', ep: 17, hb: 5000, ts: 0 };

let sockets: FakeSocket[];
let states: ConnectionState[];
let errors: string[];
let client: StreamClient;
let listener: RecordingListener;

const socket = () => sockets.at(-1)!;
const trade = (q: number, S = 'AAPL') => ({ T: 't', S, q, p: 1, s: 1, a: 'B', t: q });
const ack = (id: number, q: number, ch = 'trades', S = 'AAPL') => ({ T: 'subscribed', id, streams: [{ ch, S, q }], rejected: [] });
const trades = { channels: ['trades'], symbol: 'AAPL', snapshot: '2m' };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  sockets = [];
  states = [];
  errors = [];
  listener = new RecordingListener();
  client = new StreamClient({
    url: 'ws://test/v1/stream',
    open: () => {
      sockets.push(new FakeSocket());
      return socket();
    },
    random: () => 1,
    onState: (state) => states.push(state),
    onError: (text) => errors.push(text),
  });
  client.start();
});

afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

describe('subscribing', () => {
  it('waits for the server to be ready', () => {
    client.subscribe(trades, listener);
    expect(socket().sent).toEqual([]);
    socket().deliver(SUCCESS);
    expect(socket().sent).toEqual([{ action: 'subscribe', id: 1, channels: ['trades'], symbols: ['AAPL'], snapshot: '2m' }]);
  });

  it('asks once for channels that want the same history', () => {
    client.subscribe({ channels: ['bars.1m', 'ind.1m.rsi(14)'], symbol: 'AAPL', snapshot: '500m' }, listener);
    client.subscribe({ channels: ['quotes'], symbol: 'AAPL', snapshot: true }, listener);
    socket().deliver(SUCCESS);
    expect(socket().sent).toEqual([
      { action: 'subscribe', id: 1, channels: ['bars.1m', 'ind.1m.rsi(14)'], symbols: ['AAPL'], snapshot: '500m' },
      { action: 'subscribe', id: 2, channels: ['quotes'], symbols: ['AAPL'], snapshot: true },
    ]);
  });

  it('passes on the snapshot and then the updates', () => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    socket().deliver(ack(1, 10), { T: 'snap', ch: 'trades', S: 'AAPL', q: 10, last: false, d: [trade(9)] });
    socket().deliver({ T: 'snap', ch: 'trades', S: 'AAPL', q: 10, last: true, d: [trade(10)] }, trade(11));
    expect(listener.heard).toEqual(['reset trades', 'snap trades 1 …', 'snap trades 1', 'trades 11']);
  });

  it('finds the channel of every kind of update', () => {
    socket().deliver(SUCCESS);
    client.subscribe({ channels: ['quotes', 'bars.1m', 'ind.1m.rsi(14)', 'alerts'], symbol: 'AAPL', snapshot: true }, listener);
    socket().deliver({ T: 'subscribed', id: 1, streams: ['quotes', 'bars.1m', 'ind.1m.rsi(14)', 'alerts'].map((ch) => ({ ch, S: 'AAPL', q: 0 })) });
    listener.heard.length = 0;
    socket().deliver(
      { T: 'q', S: 'AAPL', q: 1, t: 1 },
      { T: 'b', S: 'AAPL', i: '1m', q: 1, t: 1 },
      { T: 'u', S: 'AAPL', i: '1m', q: 2, t: 1 },
      { T: 'i', S: 'AAPL', i: '1m', n: 'rsi(14)', q: 1, t: 1, v: [50] },
      { T: 'alert', S: 'AAPL', q: 1, n: 'gap', t: 1, v: [] },
    );
    expect(listener.heard).toEqual(['quotes 1', 'bars.1m 1', 'bars.1m 2', 'ind.1m.rsi(14) 1', 'alerts 1']);
    expect(client.counters.lost).toBe(0);
  });

  it('says what the server refuses', () => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    socket().deliver({ T: 'subscribed', id: 1, streams: [], rejected: [{ ch: 'trades', S: 'AAPL', code: 404, msg: 'unknown symbol' }] });
    expect(listener.heard).toEqual(['rejected trades 404']);
  });

  it('takes an error in place of an acknowledgement for a refusal', () => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    socket().deliver({ T: 'error', id: 1, code: 400, msg: 'bad snapshot' });
    expect(listener.heard).toEqual(['rejected trades 400']);
    expect(errors).toEqual(['bad snapshot (400)']);
  });

  it('ignores what an ended subscription still had on the way', () => {
    socket().deliver(SUCCESS);
    const first = client.subscribe(trades, listener);
    socket().deliver(ack(1, 10));
    first.close();
    client.subscribe(trades, listener);
    listener.heard.length = 0;
    socket().deliver(trade(11), ack(1, 10), trade(12));
    expect(listener.heard).toEqual([]);
    socket().deliver(ack(3, 12), trade(13));
    expect(listener.heard).toEqual(['reset trades', 'trades 13']);
    expect(client.counters.lost).toBe(0);
    expect(socket().sent.map((message) => message['action'])).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
  });

  it('starts a shared stream again for all, with the longest history, and keeps it until the last one leaves', () => {
    socket().deliver(SUCCESS);
    const second = new RecordingListener();
    const one = client.subscribe(trades, listener);
    const two = client.subscribe({ ...trades, snapshot: '90s' }, second);
    expect(socket().sent.slice(1)).toEqual([
      { action: 'unsubscribe', id: 2, channels: ['trades'], symbols: ['AAPL'] },
      { action: 'subscribe', id: 3, channels: ['trades'], symbols: ['AAPL'], snapshot: '2m' },
    ]);
    socket().deliver(ack(3, 5), trade(6));
    expect(second.heard).toEqual(['reset trades', 'trades 6']);
    expect(listener.heard).toEqual(second.heard);
    one.close();
    expect(socket().sent).toHaveLength(3);
    two.close();
    expect(socket().sent.at(-1)).toMatchObject({ action: 'unsubscribe', channels: ['trades'] });
  });
});

describe('accounting', () => {
  beforeEach(() => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    socket().deliver(ack(1, 10));
    listener.heard.length = 0;
  });

  it('counts nothing as lost when q goes on by one', () => {
    socket().deliver(trade(11), trade(12));
    expect(client.counters).toMatchObject({ lost: 0, skipped: 0, messages: 4 });
  });

  it('counts a hole as lost', () => {
    socket().deliver(trade(11), trade(15));
    expect(client.counters.lost).toBe(3);
  });

  it('does not count as lost what a skip names', () => {
    socket().deliver({ T: 'skip', ch: 'trades', S: 'AAPL', from: 11, to: 13 }, trade(14));
    expect(client.counters).toMatchObject({ lost: 0, skipped: 3 });
    expect(listener.heard).toEqual(['skip trades 3', 'trades 14']);
  });

  it('counts what neither came nor was named by the skip', () => {
    socket().deliver({ T: 'skip', ch: 'trades', S: 'AAPL', from: 13, to: 13 }, trade(15));
    expect(client.counters).toMatchObject({ lost: 3, skipped: 1 });
  });

  it('counts a skip only as far as it is news', () => {
    socket().deliver(trade(11), { T: 'skip', ch: 'trades', S: 'AAPL', from: 10, to: 12 }, { T: 'skip', ch: 'trades', S: 'AAPL', from: 9, to: 12 }, trade(13));
    expect(client.counters).toMatchObject({ lost: 0, skipped: 1, repeated: 0 });
  });

  it('applies nothing twice', () => {
    socket().deliver(trade(11), trade(11));
    expect(listener.heard).toEqual(['trades 11']);
    expect(client.counters.repeated).toBe(1);
  });

  it('ignores types that it does not know, and reports frames that it cannot read', () => {
    socket().deliver({ T: 'unheard-of' });
    socket().deliverText('{');
    socket().deliverText('{}');
    expect(client.counters).toMatchObject({ lost: 0, malformed: 2 });
    expect(errors).toHaveLength(2);
  });
});

describe('reconnecting', () => {
  it('subscribes again with a snapshot, and counts no loss across the seam', () => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    socket().deliver(ack(1, 10), trade(11));
    socket().drop();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    socket().deliver({ ...SUCCESS, ep: 18 });
    expect(socket().sent).toEqual([{ action: 'subscribe', id: 2, channels: ['trades'], symbols: ['AAPL'], snapshot: '2m' }]);
    listener.heard.length = 0;
    socket().deliver(ack(2, 3), { T: 'snap', ch: 'trades', S: 'AAPL', q: 3, last: true, d: [] }, trade(4));
    expect(listener.heard).toEqual(['reset trades', 'snap trades 0', 'trades 4']);
    expect(client.counters).toMatchObject({ lost: 0, reconnects: 1 });
    expect(states.at(-1)).toEqual({ kind: 'connected', epoch: 18, session: 'ab' });
  });

  it('backs off, and says when it will try again', () => {
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      socket().drop();
      const state = states.at(-1)!;
      if (state.kind !== 'waiting') throw new Error(state.kind);
      delays.push(state.retryAt - Date.now());
      vi.advanceTimersByTime(delays.at(-1)!);
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
    socket().deliver(SUCCESS);
    socket().drop();
    expect(states.at(-1)).toMatchObject({ kind: 'waiting', retryAt: Date.now() + 500 });
  });

  it('tries at once when asked to, and only once', () => {
    socket().drop();
    client.retryNow();
    client.retryNow();
    vi.advanceTimersByTime(9000);
    expect(sockets).toHaveLength(2);
  });

  it('takes a silence of three heartbeats for a lost connection', () => {
    socket().deliver(SUCCESS);
    const quiet = socket();
    vi.advanceTimersByTime(14_000);
    quiet.deliver({ T: 'hb', n: 1, ts: 0 });
    vi.advanceTimersByTime(14_999);
    expect(states.at(-1)!.kind).toBe('connected');
    vi.advanceTimersByTime(1);
    expect(states.at(-1)).toMatchObject({ kind: 'waiting', reason: 'the server fell silent' });
    expect(quiet.closed).toBe(true);
  });

  it('gives up an attempt that nobody answers', () => {
    vi.advanceTimersByTime(10_000);
    expect(states.at(-1)).toMatchObject({ kind: 'waiting', reason: 'no answer from the server' });
    client.retryNow();
    expect(states.at(-1)).toEqual({ kind: 'connecting', reason: 'no answer from the server' });
  });

  it('says why the server closed', () => {
    socket().deliver(SUCCESS);
    socket().drop(4008);
    expect(states.at(-1)).toMatchObject({ reason: 'this page was too slow for the stream' });
    client.retryNow();
    socket().deliver({ T: 'error', code: 429, msg: 'too many messages' });
    socket().drop(4029);
    expect(states.at(-1)).toMatchObject({ reason: 'too many messages (429)' });
  });

  it('hears nothing more after stop', () => {
    socket().deliver(SUCCESS);
    client.subscribe(trades, listener);
    client.stop();
    socket().deliver(ack(1, 1));
    vi.advanceTimersByTime(60_000);
    expect(listener.heard).toEqual([]);
    expect(sockets).toHaveLength(1);
  });
});
