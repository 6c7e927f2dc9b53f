// Runs tests in WebKitGTK: Debian’s WebKitWebDriver drives its MiniBrowser on a virtual display.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { tsImport } from 'tsx/esm/api';
import { temporaryFolder } from '../scripts/testing.mjs';

const { freePort } = await tsImport('../scripts/free-port.ts', import.meta.url);

const START_MS = 30_000;
const POLL_MS = 50;

/** Removes the minimum width of MiniBrowser’s search bar, so that the window can be as narrow as 240 px. */
const GTK_STYLES = 'searchbar * { min-width: 0; margin: 0; border: 0; padding: 0; font-size: 1px; }';

/** Keys of WebDriver that are not a character. Source: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Backspace: '\uE003',
  Delete: '\uE017',
  Meta: '\uE03D',
};

function keyValue(key) {
  if (key in KEYS) return KEYS[key];
  if ([...key].length === 1) return key;
  throw new Error(`Unknown key “${key}”. Known: single characters, ${Object.keys(KEYS).join(', ')}.`);
}

/** Starts a virtual display. Always uses one, because a window manager may refuse the size of a window. */
async function startDisplay() {
  const screen = ['-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const display = spawn('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(display, 'exit').then(() => {
    throw new Error('Xvfb ended while it started.');
  });
  const [number] = await Promise.race([once(display.stdio[3], 'data'), ended]);
  return { display, name: `:${String(number).trim()}` };
}

/** Starts WebKitWebDriver with a home folder of its own. */
async function startDriver() {
  const home = temporaryFolder('webkit');
  mkdirSync(`${home}/gtk-3.0`);
  writeFileSync(`${home}/gtk-3.0/gtk.css`, GTK_STYLES);
  const { display, name } = await startDisplay();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      DISPLAY: name,
      GDK_BACKEND: 'x11',
      GSETTINGS_BACKEND: 'memory',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    },
  });
  const kill = () => {
    driver.kill();
    display.kill();
  };
  process.once('exit', kill);
  return { url: `http://127.0.0.1:${port}`, kill };
}

/** Sends a command. @throws {Error} with the driver’s message */
async function send(url, method, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${url} failed: ${value?.message || value?.error}`);
  return value;
}

/** Opens the driver’s own MiniBrowser. @param {string} url - of the driver */
async function openBrowser(url) {
  // Full screen hides MiniBrowser’s toolbar, so that the window is the viewport.
  const options = { args: ['--automation', '--full-screen'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  for (const end = Date.now() + START_MS; ; await wait(POLL_MS)) {
    try {
      const { sessionId } = await send(`${url}/session`, 'POST', { capabilities });
      return `${url}/session/${sessionId}`;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Returns the part of puppeteer’s page that the runner’s commands call. @param {string} session - its URL */
function pageOf(session) {
  const post = (command, body) => send(`${session}/${command}`, 'POST', body);
  const evaluate = (script) => post('execute/sync', { script, args: [] });
  const keyboardActions = (...actions) =>
    post('actions', {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: actions.map(([type, key]) => ({ type, value: keyValue(key) })),
        },
      ],
    });
  const press = (key) => keyboardActions(['keyDown', key], ['keyUp', key]);
  return {
    goto: (url) => post('url', { url }),
    keyboard: {
      press,
      down: (key) => keyboardActions(['keyDown', key]),
      up: (key) => keyboardActions(['keyUp', key]),
      async type(text) {
        for (const character of text) await press(character);
      },
    },
    async setViewport({ width, height }) {
      await post('window/rect', { width, height });
      // The page learns of the new size later than the driver.
      for (const end = Date.now() + START_MS; ; await wait(POLL_MS)) {
        const size = await evaluate('return `${innerWidth} ${innerHeight}`;');
        if (size === `${width} ${height}`) return;
        if (Date.now() > end) throw new Error(`The viewport is ${size}, not ${width} ${height}.`);
      }
    },
  };
}

/** Creates a launcher for the test runner. */
export function webkitLauncher() {
  const urls = new Map();
  let driver;
  let session;
  let page;
  return {
    name: 'WebKit',
    // The runner’s commands then call `getPage()`.
    type: 'puppeteer',
    concurrency: 1,
    async initialize() {},
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => urls.get(id),
    getPage: () => page,
    async startSession(id, url) {
      driver ??= await startDriver();
      session ??= await openBrowser(driver.url);
      page ??= pageOf(session);
      urls.set(id, url);
      await page.setViewport({ width: 800, height: 600 });
      await page.goto(url);
    },
    async stopSession(id) {
      urls.delete(id);
      try {
        await page.goto('about:blank');
      } catch (error) {
        // The next file starts another browser, because this one has crashed.
        driver.kill();
        driver = session = page = undefined;
        throw error;
      }
      return {};
    },
    async startDebugSession() {
      throw new Error('WebKit has no debug mode here. Debug in another browser: npx wtr --watch');
    },
    async stop() {
      if (session) await send(session, 'DELETE').catch(() => {});
      driver?.kill();
    },
  };
}
