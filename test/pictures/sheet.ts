import { PNG } from 'pngjs';
import type { Frame, Page } from 'puppeteer-core';
import { crop } from './compare.ts';
import {
  COLUMNS,
  type FrameOptions,
  FRAMES,
  GAP,
  HEIGHT,
  PictureBrowser,
  SHEET,
  SKIN,
  SKIN_WIDTH,
  THEMES,
  urlOf,
} from './pages.ts';
const SHEET_WIDTH = COLUMNS.reduce((sum, column) => sum + column + GAP, -GAP);

/** A state in all frames. */
export class SheetPicture {
  readonly whole: PNG;
  readonly #rows: readonly number[];
  readonly #heights: readonly number[];

  constructor(whole: PNG, rows: readonly number[], heights: readonly number[]) {
    this.whole = whole;
    this.#rows = rows;
    this.#heights = heights;
  }

  /** Returns the part with that frame. */
  frame({ theme, dir, width }: FrameOptions): PNG {
    const index = FRAMES.findIndex((one) => one.theme === theme && one.dir === dir && one.width === width);
    const row = Math.floor(index / COLUMNS.length);
    const before = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size + GAP, 0);
    return crop(this.whole, {
      x: before(COLUMNS.slice(0, index % COLUMNS.length)),
      y: before(this.#rows.slice(0, row)),
      width,
      height: this.#heights[index] ?? 0,
    });
  }
}

/** A page with one frame for each theme, direction and width. */
export class Sheet {
  readonly #browser: PictureBrowser;
  readonly #page: Page;
  /** Frames in the order of `FRAMES`. */
  readonly frames: readonly Frame[];
  /** Names of all states. */
  readonly states: readonly string[];

  private constructor(
    browser: PictureBrowser,
    page: Page,
    frames: readonly Frame[],
    states: readonly string[],
  ) {
    this.#browser = browser;
    this.#page = page;
    this.frames = frames;
    this.states = states;
  }

  static async open(): Promise<Sheet> {
    const browser = await PictureBrowser.launch();
    const page = await browser.open(SHEET, SHEET_WIDTH);
    const frames = FRAMES.map((frame) => page.frames().find((one) => one.url() === urlOf(frame))!);
    await Promise.all(frames.map((frame) => frame.waitForFunction(() => 'showState' in window)));
    const sheet = new Sheet(browser, page, frames, await frames[0]!.evaluate(() => stateNames));
    // Frames outside of the window are not drawn, so their states would never be reached.
    await sheet.#setHeights([HEIGHT, HEIGHT]);
    return sheet;
  }

  /**
   * Shows a state in all frames, and takes a picture.
   *
   * @param style - style sheet of the page, in addition to its own
   */
  async take(state: string, style = ''): Promise<SheetPicture> {
    await this.#setHeights([HEIGHT, HEIGHT]);
    const heights = await Promise.all(
      this.frames.map((frame) => frame.evaluate((...options) => showState(...options), state, style)),
    );
    const rows = THEMES.map((_, row) =>
      Math.max(...heights.slice(row * COLUMNS.length, (row + 1) * COLUMNS.length)),
    );
    await this.#setHeights(rows);
    const picture = await this.#page.screenshot({ optimizeForSpeed: true });
    return new SheetPicture(PNG.sync.read(Buffer.from(picture)), rows, heights);
  }

  /** Shows a state in a drawing of a wiki page, and takes a picture. */
  async takeInSkin(state: string): Promise<PNG> {
    const page = await this.#browser.open(SKIN, SKIN_WIDTH);
    await page.waitForFunction(() => 'showState' in window);
    const height = await page.evaluate((name) => showState(name, ''), state);
    const clip = { x: 0, y: 0, width: SKIN_WIDTH, height };
    const picture = await page.screenshot({ clip, optimizeForSpeed: true });
    await page.close();
    return PNG.sync.read(Buffer.from(picture));
  }

  /** Sets the heights of the rows and of the window, and waits until they are drawn. */
  async #setHeights(rows: readonly number[]): Promise<void> {
    await this.#page.evaluate((heights) => {
      const frames = [...document.querySelectorAll('iframe')];
      frames.forEach((frame, index) => {
        const height = heights[Math.floor((index * heights.length) / frames.length)] ?? 0;
        frame.style.blockSize = `${height}px`;
      });
    }, rows);
    const height = rows.reduce((sum, row) => sum + row + GAP, -GAP);
    await this.#page.setViewport({ width: SHEET_WIDTH, height });
    await this.#page.evaluate(async () => {
      for (let drawn = 0; drawn < 2; drawn++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
