import { expect } from '@open-wc/testing';
import { QuestionDrafts } from '../src/dialogs/question-drafts.js';
import { isolateStorage } from './isolated-storage.js';

const WIKI = 'https://wiki.example/w/api.php';
const KEY = `mentorship-module question ${WIKI} Ana`;
const DAY_MS = 86_400_000;

const realNow = Date.now;

/** Opens the drafts of a viewer in a new tab. */
const tab = (viewer = 'Ana', source: string | null = WIKI): QuestionDrafts => {
  const drafts = new QuestionDrafts(source, viewer);
  drafts.restore();
  return drafts;
};

const later = (ms: number) => {
  const now = Date.now() + ms;
  Date.now = () => now;
};

const stored = (key = KEY) =>
  JSON.parse(localStorage.getItem(key) ?? 'null') as { drafts: { text: string }[]; sent: unknown[] } | null;
const texts = () => stored()?.drafts.map(({ text }) => text) ?? [];

/** Runs a task with a full or forbidden storage. */
function withStorage(change: Partial<Record<'getItem' | 'setItem', () => never>> | 'forbidden'): void {
  if (change === 'forbidden')
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  else Object.assign(Storage.prototype, change);
}

const { getItem, setItem } = Storage.prototype;
let endStorage = () => {};

beforeEach(() => {
  endStorage = isolateStorage(window);
  localStorage.clear();
  later(0);
});
afterEach(() => {
  Object.assign(Storage.prototype, { getItem, setItem });
  sessionStorage.clear();
  endStorage();
  Date.now = realNow;
});

const full = {
  setItem: () => {
    throw new DOMException('Full.', 'QuotaExceededError');
  },
};

describe('a draft', () => {
  it('is available in the next tab', () => {
    expect(tab().text).to.equal('');
    expect(tab().save('How?')).to.be.true;
    expect(tab().text).to.equal('How?');
    expect(tab().otherDraft).to.be.null;
  });

  it('replaces the previous text of its tab', () => {
    const drafts = tab();
    for (const text of ['H', 'Ho', 'How?']) drafts.save(text);
    expect(texts()).to.deep.equal(['How?']);
    drafts.save('');
    expect(tab().text).to.equal('');
    expect(texts()).to.deep.equal([]);
  });

  it('expires 30 days after the last change', () => {
    const drafts = tab();
    drafts.save('How');
    later(29 * DAY_MS);
    drafts.save('How?');
    later(30 * DAY_MS);
    expect(tab().text).to.equal('How?');
    later(1);
    expect(tab().text).to.equal('');
  });

  it('is deleted on expiry when any dialog opens, on any wiki', () => {
    tab('Ana').save('of Ana');
    later(20 * DAY_MS);
    tab('Ben').save('of Ben');
    localStorage.setItem('of the host', 'stays');
    later(20 * DAY_MS);
    tab('Cy', 'https://other.example/api.php');
    expect(Object.keys(localStorage).sort()).to.deep.equal([KEY.replace('Ana', 'Ben'), 'of the host']);
    expect(localStorage.getItem(KEY.replace('Ana', 'Ben'))).to.contain('of Ben');
  });

  it('is deleted on expiry even if another one remains', () => {
    tab().save('old');
    later(20 * DAY_MS);
    const second = new QuestionDrafts(WIKI, 'Ana');
    second.save('new');
    expect(texts()).to.deep.equal(['new', 'old']);
    later(11 * DAY_MS);
    tab('Ben');
    expect(localStorage.getItem(KEY)).not.to.contain('old');
    expect(tab().text).to.equal('new');
  });

  it('expires even if the clock was set back', () => {
    tab().save('How?');
    later(-31 * DAY_MS);
    expect(tab().text).to.equal('');
  });

  it('is never shown to another account or on another wiki', () => {
    tab('Ana').save('of Ana');
    for (const other of [
      tab('Ben'),
      tab('ana'),
      tab('Ana', 'https://other.example/api.php'),
      tab('Ana', null),
    ]) {
      expect(other.text).to.equal('');
      expect(other.otherDraft).to.be.null;
      other.save('of somebody else');
    }
    expect(tab('Ana').text).to.equal('of Ana');
    expect(texts()).to.deep.equal(['of Ana']);
  });
});

