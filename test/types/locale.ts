import de from 'mentorship-module/locales/de.js';

export const ask: string | undefined = de['ask'];
