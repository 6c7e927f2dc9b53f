import { type FakeMediaWiki, personas, type PersonaId } from '../../test/fake-mediawiki/index.js';

/** A state of the wiki that lasts until it is turned off. */
export interface Toggle {
  name: string;
  label: string;
  /** Turns the state on. Returns a function that turns it off. */
  turnOn: (wiki: FakeMediaWiki, viewer: PersonaId) => () => void;
}

/** Actions with which a question can be sent. */
const ASKING = ['helppanelquestionposter', 'edit', 'discussiontoolsedit'];

const talkPages = personas.flatMap(({ name }) => (name === null ? [] : [`User talk:${name}`]));

export const TOGGLES: readonly Toggle[] = [
  {
    name: 'read-only',
    label: 'The wiki is read-only',
    turnOn: (wiki) => {
      wiki.setReadOnly('The servers are being moved.');
      return () => wiki.setReadOnly(null);
    },
  },
  {
    name: 'blocked',
    label: 'The viewer is blocked',
    turnOn: (wiki, viewer) => {
      wiki.setUser(viewer, { block: { reason: 'Advertising' } });
      return () => wiki.setUser(viewer, { block: null });
    },
  },
  {
    name: 'rate-limit',
    label: 'The viewer is rate-limited for a minute',
    turnOn: (wiki) => {
      const ends = ASKING.map((action) => wiki.limitRate({ action, seconds: 60 }));
      return () => ends.forEach((end) => end());
    },
  },
  {
    name: 'filter',
    label: 'An edit filter rejects every text',
    turnOn: (wiki) => wiki.refuseTexts(/./, 'This looks like an advertisement.'),
  },
  {
    name: 'no-wikitext',
    label: 'Talk pages are Flow boards instead of wikitext',
    turnOn: (wiki) => {
      talkPages.forEach((page) => wiki.setContentModel(page, 'flow-board'));
      return () => talkPages.forEach((page) => wiki.setContentModel(page, 'wikitext'));
    },
  },
  {
    name: 'copyright',
    label: 'The wiki names its license',
    turnOn: (wiki) => {
      wiki.setCopyright({
        url: 'https://creativecommons.org/licenses/by-sa/4.0/',
        text: 'Creative Commons Attribution-ShareAlike 4.0',
      });
      return () => wiki.setCopyright({ url: '', text: '' });
    },
  },
];
