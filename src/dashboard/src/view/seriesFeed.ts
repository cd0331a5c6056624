import type { ISeriesApi, SeriesDataItemTypeMap, SeriesType, Time } from 'lightweight-charts';
import type { Changes } from '../market/timeSeries';

/** Passes what changed on to one series of a chart. */
export class SeriesFeed<T, K extends SeriesType> {
  constructor(
    private readonly series: ISeriesApi<K>,
    private readonly toPoint: (item: T) => SeriesDataItemTypeMap<Time>[K],
  ) {}

  apply(items: readonly T[], changes: Changes): void {
    if (changes === 'all') {
      this.series.setData(items.map(this.toPoint));
      return;
    }
    // Earlier points are revised in place; the chart accepts that only when told that it is meant.
    const known = this.series.data().length;
    for (const index of changes) this.series.update(this.toPoint(items[index]!), index < known - 1);
  }
}
