import type { Alert } from '../protocol/messages';
import type { MarketSession } from '../market/marketSession';
import { element } from './dom';
import { compact, timeOfDay } from './format';

/** The last alerts of the symbol, newest on top; not there while there are none. */
export class AlertPanel {
  private readonly list = element('ol', 'alert-list');
  private readonly panel = element('section', 'panel alerts', element('h2', '', 'Alerts'), this.list);
  private drawn: readonly Alert[] | undefined;

  constructor(host: HTMLElement) {
    this.panel.setAttribute('aria-label', 'Last alerts');
    this.panel.hidden = true;
    // Read out as they come, and without interrupting.
    this.list.setAttribute('aria-live', 'polite');
    host.append(this.panel);
  }

  draw(session: MarketSession | undefined): void {
    const alerts = session?.alerts;
    if (alerts === this.drawn) return;
    this.drawn = alerts;
    this.panel.hidden = alerts === undefined || alerts.length === 0;
    this.list.replaceChildren(...(alerts ?? []).map((alert) => {
      const values = alert.v.map((value) => compact(value)).join(', ');
      const item = element('li', '', element('time', '', timeOfDay(alert.t, 0)), element('span', 'alert-name', alert.n), element('span', 'alert-values', values));
      item.title = `${alert.n}${values === '' ? '' : `: ${values}`}${alert.sup === undefined ? '' : `; ${alert.sup} more within its cooldown before`}`;
      return item;
    }));
  }
}
