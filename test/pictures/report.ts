import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Difference } from './compare.ts';

/** A picture that differs from the committed one. */
export interface Change {
  name: string;
  expected: PNG | null;
  actual: PNG | null;
  difference: Difference;
}

const FOLDER = 'test-results/pictures';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Writes a page with the committed picture, the new one, and the difference of each change. Resolves with its path. */
export async function writeReport(changes: readonly Change[]): Promise<string> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const sections: string[] = [];
  for (const [index, { name, expected, actual, difference }] of changes.entries()) {
    const figures: string[] = [];
    for (const [caption, picture] of Object.entries({
      committed: expected,
      new: actual,
      difference: difference.picture,
    })) {
      if (!picture) continue;
      const file = `${index}-${caption}.png`;
      await writeFile(path.join(FOLDER, file), PNG.sync.write(picture));
      figures.push(
        `<figure><figcaption>${caption}</figcaption><a href="${file}"><img src="${file}" alt="" /></a></figure>`,
      );
    }
    sections.push(`<h2>${escape(name)}</h2>\n<p>${escape(difference.reason)}</p>\n${figures.join('\n')}`);
  }
  const page = path.join(FOLDER, 'index.html');
  await writeFile(
    page,
    `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Changed pictures</title>
<style>
  body { font-family: sans-serif }
  figure { display: inline-block; inline-size: 32%; margin: 0; vertical-align: top }
  img { max-inline-size: 100%; outline: 1px solid gray }
</style>
<h1>${changes.length} changed pictures</h1>
${sections.join('\n')}
</html>
`,
  );
  return page;
}
