import type { Socket } from '../src/protocol/socket';

/** A socket whose other end is the test. */
export class FakeSocket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  /** One frame from the server. */
  deliver(...messages: object[]): void {
    this.deliverText(JSON.stringify(messages));
  }

  deliverText(data: string): void {
    this.onmessage?.call(undefined as never, { data } as MessageEvent);
  }

  /** The server, or the network, ends it. */
  drop(code = 1006, reason = ''): void {
    this.onclose?.call(undefined as never, { code, reason } as CloseEvent);
  }
}
