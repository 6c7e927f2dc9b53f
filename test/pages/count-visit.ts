const page: Window & { visits?: number } = window;
page.visits = 0;

/** Counts a visit of a route, for test/routers.test.ts. */
export function countVisit(): void {
  page.visits = (page.visits ?? 0) + 1;
}
