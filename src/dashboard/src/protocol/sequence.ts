/** What happened to a message's q. */
export type Arrival = 'next' | 'repeat';

/**
 * Accounts for one stream's q. `last + 1` is the next message; a skip names what conflation left out; whatever is missing besides is lost.
 */
export class StreamSequence {
  /** Messages that should have come and did not. */
  lost = 0;
  /** Messages that the server said it left out for this client. */
  skipped = 0;

  constructor(private last: number) {}

  /** The last q that is accounted for. */
  get q(): number {
    return this.last;
  }

  /** Takes a message's q; a repeat is not to be applied again. */
  take(q: number): Arrival {
    if (q <= this.last) return 'repeat';
    this.lost += q - this.last - 1;
    this.last = q;
    return 'next';
  }

  /** Takes a skip, both ends included; returns how many messages it newly accounts for. */
  skip(from: number, to: number): number {
    if (to <= this.last) return 0;
    const first = Math.max(from, this.last + 1);
    this.lost += first - this.last - 1;
    const count = to - first + 1;
    this.skipped += count;
    this.last = to;
    return count;
  }
}
