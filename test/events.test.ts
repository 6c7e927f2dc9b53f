import { expect, waitUntil } from '@open-wc/testing';
import {
  isMentorshipError,
  MentorshipActionEvent,
  MentorshipErrorEvent,
  MentorshipReadyEvent,
} from '../src/index.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  all,
  find,
  idle,
  isAction,
  isImpression,
  make,
  markup,
  attach,
  recordEvents,
  nextOutcome,
  show,
  visibleText,
} from './element-helpers.js';

const MENTOR = {
  viewer: { name: 'Noor', isMentor: true },
  program: { enabled: true, dashboardUrl: 'https://wiki.example/wiki/Special:MentorDashboard' },
};

/** Returns what is written to the console while a task runs. */
async function warningsOf(task: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const { warn, error } = console;
  console.warn = console.error = (...data: unknown[]) => warnings.push(data.join(' '));
  try {
    await task();
  } finally {
    Object.assign(console, { warn, error });
  }
  return warnings;
}

/** Cancels navigation in the page's own listener, so that no test leaves the page. */
function click(link: HTMLElement): { prevented: boolean } {
  const outcome = { prevented: false };
  const stay = (event: Event) => {
    outcome.prevented = event.defaultPrevented;
    event.preventDefault();
  };
  window.addEventListener('click', stay, { once: true });
  link.click();
  return outcome;
}

describe('mentorship-ready', () => {
  it('has the variant and fires when the card is rendered', async () => {
    const element = make({ snapshot: MENTOR });
    let heading = '';
    element.addEventListener('mentorship-ready', () => {
      heading = `${element.getAttribute('variant')}: ${visibleText(find(element, 'h2'))}`;
    });
    const end = nextOutcome(element);
    attach(element);
    const event = await end;
    expect(event).to.be.instanceOf(MentorshipReadyEvent);
    if (!('decision' in event)) throw new Error('It failed.');
    expect(event.variant).to.equal(element.variant);
    expect(event.decision).to.equal(element.decision);
    expect(heading).to.equal('mentor: You’re a mentor');
  });

  it('bubbles and is composed', async () => {
    const host = attach(document.createElement('div'));
    const element = make({ snapshot: MENTOR });
    const end = nextOutcome(document);
    host.attachShadow({ mode: 'open' }).append(element);
    const event = await end;
    expect(event.target === host).to.be.true;
    expect(event.cancelable).to.be.false;
  });

  it('fires once per load, also for none', async () => {
    const element = make({ snapshot: { viewer: null } });
    const events = recordEvents(element);
    const end = nextOutcome(element);
    attach(element);
    await end;
    element.requestUpdate();
    await element.updateComplete;
    element.theme = 'dark';
    await element.updateComplete;
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready']);
  });
});

describe('mentorship-error', () => {
  it('has an error that another copy of the SDK created', async () => {
    const error = Object.assign(new Error('No.'), { name: 'MentorshipError', code: 'read-only' });
    const element = make({ source: { load: () => Promise.reject(error) } });
    const end = nextOutcome(element);
    attach(element);
    const event = await end;
    expect(event).to.be.instanceOf(MentorshipErrorEvent).with.property('error', error);
    expect(isMentorshipError(error)).to.be.true;
  });
});

