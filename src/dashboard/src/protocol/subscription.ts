import type { SnapItem, StreamMessage } from './messages';

/** What is asked for: every channel named, of one symbol. */
export interface SubscriptionRequest {
  channels: readonly string[];
  symbol: string;
  /** How far back the snapshot goes, for example 500m; true for the last state alone. */
  snapshot: string | true;
}

/**
 * What a subscriber hears. A snapshot may come at any time, after a reconnection or when somebody else joins the stream:
 * what was known of that channel before is then replaced.
 */
export interface StreamListener {
  /** The channel starts (again): forget what is known of it. */
  onReset(channel: string): void;
  /** A part of the snapshot, oldest first. */
  onSnapshot(channel: string, items: readonly SnapItem[], complete: boolean): void;
  /** An update; never one that the snapshot already has. */
  onUpdate(channel: string, message: StreamMessage): void;
  /** The server left out `count` messages for this client. */
  onSkip(channel: string, count: number): void;
  /** The server refused the channel. */
  onRejected(channel: string, code: number, message: string): void;
}

/** A live subscription. */
export interface Subscription {
  /** Ends it; nothing is heard afterwards. */
  close(): void;
}
