import en from '../../locales/en.json' with { type: 'json' };

/** Returns the English text of a message. */
export const messageText = (id: Exclude<keyof typeof en, '@metadata'>, name = ''): string =>
  en[id].replace('$1', name);
