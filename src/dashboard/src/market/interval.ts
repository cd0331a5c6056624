/** Intervals that the page offers, when the engine builds them. */
export const INTERVALS = ['1s', '10s', '1m', '5m', '15m', '1h', '4h', '1d'] as const;

export type Interval = (typeof INTERVALS)[number];

const HISTORY_BARS = 500;

export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}

/** The snapshot argument for about 500 bars. */
export function historyOf(interval: Interval): string {
  return `${Number(interval.slice(0, -1)) * HISTORY_BARS}${interval.slice(-1)}`;
}

/** Whether a time axis of that interval needs seconds. */
export function needsSeconds(interval: Interval): boolean {
  return interval.endsWith('s');
}
