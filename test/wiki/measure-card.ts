import type { Page } from 'puppeteer-core';

/** Layout and colors of the card in the page. */
export interface CardMeasurements {
  /** Pixels by which the page can be scrolled horizontally. */
  overflowX: number;
  /** Elements that overflow the card. */
  outside: string[];
  /** Fonts of the card and of the surrounding text. */
  font: string;
  around: string;
  width: number;
  height: number;
  /** Colors of the card. */
  color: string;
  background: string;
}

export const measureCard = (page: Page): Promise<CardMeasurements> =>
  page.evaluate(() => {
    const element = document.querySelector('mentorship-module');
    const section = element?.shadowRoot?.querySelector('section');
    if (!element?.parentElement || !section) throw new Error('There is no card.');
    const box = section.getBoundingClientRect();
    const outside = [...section.querySelectorAll('*')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > 0)
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1;
      })
      .map((one) => `${one.localName}.${one.className}`);
    const style = getComputedStyle(section);
    return {
      overflowX: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      outside,
      font: style.fontFamily,
      around: getComputedStyle(element.parentElement).fontFamily,
      width: box.width,
      height: box.height,
      color: style.color,
      background: style.backgroundColor,
    };
  });

/** Returns the contrast of two colors in the format `rgb(…)`, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? [])
    .map((part) => Number(part) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