describe('mentorship-action', () => {
  it('has the action and the URL of a link', async () => {
    const element = await show({ preview: 'mentored' });
    const events = recordEvents(document);
    for (const link of all(element, 'a')) expect(click(link).prevented).to.be.false;
    const actions = events.filter(isAction);
    expect(actions.map(({ action }) => action)).to.deep.equal([
      ...['choose', 'leave', 'link', 'ask', 'link', 'link', 'link', 'link', 'link'],
    ]);
    for (const [index, event] of actions.entries()) {
      expect(event.phase).to.equal('start');
      expect(event.href).to.equal((all(element, 'a')[index] as HTMLAnchorElement).href);
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
    }
  });

  it('is discriminated by action and phase, also for the compiler', () => {
    const textOf = ({ action, phase, text }: MentorshipActionEvent): string =>
      action === 'ask' && phase === 'submit' ? text : '';
    const submit = { action: 'ask', phase: 'submit', text: 'May I?', length: 6, pageTitle: null } as const;
    const event = new MentorshipActionEvent('mentored', submit);
    expect(textOf(event)).to.equal('May I?');
    expect([event.variant, event.length, event.mentor]).to.deep.equal(['mentored', 6, undefined]);
    expect(event).to.be.instanceOf(Event).with.property('cancelable', true);
  });

  it('prevents navigation if it is canceled', async () => {
    const element = await show({ snapshot: MENTOR });
    element.addEventListener('mentorship-action', (event) => event.preventDefault(), { once: true });
    const link = find(element, 'a');
    expect(click(link).prevented).to.be.true;
    expect(click(link).prevented, 'the next time it is').to.be.false;
  });

  it('includes clicks on descendants of a link', async () => {
    const element = await show({ preview: 'mentored' });
    const events = recordEvents(element);
    click(find(element, 'strong a bdi'));
    expect(events).to.have.lengthOf(1);
  });

  it('does not fire for the host’s own links', async () => {
    const element = make({ snapshot: MENTOR });
    const own = Object.assign(document.createElement('a'), { href: '#', slot: 'footer', textContent: 'Own' });
    element.append(own);
    const end = nextOutcome(element);
    attach(element);
    await end;
    const events = recordEvents(element);
    click(own);
    expect(events).to.have.lengthOf(0);
  });

  it('has no URL for a button that opens a dialog', async () => {
    const element = await show({ preview: 'mentored' });
    const events: Event[] = [];
    element.addEventListener('mentorship-action', (event) => {
      event.preventDefault();
      if (!isImpression(event)) events.push(event);
    });
    find(element, 'section p .plain').click();
    const [event] = events;
    if (!(event instanceof MentorshipActionEvent)) throw new Error('It was not told.');
    const { action, phase, bubbles, composed, cancelable } = event;
    expect([action, phase]).to.deep.equal(['about', 'start']);
    expect([bubbles, composed, cancelable]).to.deep.equal([true, true, true]);
    expect(events, 'once').to.have.lengthOf(1);
    expect(markup(element, 'dialog'), 'it was canceled').to.be.empty;
  });

  const ACTIONS = { mentored: 'ask', 'opt-in': 'join', invite: 'enroll', mentor: 'link' };
  for (const [preview, action] of Object.entries(ACTIONS))
    it(`of the main button of ${preview} is ${action}`, async () => {
      const element = await show({ preview });
      const events = recordEvents(element);
      click(find(element, '.primary'));
      expect(events[0]).to.be.instanceOf(MentorshipActionEvent).with.property('action', action);
    });
});

describe('impressions', () => {
  /** Variants of the reported impressions. */
  const recordImpressions = (element: MentorshipModule) => {
    const impressions: string[] = [];
    element.addEventListener('mentorship-action', (event) => {
      if (!isImpression(event)) return;
      expect([event.phase, event.cancelable]).to.deep.equal(['done', false]);
      impressions.push(element.variant ?? 'nothing');
    });
    return impressions;
  };
  const below = () => {
    const spacer = attach(document.createElement('div'));
    spacer.style.blockSize = '300vh';
    return spacer;
  };
  const UNAVAILABLE = { viewer: { name: 'Robin' }, mentorsAvailable: false, program: { enabled: true } };

  it('fire once per variant that the viewer sees', async () => {
    const element = make({ snapshot: MENTOR });
    const impressions = recordImpressions(element);
    attach(element);
    await waitUntil(() => impressions.length === 1);
    element.theme = 'dark';
    const end = nextOutcome(element);
    element.snapshot = { ...MENTOR };
    await end;
    await idle();
    expect(impressions).to.deep.equal(['mentor']);
    element.snapshot = UNAVAILABLE;
    await waitUntil(() => impressions.length === 2);
    expect(impressions).to.deep.equal(['mentor', 'unavailable']);
  });

  it('wait until the card is in view', async () => {
    below();
    const element = make({ snapshot: MENTOR });
    const impressions = recordImpressions(element);
    const end = nextOutcome(element);
    attach(element);
    await end;
    await idle();
    expect(impressions).to.deep.equal([]);
    element.scrollIntoView();
    await waitUntil(() => impressions.length === 1);
    scrollTo(0, 0);
    await idle();
    element.scrollIntoView();
    await idle();
    expect(impressions, 'seen again, it is the same').to.deep.equal(['mentor']);
  });

  it('do not fire without a card', async () => {
    for (const settings of [{ snapshot: { viewer: null } }, { snapshot: {} }]) {
      const element = make(settings);
      const impressions = recordImpressions(element);
      const end = nextOutcome(element);
      attach(element);
      await end;
      await idle();
      expect(impressions).to.deep.equal([]);
    }
  });
});

