/** Checks of the element that is shown. Each runs in the page, so it must not reference anything outside. */

/** Returns the interactive elements that are smaller than 24 × 24 px, except links within a sentence (WCAG 2.5.8). */
export function findSmallTargets(): string[] {
  const MINIMUM = 24;
  const shadow = document.querySelector('mentorship-module')?.shadowRoot;
  const within = shadow?.querySelector('dialog:modal') ?? shadow;
  const length = (nodes: Iterable<Element>) =>
    [...nodes].reduce((sum, { textContent }) => sum + textContent.replaceAll(/\s/g, '').length, 0);
  const isInSentence = (target: Element) => {
    const paragraph = target.closest('p, li');
    return (
      paragraph !== null &&
      getComputedStyle(target).display === 'inline' &&
      length([paragraph]) > length(paragraph.querySelectorAll('a, button'))
    );
  };
  return [
    ...(within?.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]') ?? []),
  ]
    .filter((target) => target.checkVisibility() && !isInSentence(target))
    .flatMap((target) => {
      const label = target instanceof HTMLInputElement ? target.closest('label') : null;
      const { width, height } = (label ?? target).getBoundingClientRect();
      if (width >= MINIMUM && height >= MINIMUM) return [];
      const name = target.ariaLabel ?? target.textContent.trim().slice(0, 40);
      return [`${target.localName} “${name}”: ${width.toFixed(1)} × ${height.toFixed(1)} px`];
    });
}

/** Returns the texts that an interactive element covers, because a click on them would be one on the element. */
export function findCoveredTexts(): string[] {
  const TOLERATED = 1;
  const shadow = document.querySelector('mentorship-module')?.shadowRoot;
  const within = shadow?.querySelector('dialog:modal') ?? shadow;
  if (!within) return [];
  /** Returns the part of a box that scrolling and clipping leave in sight. */
  const clip = (box: DOMRect, inner: Element | null): DOMRect => {
    let { left, top, right, bottom } = box;
    for (let node = inner; node; node = node.parentElement) {
      if (getComputedStyle(node).overflow === 'visible') continue;
      const outer = node.getBoundingClientRect();
      [left, top] = [Math.max(left, outer.left), Math.max(top, outer.top)];
      [right, bottom] = [Math.min(right, outer.right), Math.min(bottom, outer.bottom)];
    }
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  };
  const overlaps = (one: DOMRect, other: DOMRect) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > TOLERATED &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > TOLERATED;
  /** Content scrolls below what is sticky. */
  const isSticky = (inner: Element | null): boolean =>
    inner !== null && (getComputedStyle(inner).position === 'sticky' || isSticky(inner.parentElement));
  const popover = within.querySelector(':popover-open');
  const isShown = (node: Element | null): node is Element =>
    node !== null && node.checkVisibility() && (!popover || popover.contains(node));
  const targets = [...within.querySelectorAll('a[href], button, input, textarea, select')]
    .filter(isShown)
    .map((target) => ({
      target,
      sticks: isSticky(target),
      boxes: [...target.getClientRects()].map((box) => clip(box, target.parentElement)),
    }));
  const found: string[] = [];
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.textContent?.trim() || !isShown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()].map((box) => clip(box, parent));
    const sticks = isSticky(parent);
    for (const { target, boxes: areas, sticks: isAbove } of targets)
      if (
        sticks === isAbove &&
        !target.contains(text) &&
        areas.some((area) => boxes.some((box) => overlaps(area, box)))
      )
        found.push(`${target.localName} “${target.textContent.trim()}” covers “${text.textContent.trim()}”`);
  }
  return found;
}

/** Returns the controls, dialogs and regions of the card without a name. */
export function findNameless(): string[] {
  const shadow = document.querySelector('mentorship-module')?.shadowRoot;
  const textOf = (node: Element | null | undefined) => node?.textContent.replaceAll(/[\s\p{Cf}]/gu, '') ?? '';
  const nameOf = (node: Element) => {
    const ids = node.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels =
      node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement ? node.labels : null;
    return (
      node.ariaLabel?.trim() ||
      ids.map((id) => textOf(shadow?.getElementById(id))).join('') ||
      [...(labels ?? [])].map(textOf).join('') ||
      textOf(node)
    );
  };
  const NAMED =
    'a, button, input, textarea, select, dialog, section, fieldset, progress, h2, h3, [role=dialog]';
  return [...(shadow?.querySelectorAll(NAMED) ?? [])]
    .filter((node) => node.checkVisibility() && nameOf(node) === '')
    .map((node) => node.outerHTML.slice(0, 120));
}

/** Returns the texts with less than 4.5:1 (3:1 if large) against their background, and icons and borders of fields with less than 3:1. */
export function findLowContrast(): string[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const toRgba = (color: string): number[] => {
    if (!canvas) return [];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top: number[], bottom: number[]) =>
    [0, 1, 2].map((index) => (top[index] ?? 0) * (top[3] ?? 1) + (bottom[index] ?? 0) * (1 - (top[3] ?? 1)));
  const luminance = (color: number[]) => {
    const [red = 0, green = 0, blue = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one: number[], other: number[]) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };
  const parentOf = (node: Element): Element | null =>
    node.localName === 'dialog'
      ? null
      : (node.assignedSlot ??
        node.parentElement ??
        (node.getRootNode() instanceof ShadowRoot ? (node.getRootNode() as ShadowRoot).host : null));
  const page = toRgba(getComputedStyle(document.documentElement).backgroundColor);
  const backgroundOf = (node: Element | null): number[] => {
    if (!node) return page;
    const own = toRgba(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own : over(own, backgroundOf(parentOf(node)));
  };
  const opacityOf = (node: Element | null): number =>
    node ? Number(getComputedStyle(node).opacity) * opacityOf(parentOf(node)) : 1;
  const shadow = document.querySelector('mentorship-module')?.shadowRoot;
  const within = shadow?.querySelector('dialog:modal') ?? shadow;
  const found = new Set<string>();
  for (const node of within?.querySelectorAll('*') ?? []) {
    if (!node.checkVisibility() || node.closest('[aria-disabled=true], :disabled')) continue;
    const style = getComputedStyle(node);
    const background = backgroundOf(node);
    const isText = [...node.childNodes].some(
      (one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim(),
    );
    const rgba = toRgba(style.color);
    const color = over([...rgba.slice(0, 3), (rgba[3] ?? 1) * opacityOf(node)], background);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const measured = ratio(color, background);
    if (isText && measured < (isLarge ? 3 : 4.5))
      found.add(`${node.localName} “${node.textContent.trim().slice(0, 30)}” ${measured.toFixed(2)}:1`);
    if (node instanceof SVGElement && node.localName === 'svg') {
      const icon = ratio(over(toRgba(style.fill), background), background);
      if (icon < 3) found.add(`icon in ${node.parentElement?.className ?? ''} ${icon.toFixed(2)}:1`);
    }
    if (node.matches('input:not([type=radio], [type=checkbox]), textarea')) {
      const around = backgroundOf(parentOf(node));
      const edge = ratio(over(toRgba(style.borderTopColor), around), around);
      if (edge < 3) found.add(`border of ${node.localName} ${edge.toFixed(2)}:1`);
    }
  }
  return [...found];
}
