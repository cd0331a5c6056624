import type { Alert, Bar, BarMessage, IndicatorPoint, Quote, SnapItem, StreamMessage, Trade } from '../protocol/messages';
import type { StreamClient } from '../protocol/streamClient';
import type { StreamListener, Subscription } from '../protocol/subscription';
import { supersedesBar } from './barRules';
import { OSCILLATOR, PRICE_LINES } from './indicators';
import { historyOf, type Interval } from './interval';
import { MedianMeter } from './medianMeter';
import { Precision } from './precision';
import { RateMeter } from './rateMeter';
import { Tape } from './tape';
import { TimeSeries } from './timeSeries';

const TAPE_ROWS = 20;
const TAPE_HISTORY = '2m';
const ALERT_ROWS = 5;
const ALERT_HISTORY = '1d';
const CAPACITY = 6000;
const DAY_CHANNEL = 'bars.1d';
const DAY_HISTORY = '2d';

/** Everything known of one symbol at one interval, kept up to date by the stream. A chart panel shows one; a grid would hold several. */
export class MarketSession implements StreamListener {
  readonly bars = new TimeSeries<Bar>(CAPACITY, supersedesBar);
  readonly lines = new Map<string, TimeSeries<IndicatorPoint>>();
  readonly tape = new Tape(TAPE_ROWS);
  readonly pricePrecision = new Precision();
  readonly sizePrecision = new Precision(0);
  readonly ticks = new RateMeter();
  /** Milliseconds from the event's time to now; and from the engine's receipt to now. */
  readonly feedLatency = new MedianMeter();
  readonly engineLatency = new MedianMeter();
  /** The last alerts, newest first; an array of its own for each change. */
  alerts: readonly Alert[] = [];
  quote: Quote | undefined;
  /** The day's bar so far. */
  day: Bar | undefined;
  /** Bar updates applied, snapshots not counted. */
  updates = 0;
  /** Updates of candles that were closed before. */
  revisions = 0;
  /** Why the server refused a channel; empty when it did not. */
  refusal = '';
  /** Whether the history is complete. */
  historyComplete = false;

  private readonly barChannel: string;
  private readonly indicatorPrefix: string;
  private readonly subscriptions: Subscription[] = [];

  constructor(
    readonly symbol: string,
    readonly interval: Interval,
    private readonly onChange: () => void,
    private readonly nowMs: () => number = () => performance.timeOrigin + performance.now(),
  ) {
    this.barChannel = `bars.${interval}`;
    this.indicatorPrefix = `ind.${interval}.`;
    for (const line of [...PRICE_LINES, OSCILLATOR]) this.lines.set(line.name, new TimeSeries(CAPACITY));
  }

  /** Subscribes to what of it the engine offers. */
  open(client: StreamClient, offered: ReadonlySet<string>): void {
    const subscribe = (channels: readonly string[], snapshot: string | true) => {
      const known = channels.filter((channel) => offered.has(channel));
      if (known.length > 0) this.subscriptions.push(client.subscribe({ channels: known, symbol: this.symbol, snapshot }, this));
    };
    const indicators = [...this.lines.keys()].map((name) => this.indicatorPrefix + name);
    subscribe([this.barChannel, ...indicators], historyOf(this.interval));
    subscribe(['trades'], TAPE_HISTORY);
    subscribe(['quotes'], true);
    subscribe(['alerts'], ALERT_HISTORY);
    if (this.barChannel !== DAY_CHANNEL) subscribe([DAY_CHANNEL], DAY_HISTORY);
  }

  /** Ends its subscriptions. */
  close(): void {
    for (const subscription of this.subscriptions) subscription.close();
    this.subscriptions.length = 0;
  }

  /** The last price: of the last trade that counts, or of the last bar. */
  get lastPrice(): number | undefined {
    return this.tape.trades.find((trade) => trade.susp !== true)?.p ?? this.bars.last?.c ?? undefined;
  }

  onReset(channel: string): void {
    this.refusal = '';
    if (channel === this.barChannel) {
      this.bars.clear();
      this.historyComplete = false;
    }
    if (channel === DAY_CHANNEL) this.day = undefined;
    if (channel === 'trades') this.tape.clear();
    if (channel === 'quotes') this.quote = undefined;
    if (channel === 'alerts') this.alerts = [];
    this.lineOf(channel)?.clear();
    this.onChange();
  }

  onSnapshot(channel: string, items: readonly SnapItem[], complete: boolean): void {
    if (channel === 'trades') for (const trade of items.slice(-TAPE_ROWS) as Trade[]) this.addTrade(trade);
    else if (channel === 'quotes') for (const quote of items.slice(-1) as Quote[]) this.setQuote(quote);
    else if (channel === 'alerts') for (const alert of items.slice(-ALERT_ROWS) as Alert[]) this.addAlert(alert);
    else if (channel.startsWith('bars.')) for (const bar of items as Bar[]) this.putBar(channel, bar);
    else for (const point of items as IndicatorPoint[]) this.lineOf(channel)?.put(point);
    if (channel === this.barChannel && complete) this.historyComplete = true;
    this.onChange();
  }

  onUpdate(channel: string, message: StreamMessage): void {
    switch (message.T) {
      case 't':
        this.addTrade(message);
        this.clock(message);
        break;
      case 'q':
        this.setQuote(message);
        this.clock(message);
        break;
      case 'b':
      case 'u':
        this.updateBar(channel, message);
        break;
      case 'alert':
        this.addAlert(message);
        break;
      case 'i':
        this.lineOf(channel)?.put(message);
        break;
    }
    this.onChange();
  }

  onSkip(channel: string, count: number): void {
    if (channel === 'trades' || channel === 'quotes') this.ticks.add(count, this.nowMs());
  }

  onRejected(channel: string, code: number, message: string): void {
    this.refusal = `${channel}: ${message} (${code})`;
    this.onChange();
  }

  private updateBar(channel: string, message: BarMessage): void {
    if (!this.putBar(channel, message) || channel !== this.barChannel) return;
    this.updates++;
    if (message.T === 'u') this.revisions++;
  }

  private putBar(channel: string, bar: Bar): boolean {
    if (channel === DAY_CHANNEL && (this.day === undefined || bar.t >= this.day.t)) this.day = bar;
    if (channel !== this.barChannel) return true;
    for (const price of [bar.o, bar.h, bar.l, bar.c]) this.pricePrecision.observe(price);
    return this.bars.put(bar);
  }

  private addTrade(trade: Trade): void {
    this.pricePrecision.observe(trade.p);
    this.sizePrecision.observe(trade.s);
    this.tape.add(trade);
  }

  private addAlert(alert: Alert): void {
    this.alerts = [alert, ...this.alerts].slice(0, ALERT_ROWS);
  }

  private setQuote(quote: Quote): void {
    this.pricePrecision.observe(quote.bp);
    this.pricePrecision.observe(quote.ap);
    this.quote = quote;
  }

  private clock(tick: { t: number; r?: number }): void {
    const now = this.nowMs();
    this.ticks.add(1, now);
    this.feedLatency.add(now - tick.t / 1000, now);
    if (tick.r !== undefined) this.engineLatency.add(now - tick.r / 1000, now);
  }

  private lineOf(channel: string): TimeSeries<IndicatorPoint> | undefined {
    return channel.startsWith(this.indicatorPrefix) ? this.lines.get(channel.slice(this.indicatorPrefix.length)) : undefined;
  }
}
