import locales from '../../src/generated/locale-names.json' with { type: 'json' };

/** Pseudo-locales generated from English, for checking layouts and message keys; see build/locales/pseudo.ts. */
export const PSEUDO: Readonly<Record<string, string>> = {
  'en-x-long': 'English, 40 % longer',
  'en-x-rtl': 'English, from right to left',
  qqx: 'The keys of the texts',
};

/** Settings that apply to all previews. The first value is the default and is left out of the URL. */
export const CHOICES = {
  lang: ['en', ...[...locales].sort(), ...Object.keys(PSEUDO)],
  theme: ['auto', 'light', 'dark'],
  dir: ['auto', 'ltr', 'rtl'],
  width: ['320', '240', '480', '640', 'full'],
  text: ['100', '150', '200'],
} as const;

export type Choice = keyof typeof CHOICES;

/**
 * Parameters that select previews: all states that match a search (`states`), a single one, a wiki and its user, or a
 * document. Without one, the URL is that of the front page.
 */
const SUBJECTS = ['states', 'case', 'api', 'viewer', 'src'] as const;

type Subject = (typeof SUBJECTS)[number];

/** Dialogs that the URL can open as soon as the card is rendered. */
export const DIALOGS = ['ask', 'leave', 'join', 'choose', 'enroll', 'about'] as const;

export type DialogName = (typeof DIALOGS)[number];

export type GalleryState = Record<Choice, string> &
  Record<Subject, string | null> & { dialog: DialogName | null };

export const choices = Object.keys(CHOICES) as Choice[];

/** Parses the URL. Unknown values become the default; any language tag is accepted, so `de-AT` shows the fallback. */
export function readState(search: string): GalleryState {
  const params = new URLSearchParams(search);
  const chosen = (name: Choice): string => {
    const known: readonly string[] = CHOICES[name];
    const value = params.get(name) ?? '';
    if (name === 'lang' && isLanguageTag(value)) return value;
    return known.includes(value) ? value : CHOICES[name][0];
  };
  return {
    states: params.get('states'),
    case: params.get('case'),
    viewer: params.get('viewer'),
    api: params.get('api'),
    src: params.get('src'),
    dialog: DIALOGS.find((name) => name === params.get('dialog')) ?? null,
    lang: chosen('lang'),
    theme: chosen('theme'),
    dir: chosen('dir'),
    width: chosen('width'),
    text: chosen('text'),
  };
}

export function isLanguageTag(value: string): boolean {
  try {
    return new Intl.Locale(value).language !== '';
  } catch {
    return false;
  }
}

export const defaults = readState('');

/** Returns the URL of a state, relative to the gallery. */
export function addressOf(state: GalleryState): string {
  const params = new URLSearchParams();
  for (const name of SUBJECTS) if (state[name] !== null) params.set(name, state[name]);
  if (state.dialog !== null) params.set('dialog', state.dialog);
  for (const name of choices) if (state[name] !== CHOICES[name][0]) params.set(name, state[name]);
  return params.size ? `?${params}` : '.';
}

/** Returns a state with the same settings, and the subject of another; the front page by default. */
export const withSubject = (
  state: GalleryState,
  {
    states = null,
    case: id = null,
    api = null,
    viewer = null,
    src = null,
    dialog = null,
  }: Partial<Pick<GalleryState, Subject | 'dialog'>> = {},
): GalleryState => ({ ...state, states, case: id, api, viewer, src, dialog });

/** Returns true if the state is not that of the front page. */
export const isOfStates = (state: GalleryState): boolean =>
  (['states', 'case', 'api', 'src'] as const).some((name) => state[name] !== null);
