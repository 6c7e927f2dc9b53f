import type { BuildOptions } from 'esbuild';

/**
 * Options of esbuild for the gallery's scripts, served or written to files. The element is an entry, too, because the
 * code that a person copies from the gallery loads it.
 */
export const GALLERY_BUNDLE = {
  entryPoints: { gallery: 'demo/gallery.ts', 'mentorship-module': 'demo/element.ts' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
} satisfies BuildOptions;
