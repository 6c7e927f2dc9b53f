/** Checks of a rendered layout. */

/** Tolerance for rounding to whole pixels. */
export const ROUNDING = 1;

/** Permitted overlap of text lines, because the box of a font is higher than its letters. */
const LEADING = 3;

/** Elements for screen readers only. */
const VISUALLY_HIDDEN = '.announcement, .announcement *, slot';

/** Returns the nodes that extend beyond the frame or whose content overflows. */
export function overflowing(nodes: readonly Element[], frame: DOMRect): string[] {
  return nodes
    .filter((node) => !node.matches(VISUALLY_HIDDEN))
    .filter((node) => {
      const { left, right, width } = node.getBoundingClientRect();
      const isOut = width > 0 && (left < frame.left - ROUNDING || right > frame.right + ROUNDING);
      return isOut || node.scrollWidth > node.clientWidth + ROUNDING * Number(node.clientWidth > 0);
    })
    .filter(
      (node) =>
        getComputedStyle(node).display !== 'inline' ||
        node.getBoundingClientRect().right > frame.right + ROUNDING,
    )
    .map((node) => `<${node.localName} class="${node.className}"> ${node.scrollWidth} > ${node.clientWidth}`);
}

interface Box {
  node: Node;
  name: string;
  rect: DOMRect;
}

/** Returns the part of a rectangle that its ancestors do not clip; null if there is none. */
function visibleRect(rect: DOMRect, node: Node, frame: Element): DOMRect | null {
  let { left, top, right, bottom } = rect;
  for (let around = node.parentElement; around && around !== frame; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    const edge = around.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return right > left && bottom > top ? new DOMRect(left, top, right - left, bottom - top) : null;
}

const boxes = (node: Node, name: string, frame: Element, rects: Iterable<DOMRect>): Box[] =>
  [...rects].flatMap((whole) => {
    const rect = visibleRect(whole, node, frame);
    return rect ? [{ node, name: `“${name}”`, rect }] : [];
  });

function textsIn(frame: Element): Box[] {
  const found: Box[] = [];
  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const words = node.textContent?.trim();
    if (!words || node.parentElement?.matches(VISUALLY_HIDDEN) || !node.parentElement?.checkVisibility())
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    found.push(...boxes(node, words.slice(0, 40), frame, range.getClientRects()));
  }
  return found;
}

const controlsIn = (frame: Element): Box[] =>
  [...frame.querySelectorAll('a, button, input, textarea')]
    .filter((control) => control.checkVisibility())
    .flatMap((control) =>
      boxes(
        control,
        `${control.localName} ${control.ariaLabel ?? control.textContent.trim().slice(0, 40)}`,
        frame,
        control.getClientRects(),
      ),
    );

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > ROUNDING &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > LEADING;

const isWithin = (one: Node, other: Node): boolean => one.contains(other) || other.contains(one);

/** Returns the ancestor that stays in sight while the content scrolls below it. */
function stickyAncestor(node: Node): Element | null {
  for (let around = node.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).position === 'sticky') return around;
  return null;
}

const outOf = (frame: Element, { rect, name }: Box): string[] => {
  const { left, right, top, bottom } = frame.getBoundingClientRect();
  const isScrolled = frame.scrollHeight > frame.clientHeight + ROUNDING;
  const isOut =
    rect.left < left - ROUNDING ||
    rect.right > right + ROUNDING ||
    (!isScrolled && (rect.top < top - ROUNDING || rect.bottom > bottom + ROUNDING));
  return isOut ? [`${name} leaves its frame`] : [];
};

const clipped = (frame: Element): string[] =>
  [frame, ...frame.querySelectorAll('*')]
    .filter((node) => !node.matches(`${VISUALLY_HIDDEN}, input`))
    .filter((node) => getComputedStyle(node).overflowX !== 'visible')
    .filter((node) => node.scrollWidth > node.clientWidth + ROUNDING)
    .map((node) => `<${node.localName} class="${node.className}"> cuts off what it has`);

/** Returns all nodes that are cut off, leave the frame, or overlap. */
export function layoutProblems(frame: Element): string[] {
  const texts = textsIn(frame);
  const all = [...texts, ...controlsIn(frame)];
  const overlapping = all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => !isWithin(one.node, other.node) && overlap(one.rect, other.rect))
      .filter((other) => stickyAncestor(one.node) === stickyAncestor(other.node))
      .map((other) => `${one.name} and ${other.name} overlap`),
  );
  return [...clipped(frame), ...all.flatMap((box) => outOf(frame, box)), ...overlapping];
}
