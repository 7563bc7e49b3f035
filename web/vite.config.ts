import { svelte } from '@sveltejs/vite-plugin-svelte';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

/** Each script and style also as the server sends it: compressed once, as far as it goes. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        this.emitFile({ type: 'asset', fileName: `${name}.br`, source: brotliCompressSync(content) });
        this.emitFile({ type: 'asset', fileName: `${name}.gz`, source: gzipSync(content, { level: 9 }) });
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), classicPages(), compressed()],
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
