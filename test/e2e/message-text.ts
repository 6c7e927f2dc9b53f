import en from '../../locales/en.json' with { type: 'json' };

/** What stands in the gallery, by message id. */
export const messageText = (id: Exclude<keyof typeof en, '@metadata'>, name = ''): string =>
  en[id].replace('$1', name);
