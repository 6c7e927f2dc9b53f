// A site with Turbo, whose pages come from the server.
import '@hotwired/turbo';
import { countVisit } from './count-visit.js';

for (const type of ['turbo:visit', 'turbo:render', 'turbo:before-fetch-request'])
  document.addEventListener(type, countVisit);
