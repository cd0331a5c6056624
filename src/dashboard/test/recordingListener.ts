import type { SnapItem, StreamMessage } from '../src/protocol/messages';
import type { StreamListener } from '../src/protocol/subscription';

/** Writes down what it hears. */
export class RecordingListener implements StreamListener {
  readonly heard: string[] = [];

  onReset(channel: string): void {
    this.heard.push(`reset ${channel}`);
  }

  onSnapshot(channel: string, items: readonly SnapItem[], complete: boolean): void {
    this.heard.push(`snap ${channel} ${items.length}${complete ? '' : ' …'}`);
  }

  onUpdate(channel: string, message: StreamMessage): void {
    this.heard.push(`${channel} ${message.q}`);
  }

  onSkip(channel: string, count: number): void {
    this.heard.push(`skip ${channel} ${count}`);
  }

  onRejected(channel: string, code: number): void {
    this.heard.push(`rejected ${channel} ${code}`);
  }
}
