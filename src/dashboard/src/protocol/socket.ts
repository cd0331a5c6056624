/** What the client needs of a WebSocket. */
export type Socket = Pick<WebSocket, 'onmessage' | 'onclose' | 'send' | 'close'>;

/** Opens a socket. */
export type SocketFactory = (url: string) => Socket;
