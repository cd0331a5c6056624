import type { MarketSession } from '../market/marketSession';
import type { StreamCounters } from '../protocol/streamClient';
import { element, setText } from './dom';
import { count, latency, timeOfDay } from './format';

const FIELDS = {
  ticks: ['Ticks/s', 'Trades and quotes of this symbol a second, those that conflation left out included'],
  feed: ['Feed latency', 'From the event’s time at the source to this page, median of the last seconds; clocks of different machines differ'],
  engine: ['Engine latency', 'From the engine’s receipt to this page, median of the last seconds'],
  messages: ['Messages', 'Messages received since the page was opened'],
  skips: ['Skips', 'Messages that conflation left out, each accounted for by the server'],
  losses: ['Losses', 'Sequence numbers that neither came nor were named by a skip: must be 0'],
  reconnects: ['Reconnects', 'How often the connection had to be made again'],
  epoch: ['Epoch', 'Changes when the engine starts again'],
} as const;

/** The line at the bottom: rates, latency, and the accounting of the stream. */
export class StatusBar {
  private readonly values = new Map<keyof typeof FIELDS, HTMLElement>();
  private readonly clock = element('time');

  constructor(host: HTMLElement) {
    for (const [name, [label, title]] of Object.entries(FIELDS)) {
      const value = element('span', 'status-value');
      const field = element('span', `status-field status-${name}`, element('span', 'status-name', label), value);
      field.title = title;
      this.values.set(name as keyof typeof FIELDS, value);
      host.append(field);
    }
    const library = element('a', '', 'TradingView, Inc.');
    library.href = 'https://www.tradingview.com/';
    library.target = '_blank';
    library.rel = 'noopener noreferrer';
    host.append(element('span', 'status-end', element('span', 'attribution', 'TradingView Lightweight Charts™ © 2026 ', library), this.clock));
  }

  draw(counters: StreamCounters, session: MarketSession | undefined, epoch: number | undefined, nowMs: number): void {
    this.set('ticks', session === undefined ? '–' : count(session.ticks.perSecond(nowMs)));
    this.set('feed', latency(session?.feedLatency.median(nowMs)));
    this.set('engine', latency(session?.engineLatency.median(nowMs)));
    this.set('messages', count(counters.messages));
    this.set('skips', count(counters.skipped));
    this.set('losses', count(counters.lost));
    this.set('reconnects', count(counters.reconnects));
    this.set('epoch', epoch === undefined ? '–' : String(epoch));
    this.values.get('losses')?.classList.toggle('bad', counters.lost > 0);
    setText(this.clock, `${timeOfDay(nowMs * 1000, 0)} UTC`);
  }

  private set(name: keyof typeof FIELDS, text: string): void {
    const target = this.values.get(name);
    if (target !== undefined) setText(target, text);
  }
}
