import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page, type ResponseForRequest } from 'puppeteer-core';
import { CHROMIUM_FLAGS, unpackChromium } from '../../scripts/chromium-path.mjs';
import { temporaryFolder } from '../../scripts/testing.mjs';
import { roomCss } from '../../build/room-css.mjs';

export interface FrameOptions {
  theme: 'light' | 'dark';
  dir: 'ltr' | 'rtl';
  width: number;
}

export const THEMES = ['light', 'dark'] as const;
const DIRECTIONS = ['ltr', 'rtl'] as const;
const LANGUAGES = { ltr: 'en', rtl: 'ar' };
const WIDTHS = [240, 320, 640];

/** The frames of a sheet, row by row. A row has all widths of one direction, then of the other. */
export const FRAMES: readonly FrameOptions[] = THEMES.flatMap((theme) =>
  DIRECTIONS.flatMap((dir) => WIDTHS.map((width) => ({ theme, dir, width }))),
);

export const COLUMNS = DIRECTIONS.flatMap(() => WIDTHS);
export const GAP = 8;

/** Height of a frame in which a state is reached: that of a phone. */
export const HEIGHT = 640;

const CHROMIUM = 'node_modules/@sparticuz/chromium';

const SITE = 'pictures.example';
export const SHEET = `https://${SITE}/`;
export const urlOf = ({ theme, dir, width }: FrameOptions) => `https://${theme}-${dir}-${width}.${SITE}/`;

/** A drawing of a wiki page in Vector 2022. */
export const SKIN = `https://skin.${SITE}/`;
export const SKIN_WIDTH = 800;

const FONTS = [
  ...['400', '700', '400-italic', '700-italic'].map((face) => `@fontsource/noto-sans/${face}.css`),
  ...['400', '700'].map((face) => `@fontsource/noto-sans-arabic/${face}.css`),
];

const sheetMarkup = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Pictures</title>
  <style>
    body {
      display: grid;
      grid-template-columns: ${COLUMNS.map((width) => `${width}px`).join(' ')};
      gap: ${GAP}px;
      inline-size: max-content;
      margin: 0;
      background: gray;
    }
    iframe { inline-size: 100%; block-size: ${HEIGHT}px; border: 0 }
  </style>
  ${FRAMES.map((frame) => `<iframe src="${urlOf(frame)}"></iframe>`).join('\n  ')}
</html>`;

const skinStyles = `<link rel="stylesheet" href="/demo/skins.css" />
  <style>html { --line: #c8ccd1; --text: #202122 }</style>`;

const frameMarkup = ({ theme, dir }: Omit<FrameOptions, 'width'>, styles = '') => `<!doctype html>
<html lang="${LANGUAGES[dir]}" dir="${dir}">
  <meta charset="utf-8" />
  <title>Picture</title>
  ${FONTS.map((file) => `<link rel="stylesheet" href="/${file}" />`).join('\n  ')}
  <style>
    html {
      color-scheme: ${theme};
      background: ${theme === 'light' ? '#fff' : '#101418'};
      color: ${theme === 'light' ? '#202122' : '#eaecf0'};
      font: 16px/1.6 'Noto Sans', 'Noto Sans Arabic';
      caret-color: transparent;
      scrollbar-width: none;
    }
    body { margin: 8px; display: flow-root }
    ${roomCss()}
  </style>
  ${styles}
  <style id="more"></style>
  <script type="module" src="/frame.js"></script>
</html>`;

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Resolves with a function that answers the requests of a sheet from the sources and the fonts of this checkout. */
async function createServer(): Promise<(url: string) => Promise<Partial<ResponseForRequest>>> {
  const { outputFiles } = await build({
    entryPoints: ['test/pictures/frame.ts'],
    outdir: '/',
    // One file, because a chunk could arrive after nothing has changed for some time.
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    conditions: ['production'],
    // package.json names the files of dist/ that have side effects, not those of src/.
    ignoreAnnotations: true,
    logLevel: 'warning',
  });
  const pages = new Map(FRAMES.map((frame) => [urlOf(frame), frameMarkup(frame)]));
  pages.set(SHEET, sheetMarkup);
  pages.set(SKIN, frameMarkup({ theme: 'light', dir: 'ltr' }, skinStyles));
  const scripts = new Map(outputFiles.map(({ path: file, text }) => [file, text]));
  return async (url) => {
    const page = pages.get(url);
    if (page !== undefined) return { contentType: 'text/html', body: page };
    const file = path.normalize(new URL(url).pathname);
    const contentType = TYPES[path.extname(file)];
    const script = scripts.get(file);
    if (script !== undefined) return { contentType, body: script };
    if (file.startsWith('/@fontsource/')) return { contentType, body: await readFile(`node_modules${file}`) };
    if (file.startsWith('/demo/')) return { contentType, body: await readFile(`.${file}`) };
    return { status: 404 };
  };
}

/**
 * Unpacks the fonts of the package of Chromium. Returns the path of a configuration with only these, because characters that
 * the fonts of the page lack would be drawn in those of the machine.
 */
function createFontConfiguration(): string {
  const folder = temporaryFolder('fonts');
  const packed = readFileSync(`${CHROMIUM}/bin/fonts.tar.br`);
  execFileSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(packed) });
  const file = path.join(folder, 'pictures.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`,
  );
  return file;
}

/** The Chromium of the packages, even if another one is installed, because each version draws differently. */
export class PictureBrowser {
  readonly #browser: Browser;
  readonly #respond: Awaited<ReturnType<typeof createServer>>;

  private constructor(browser: Browser, respond: Awaited<ReturnType<typeof createServer>>) {
    this.#browser = browser;
    this.#respond = respond;
  }

  static async launch(): Promise<PictureBrowser> {
    const respond = await createServer();
    const browser = await puppeteer.launch({
      executablePath: await unpackChromium(CHROMIUM),
      args: [
        ...CHROMIUM_FLAGS,
        '--lang=en-US',
        '--disable-lcd-text',
        '--force-color-profile=srgb',
        '--hide-scrollbars',
      ],
      env: { ...process.env, FONTCONFIG_FILE: createFontConfiguration() },
      protocolTimeout: 600_000,
      timeout: 120_000,
    });
    return new PictureBrowser(browser, respond);
  }

  /** Opens a page of this server: the sheet, or a frame as a page of its own. */
  async open(url: string, width: number): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.setViewport({ width, height: HEIGHT });
    await page.emulateTimezone('UTC');
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.setRequestInterception(true);
    page.on(
      'request',
      (request) => void this.#respond(request.url()).then((answer) => request.respond(answer)),
    );
    page.on('pageerror', (error) => console.error(error));
    await page.goto(url);
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
