import { INTERVALS, type Interval } from '../market/interval';
import { element } from './dom';

/** Chooses an interval: one group of radio buttons, so that Tab and the arrow keys do what they always do. */
export class IntervalPicker {
  private readonly inputs = new Map<Interval, HTMLInputElement>();

  constructor(host: HTMLElement, onChoose: (interval: Interval) => void) {
    const group = element('div', 'interval-picker');
    group.setAttribute('role', 'radiogroup');
    group.setAttribute('aria-label', 'Interval');
    for (const interval of INTERVALS) {
      const input = element('input');
      input.type = 'radio';
      input.name = 'interval';
      input.value = interval;
      input.addEventListener('change', () => onChoose(interval));
      this.inputs.set(interval, input);
      group.append(element('label', '', input, element('span', '', interval)));
    }
    host.append(group);
  }

  /** Disables what the engine does not build. */
  offer(channels: ReadonlySet<string>): void {
    for (const [interval, input] of this.inputs) input.disabled = !channels.has(`bars.${interval}`);
  }

  /** Shows what is chosen. */
  show(interval: Interval): void {
    const input = this.inputs.get(interval);
    if (input !== undefined) input.checked = true;
  }
}
