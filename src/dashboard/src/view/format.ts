/** Texts for numbers and times; times are UTC. */

const NONE = '–';

const SIZE_DECIMALS = 4;

// Making a formatter costs far more than using one.
const formatters = Array.from({ length: 9 }, (_, digits) => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));

export function price(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? NONE : formatters[decimals]!.format(value);
}

export function size(value: number | null | undefined, decimals = 0): string {
  return price(value, Math.min(decimals, SIZE_DECIMALS));
}

/** 1.23K, 4.56M; whole or short when small. */
export function compact(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const steps: [number, string][] = [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']];
  for (const [step, letter] of steps) if (Math.abs(value) >= step) return `${(value / step).toFixed(2)}${letter}`;
  return Number.isInteger(value) ? String(value) : value.toFixed(value >= 100 ? 1 : 3);
}

export function count(value: number): string {
  return formatters[0]!.format(value);
}

export function signed(value: number, decimals: number): string {
  return `${value < 0 ? '−' : '+'}${price(Math.abs(value), decimals)}`;
}

/** 0.4 ms, 12 ms, 1.2 s, 3.4 min; hours and days for replays. */
export function latency(ms: number | undefined): string {
  if (ms === undefined) return NONE;
  const magnitude = Math.abs(ms);
  if (magnitude < 10) return `${ms.toFixed(1)} ms`;
  if (magnitude < 1000) return `${ms.toFixed(0)} ms`;
  if (magnitude < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (magnitude < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`;
  if (magnitude < 86_400_000) return `${(ms / 3_600_000).toFixed(1)} h`;
  return `${(ms / 86_400_000).toFixed(0)} d`;
}

/** 12:34:56.789 */
export function timeOfDay(microseconds: number, digits: 0 | 3 = 3): string {
  return new Date(microseconds / 1000).toISOString().slice(11, digits === 0 ? 19 : 23);
}
