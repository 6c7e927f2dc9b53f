import { APPEARANCE, DATA, type FieldName, type Settings, toValue } from './fields.js';
import { DEFAULTS, STORIES, type Story } from './stories.js';

/** A card of the page, with its settings. */
export interface Slot {
  /** ID of the story or, on a page of one card or two, `a` or `b`. */
  id: string;
  story: Story;
  settings: Settings;
}

/** State of the front page, as encoded in its URL: all stories, one card, or two settings side by side. */
export interface FrontState {
  view: 'all' | 'one' | 'two';
  slots: readonly Slot[];
}

const ALL: readonly FieldName[] = [...DATA, ...APPEARANCE];

function read(
  params: URLSearchParams,
  names: readonly FieldName[],
  { prefix, base }: { prefix: string; base: Settings },
): Settings {
  const given = names.flatMap((name) => {
    const value = toValue(name, params.get(prefix + name));
    return value === null ? [] : [[name, value] as const];
  });
  return { ...base, ...Object.fromEntries(given) };
}

/** Parses the URL. An unknown story or value becomes the default. */
export function readFrontState(search: string): FrontState {
  const params = new URLSearchParams(search);
  const story = STORIES.find(({ id }) => id === params.get('card'));
  if (!story) {
    const shared = read(params, APPEARANCE, { prefix: '', base: DEFAULTS });
    const slots = STORIES.map((one) => {
      const base = { ...one.settings, ...pick(shared, APPEARANCE) };
      return { id: one.id, story: one, settings: read(params, DATA, { prefix: `${one.id}.`, base }) };
    });
    return { view: 'all', slots };
  }
  const a = { id: 'a', story, settings: read(params, ALL, { prefix: '', base: story.settings }) };
  if (!params.has('compare')) return { view: 'one', slots: [a] };
  const b = { id: 'b', story, settings: read(params, ALL, { prefix: 'b.', base: a.settings }) };
  return { view: 'two', slots: [a, b] };
}

const pick = (settings: Settings, names: readonly FieldName[]): Partial<Settings> =>
  Object.fromEntries(names.map((name) => [name, settings[name]]));

/** Returns the settings that differ, with their names in the URL. */
const changes = (
  settings: Settings,
  names: readonly FieldName[],
  { prefix, base }: { prefix: string; base: Settings },
): [string, string][] =>
  names
    .filter((name) => settings[name] !== base[name])
    .map((name): [string, string] => [prefix + name, settings[name]]);

/** Returns the URL of a state, relative to the gallery. */
export function frontAddress({ view, slots }: FrontState): string {
  const [a, b] = slots;
  if (!a) return '.';
  const params =
    view === 'all'
      ? [
          ...changes(a.settings, APPEARANCE, { prefix: '', base: DEFAULTS }),
          ...slots.flatMap(({ id, story, settings }) =>
            changes(settings, DATA, { prefix: `${id}.`, base: story.settings }),
          ),
        ]
      : [
          ['card', a.story.id] as [string, string],
          ...changes(a.settings, ALL, { prefix: '', base: a.story.settings }),
          ...(b ? [['compare', ''] as [string, string]] : []),
          ...(b ? changes(b.settings, ALL, { prefix: 'b.', base: a.settings }) : []),
        ];
  return params.length > 0 ? `?${new URLSearchParams(params)}` : '.';
}

/** Returns the URL of one card, which restores its settings. */
export const cardAddress = ({ story, settings }: Slot): string =>
  frontAddress({ view: 'one', slots: [{ id: 'a', story, settings }] });

/** Returns the URL that shows a card twice, for comparing it with other settings. */
export const comparisonAddress = ({ story, settings }: Slot): string =>
  frontAddress({ view: 'two', slots: ['a', 'b'].map((id) => ({ id, story, settings })) });

/** Returns true if the data of a card are no longer those of its story. */
export const isChanged = ({ story, settings }: Slot): boolean =>
  DATA.some((name) => settings[name] !== story.settings[name]);
