/** Intervals that the page offers, when the engine builds them. */
export const INTERVALS = ['1s', '10s', '1m', '5m', '15m', '1h', '4h', '1d'] as const;

export type Interval = (typeof INTERVALS)[number];

const HISTORY_BARS = 500;
const LONGEST_DAYS = 30; // a gateway refuses to look back further
const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}

/** The snapshot argument for about 500 bars, as far as snapshots reach. */
export function historyOf(interval: Interval): string {
  const unit = interval.slice(-1) as keyof typeof UNIT_SECONDS;
  const length = Number(interval.slice(0, -1)) * HISTORY_BARS;
  return length * UNIT_SECONDS[unit] > LONGEST_DAYS * UNIT_SECONDS.d ? `${LONGEST_DAYS}d` : `${length}${unit}`;
}

/** Whether a time axis of that interval needs seconds. */
export function needsSeconds(interval: Interval): boolean {
  return interval.endsWith('s');
}
