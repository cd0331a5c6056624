/** Where the connection is; each state carries what the page says about it. */
export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'connected'; epoch: number; session: string }
  | { kind: 'waiting'; reason: string; retryAt: number }
  | { kind: 'stopped' };
