import { describe, expect, it } from 'vitest';
import { INTERVALS, historyOf } from '../src/market/interval';
import { MedianMeter } from '../src/market/medianMeter';
import { Precision, decimalsOf } from '../src/market/precision';
import { RateMeter } from '../src/market/rateMeter';
import { compact, latency, price, signed, size, timeOfDay } from '../src/view/format';

describe('precision', () => {
  it.each([[1, 0], [190.25, 2], [0.00001, 5], [1e-7, 7], [1.5e-7, 8], [64250.1, 1], [1e21, 0]])('of %d is %d', (value, decimals) => {
    expect(decimalsOf(value)).toBe(decimals);
  });

  it('grows with what is seen, shows cents for ordinary prices, and has a bound', () => {
    const seen = (...values: (number | null | undefined)[]) => {
      const precision = new Precision();
      for (const value of values) precision.observe(value);
      return precision.decimals;
    };
    expect(seen(190)).toBe(2);
    expect(seen(1.0845, 1.08452, 1.08)).toBe(5);
    expect(seen(64250.1, null, undefined)).toBe(1);
    expect(seen(0.1 + 0.2)).toBe(8);
  });
});

describe('history', () => {
  it('is 500 bars, or as far as snapshots reach', () => {
    expect(INTERVALS.map(historyOf)).toEqual(['500s', '5000s', '500m', '2500m', '7500m', '500h', '30d', '30d']);
  });
});

describe('meters', () => {
  it('says the rate of whole seconds, and forgets', () => {
    const meter = new RateMeter(3);
    meter.add(6, 1000);
    meter.add(3, 2500);
    expect(meter.perSecond(3100)).toBe(3);
    expect(meter.perSecond(4100)).toBe(3);
    expect(meter.perSecond(5100)).toBe(1);
    expect(meter.perSecond(60_000)).toBe(0);
  });

  it('says the median of the last seconds', () => {
    const meter = new MedianMeter(1000);
    for (const value of [5, 1, 9]) meter.add(value, 100);
    expect(meter.median(500)).toBe(5);
    expect(meter.median(2000)).toBeUndefined();
  });
});

describe('texts', () => {
  it('are what a desk reads', () => {
    expect(price(64250.1, 2)).toBe('64,250.10');
    expect(price(undefined, 2)).toBe('–');
    expect(signed(-1.5, 2)).toBe('−1.50');
    expect(size(1200)).toBe('1,200');
    expect([compact(156_700), compact(16_090_000), compact(0.029), compact(12)]).toEqual(['156.70K', '16.09M', '0.029', '12']);
    expect([latency(0.42), latency(42.3), latency(1500), latency(7_200_000), latency(undefined)]).toEqual(['0.4 ms', '42 ms', '1.5 s', '2.0 h', '–']);
    expect([timeOfDay(3_723_004_999), timeOfDay(3_723_004_999, 0)]).toEqual(['01:02:03.004', '01:02:03']);
  });
});
