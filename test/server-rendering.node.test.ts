import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };

const entries = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object' && 'default' in target)
  .map(([entry]) => entry.replace('.', 'mentorship-module').replace('*', 'de.js'));

/** Runs a module in a new process that resolves the package by name, and returns its output. */
async function runModule(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source]);
  return stdout.trim();
}

const renderElement = (template: string) =>
  runModule(`
    import { render } from '@lit-labs/ssr';
    import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
    import { html } from 'lit';
    import 'mentorship-module/define.js';
    console.log(await collectResult(render(html\`${template}\`)));
  `);

describe('the built package on a server', () => {
  before(() => assert(existsSync('dist/define.js'), 'Run `npm run build` first.'));

  it('has these entries', () =>
    assert.deepEqual(entries, [
      'mentorship-module',
      'mentorship-module/define.js',
      'mentorship-module/lazy.js',
      'mentorship-module/sdk',
      'mentorship-module/mentorship-module.js',
      'mentorship-module/locales/de.js',
    ]));

  for (const entry of entries)
    it(`imports ${entry}`, async () => {
      const names = await runModule(`console.log(Object.keys(await import('${entry}')).join())`);
      const isDefinition = /\/(define|mentorship-module)\.js$/.test(entry);
      assert.equal(names === '', isDefinition);
    });

  for (const attributes of [
    'preview="mentored" lang="de"',
    'api="https://wiki.test/api.php"',
    'src="/a.json"',
    '',
  ])
    it(`renders <mentorship-module ${attributes}>`, async () => {
      const rendered = await renderElement(
        `<mentorship-module ${attributes}><p>Ask a mentor</p></mentorship-module>`,
      );
      assert.match(rendered, /<template shadowroot="open" shadowrootmode="open"><style>/);
      assert.match(rendered, /<slot *><\/slot>/);
      assert.match(rendered, /<\/template><p>Ask a mentor<\/p><\/mentorship-module>/);
      assert.doesNotMatch(rendered, /class="skeleton"/);
    });
});
