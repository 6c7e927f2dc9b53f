// Serves the gallery; installs what a fresh clone lacks.
import { installPackages } from './setup.mjs';

installPackages();
const { serve } = await import('./serve.mjs');
const { url } = await serve({ port: Number(process.env.PORT ?? 8000) });
console.log(`The gallery: ${url}`);
