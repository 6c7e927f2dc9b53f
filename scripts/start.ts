// Serves the gallery: `npm start`, or `PORT=8080 npm start`.
import { serve } from './serve.ts';

const { PORT } = process.env;
const { url } = await serve({ port: PORT ? Number(PORT) : undefined });
console.log(`The gallery: ${url}`);
