import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns a free port. Rejects if the requested port is in use. */
export async function freePort(requested = 0): Promise<number> {
  const server = createServer().listen(requested, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}
