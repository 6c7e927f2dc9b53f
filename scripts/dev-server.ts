import { type DevServerConfig, startDevServer } from '@web/dev-server';

/** Starts @web/dev-server. Ends the process with an error if the port is in use. */
export async function startServer({ hostname = '127.0.0.1', ...config }: DevServerConfig) {
  const server = await startDevServer({
    config: {
      ...config,
      // The server listens on all interfaces for 127.0.0.1, but not for another name of the same address.
      hostname: hostname === '127.0.0.1' ? '127.1' : hostname,
    },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    logStartMessage: false,
  });
  const address = server.server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${address.port}/`;
  return { url, close: () => server.stop() };
}
