import { expect } from '@open-wc/testing';
import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { autoSource, previewSource } from '../src/sdk/index.js';
import { signedIn } from './card-cases.js';
import { all, find, idle, recordEvents, show, httpWiki, visibleText } from './element-helpers.js';
import { until } from './shadow-dom.js';

const HAL = 'Experienced Hal';

describe('preview of a user’s card', () => {
  const showHal = () => {
    const memory = new FakeMediaWiki();
    const source = previewSource({ api: memory.api, viewer: HAL, fetch: signedIn(memory.fetchAs('anon')) });
    return show({ viewer: HAL, source });
  };

  it('states that it is a preview, and of which user', async () => {
    const element = await showHal();
    expect(element.variant).to.equal('invite');
    expect(visibleText(find(element, '.notice'))).to.equal(
      `This is what ${HAL} would see, as far as public data can tell.`,
    );
  });

  it('disables controls and keeps links readable', async () => {
    const element = await showHal();
    const buttons = all(element, 'button:not(.more)');
    expect(buttons.length).to.be.greaterThan(2);
    for (const button of buttons) expect(button.matches(':disabled'), visibleText(button)).to.equal(true);
    expect(all(element, 'a').map(visibleText)).to.deep.equal(['Learn more']);
  });

  it('sends no question states request and no impression', async () => {
    const element = await showHal();
    const events = recordEvents(element);
    element.addEventListener('mentorship-action', (event) => events.push(event));
    await element.ask('Hello?');
    await idle();
    expect(events).to.deep.equal([]);
    expect(all(element, 'dialog').length).to.equal(0);
  });

  it('requires a user of the wiki', async () => {
    const { api } = httpWiki('none', 'anon');
    const element = await show({ viewer: 'Nobody Of This Name', api, content: 'instead' });
    expect(element.variant).to.equal(null);
    expect(element.matches(':state(failed)')).to.equal(true);
  });

  it('reads the wiki of the “api” attribute', async () => {
    const { api } = httpWiki('none', 'anon');
    expect((await show({ viewer: HAL, api })).variant).to.equal('invite');
  });
});

describe('token of the host', () => {
  const { fetch } = globalThis;
  afterEach(() => (globalThis.fetch = fetch));

  it('is requested for and sent with each request', async () => {
    const memory = new FakeMediaWiki();
    const sent: Request[] = [];
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      sent.push(request);
      return signedIn(memory.fetchAs('n_ana'))(request);
    };
    let count = 0;
    const element = await show({ api: memory.api, token: async () => `token-${++count}` });
    expect(element.variant).to.equal('mentored');
    expect(sent.map(({ headers }) => headers.get('authorization'))).to.deep.equal(
      sent.map((_, index) => `Bearer token-${index + 1}`),
    );
    for (const { url } of sent) {
      expect(new URL(url).searchParams.get('crossorigin')).to.equal('');
      expect(new URL(url).searchParams.has('origin')).to.equal(false);
    }
  });

  it('keeps the host’s content if it is not available', async () => {
    const element = await show({
      api: '/w/api.php',
      token: () => Promise.reject(new Error('no token')),
      content: 'instead',
    });
    expect(element.matches(':state(failed)')).to.equal(true);
  });
});

describe('cookies for another origin', () => {
  it('are sent with the page’s origin if the source allows it', async () => {
    const memory = new FakeMediaWiki();
    const sent: Request[] = [];
    const source = autoSource({
      api: memory.api,
      credentials: 'include',
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push(request);
        return signedIn(memory.fetchAs('n_ana'))(request);
      },
    });
    const element = await show({ source });
    expect(element.variant).to.equal('mentored');
    for (const { url, credentials, headers } of sent) {
      expect(credentials).to.equal('include');
      expect(new URL(url).searchParams.get('origin')).to.equal(location.origin);
      expect(headers.has('api-user-agent')).to.equal(false);
    }
  });
});

describe('wiki without GrowthExperiments', () => {
  const showAs = (viewer: 'n_ana' | 'e_hal') => {
    const memory = new FakeMediaWiki({ software: 'core-1.39' });
    return show({ source: autoSource({ api: memory.api, fetch: signedIn(memory.fetchAs(viewer)) }) });
  };

  it('enrolls in place, because there is no page for it', async () => {
    const element = await showAs('e_hal');
    expect(visibleText(find(element, 'button[data-action=enroll]'))).to.equal('Become a mentor');
  });

  it('does not ask for a reason that would not be stored', async () => {
    const element = await showAs('n_ana');
    find(element, 'button[data-action=choose]').click();
    await until('the dialog', () => all(element, 'dialog form').length === 1);
    expect(all(element, '#reason').length).to.equal(0);
    expect(visibleText(find(element, 'dialog'))).not.to.include('logged');
  });
});
