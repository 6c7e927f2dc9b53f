/** Commands that the runner's own do not have: what Chromium's DevTools can emulate. */
export const devtools = {
  name: 'devtools',
  async executeCommand({ command, payload, session }) {
    if (command !== 'emulate-features') return undefined;
    const page = session.browser.getPage(session.id);
    const devtools = await page.createCDPSession();
    const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
    await devtools.send('Emulation.setEmulatedMedia', { features });
    return true;
  },
};
