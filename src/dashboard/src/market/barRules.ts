import type { Bar } from '../protocol/messages';

/** A bar replaces another of the same time unless it is an older revision of it, or open where the other is closed. */
export function supersedesBar(newcomer: Bar, present: Bar): boolean {
  if (newcomer.rev !== present.rev) return newcomer.rev > present.rev;
  return newcomer.x || !present.x;
}
