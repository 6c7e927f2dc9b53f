/** Emulation ends with the session that began it, so each page has one. */
const sessions = new WeakMap();

/** Commands that the runner's own do not have: what Chromium's DevTools can emulate. */
export const devtools = {
  name: 'devtools',
  async executeCommand({ command, payload, session }) {
    if (command !== 'emulate-features') return undefined;
    const page = session.browser.getPage(session.id);
    if (!sessions.has(page)) sessions.set(page, await page.createCDPSession());
    const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
    await sessions.get(page).send('Emulation.setEmulatedMedia', { features });
    return true;
  },
};
