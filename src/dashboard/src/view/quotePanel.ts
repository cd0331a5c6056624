import type { MarketSession } from '../market/marketSession';
import { element, setText } from './dom';
import { compact, price, signed, size } from './format';

/** Best bid and ask with their sizes, the spread, and the day so far. */
export class QuotePanel {
  private readonly bid = element('span', 'quote-price');
  private readonly bidSize = element('span', 'quote-size');
  private readonly ask = element('span', 'quote-price');
  private readonly askSize = element('span', 'quote-size');
  private readonly balance = element('span', 'balance-bid');
  private readonly spread = element('dd');
  private readonly basisPoints = element('dd');
  private readonly day = new Map<string, HTMLElement>();

  constructor(host: HTMLElement) {
    const stats = element('dl', 'stats',
      element('div', '', element('dt', '', 'Spread'), this.spread),
      element('div', '', element('dt', '', 'Spread bp'), this.basisPoints));
    for (const name of ['Day open', 'Day high', 'Day VWAP', 'Day low', 'Day volume', 'Day trades']) {
      const value = element('dd');
      this.day.set(name, value);
      stats.append(element('div', '', element('dt', '', name), value));
    }
    const panel = element('section', 'panel quote',
      element('h2', '', 'Quote'),
      element('div', 'quote-sides',
        element('div', 'quote-side bid', element('span', 'quote-name', 'Bid'), this.bid, this.bidSize),
        element('div', 'quote-side ask', element('span', 'quote-name', 'Ask'), this.ask, this.askSize)),
      element('div', 'balance', this.balance),
      stats);
    panel.setAttribute('aria-label', 'Quote');
    host.append(panel);
  }

  draw(session: MarketSession | undefined): void {
    const quote = session?.quote;
    const decimals = session?.pricePrecision.decimals ?? 2;
    setText(this.bid, price(quote?.bp, decimals));
    setText(this.ask, price(quote?.ap, decimals));
    setText(this.bidSize, size(quote?.bs, session?.sizePrecision.decimals));
    setText(this.askSize, size(quote?.as, session?.sizePrecision.decimals));
    const bidSize = quote?.bs ?? 0;
    const askSize = quote?.as ?? 0;
    this.balance.style.width = bidSize + askSize > 0 ? `${((100 * bidSize) / (bidSize + askSize)).toFixed(1)}%` : '50%';
    this.drawSpread(quote?.bp, quote?.ap, decimals);
    const day = session?.day;
    this.set('Day open', price(day?.o, decimals));
    this.set('Day high', price(day?.h, decimals));
    this.set('Day low', price(day?.l, decimals));
    this.set('Day VWAP', price(day?.vw, decimals));
    this.set('Day volume', compact(day?.v));
    this.set('Day trades', compact(day?.n));
  }

  private drawSpread(bid: number | null | undefined, ask: number | null | undefined, decimals: number): void {
    const known = typeof bid === 'number' && typeof ask === 'number';
    const width = known ? ask - bid : undefined;
    const basisPoints = known ? ((ask - bid) / ((ask + bid) / 2)) * 1e4 : undefined;
    setText(this.spread, width === undefined || width >= 0 ? price(width, decimals) : signed(width, decimals));
    setText(this.basisPoints, price(basisPoints, basisPoints !== undefined && Math.abs(basisPoints) < 1 ? 2 : 1));
  }

  private set(name: string, text: string): void {
    const target = this.day.get(name);
    if (target !== undefined) setText(target, text);
  }
}
