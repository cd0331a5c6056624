import { isInterval, type Interval } from './market/interval';

/** What the page shows, as its address keeps it: #AAPL/1m. */
export interface Route {
  /** Empty when the address names none. */
  symbol: string;
  interval: Interval;
}

/** The first to fill a chart after a start: what was before it the engine does not know. */
export const DEFAULT_INTERVAL: Interval = '1s';

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, '');
  // The last slash divides: a symbol may have one itself.
  const slash = text.lastIndexOf('/');
  const tail = slash < 0 ? '' : text.slice(slash + 1);
  const interval = isInterval(tail) ? tail : undefined;
  return { symbol: decode(interval === undefined ? text : text.slice(0, slash)), interval: interval ?? DEFAULT_INTERVAL };
}

export function formatRoute(route: Route): string {
  return `#${encodeURIComponent(route.symbol)}/${route.interval}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
