import { describe, expect, it } from 'vitest';
import { supersedesBar } from '../src/market/barRules';
import { TimeSeries } from '../src/market/timeSeries';
import type { Bar } from '../src/protocol/messages';

const bar = (t: number, c: number, x = false, rev = 0): Bar => ({ t, o: 1, h: 9, l: 1, c, v: 1, n: 1, x, rev });
const make = (...bars: Bar[]) => {
  const series = new TimeSeries<Bar>(100, supersedesBar);
  for (const item of bars) series.put(item);
  series.takeChanges();
  return series;
};

describe('TimeSeries of bars', () => {
  it('moves the open bar and appends the next', () => {
    const series = make(bar(1, 1, true), bar(2, 2));
    series.put(bar(2, 3));
    series.put(bar(3, 4));
    expect(series.takeChanges()).toEqual([1, 2]);
    expect(series.takeChanges()).toEqual([]);
    expect(series.items.map((item) => item.c)).toEqual([1, 3, 4]);
  });

  it('revises an earlier bar in place', () => {
    const series = make(bar(1, 1, true), bar(2, 2, true), bar(3, 3));
    expect(series.put(bar(1, 7, true, 1))).toBe(true);
    expect(series.takeChanges()).toEqual([0]);
    expect(series.at(1)?.c).toBe(7);
  });

  it('keeps the newest revision, and a closed bar closed', () => {
    const series = make(bar(1, 7, true, 2), bar(2, 2));
    expect(series.put(bar(1, 5, true, 1))).toBe(false);
    expect(series.put(bar(1, 5, false, 2))).toBe(false);
    expect(series.takeChanges()).toEqual([]);
  });

  it('inserts a bar that a late trade opened, and then all has to be drawn again', () => {
    const series = make(bar(1, 1), bar(3, 3));
    series.put(bar(2, 2, true, 1));
    expect(series.takeChanges()).toBe('all');
    expect(series.items.map((item) => item.t)).toEqual([1, 2, 3]);
  });

  it('forgets the oldest eighth when it is full', () => {
    const series = make(...Array.from({ length: 100 }, (_, index) => bar(index, 1)));
    series.put(bar(100, 1));
    expect(series.items.length).toBe(87);
    expect(series.items[0]?.t).toBe(14);
    expect(series.takeChanges()).toBe('all');
  });
});
