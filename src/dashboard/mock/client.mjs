// One connection to the mock: subscriptions, batches, and skips for quotes and open bars that one flush leaves out.
import { CHANNELS } from './market.mjs';

const UNIT = { s: 1, m: 60, h: 3600, d: 86400 };

export class Client {
  constructor(socket, instruments, epoch) {
    Object.assign(this, { socket, instruments, streams: new Set(), batch: [], latest: new Map(), sent: 0, loseNext: false });
    this.reply({ T: 'success', msg: 'connected', sid: Math.random().toString(16).slice(2, 10), ep: epoch, hb: 5000, ts: Date.now() * 1000 });
    socket.on('message', (data) => this.onMessage(JSON.parse(data)));
  }

  onMessage({ action, id, channels = [], symbols = [], snapshot }) {
    if (action === 'unsubscribe') {
      for (const ch of channels) for (const S of symbols) this.streams.delete(`${ch}:${S}`);
      this.reply({ T: 'unsubscribed', id });
    } else if (action === 'subscribe') this.subscribe(id, channels, symbols, snapshot);
    else this.reply({ T: 'error', id, code: 400, msg: `unknown action ${action}` });
  }

  subscribe(id, channels, symbols, snapshot) {
    this.flush();
    const streams = [];
    const rejected = [];
    for (const S of symbols) for (const ch of channels) {
      const instrument = this.instruments.get(S);
      if (instrument === undefined || !CHANNELS.includes(ch)) rejected.push({ ch, S, code: 404, msg: `unknown stream ${ch}:${S}` });
      else streams.push({ ch, S, q: instrument.q.get(ch) });
    }
    this.reply({ T: 'subscribed', id, streams, rejected });
    for (const { ch, S, q } of streams) {
      this.streams.add(`${ch}:${S}`);
      const items = this.instruments.get(S).history.get(ch);
      const newest = items.at(-1)?.t ?? 0;
      const depth = typeof snapshot === 'string' ? Number(snapshot.slice(0, -1)) * UNIT[snapshot.slice(-1)] * 1e6 : 0;
      if (items.length > 0) this.reply({ T: 'snap', ch, S, q, last: true, d: items.filter((item) => item.t >= newest - depth) });
    }
  }

  publish(channel, symbol, message) {
    const key = `${channel}:${symbol}`;
    if (!this.streams.has(key)) return;
    if (this.loseNext) {
      this.loseNext = false;
      return;
    }
    const conflates = message.T === 'q' || message.x === false;
    const held = this.latest.get(key);
    if (held !== undefined && !conflates) this.settle(key, held);
    if (conflates) this.latest.set(key, { from: held?.from ?? message.q, ch: channel, message });
    else this.batch.push(message);
  }

  settle(key, { from, ch, message }) {
    if (from < message.q) this.batch.push({ T: 'skip', ch, S: message.S, from, to: message.q - 1 });
    this.batch.push(message);
    this.latest.delete(key);
  }

  flush() {
    for (const [key, held] of this.latest) this.settle(key, held);
    if (this.batch.length === 0) return;
    this.sent += this.batch.length;
    this.socket.send(JSON.stringify(this.batch));
    this.batch = [];
  }

  heartbeat() {
    this.reply({ T: 'hb', n: this.sent, ts: Date.now() * 1000 });
  }

  reply(message) {
    this.sent++;
    this.socket.send(JSON.stringify([message]));
  }
}
