import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { ProxyOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { licences } from './build/licences.ts';
import { precompress } from './build/precompress.ts';

// PHAROS names the server that answers while `npm run dev` serves the pages.
const server = process.env['PHAROS'] ?? 'http://127.0.0.1:9090';

// The server takes changes from pages of its own origin only: here the page's origin is Vite's, so it is left out.
function proxied(): ProxyOptions {
  return { target: server, changeOrigin: true, configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('origin')) };
}

export default defineConfig({
  // Relative addresses, with the <base> of index.html: the server writes its route prefix there and nowhere else.
  base: './',
  plugins: [react(), licences(), precompress()],
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '/api': proxied(), '/-': proxied() },
  },
  test: {
    // A document costs half a second a file: only what draws has one.
    projects: [
      { extends: true, test: { name: 'plain', environment: 'node', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { name: 'drawn', environment: 'jsdom', include: ['src/**/*.test.tsx'], setupFiles: './src/setup.ts' } },
    ],
    globals: true,
    testTimeout: 20_000,
    // Its modules as browsers get them: node would take the CommonJS ones, with a second CodeMirror under them.
    alias: { '@prometheus-io/codemirror-promql': fileURLToPath(import.meta.resolve('@prometheus-io/codemirror-promql')).replace('/cjs/', '/esm/') },
    server: { deps: { inline: [/codemirror-promql/] } },
    css: { include: [] },
    restoreMocks: true,
    unstubGlobals: true,
  },
});
