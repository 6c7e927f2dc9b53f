// A site with Turbo, whose pages come from the server.
import '@hotwired/turbo';

const page: Window & { visits?: number } = window;
page.visits = 0;
for (const type of ['turbo:visit', 'turbo:render', 'turbo:before-fetch-request'])
  document.addEventListener(type, () => {
    page.visits = (page.visits ?? 0) + 1;
  });
