/** The JSON of /v1/stream, as far as this page reads it. Times are integer microseconds since 1970. */

/** A trade's data, alike in an update and in a snapshot. */
export interface Trade {
  /** Venue's id; absent when there is none. */
  i?: string;
  p: number;
  s: number;
  /** Aggressor: B bought, S sold, N unknown. */
  a: 'B' | 'S' | 'N';
  t: number;
  /** When the engine received it. */
  r?: number;
  /** An outlier that nothing has confirmed yet: for display only. */
  susp?: boolean;
  /** The second appearance of a trade that was suspect before. */
  conf?: boolean;
}

/** A quote's data. */
export interface Quote {
  bp?: number | null;
  bs?: number | null;
  ap?: number | null;
  as?: number | null;
  t: number;
  r?: number;
}

/** A bar's data; prices are null when corrections have emptied it. */
export interface Bar {
  t: number;
  o: number | null;
  h: number | null;
  l: number | null;
  c: number | null;
  v: number;
  n: number;
  vw?: number | null;
  /** Closed. */
  x: boolean;
  /** Revision. */
  rev: number;
}

/** An indicator's data: one number for each of its outputs, null where it is not defined. */
export interface IndicatorPoint {
  t: number;
  v: (number | null)[];
  /** How often it was said before of its bar; the later replaces the earlier. */
  rev?: number;
  /** Its bar is still open: the next one of the same time replaces it. */
  prov?: boolean;
}

/** An alert's data: a rule of the engine's settings has become true. */
export interface Alert {
  /** The rule's name. */
  n: string;
  t: number;
  /** Since when it is true, where the rule asks for a time. */
  t0?: number;
  /** What the rule compares. */
  v: (number | null)[];
  /** How often it was not said since the alert before. */
  sup?: number;
}

interface Sequenced {
  S: string;
  q: number;
}

export type TradeMessage = Trade & Sequenced & { T: 't' };
export type QuoteMessage = Quote & Sequenced & { T: 'q' };
export type BarMessage = Bar & Sequenced & { T: 'b' | 'u'; i: string; why?: string };
export type IndicatorMessage = IndicatorPoint & Sequenced & { T: 'i'; i: string; n: string };
export type AlertMessage = Alert & Sequenced & { T: 'alert' };

/** A message that belongs to one stream and carries its q. */
export type StreamMessage = TradeMessage | QuoteMessage | BarMessage | IndicatorMessage | AlertMessage;

/** What a snapshot's items are, whatever the channel. */
export type SnapItem = Trade | Quote | Bar | IndicatorPoint | Alert;

export interface SuccessMessage {
  T: 'success';
  msg: string;
  sid: string;
  ep: number;
  /** Milliseconds between heartbeats. */
  hb: number;
  ts: number;
}

export interface SubscribedMessage {
  T: 'subscribed';
  id?: number;
  streams: { ch: string; S: string; q: number }[];
  rejected?: { ch: string; S: string; code: number; msg: string }[];
}

export interface SnapMessage {
  T: 'snap';
  ch: string;
  S: string;
  q: number;
  /** False when more parts follow. */
  last: boolean;
  d: SnapItem[];
}

/** What conflation left out for this client: q from `from` to `to`, both included. */
export interface SkipMessage {
  T: 'skip';
  ch: string;
  S: string;
  from: number;
  to: number;
}

export interface ErrorMessage {
  T: 'error';
  id?: number;
  code: number;
  msg: string;
}

export interface HeartbeatMessage {
  T: 'hb';
  n: number;
  ts: number;
}

export interface SlowMessage {
  T: 'slow';
  buf: number;
  conflated: number;
  dropped: number;
}

export type ServerMessage =
  | StreamMessage
  | SuccessMessage
  | SubscribedMessage
  | SnapMessage
  | SkipMessage
  | ErrorMessage
  | HeartbeatMessage
  | SlowMessage
  | { T: 'unsubscribed'; id?: number };
