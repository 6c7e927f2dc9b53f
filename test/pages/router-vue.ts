// An application with Vue Router.
import { createApp, h, onMounted } from 'vue';
import { createRouter, createWebHashHistory, createWebHistory, RouterLink, RouterView } from 'vue-router';
import { countVisit } from './count-visit.js';

const route = (name: string, next: string, path = name) => ({
  path: `/${path}`,
  component: {
    setup() {
      onMounted(countVisit);
      return () =>
        h('main', [
          h('h1', name),
          h(RouterLink, { to: `/${next}` }, () => next),
          h('input'),
          h('mentorship-module', { preview: 'mentored' }),
        ]);
    },
  },
});

const isHash = location.pathname.includes('-hash');
const router = createRouter({
  history: isHash ? createWebHashHistory() : createWebHistory('/routers/vue/'),
  routes: [route('first', 'second'), route('second', 'first'), route('first', 'second', '')],
});
router.afterEach(countVisit);
createApp(RouterView).use(router).mount('#app');
