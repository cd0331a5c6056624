// A stand-in for the gateway while the page is developed: serves dist/ with the strict policy, and /v1/stream with random ticks.
// Usage: node mock/server.mjs [--port 8080] [--rate 60] [--empty]. POST /mock/drop closes every connection, /mock/lose swallows one message,
// /mock/refuse?ms=N closes new connections for N milliseconds.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { Client } from './client.mjs';
import { CHANNELS, Instrument } from './market.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' }, rate: { type: 'string', default: '60' }, empty: { type: 'boolean', default: false } } });
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const epoch = Math.floor(Date.now() / 1000);
const clients = new Set();
const instruments = new Map();
let refuseUntil = 0;

const publish = (channel, symbol, message) => {
  for (const client of clients) client.publish(channel, symbol, message);
};
if (!values.empty) {
  for (const [symbol, start, tick, lot] of [['AAPL', 190.21, 0.01, 100], ['MSFT', 428.4, 0.01, 100], ['NVDA', 121.77, 0.01, 100], ['SPY', 561.08, 0.01, 100], ['BTCUSDT', 64250.1, 0.1, 0.001], ['EURUSD', 1.08452, 0.00001, 1000], ['BRK/B', 452.3, 0.01, 10]]) {
    instruments.set(symbol, new Instrument(symbol, start, tick, lot, Number(values.rate), publish));
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname === '/v1/instruments') {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ instruments: [...instruments.keys()].map((S, id) => ({ id, S })), channels: CHANNELS, epoch }));
  } else if (request.method === 'POST' && url.pathname.startsWith('/mock/')) {
    fault(url);
    response.end();
  } else page(url.pathname, response);
});

function fault(url) {
  if (url.pathname === '/mock/refuse') refuseUntil = Date.now() + Number(url.searchParams.get('ms'));
  for (const client of clients) {
    if (url.pathname === '/mock/lose') client.loseNext = true;
    else client.socket.close(4013, 'maintenance');
  }
}

function page(path, response) {
  const file = join(dist, normalize(path === '/' ? '/index.html' : path));
  response.setHeader('Content-Security-Policy', policy);
  if (!file.startsWith(dist) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
}

const sockets = new WebSocketServer({ server, path: '/v1/stream', handleProtocols: () => 'mdstream.v1.json' });
sockets.on('connection', (socket) => {
  if (Date.now() < refuseUntil) {
    socket.close(4013, 'maintenance');
    return;
  }
  const client = new Client(socket, instruments, epoch);
  clients.add(client);
  socket.on('close', () => clients.delete(client));
});

const stepMs = 20;
let due = 0;
setInterval(() => {
  for (due += (Number(values.rate) * stepMs) / 1000; due >= 1; due--) for (const instrument of instruments.values()) instrument.tickOnce();
  for (const client of clients) client.flush();
}, stepMs);
setInterval(() => {
  for (const client of clients) client.heartbeat();
}, 5000);
server.listen(Number(values.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${values.port}/`));
