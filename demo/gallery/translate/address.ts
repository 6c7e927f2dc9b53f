/** What the address of a translator's page says. */
export interface TranslateState {
  /** MediaWiki's code; empty: none was chosen yet. */
  code: string;
  view: 'cards' | 'forms';
  /** What the panel is about. */
  key: string | null;
  /** Of the table. */
  rows: 'all' | 'to-do';
  theme: string;
}

/** null: nobody wants to translate. */
export function readTranslateState(search: string): TranslateState | null {
  const params = new URLSearchParams(search);
  const code = params.get('translate');
  if (code === null) return null;
  return {
    code: code.toLowerCase(),
    view: params.has('forms') ? 'forms' : 'cards',
    key: params.get('key'),
    rows: params.has('to-do') ? 'to-do' : 'all',
    theme: params.get('theme') ?? 'auto',
  };
}

export function translateAddress({ code, view, key, rows, theme }: TranslateState): string {
  const params = new URLSearchParams({ translate: code });
  if (key !== null) params.set('key', key);
  if (theme !== 'auto') params.set('theme', theme);
  return `?${params}${view === 'forms' ? '&forms' : ''}${rows === 'to-do' ? '&to-do' : ''}`;
}

/** The gallery in that language. */
export const galleryAddress = ({ code, theme }: TranslateState): string => {
  const params = new URLSearchParams();
  if (code) params.set('lang', code);
  if (theme !== 'auto') params.set('theme', theme);
  return params.size ? `?${params}` : '.';
};
