/** Where the connection is; each state carries what the page says about it. */
export type ConnectionState =
  /** The reason is why it has to be made again; empty the first time. */
  | { kind: 'connecting'; reason: string }
  | { kind: 'connected'; epoch: number; session: string }
  | { kind: 'waiting'; reason: string; retryAt: number }
  | { kind: 'stopped' };
