// An application with React Router. The loader of a route runs for each visit.
import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, createHashRouter, Link, RouterProvider } from 'react-router';

const page: Window & { visits?: number } = window;
page.visits = 0;
const count = () => {
  page.visits = (page.visits ?? 0) + 1;
};

function Page({ name, next }: { name: string; next: string }) {
  useEffect(count, []);
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
    count();
    return null;
  },
});

const isHash = location.pathname.includes('-hash');
const routes = [route('first', 'second'), route('second', 'first'), route('first', 'second', '')];
const router = isHash
  ? createHashRouter(routes)
  : createBrowserRouter(routes, { basename: '/routers/react' });
createRoot(document.getElementById('app')!).render(createElement(RouterProvider, { router }));
