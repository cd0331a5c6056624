import { describe, expect, it, vi } from 'vitest';
import { fetchCatalogue } from '../src/market/catalogue';
import { formatRoute, parseRoute } from '../src/route';

describe('the address', () => {
  it.each([
    ['#AAPL/1m', 'AAPL', '1m'],
    ['#BRK%2FB/5m', 'BRK/B', '5m'],
    ['#BRK/B', 'BRK/B', '1s'],
    ['#ESZ6/7m', 'ESZ6/7m', '1s'],
    ['', '', '1s'],
    ['#%E0%A4%A/1h', '%E0%A4%A', '1h'],
  ])('%s names %s at %s', (hash, symbol, interval) => {
    expect(parseRoute(hash)).toEqual({ symbol, interval });
  });

  it('comes back as it was written', () => {
    for (const symbol of ['AAPL', 'BRK/B', '^SPX', '6E#F', 'Ω 1']) expect(parseRoute(formatRoute({ symbol, interval: '4h' }))).toEqual({ symbol, interval: '4h' });
  });
});

describe('the catalogue', () => {
  it('is read from /v1/instruments', async () => {
    const answer = { instruments: [{ id: 0, S: 'MSFT' }, { id: 1, S: 'AAPL' }], channels: ['trades'], epoch: 1 };
    const fetcher = vi.fn(() => Promise.resolve(new Response(JSON.stringify(answer))));
    expect(await fetchCatalogue(fetcher)).toEqual({ symbols: ['AAPL', 'MSFT'], channels: new Set(['trades']) });
  });

  it('says what the server answered instead', async () => {
    await expect(fetchCatalogue(() => Promise.resolve(new Response('', { status: 503 })))).rejects.toThrow('503');
  });
});