describe('invalid attributes', () => {
  const MISTAKES: Record<string, { attributes: Record<string, string>; hint: RegExp }> = {
    'nothing at all': { attributes: {}, hint: /Set “api”/ },
    'an address without a host': { attributes: { api: 'http://' }, hint: /"http:\/\/".*Set one/ },
    'an address that is a script': {
      attributes: { api: 'javascript:alert(1)' },
      hint: /"javascript:alert\(1\)".*Set one/,
    },
    'the address of a document that has credentials': {
      attributes: { src: 'https://me:secret@wiki.example/snapshot.json' },
      hint: /Set one/,
    },
    'a preview that is none': { attributes: { preview: 'invites' }, hint: /mentored, opt-in, invite/ },
    'a layout that is none': { attributes: { layout: 'tile' }, hint: /card, summary/ },
    'a theme that is none': { attributes: { theme: 'night' }, hint: /auto, light, dark/ },
  };

  for (const [what, { attributes, hint }] of Object.entries(MISTAKES))
    it(`${what}: named in the event, and once in the console`, async () => {
      const mistakes: MentorshipErrorEvent[] = [];
      const warnings = await warningsOf(async () => {
        for (let count = 0; count < 2; count++) {
          const element = document.createElement('mentorship-module');
          element.addEventListener('mentorship-error', (event) => mistakes.push(event));
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          if ('layout' in attributes || 'theme' in attributes) element.snapshot = MENTOR;
          attach(element);
          await waitUntil(() => element.matches(':state(failed), [variant]'));
        }
      });
      const errors = mistakes.map(({ error }) => error).filter(({ message }) => hint.test(message));
      expect(errors).to.have.lengthOf(2);
      expect(errors[0]?.code).to.equal('bad-attribute');
      expect(errors[0]?.retryable).to.be.false;
      const matching = warnings.filter((line) => hint.test(line));
      expect(matching, warnings.join('\n')).to.have.lengthOf(1);
      for (const name of Object.keys(attributes)) expect(matching[0]).to.contain(name);
      expect(matching[0]).to.contain('mentorship-module');
    });

  it('an unknown preview is reported once, with or without another source', async () => {
    for (const [settings, after] of [
      [{}, null],
      [{ snapshot: MENTOR }, 'mentor'],
      [{ src: 'ftp://wiki.example/' }, null],
    ] as const) {
      const element = make({ ...settings, preview: 'bogus' });
      const events = recordEvents(element);
      attach(element);
      await waitUntil(() => element.matches(':state(failed), [variant]'));
      await idle();
      expect(element.variant).to.equal(after);
      const errors = events.filter((event) => event instanceof MentorshipErrorEvent);
      expect(errors.map(({ error }) => error.message.split(' ')[0])).to.deep.equal([
        'src' in settings ? 'src="ftp://wiki.example/"' : 'preview="bogus"',
      ]);
    }
  });

  it('an unknown preview is reported once another mistake is corrected, and again by each failed load', async () => {
    const element = make({ src: 'ftp://wiki.example/', preview: 'bogus' });
    const messages: string[] = [];
    element.addEventListener('mentorship-error', ({ error }) =>
      messages.push(error.message.split('"')[1] ?? ''),
    );
    attach(element);
    await waitUntil(() => messages.length === 1);
    element.src = null;
    await waitUntil(() => messages.length === 2);
    await element.refresh();
    await waitUntil(() => messages.length === 3);
    element.snapshot = MENTOR;
    await waitUntil(() => element.variant === 'mentor');
    await idle();
    expect(messages).to.deep.equal(['ftp://wiki.example/', 'bogus', 'bogus', 'bogus']);
  });

  it('an unknown layout or theme does not prevent the card', async () => {
    const element = attach(make({ snapshot: MENTOR, layout: 'no layout', theme: 'no theme' }));
    const events = recordEvents(element);
    await waitUntil(() => element.hasAttribute('variant'));
    expect(element.getAttribute('variant')).to.equal('mentor');
    expect(events.map(({ type }) => type)).to.deep.equal([
      'mentorship-error',
      'mentorship-error',
      'mentorship-ready',
    ]);
  });

  it('can be corrected', async () => {
    const element: MentorshipModule = await show({ api: 'http:// ' });
    expect(element.matches(':state(failed)')).to.be.true;
    const end = nextOutcome(element);
    element.setAttribute('api', '/wiki/q_kim/w/api.php');
    await end;
    expect(element.getAttribute('variant')).to.equal('mentored');
  });
});
