import type { MarketSession } from '../market/marketSession';
import { element, setText } from './dom';
import { price, size, timeOfDay } from './format';

const SIDES = { B: 'buy', S: 'sell', N: 'unknown' } as const;

/** The last trades, newest on top, coloured by who was the aggressor. */
export class TapePanel {
  private readonly rows: { row: HTMLTableRowElement; time: HTMLElement; price: HTMLElement; size: HTMLElement; side: HTMLElement }[] = [];
  private readonly body = element('tbody');
  private drawn = -1;
  private drawnSession: MarketSession | undefined;

  constructor(host: HTMLElement) {
    const head = element('tr', '', element('th', '', 'Time UTC'), element('th', 'number', 'Price'), element('th', 'number', 'Size'), element('th', 'side', ''));
    for (const cell of head.children) cell.setAttribute('scope', 'col');
    const table = element('table', 'tape', element('thead', '', head), this.body);
    const panel = element('section', 'panel trades', element('h2', '', 'Trades'), element('div', 'tape-frame', table));
    panel.setAttribute('aria-label', 'Last trades');
    host.append(panel);
  }

  draw(session: MarketSession | undefined): void {
    if (session === undefined || (session === this.drawnSession && session.tape.total === this.drawn)) return;
    this.drawnSession = session;
    this.drawn = session.tape.total;
    const { trades, rows } = session.tape;
    for (let index = 0; index < rows; index++) {
      const cells = (this.rows[index] ??= this.addRow());
      const trade = trades[index];
      cells.row.className = trade === undefined ? 'none' : `${SIDES[trade.a]}${trade.susp === true ? ' suspect' : ''}`;
      setText(cells.time, trade === undefined ? '' : timeOfDay(trade.t));
      setText(cells.price, trade === undefined ? '' : price(trade.p, session.pricePrecision.decimals));
      setText(cells.size, trade === undefined ? '' : size(trade.s, session.sizePrecision.decimals));
      // A letter besides the colour: red and green are not for everyone.
      setText(cells.side, trade === undefined || trade.a === 'N' ? '' : trade.a);
    }
  }

  private addRow(): (typeof this.rows)[number] {
    const made = { row: element('tr'), time: element('td'), price: element('td', 'number'), size: element('td', 'number'), side: element('td', 'side') };
    made.row.append(made.time, made.price, made.size, made.side);
    this.body.append(made.row);
    return made;
  }
}
