/** Emulation ends with the session that began it, so each page has one. */
const sessions = new WeakMap();

async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, await page.createCDPSession());
  return sessions.get(page);
}

async function emulateFeatures(session, payload) {
  const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
  await session.send('Emulation.setEmulatedMedia', { features });
  return true;
}

/** Counts the instances of a custom element that are left after a garbage collection. */
async function countInstances(session, tag) {
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
  // A remote object is kept until its group is released.
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return count.result.value;
}

const COMMANDS = { 'emulate-features': emulateFeatures, 'count-instances': countInstances };

/** Commands that the runner's own do not have: Chromium's DevTools protocol. */
export const devtools = {
  name: 'devtools',
  async executeCommand({ command, payload, session }) {
    const run = COMMANDS[command];
    return run?.(await sessionOf(session.browser.getPage(session.id)), payload);
  },
};
