/** What changed since the last look: everything, or the items at these indexes, ascending. */
export type Changes = 'all' | readonly number[];

interface Timed {
  /** Microseconds since 1970; the item's identity. */
  readonly t: number;
}

/** Items by time, each replaced by its later versions, with what changed kept until it is drawn. */
export class TimeSeries<T extends Timed> {
  private list: T[] = [];
  private all = true;
  private readonly changed = new Set<number>();

  /**
   * @param capacity when it is exceeded, the oldest eighth is forgotten
   * @param supersedes whether a newcomer replaces what is there for the same time
   */
  constructor(
    private readonly capacity: number,
    private readonly supersedes: (newcomer: T, present: T) => boolean = () => true,
  ) {}

  get items(): readonly T[] {
    return this.list;
  }

  get last(): T | undefined {
    return this.list.at(-1);
  }

  clear(): void {
    this.list = [];
    this.changed.clear();
    this.all = true;
  }

  /** Adds or replaces; returns whether anything changed. */
  put(item: T): boolean {
    const at = this.indexOf(item.t);
    const present = this.list[at];
    if (present?.t === item.t) {
      if (!this.supersedes(item, present)) return false;
      this.list[at] = item;
      this.changed.add(at);
      return true;
    }
    if (at === this.list.length) {
      this.list.push(item);
      this.changed.add(at);
    } else {
      this.list.splice(at, 0, item);
      this.all = true;
    }
    if (this.list.length > this.capacity) {
      this.list.splice(0, this.list.length - Math.floor((this.capacity * 7) / 8));
      this.all = true;
    }
    return true;
  }

  /** The item of that time. */
  at(t: number): T | undefined {
    const item = this.list[this.indexOf(t)];
    return item?.t === t ? item : undefined;
  }

  /** Hands out what changed, once. */
  takeChanges(): Changes {
    const changes = this.all ? 'all' : [...this.changed].sort((a, b) => a - b);
    this.all = false;
    this.changed.clear();
    return changes;
  }

  // The first index whose time is not before t; looked for from the end, where live items are.
  private indexOf(t: number): number {
    const last = this.list.at(-1);
    if (last === undefined || last.t < t) return this.list.length;
    let low = 0;
    let high = this.list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle]!.t < t) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
