/** What an end-to-end test reads as window.lowLatency; nothing on the page depends on it. */
export interface TestHooks {
  readonly state: string;
  readonly symbol: string;
  readonly interval: string;
  /** Candles that the chart holds, bar updates applied, and how many of them revised closed bars. */
  readonly candles: number;
  readonly updates: number;
  readonly revisions: number;
  readonly lastClose: number | null;
  readonly lastPrice: number | null;
  readonly messages: number;
  readonly skips: number;
  readonly losses: number;
  readonly reconnects: number;
  readonly ticksPerSecond: number;
}

declare global {
  interface Window {
    lowLatency: TestHooks;
  }
}
