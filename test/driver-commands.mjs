/** Keeps one session per page, because emulation ends with its session. */
const sessions = new WeakMap();

async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, await page.createCDPSession());
  return sessions.get(page);
}

async function emulateFeatures(page, payload) {
  const session = await sessionOf(page);
  const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
  await session.send('Emulation.setEmulatedMedia', { features });
  return true;
}

/** Counts the instances of a custom element that survive a garbage collection. */
async function countInstances(page, tag) {
  const session = await sessionOf(page);
  const objectGroup = 'instances';
  const evaluate = { expression: `customElements.get(${JSON.stringify(tag)}).prototype`, objectGroup };
  await session.send('HeapProfiler.collectGarbage');
  const { result } = await session.send('Runtime.evaluate', evaluate);
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    objectGroup,
  });
  const count = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  // A remote object is retained until its group is released.
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return count.result.value;
}

const COMMANDS = { 'emulate-features': emulateFeatures, 'count-instances': countInstances };

/** Commands that the runner lacks. `emulate-features` and `count-instances` use Chromium's DevTools protocol. */
export const driverCommands = {
  name: 'driver-commands',
  async executeCommand({ command, payload, session }) {
    return COMMANDS[command]?.(session.browser.getPage(session.id), payload);
  },
};
