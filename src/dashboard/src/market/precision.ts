const MOST = 8;
const LEAST = 2;
const LARGE = 10_000;

/** Decimals in a number's shortest text. */
export function decimalsOf(value: number): number {
  const text = String(value);
  const exponentAt = text.indexOf('e');
  const mantissa = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const exponent = exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1));
  const point = mantissa.indexOf('.');
  return Math.max(0, (point < 0 ? 0 : mantissa.length - point - 1) - exponent);
}

/** Learns from the prices (or sizes) seen how many decimals an instrument needs. */
export class Precision {
  private seen = 0;

  /** @param least decimals shown even when none are needed, unless the numbers are large */
  constructor(private readonly least = LEAST) {}

  get decimals(): number {
    return this.seen;
  }

  observe(value: number | null | undefined): void {
    if (value === null || value === undefined || this.seen === MOST) return;
    const floor = Math.abs(value) < LARGE ? this.least : 0;
    this.seen = Math.min(MOST, Math.max(this.seen, floor, decimalsOf(value)));
  }
}
