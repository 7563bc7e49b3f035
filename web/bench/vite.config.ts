/** Builds the measuring page into a folder of its own: `npx vite build --config bench/vite.config.ts` in `web`. */
import { defineConfig } from "vite";

export default defineConfig({
  root: "bench",
  base: "./",
  build: { outDir: "../build/bench", emptyOutDir: true, rollupOptions: { input: "bench/graph.html" } },
});