describe('two tabs', () => {
  it('show the newest text and keep the other one', () => {
    const [first, second] = [tab(), tab()];
    first.save('one');
    second.save('two');
    expect(second.otherDraft).to.equal('one');
    expect(first.otherDraft).to.equal('two');
    first.save('one more');
    expect(texts()).to.deep.equal(['one more', 'two']);
    second.save('two more');
    expect(texts()).to.deep.equal(['two more', 'one more']);
    expect(tab().text).to.equal('two more');
    expect(tab().otherDraft).to.equal('one more');
  });

  it('keep separate texts if one continues the other’s draft', () => {
    const first = tab();
    first.save('How');
    const second = tab();
    second.save('How, then?');
    expect(texts(), 'before the first one hears of it').to.deep.equal(['How, then?']);
    first.save('How');
    expect(texts()).to.deep.equal(['How, then?', 'How']);
    expect(first.otherDraft).to.equal('How, then?');
    expect(second.otherDraft).to.equal('How');
  });

  it('keep no old text if one only views what the other continues', () => {
    const first = tab();
    first.save('How');
    const second = tab();
    first.save('How, then?');
    second.save('How');
    expect(texts()).to.deep.equal(['How, then?']);
    expect(second.saveForSubmit('How'), 'unless it is to be sent').to.be.true;
    expect(texts()).to.deep.equal(['How, then?', 'How']);
  });

  it('swap drafts in a cycle', () => {
    const [first, second, third] = [tab(), tab(), tab()];
    first.save('one');
    second.save('two');
    third.save('three');
    const round = [third.text];
    for (let count = 0; count < 3; count++) {
      third.swap();
      round.push(third.text);
    }
    expect(round).to.deep.equal(['three', 'two', 'one', 'three']);
    expect([...texts()].sort()).to.deep.equal(['one', 'three', 'two']);
    expect(tab().text, 'in front is what was chosen').to.equal('three');
  });

  it('swap nothing without another draft', () => {
    const drafts = tab();
    drafts.save('one');
    drafts.swap();
    expect(drafts.text).to.equal('one');
    expect(texts()).to.deep.equal(['one']);
  });

  it('keep the five newest drafts', () => {
    for (const text of ['1', '2', '3', '4', '5', '6']) new QuestionDrafts(WIKI, 'Ana').save(text);
    expect(texts()).to.deep.equal(['6', '5', '4', '3', '2']);
  });
});

describe('a sent question', () => {
  it('keeps its checkpoint, also after a reload and in another tab, until it is known to be absent', () => {
    const first = tab();
    first.save('How?');
    const second = tab();
    expect(first.checkpoint).to.be.null;
    first.markPending('75 0.1');
    expect([first.checkpoint, second.checkpoint, tab().checkpoint]).to.deep.equal([
      '75 0.1',
      '75 0.1',
      '75 0.1',
    ]);
    first.clearPending('75 0.1');
    expect([first.checkpoint, second.checkpoint, tab().checkpoint]).to.deep.equal([null, null, null]);
    expect(tab().text).to.equal('How?');
  });

  it('is deleted once it is stored, also in the other tab', () => {
    const [first, other] = [tab(), tab()];
    first.save('How?');
    const second = tab();
    other.save('Why?');
    first.markPending('75 0.1');
    expect(first.sent ?? second.sent).to.be.null;
    first.markPublished('https://wiki.example/#1');
    expect(second.sent?.url).to.equal('https://wiki.example/#1');
    expect(first.sent?.url).to.equal('https://wiki.example/#1');
    expect(other.sent).to.be.null;
    expect(texts()).to.deep.equal(['Why?']);
    expect(tab().text).to.equal('Why?');
  });

  it('differs from the continued text of another tab', () => {
    const first = tab();
    first.save('How?');
    const second = tab();
    second.save('How, then?');
    first.saveForSubmit('How?');
    first.markPending('75 0.1');
    expect(second.checkpoint).to.be.null;
    first.markPublished(null);
    expect(second.sent).to.be.null;
    expect(texts()).to.deep.equal(['How, then?']);
  });

  it('keeps its checkpoint when another tab continues writing', () => {
    const first = tab();
    first.save('How?');
    const second = tab();
    first.markPending('75 0.1');
    second.save('How, then?');
    expect(first.checkpoint).to.equal('75 0.1');
    expect(second.checkpoint).to.be.null;
    expect(texts()).to.deep.equal(['How, then?', 'How?']);
    second.swap();
    expect([second.text, second.checkpoint]).to.deep.equal(['How?', '75 0.1']);
  });

  it('also deletes the same text of another tab', () => {
    const [first, second] = [tab(), tab()];
    first.save('How?');
    second.save('How?');
    first.markPublished(null);
    expect(texts()).to.deep.equal([]);
  });

  it('is remembered for a day', () => {
    const first = tab();
    first.save('How?');
    const second = tab();
    first.markPublished(null);
    later(DAY_MS);
    expect(second.sent).not.to.be.null;
    later(1);
    expect(second.sent).to.be.null;
    tab('Ben');
    expect(Object.keys(localStorage)).to.deep.equal([]);
  });

  it('leaves no text in the storage', () => {
    const drafts = tab();
    drafts.save('A secret?');
    drafts.markPending('75 0.1');
    drafts.markPublished('https://wiki.example/#1');
    expect(localStorage.getItem(KEY)).not.to.contain('secret');
  });

  it('requires a draft', () => {
    const drafts = tab();
    drafts.markPending('75 0.1');
    drafts.clearPending('75 0.1');
    drafts.markPublished(null);
    expect(Object.keys(localStorage)).to.deep.equal([]);
  });
});

