/** Delays between attempts to connect: doubling, bounded, and spread so that clients do not return all at once. */
export class BackOff {
  private attempt = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** The next delay in milliseconds: between half of the step and all of it. */
  next(): number {
    const step = Math.min(this.longestMs, this.firstMs * 2 ** this.attempt);
    if (step < this.longestMs) this.attempt++;
    return Math.round(step * (0.5 + this.random() / 2));
  }

  /** Starts again from the first delay. */
  reset(): void {
    this.attempt = 0;
  }
}
