/** State of the translation page, as encoded in its URL. */
export interface TranslateState {
  /** MediaWiki language code; empty if none was chosen. */
  code: string;
  view: 'cards' | 'forms';
  /** The message key shown in the panel. */
  key: string | null;
  /** Rows shown in the table. */
  rows: 'all' | 'to-do';
  theme: string;
}

/** Returns null if the URL does not select the translation page. */
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

/** Returns the URL of the gallery in the same language. */
export const galleryAddress = ({ code, theme }: TranslateState): string => {
  const params = new URLSearchParams();
  if (code) params.set('lang', code);
  if (theme !== 'auto') params.set('theme', theme);
  return params.size ? `?${params}` : '.';
};
