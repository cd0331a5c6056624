import type { Trade } from '../protocol/messages';

/** The last trades, newest first. */
export class Tape {
  private list: Trade[] = [];
  /** Counts every trade, so that a view can tell which rows are new. */
  total = 0;

  constructor(readonly rows: number) {}

  get trades(): readonly Trade[] {
    return this.list;
  }

  add(trade: Trade): void {
    if (trade.conf === true) this.list = this.list.filter((shown) => shown.susp !== true || shown.i !== trade.i || shown.t !== trade.t);
    this.list.unshift(trade);
    if (this.list.length > this.rows) this.list.length = this.rows;
    this.total++;
  }

  clear(): void {
    this.list = [];
    this.total++;
  }
}
