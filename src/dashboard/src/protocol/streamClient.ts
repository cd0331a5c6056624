import { BackOff } from './backOff';
import type { ConnectionState } from './connectionState';
import type { ErrorMessage, ServerMessage, SkipMessage, SnapMessage, StreamMessage, SubscribedMessage } from './messages';
import { StreamSequence } from './sequence';
import type { Socket, SocketFactory } from './socket';
import { channelOf, streamKey, type StreamKey } from './streamKey';
import type { StreamListener, Subscription, SubscriptionRequest } from './subscription';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const OPENING_MS = 10_000;
const HEARTBEATS_MISSED = 3;
const STATE_ONLY = '';

interface Stream {
  readonly channel: string;
  readonly symbol: string;
  readonly listeners: Map<StreamListener, string>;
  /** Of the subscribe request whose acknowledgement is awaited or was the last. */
  requestId: number;
  /** Undefined until the server has acknowledged: what comes before belongs to an earlier subscription. */
  sequence: StreamSequence | undefined;
}

/** Counts since the page was opened. */
export interface StreamCounters {
  messages: number;
  skipped: number;
  lost: number;
  repeated: number;
  reconnects: number;
  malformed: number;
}

export interface StreamClientOptions {
  url: string;
  open: SocketFactory;
  /** Milliseconds, for the retry's time of day. */
  now?: () => number;
  random?: () => number;
  onState?: (state: ConnectionState) => void;
  /** An error that the server reports, or a frame that cannot be read. */
  onError?: (text: string) => void;
}

/**
 * A client of /v1/stream: keeps one connection up, subscribes again with a snapshot after each reconnection, and accounts for every q.
 * Subscriptions may share streams; the server is asked once, and whoever joins makes the stream start again with a snapshot for all.
 */
export class StreamClient {
  readonly counters: StreamCounters = { messages: 0, skipped: 0, lost: 0, repeated: 0, reconnects: 0, malformed: 0 };

  private readonly streams = new Map<StreamKey, Stream>();
  private readonly backOff: BackOff;
  private readonly now: () => number;
  private socket: Socket | undefined;
  private live = false;
  private everConnected = false;
  private silenceMs = OPENING_MS;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private nextId = 1;
  private lastServerError = '';
  private downReason = '';

  constructor(private readonly options: StreamClientOptions) {
    this.backOff = new BackOff(FIRST_RETRY_MS, LONGEST_RETRY_MS, options.random);
    this.now = options.now ?? Date.now;
  }

  /** Connects, and keeps connected until {@link stop}. */
  start(): void {
    if (this.socket === undefined && this.retryTimer === undefined) this.connect();
  }

  /** Closes the connection; subscriptions are kept for another start. */
  stop(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.detach();
    this.options.onState?.({ kind: 'stopped' });
  }

  /** While waiting for the next attempt: makes it now. */
  retryNow(): void {
    if (this.retryTimer === undefined) return;
    clearTimeout(this.retryTimer);
    this.connect();
  }

  /** Subscribes; without a connection the request goes out with the next one. */
  subscribe(request: SubscriptionRequest, listener: StreamListener): Subscription {
    const depth = request.snapshot === true ? STATE_ONLY : request.snapshot;
    const joined: Stream[] = [];
    const all = request.channels.map((channel) => {
      const key = streamKey(channel, request.symbol);
      let stream = this.streams.get(key);
      if (stream === undefined) {
        stream = { channel, symbol: request.symbol, listeners: new Map(), requestId: 0, sequence: undefined };
        this.streams.set(key, stream);
      } else {
        joined.push(stream);
      }
      stream.listeners.set(listener, depth);
      return stream;
    });
    if (this.live) {
      this.sendUnsubscribe(joined);
      this.sendSubscribe(all);
    }
    return { close: () => this.leave(all, listener) };
  }

  private leave(streams: readonly Stream[], listener: StreamListener): void {
    const ended = streams.filter((stream) => stream.listeners.delete(listener) && stream.listeners.size === 0);
    for (const stream of ended) this.streams.delete(streamKey(stream.channel, stream.symbol));
    if (this.live) this.sendUnsubscribe(ended);
  }

  private connect(): void {
    this.retryTimer = undefined;
    this.lastServerError = '';
    this.options.onState?.({ kind: 'connecting', reason: this.downReason });
    const socket = this.options.open(this.options.url);
    this.socket = socket;
    this.silenceMs = OPENING_MS;
    this.watchSilence();
    socket.onmessage = (event) => this.onFrame(event.data);
    socket.onclose = (event) => this.onGone(closeText(event.code, this.lastServerError || event.reason));
  }

  private onGone(reason: string): void {
    this.detach();
    this.downReason = reason;
    for (const stream of this.streams.values()) stream.sequence = undefined;
    const delayMs = this.backOff.next();
    this.retryTimer = setTimeout(() => this.connect(), delayMs);
    this.options.onState?.({ kind: 'waiting', reason, retryAt: this.now() + delayMs });
  }

