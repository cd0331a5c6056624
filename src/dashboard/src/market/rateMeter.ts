/** Events a second over the last few whole seconds. */
export class RateMeter {
  private readonly buckets: number[];
  private second = 0;

  constructor(private readonly seconds = 3) {
    this.buckets = new Array<number>(seconds + 1).fill(0);
  }

  add(count: number, nowMs: number): void {
    this.advance(nowMs);
    this.buckets[this.second % this.buckets.length]! += count;
  }

  perSecond(nowMs: number): number {
    this.advance(nowMs);
    const current = this.second % this.buckets.length;
    const total = this.buckets.reduce((sum, count, index) => (index === current ? sum : sum + count), 0);
    return total / this.seconds;
  }

  private advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const stale = Math.min(second - this.second, this.buckets.length);
    for (let i = 0; i < stale; i++) this.buckets[(second - i) % this.buckets.length] = 0;
    this.second = Math.max(this.second, second);
  }
}
