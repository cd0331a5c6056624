import { OSCILLATOR, PRICE_LINES, type IndicatorLine } from '../market/indicators';
import type { MarketSession } from '../market/marketSession';
import { element, setText } from './dom';
import { compact, price } from './format';

const GAP = 6;

/** The readings in the corners of a chart's panes: of the bar under the crosshair, else of the last one. */
export class ChartLegend {
  private readonly title = element('strong', 'legend-title');
  private readonly fields = new Map<string, HTMLElement>();
  private readonly values = new Map<string, HTMLElement>();
  private readonly bar = element('div', 'legend-row');
  private readonly below = element('div', 'legend legend-below');
  private readonly root: HTMLElement;
  private placedAt = -1;

  constructor(host: HTMLElement, private readonly firstPaneHeight: () => number) {
    this.bar.append(this.title);
    for (const name of ['O', 'H', 'L', 'C', 'Vol', 'VWAP']) {
      const value = element('span', 'legend-value');
      this.fields.set(name, value);
      this.bar.append(element('span', `legend-field legend-${name.toLowerCase()}`, element('span', 'legend-name', name), value));
    }
    const lines = element('div', 'legend-row');
    for (const line of PRICE_LINES) lines.append(this.reading(line));
    this.below.append(this.reading(OSCILLATOR));
    this.root = element('div', 'legend', this.bar, lines);
    host.append(this.root, this.below);
  }

  draw(session: MarketSession | undefined, hoveredTime: number | undefined): void {
    this.root.hidden = this.below.hidden = session === undefined || session.bars.items.length === 0;
    if (session === undefined) return;
    const bar = (hoveredTime === undefined ? undefined : session.bars.at(hoveredTime)) ?? session.bars.last;
    const decimals = session.pricePrecision.decimals;
    setText(this.title, `${session.symbol} · ${session.interval}`);
    this.bar.classList.toggle('up', (bar?.c ?? 0) >= (bar?.o ?? 0));
    this.bar.classList.toggle('down', (bar?.c ?? 0) < (bar?.o ?? 0));
    this.set('O', price(bar?.o, decimals));
    this.set('H', price(bar?.h, decimals));
    this.set('L', price(bar?.l, decimals));
    this.set('C', price(bar?.c, decimals));
    this.set('Vol', compact(bar?.v));
    this.set('VWAP', price(bar?.vw, decimals));
    for (const [name, series] of session.lines) {
      const target = this.values.get(name);
      if (target === undefined) continue;
      const point = hoveredTime === undefined ? series.last : series.at(hoveredTime);
      setText(target, price(point?.v[0], name === OSCILLATOR.name ? 1 : decimals));
    }
    this.place();
  }

  private set(name: string, text: string): void {
    const field = this.fields.get(name);
    if (field !== undefined) setText(field, text);
  }

  private reading(line: IndicatorLine): HTMLElement {
    const value = element('span', 'legend-value');
    this.values.set(line.name, value);
    const made = element('span', 'legend-field', element('span', 'legend-name', line.label), value);
    made.style.color = line.color;
    return made;
  }

  private place(): void {
    const top = this.firstPaneHeight() + GAP;
    if (top === this.placedAt) return;
    this.placedAt = top;
    this.below.style.top = `${top}px`;
  }
}
