import type { BuildOptions } from 'esbuild';

/** Options of esbuild for the gallery's scripts, served or written to files. */
export const GALLERY_BUNDLE = {
  entryPoints: ['demo/gallery.ts'],
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
} satisfies BuildOptions;
