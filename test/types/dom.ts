import 'mentorship-module/define.js';

const element = document.querySelector('mentorship-module');
void element?.refresh();
element?.setAttribute('theme', 'dark');
element?.addEventListener('mentorship-ready', (event) => event.variant);
element?.addEventListener('mentorship-error', ({ error }) => error.code);
document.addEventListener('mentorship-action', ({ action, phase }) => action === 'ask' && phase === 'start');

// @ts-expect-error: a misspelt method
void element?.refesh();
// @ts-expect-error: a misspelt tag
void document.querySelector('mentorship-modul')?.refresh();
// @ts-expect-error: a misspelt field of an event
element?.addEventListener('mentorship-ready', (event) => event.varaint);
