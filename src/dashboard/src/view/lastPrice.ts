import type { MarketSession } from '../market/marketSession';
import { element, setText } from './dom';
import { price, signed } from './format';

/** The last price, large, and its change since the day's open. */
export class LastPrice {
  private readonly value = element('span', 'last-value');
  private readonly change = element('span', 'last-change');
  private readonly root = element('div', 'last', this.value, this.change);

  constructor(host: HTMLElement) {
    this.change.title = 'Since the day’s open (UTC)';
    host.append(this.root);
  }

  draw(session: MarketSession | undefined): void {
    const last = session?.lastPrice;
    const open = session?.day?.o;
    const decimals = session?.pricePrecision.decimals ?? 2;
    setText(this.value, price(last, decimals));
    const change = last === undefined || open === null || open === undefined ? undefined : last - open;
    setText(this.change, change === undefined || !open ? '' : `${signed(change, decimals)}  ${signed((100 * change) / open, 2)}%`);
    this.root.classList.toggle('up', change !== undefined && change >= 0);
    this.root.classList.toggle('down', change !== undefined && change < 0);
  }
}
