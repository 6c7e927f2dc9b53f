// Builds the site: `npm run site`, or `npm run site -- FOLDER`.
import { buildSite } from '../build/site/site.mjs';

const folder = process.argv[2] ?? 'site';
await buildSite(folder);
console.log(`${folder}/ is ready for any file server.`);
