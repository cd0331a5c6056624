import type { ConnectionState } from '../protocol/connectionState';
import { element, setText } from './dom';

const LABELS = { connecting: 'Connecting', connected: 'Connected', waiting: 'Disconnected', stopped: 'Stopped' } as const;

/** Whether what the page shows is from before the connection was lost. */
export function isDown(state: ConnectionState): state is Extract<ConnectionState, { reason: string }> {
  return state.kind === 'waiting' || (state.kind === 'connecting' && state.reason !== '');
}

/** The connection's state in the header, and the banner with the countdown while there is none. */
export class ConnectionBadge {
  private readonly label = element('span');
  private readonly badge = element('div', 'badge', element('i', 'dot'), this.label);
  private readonly text = element('span');
  private readonly countdown = element('span', 'countdown');
  private readonly banner: HTMLElement;

  constructor(header: HTMLElement, bannerHost: HTMLElement, onRetry: () => void) {
    const retry = element('button', '', 'Reconnect now');
    retry.type = 'button';
    retry.addEventListener('click', onRetry);
    this.badge.setAttribute('role', 'status');
    // The countdown changes every second and is not worth announcing; the reason is.
    this.text.setAttribute('role', 'alert');
    this.banner = element('div', 'banner', this.text, this.countdown, retry);
    this.banner.hidden = true;
    header.append(this.badge);
    bannerHost.prepend(this.banner);
  }

  draw(state: ConnectionState, nowMs: number): void {
    setText(this.label, LABELS[state.kind]);
    this.badge.dataset['state'] = state.kind;
    const down = isDown(state);
    this.banner.hidden = !down;
    if (!down) return;
    setText(this.text, `Disconnected: ${state.reason}.`);
    setText(this.countdown, state.kind === 'connecting' ? 'Connecting …' : `Next attempt in ${Math.max(1, Math.ceil((state.retryAt - nowMs) / 1000))} s`);
  }
}
