import type { StreamMessage } from './messages';

/** A stream's name in resume tokens and in this page: channel:symbol. */
export type StreamKey = `${string}:${string}`;

export function streamKey(channel: string, symbol: string): StreamKey {
  return `${channel}:${symbol}`;
}

/** The channel that a message belongs to. */
export function channelOf(message: StreamMessage): string {
  switch (message.T) {
    case 't': return 'trades';
    case 'q': return 'quotes';
    case 'b':
    case 'u': return `bars.${message.i}`;
    case 'alert': return 'alerts';
    case 'i': return `ind.${message.i}.${message.n}`;
  }
}
