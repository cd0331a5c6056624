/** A line that the chart draws when the engine computes it. */
export interface IndicatorLine {
  /** As channels name it. */
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

/** Lines over the candles. */
export const PRICE_LINES: readonly IndicatorLine[] = [
  { name: 'sma(20)', label: 'SMA 20', color: '#e5b567' },
  { name: 'ema(9)', label: 'EMA 9', color: '#5aa9f0' },
  { name: 'ema(21)', label: 'EMA 21', color: '#b58ae6' },
];

/** The line in the pane below. */
export const OSCILLATOR: IndicatorLine = { name: 'rsi(14)', label: 'RSI 14', color: '#7fc8c2' };
