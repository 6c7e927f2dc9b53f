import { expect, waitUntil } from '@open-wc/testing';
import { MentorshipActionEvent, MentorshipErrorEvent, MentorshipReadyEvent } from '../src/index.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { all, find, make, place, record, settled, show, words } from './helpers.js';

const MENTOR = {
  viewer: { name: 'Noor', isMentor: true },
  programme: { enabled: true, dashboardUrl: 'https://wiki.example/wiki/Special:MentorDashboard' },
};

/** What was written to the console while it ran. */
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

/** The page's own listener has the last word, so that no test leaves the page. */
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
  it('has the variant, and fires when the card stands', async () => {
    const element = make({ snapshot: MENTOR });
    let heading = '';
    element.addEventListener('mentorship-ready', () => {
      heading = `${element.getAttribute('variant')}: ${words(find(element, 'h2'))}`;
    });
    const end = settled(element);
    place(element);
    const event = await end;
    expect(event).to.be.instanceOf(MentorshipReadyEvent);
    expect('variant' in event && event.variant).to.equal(element.variant);
    expect(heading).to.equal('mentor: You are a mentor');
  });

  it('bubbles and leaves shadow roots', async () => {
    const host = place(document.createElement('div'));
    const element = make({ snapshot: MENTOR });
    const end = settled(document);
    host.attachShadow({ mode: 'open' }).append(element);
    const event = await end;
    expect(event.target === host).to.be.true;
    expect(event.cancelable).to.be.false;
  });

  it('fires once a load, for none as well', async () => {
    const element = make({ snapshot: { viewer: null } });
    const events = record(element);
    const end = settled(element);
    place(element);
    await end;
    element.requestUpdate();
    await element.updateComplete;
    element.theme = 'dark';
    await element.updateComplete;
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready']);
  });
});

describe('mentorship-action', () => {
  it('says what the viewer sets out to do, and where it leads', async () => {
    const element = await show({ preview: 'mentored' });
    const events = record(document);
    for (const link of all(element, 'a')) expect(click(link).prevented).to.be.false;
    const actions = events.filter((event) => event instanceof MentorshipActionEvent);
    expect(actions.map(({ action }) => action)).to.deep.equal([
      ...['about', 'link', 'ask', 'link', 'link', 'link', 'link', 'leave'],
    ]);
    for (const [index, event] of actions.entries()) {
      expect(event.phase).to.equal('start');
      expect(event.href).to.equal((all(element, 'a')[index] as HTMLAnchorElement).href);
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
    }
  });

  it('can be cancelled: then the link is not followed', async () => {
    const element = await show({ snapshot: MENTOR });
    element.addEventListener('mentorship-action', (event) => event.preventDefault(), { once: true });
    const link = find(element, 'a');
    expect(click(link).prevented).to.be.true;
    expect(click(link).prevented, 'the next time it is').to.be.false;
  });

  it('counts a click on what stands inside the link', async () => {
    const element = await show({ preview: 'mentored' });
    const events = record(element);
    click(find(element, 'strong a bdi'));
    expect(events).to.have.lengthOf(1);
  });

  it('is not for the host’s own links', async () => {
    const element = make({ snapshot: MENTOR });
    const own = Object.assign(document.createElement('a'), { href: '#', slot: 'footer', textContent: 'Own' });
    element.append(own);
    const end = settled(element);
    place(element);
    await end;
    const events = record(element);
    click(own);
    expect(events).to.have.lengthOf(0);
  });

  const ACTIONS = { mentored: 'ask', 'opt-in': 'join', invite: 'enrol', mentor: 'link' };
  for (const [preview, action] of Object.entries(ACTIONS))
    it(`of the main button of ${preview} is ${action}`, async () => {
      const element = await show({ preview });
      const events = record(element);
      click(find(element, '.primary'));
      expect(events[0]).to.be.instanceOf(MentorshipActionEvent).with.property('action', action);
    });
});

describe('mistakes in attributes', () => {
  const MISTAKES: Record<string, { attributes: Record<string, string>; remedy: RegExp }> = {
    'nothing at all': { attributes: {}, remedy: /Set “api”/ },
    'an address without a host': { attributes: { api: 'http://' }, remedy: /"http:\/\/".*Write one/ },
    'an address that is a script': {
      attributes: { api: 'javascript:alert(1)' },
      remedy: /"javascript:alert\(1\)".*Write one/,
    },
    'the address of a document that has credentials': {
      attributes: { src: 'https://me:secret@wiki.example/snapshot.json' },
      remedy: /Write one/,
    },
    'a preview that is none': { attributes: { preview: 'invites' }, remedy: /mentored, opt-in, invite/ },
    'a layout that is none': { attributes: { layout: 'tile' }, remedy: /card, summary/ },
    'a theme that is none': { attributes: { theme: 'night' }, remedy: /auto, light, dark/ },
  };

  for (const [what, { attributes, remedy }] of Object.entries(MISTAKES))
    it(`${what}: named in the event, and once in the console`, async () => {
      const mistakes: MentorshipErrorEvent[] = [];
      const warnings = await warningsOf(async () => {
        for (let count = 0; count < 2; count++) {
          const element = document.createElement('mentorship-module');
          element.addEventListener('mentorship-error', (event) => mistakes.push(event));
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          if ('layout' in attributes || 'theme' in attributes) element.snapshot = MENTOR;
          place(element);
          await waitUntil(() => element.matches(':state(failed), [variant]'));
        }
      });
      const errors = mistakes.map(({ error }) => error).filter(({ message }) => remedy.test(message));
      expect(errors).to.have.lengthOf(2);
      expect(errors[0]?.code).to.equal('bad-attribute');
      expect(errors[0]?.retryable).to.be.false;
      const told = warnings.filter((line) => remedy.test(line));
      expect(told, warnings.join('\n')).to.have.lengthOf(1);
      for (const name of Object.keys(attributes)) expect(told[0]).to.contain(name);
      expect(told[0]).to.contain('mentorship-module');
    });

  it('an unknown layout or theme does not keep the card away', async () => {
    const element = place(make({ snapshot: MENTOR, layout: 'no layout', theme: 'no theme' }));
    const events = record(element);
    await waitUntil(() => element.hasAttribute('variant'));
    expect(element.getAttribute('variant')).to.equal('mentor');
    expect(events.map(({ type }) => type)).to.deep.equal([
      'mentorship-error',
      'mentorship-error',
      'mentorship-ready',
    ]);
  });

  it('can be mended', async () => {
    const element: MentorshipModule = await show({ api: 'http:// ' });
    expect(element.matches(':state(failed)')).to.be.true;
    const end = settled(element);
    element.setAttribute('api', '/wiki/q_kim/w/api.php');
    await end;
    expect(element.getAttribute('variant')).to.equal('mentored');
  });
});
