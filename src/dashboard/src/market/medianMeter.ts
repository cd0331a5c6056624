const SAMPLES = 128;

/** The median of the last samples that are not older than a few seconds. */
export class MedianMeter {
  private readonly samples: { at: number; value: number }[] = [];
  private next = 0;

  constructor(private readonly keepMs = 5000) {}

  add(value: number, nowMs: number): void {
    this.samples[this.next] = { at: nowMs, value };
    this.next = (this.next + 1) % SAMPLES;
  }

  /** Undefined when nothing came lately. */
  median(nowMs: number): number | undefined {
    const values = this.samples.filter((sample) => nowMs - sample.at <= this.keepMs).map((sample) => sample.value);
    return values.sort((a, b) => a - b)[values.length >> 1];
  }
}
