import { expect, waitUntil } from '@open-wc/testing';
import type { MentorshipSource } from '../src/sdk/index.js';
import { find, make, markup, attach, root, nextOutcome, show, visibleText } from './element-helpers.js';

const NEVER: MentorshipSource = { load: () => new Promise(() => {}) };
const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };

const paragraph = (textContent: string, slot = '') =>
  Object.assign(document.createElement('p'), { textContent, slot });

const isSeen = (node: HTMLElement) => node.getBoundingClientRect().height > 0;

describe('content of the host', () => {
  it('replaces the skeleton while loading', async () => {
    const element = attach(make({ source: NEVER, content: 'One moment' }));
    await element.updateComplete;
    expect(isSeen(element.querySelector('p')!)).to.be.true;
    expect(markup(element, '.skeleton')).to.be.empty;
  });

  it('may be text only', async () => {
    const element = make({ source: NEVER });
    element.append('One moment');
    attach(element);
    await element.updateComplete;
    expect(markup(element, '.skeleton')).to.be.empty;
  });

  it('replaces the sentence when loading failed', async () => {
    const element = await show({ snapshot: {}, content: 'Ask at the help desk' });
    expect(isSeen(element.querySelector('p')!)).to.be.true;
    expect(markup(element, 'section, button')).to.be.empty;
  });

  it('is replaced by the card', async () => {
    const element = await show({ snapshot: MENTOR, content: 'One moment' });
    expect(isSeen(element.querySelector('p')!)).to.be.false;
    expect(visibleText(find(element, 'h2'))).to.equal('You’re a mentor');
  });

  it('excludes white space, comments and content of named slots', async () => {
    const element = make({ source: NEVER });
    element.append('\n  ', document.createComment('later'), '\t', paragraph('Own', 'footer'));
    attach(element);
    await element.updateComplete;
    expect(markup(element, '.skeleton')).to.have.lengthOf(1);
    const end = nextOutcome(element);
    element.source = null;
    element.snapshot = {};
    await end;
    expect(visibleText(find(element, 'button'))).to.equal('Try again');
  });

  it('may be added and removed later', async () => {
    const element = await show({ snapshot: {} });
    const late = paragraph('Ask at the help desk');
    element.append(late);
    await waitUntil(() => !root(element).querySelector('section'));
    expect(isSeen(late)).to.be.true;
    late.remove();
    await waitUntil(() => root(element).querySelector('section'));
  });
});

describe('skeleton', () => {
  it('fills the reserved room, is hidden from screen readers, and appears after a delay', async () => {
    const element = attach(make({ source: NEVER }));
    element.style.minBlockSize = '300px';
    await element.updateComplete;
    const skeleton = find(element, '.skeleton');
    expect(skeleton.getBoundingClientRect().height).to.equal(300);
    expect(skeleton.getAttribute('aria-hidden')).to.equal('true');
    expect(getComputedStyle(skeleton).opacity).to.equal('0');
    await waitUntil(() => getComputedStyle(skeleton).opacity === '1');
  });
});

describe('named slots', () => {
  it('heading replaces that of the card, footer follows its content', async () => {
    const element = make({ snapshot: MENTOR });
    const [heading, footer] = [paragraph('Own heading', 'heading'), paragraph('Own footer', 'footer')];
    element.append(heading, footer);
    const end = nextOutcome(element);
    attach(element);
    await end;
    expect(isSeen(heading)).to.be.true;
    expect(isSeen(footer)).to.be.true;
    expect(find(element, 'h2').getBoundingClientRect().height).to.equal(0);
    expect(heading.getBoundingClientRect().bottom).to.be.at.most(
      find(element, 'section p').getBoundingClientRect().top,
    );
    expect(footer.getBoundingClientRect().top).to.be.at.least(
      find(element, 'section p:not(:has(slot))').getBoundingClientRect().bottom,
    );
  });

  it('a slotted heading names the card, and retry still announces and focuses', async () => {
    const answers: unknown[] = [MENTOR];
    const element = make({ snapshot: {} });
    element.append(paragraph('Own heading', 'heading'));
    const failed = nextOutcome(element);
    attach(element);
    await failed;
    element.snapshot = null;
    const again = nextOutcome(element);
    element.source = {
      load: async () => {
        const answer = answers.pop();
        if (!answer) throw new Error('not yet');
        return answer as never;
      },
    };
    await again;
    answers.push({ viewer: { name: 'Robin' }, mentorsAvailable: false, program: { enabled: true } });
    await element.refresh();
    expect(element.getAttribute('variant')).to.equal('unavailable');
    answers.push(MENTOR);
    const button = find(element, 'button');
    button.focus();
    const end = nextOutcome(element);
    button.click();
    await end;
    await waitUntil(() => visibleText(find(element, '[role=status]')) !== 'Loading…');
    expect(visibleText(find(element, '[role=status]'))).not.to.equal('');
    expect(Boolean(root(element).activeElement), 'the focus is not lost').to.be.true;
  });
});
