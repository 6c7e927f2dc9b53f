// An application that renders each `popstate` or `hashchange` anew, and keeps no state in the session history.
import { countVisit } from './count-visit.js';

const isHash = location.pathname.includes('-hash');
const pathOf = (route: string) => (isHash ? `#/${route}` : `/routers/plain/${route}`);

function render(): void {
  countVisit();
  const isSecond = (isHash ? location.hash : location.pathname).endsWith('/second');
  const main = document.createElement('main');
  const link = document.createElement('a');
  const next = isSecond ? 'first' : 'second';
  link.href = pathOf(next);
  link.textContent = next;
  link.addEventListener('click', (event) => {
    if (isHash) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    render();
  });
  const heading = document.createElement('h1');
  heading.textContent = isSecond ? 'second' : 'first';
  const card = document.createElement('mentorship-module');
  card.setAttribute('preview', 'mentored');
  main.append(heading, link, document.createElement('input'), card);
  document.getElementById('app')?.replaceChildren(main);
}

addEventListener(isHash ? 'hashchange' : 'popstate', render);
render();