describe('unavailable storage', () => {
  /** Performs everything that a dialog does with one draft. */
  const use = (drafts: QuestionDrafts) => {
    expect(drafts.save('How'), 'kept').to.be.false;
    expect(drafts.saveForSubmit('How?'), 'kept').to.be.false;
    expect(drafts.text).to.equal('How?');
    drafts.markPending('75 0.1');
    expect(drafts.checkpoint).to.equal('75 0.1');
    drafts.clearPending('75 0.1');
    expect(drafts.checkpoint).to.be.null;
    drafts.markPending('76 0.1');
    drafts.markPublished('https://wiki.example/#1');
    expect(drafts.sent?.url).to.equal('https://wiki.example/#1');
    expect([drafts.checkpoint, drafts.otherDraft]).to.deep.equal([null, null]);
  };

  it('forbidden', () => {
    withStorage('forbidden');
    use(tab());
  });

  it('forbidden to read', () => {
    withStorage({
      ...full,
      getItem: () => {
        throw new Error('Forbidden.');
      },
    });
    use(tab());
  });

  it('full', () => {
    withStorage(full);
    use(tab());
  });

  it('full, with an older draft in it', () => {
    tab().save('Old');
    const drafts = tab();
    withStorage(full);
    use(drafts);
  });

  it('temporarily full', () => {
    const drafts = tab();
    withStorage(full);
    expect(drafts.save('How')).to.be.false;
    Object.assign(Storage.prototype, { setItem });
    expect(drafts.save('How?')).to.be.true;
    expect(tab().text).to.equal('How?');
  });

  it('without an ID of the source', () => {
    use(tab('Ana', null));
    expect(Object.keys(localStorage)).to.deep.equal([]);
  });
});

describe('hostile content under our key', () => {
  const draft = { id: 'a', text: 'How?', savedAt: realNow() };
  const CONTENT: Record<string, string> = {
    'no JSON': '{"drafts":',
    empty: '',
    null: 'null',
    'a number': '42',
    'a list': '[1,2,3]',
    'lists that are none': JSON.stringify({ drafts: { 0: draft }, sent: 'all' }),
    'no drafts': JSON.stringify({ drafts: [null, 7, 'x', [], {}, { ...draft, text: 7 }] }),
    'no times': JSON.stringify({
      drafts: [
        { ...draft, savedAt: '2026' },
        { ...draft, savedAt: null },
      ],
    }),
    'times beyond all bounds': `{"drafts":[{"id":"a","text":"How?","savedAt":1e999}]}`,
    'no ids': JSON.stringify({ drafts: [{ ...draft, id: {} }], sent: [{ id: 7, at: 1 }, null] }),
    'a prototype': '{"__proto__":{"drafts":[]},"constructor":{"prototype":{"text":"x"}}}',
  };
  for (const [name, content] of Object.entries(CONTENT))
    it(name, () => {
      localStorage.setItem(KEY, content);
      const drafts = tab();
      expect([drafts.text, drafts.checkpoint, drafts.otherDraft, drafts.sent]).to.deep.equal([
        '',
        null,
        null,
        null,
      ]);
      expect(drafts.save('Mine')).to.be.true;
      expect(tab().text).to.equal('Mine');
      expect(texts()).to.deep.equal(['Mine']);
    });

  it('only known fields of a draft are read', () => {
    const extra = { ...draft, checkpoint: { toString: 'x' }, html: '<b>' };
    localStorage.setItem(
      KEY,
      JSON.stringify({ drafts: [extra], sent: [{ id: 'b', at: realNow(), url: 7 }] }),
    );
    const drafts = tab();
    expect([drafts.text, drafts.checkpoint]).to.deep.equal(['How?', null]);
    expect(localStorage.getItem(KEY)).not.to.contain('<b>');
  });

  it('reads a limited number of drafts', () => {
    const many = Array.from({ length: 1_000 }, (_, id) => ({ ...draft, id: String(id), text: `${id}` }));
    localStorage.setItem(KEY, JSON.stringify({ drafts: many, sent: [] }));
    expect(tab().text).to.equal('0');
    expect(texts().length).to.equal(5);
  });
});

describe('toJSON methods that the page has added to built-in prototypes', () => {
  for (const [name, prototype] of Object.entries({ array: Array.prototype, object: Object.prototype }))
    it(`of an ${name}: do not corrupt drafts`, () => {
      Object.defineProperty(prototype, 'toJSON', { configurable: true, value: () => 'corrupt' });
      try {
        expect(tab().save('What is a stub?')).to.equal(true);
        expect(tab().text).to.equal('What is a stub?');
      } finally {
        Reflect.deleteProperty(prototype, 'toJSON');
      }
      expect(texts()).to.deep.equal(['What is a stub?']);
    });
});
