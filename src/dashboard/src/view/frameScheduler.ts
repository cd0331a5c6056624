/** Draws at most once per animation frame, however often it is asked. */
export class FrameScheduler {
  private pending = false;

  constructor(private readonly draw: () => void) {}

  readonly request = (): void => {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.draw();
    });
  };
}