  private detach(): void {
    clearTimeout(this.silenceTimer);
    this.live = false;
    const socket = this.socket;
    this.socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  // A connection can die without a close, so silence longer than a few heartbeats counts as one.
  private watchSilence(): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => this.onGone(this.live ? 'the server fell silent' : CLOSE_REASONS[1006]!), this.silenceMs);
  }

  private onFrame(data: unknown): void {
    this.watchSilence();
    let frame: unknown;
    try {
      frame = JSON.parse(data as string);
    } catch {
      frame = undefined;
    }
    if (!Array.isArray(frame)) {
      this.counters.malformed++;
      this.options.onError?.('a frame that is not a JSON array was ignored');
      return;
    }
    for (const message of frame as ServerMessage[]) {
      this.counters.messages++;
      this.onMessage(message);
    }
  }

  private onMessage(message: ServerMessage): void {
    switch (message.T) {
      case 't':
      case 'q':
      case 'b':
      case 'u':
      case 'i':
      case 'alert':
        this.onUpdate(message);
        break;
      case 'snap':
        this.onSnap(message);
        break;
      case 'skip':
        this.onSkip(message);
        break;
      case 'subscribed':
        this.onSubscribed(message);
        break;
      case 'success':
        this.silenceMs = message.hb * HEARTBEATS_MISSED;
        this.watchSilence();
        this.onReady(message.ep, message.sid);
        break;
      case 'error':
        this.onServerError(message);
        break;
      default: // heartbeats need no more than having come; types that are not known are ignored, as the protocol asks
    }
  }

  private onReady(epoch: number, session: string): void {
    if (this.live) return;
    this.live = true;
    this.backOff.reset();
    if (this.everConnected) this.counters.reconnects++;
    this.everConnected = true;
    this.options.onState?.({ kind: 'connected', epoch, session });
    this.sendSubscribe([...this.streams.values()]);
  }

  private onSubscribed(message: SubscribedMessage): void {
    for (const { ch, S, q } of message.streams) {
      const stream = this.streams.get(streamKey(ch, S));
      if (stream === undefined || stream.requestId !== message.id) continue;
      stream.sequence = new StreamSequence(q);
      for (const listener of stream.listeners.keys()) listener.onReset(ch);
    }
    for (const { ch, S, code, msg } of message.rejected ?? []) {
      const stream = this.streams.get(streamKey(ch, S));
      if (stream === undefined || stream.requestId !== message.id) continue;
      for (const listener of stream.listeners.keys()) listener.onRejected(ch, code, msg);
    }
  }

  // An error in place of an acknowledgement refuses the whole request.
  private onServerError({ id, code, msg }: ErrorMessage): void {
    this.lastServerError = `${msg} (${code})`;
    this.options.onError?.(this.lastServerError);
    if (id === undefined) return;
    for (const stream of this.streams.values()) {
      if (stream.requestId !== id || stream.sequence !== undefined) continue;
      for (const listener of stream.listeners.keys()) listener.onRejected(stream.channel, code, msg);
    }
  }

  private onSnap(message: SnapMessage): void {
    const stream = this.streams.get(streamKey(message.ch, message.S));
    if (stream?.sequence === undefined) return;
    // The acknowledgement may name an older q than the snapshot reaches to; what the snapshot holds is not lost.
    if (message.q > stream.sequence.q) stream.sequence = new StreamSequence(message.q);
    for (const listener of stream.listeners.keys()) listener.onSnapshot(message.ch, message.d, message.last);
  }

  private onSkip(message: SkipMessage): void {
    const stream = this.streams.get(streamKey(message.ch, message.S));
    if (stream?.sequence === undefined) return;
    const lostBefore = stream.sequence.lost;
    const count = stream.sequence.skip(message.from, message.to);
    this.counters.skipped += count;
    this.counters.lost += stream.sequence.lost - lostBefore;
    for (const listener of stream.listeners.keys()) listener.onSkip(message.ch, count);
  }

  private onUpdate(message: StreamMessage): void {
    const channel = channelOf(message);
    const stream = this.streams.get(streamKey(channel, message.S));
    if (stream?.sequence === undefined) return;
    const lostBefore = stream.sequence.lost;
    if (stream.sequence.take(message.q) === 'repeat') {
      this.counters.repeated++;
      return;
    }
    this.counters.lost += stream.sequence.lost - lostBefore;
    for (const listener of stream.listeners.keys()) listener.onUpdate(channel, message);
  }

  private sendSubscribe(streams: readonly Stream[]): void {
    for (const [group, members] of groupBy(streams, (stream) => JSON.stringify([stream.symbol, longest(stream.listeners.values())]))) {
      const [symbol, depth] = JSON.parse(group) as [string, string];
      const id = this.nextId++;
      for (const stream of members) {
        stream.requestId = id;
        stream.sequence = undefined;
      }
      const snapshot = depth === STATE_ONLY ? true : depth;
      this.send({ action: 'subscribe', id, channels: members.map((stream) => stream.channel), symbols: [symbol], snapshot });
    }
  }

  private sendUnsubscribe(streams: readonly Stream[]): void {
    for (const [symbol, members] of groupBy(streams, (stream) => stream.symbol)) {
      this.send({ action: 'unsubscribe', id: this.nextId++, channels: members.map((stream) => stream.channel), symbols: [symbol] });
    }
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function longest(depths: Iterable<string>): string {
  const seconds = (depth: string) => (depth === STATE_ONLY ? 0 : Number(depth.slice(0, -1)) * (UNIT_SECONDS[depth.slice(-1)] ?? 0));
  let best = STATE_ONLY;
  for (const depth of depths) if (seconds(depth) > seconds(best)) best = depth;
  return best;
}

const CLOSE_REASONS: { readonly [code: number]: string } = {
  1006: 'no answer from the server',
  4001: 'the server asks for a key',
  4003: 'the key does not allow this',
  4008: 'this page was too slow for the stream',
  4009: 'replaced by another connection',
  4013: 'the server is shutting down',
  4029: 'too many requests',
};

function closeText(code: number, detail: string): string {
  return detail || CLOSE_REASONS[code] || `closed with code ${code}`;
}
