// Serves the gallery: `npm start`, or `PORT=8080 HOST=0.0.0.0 npm start` for other machines, too.
import { networkInterfaces } from 'node:os';
import { serve } from './serve.ts';

const { PORT, HOST } = process.env;
const { url } = await serve({
  port: PORT ? Number(PORT) : undefined,
  ...(HOST && { host: HOST }),
});
const { hostname, port } = new URL(url);
const isEveryInterface = hostname === '0.0.0.0' || hostname === '[::]';
const addresses = isEveryInterface
  ? Object.values(networkInterfaces())
      .flatMap((all = []) => all)
      .filter(({ family }) => family === 'IPv4')
      .map(({ address }) => `http://${address}:${port}/`)
  : [url];
console.log(`The gallery: ${addresses.join(' ')}`);
