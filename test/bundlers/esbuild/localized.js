// An application that uses @lit/localize itself, with an id that the package has, too. `?first=application` configures it
// before the element is registered, `?first=element` after the element has rendered.
import { configureLocalization, msg } from '@lit/localize';

const configure = () =>
  configureLocalization({
    sourceLocale: 'en',
    targetLocales: ['de'],
    loadLocale: async () => ({ templates: { 'questions-heading': 'Guten Tag' } }),
  });

async function render() {
  const isReady = new Promise((resolve) => addEventListener('mentorship-ready', resolve, { once: true }));
  await import('mentorship-module/define.js');
  await isReady;
}

let localization;
if (new URL(location.href).searchParams.get('first') === 'application') {
  localization = configure();
  await render();
} else {
  await render();
  localization = configure();
}
await localization.setLocale('de');
document.querySelector('#application').textContent = msg('Hello', { id: 'questions-heading' });
