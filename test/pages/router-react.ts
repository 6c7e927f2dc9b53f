// An application with React Router. The loader of a route runs for each visit.
import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, createHashRouter, Link, RouterProvider } from 'react-router';
import { countVisit } from './count-visit.js';

function Page({ name, next }: { name: string; next: string }) {
  useEffect(countVisit, []);
  return createElement(
    'main',
    null,
    createElement('h1', null, name),
    createElement(Link, { to: `/${next}` }, next),
    createElement('input'),
    createElement('mentorship-module', { preview: 'mentored' }),
  );
}

const route = (name: string, next: string, path = name) => ({
  path: `/${path}`,
  element: createElement(Page, { key: name, name, next }),
  loader: () => {
    countVisit();
    return null;
  },
});

const isHash = location.pathname.includes('-hash');
const routes = [route('first', 'second'), route('second', 'first'), route('first', 'second', '')];
const router = isHash
  ? createHashRouter(routes)
  : createBrowserRouter(routes, { basename: '/routers/react' });
createRoot(document.getElementById('app')!).render(createElement(RouterProvider, { router }));
