import type { MarketSession } from '../market/marketSession';
import { element, setText } from './dom';
import { price, size, timeOfDay } from './format';

const SIDES = { B: 'buy', S: 'sell', N: 'unknown' } as const;

/** The last trades, newest on top, coloured by who was the aggressor. */
export class TapePanel {
  private readonly rows: { row: HTMLTableRowElement; time: HTMLElement; price: HTMLElement; size: HTMLElement; side: HTMLElement }[] = [];
  private readonly body = element('tbody');
  private drawn: number | undefined;
  private drawnSession: MarketSession | undefined;

  constructor(host: HTMLElement) {
    const head = element('tr', '', element('th', '', 'Time UTC'), element('th', 'number', 'Price'), element('th', 'number', 'Size'), element('th', 'aggressor', ''));
    for (const cell of head.children) cell.setAttribute('scope', 'col');
    const table = element('table', 'tape', element('thead', '', head), this.body);
    const panel = element('section', 'panel trades', element('h2', '', 'Trades'), element('div', 'tape-frame', table));
    panel.setAttribute('aria-label', 'Last trades');
    host.append(panel);
  }

  draw(session: MarketSession | undefined): void {
    if (session === this.drawnSession && session?.tape.total === this.drawn) return;
    this.drawnSession = session;
    this.drawn = session?.tape.total;
    const trades = session?.tape.trades ?? [];
    trades.forEach((trade, index) => {
      const cells = (this.rows[index] ??= this.addRow());
      cells.row.hidden = false;
      cells.row.className = `${SIDES[trade.a]}${trade.susp === true ? ' suspect' : ''}`;
      setText(cells.time, timeOfDay(trade.t));
      setText(cells.price, price(trade.p, session!.pricePrecision.decimals));
      setText(cells.size, size(trade.s, session!.sizePrecision.decimals));
      // A letter besides the colour: red and green are not for everyone.
      setText(cells.side, trade.a === 'N' ? '' : trade.a);
    });
    for (const { row } of this.rows.slice(trades.length)) row.hidden = true;
  }

  private addRow(): (typeof this.rows)[number] {
    const made = { row: element('tr'), time: element('td'), price: element('td', 'number'), size: element('td', 'number'), side: element('td', 'aggressor') };
    made.row.append(made.time, made.price, made.size, made.side);
    this.body.append(made.row);
    return made;
  }
}
