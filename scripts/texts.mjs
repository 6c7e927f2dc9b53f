/** A locale is one file for its translators; a page loads the card's texts first, and those of the dialogs when one is opened. */
const isOfDialog = (id) => id.startsWith('dialog-');

/** @param part - `card`, `dialogs`, or the name of one dialog's file */
export function textsOf(part, texts) {
  const wanted = {
    card: (id) => !isOfDialog(id),
    dialogs: isOfDialog,
  }[part];
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([id]) => id !== '@metadata' && (wanted ? wanted(id) : id.startsWith(`dialog-${part}-`)),
    ),
  );
}

/** In a bundle: a dialog's file has its own English texts, and all others have the card's. */
export const texts = {
  name: 'texts',
  resolveId(source, importer = '') {
    if (!source.endsWith('/locales/en.json')) return null;
    const dialog = /\/dialogs\/(\w+)\.ts$/.exec(importer)?.[1];
    return `\0texts:${dialog === 'dialogs' ? 'common' : (dialog ?? 'card')}`;
  },
  async load(id) {
    if (!id.startsWith('\0texts:')) return null;
    const { readFile } = await import('node:fs/promises');
    this.addWatchFile('locales/en.json');
    const part = id.slice('\0texts:'.length);
    return `export default ${JSON.stringify(textsOf(part, JSON.parse(await readFile('locales/en.json', 'utf8'))))}`;
  },
};
