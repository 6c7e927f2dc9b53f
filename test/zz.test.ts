import { expect } from '@open-wc/testing';
import { sendKeys, executeServerCommand } from '@web/test-runner-commands';
import '../src/define.js';
import { cases } from './cases.js';
it('works', async () => {
  const el = document.createElement('mentorship-module');
  el.api = '/wiki/q_kim/w/api.php';
  document.body.append(el);
  await new Promise((r) => el.addEventListener('mentorship-ready', r, { once: true }));
  console.log(el.shadowRoot!.textContent!.replace(/\s+/g, ' '), cases.length);
  await sendKeys({ press: 'Tab' });
  console.log(el.shadowRoot!.activeElement?.outerHTML, document.hasFocus());
  expect(el.variant!.kind).to.equal('mentored');
  await executeServerCommand('emulate-features', { 'forced-colors': 'active', 'prefers-reduced-motion': 'reduce' });
  console.log(matchMedia('(forced-colors: active)').matches, matchMedia('(prefers-reduced-motion)').matches, !!globalThis.gc);
});
