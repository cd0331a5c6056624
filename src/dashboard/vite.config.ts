import { defineConfig } from 'vitest/config';

// `npm run dev` passes the stream on to a gateway, or to the mock, on its default port.
const gateway = 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // nothing inline: the page's content security policy allows only its own origin
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' }, // the bundle itself has no comments left
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '/v1': { target: gateway, ws: true },
      '/health': gateway,
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
