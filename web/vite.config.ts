import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The built page loads one classic script, so that a published copy also opens from a file, where browsers load no
 * modules. `index.html` names its files from the root, for the server; `published.html` beside itself, with the data.
 */
function classicPages(): Plugin {
  return {
    name: 'classic-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const index = bundle['index.html'];
      if (index?.type !== 'asset') throw new Error('The build made no index.html.');
      const classic = String(index.source).replaceAll(/<script type="module" crossorigin/g, '<script defer')
        .replaceAll(/<link rel="stylesheet" crossorigin/g, '<link rel="stylesheet"');
      if (/type="module"|<style|<script>/.test(classic)) throw new Error('The page holds a module or inline code.');
      index.source = classic;
      const beside = classic.replaceAll('="/', '="./').replace('<script defer', '<script defer src="./data.js"></script>\n    <script defer');
      this.emitFile({ type: 'asset', fileName: 'published.html', source: beside });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), classicPages()],
  build: {
    outDir: '../src/sides/web/static',
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
});
