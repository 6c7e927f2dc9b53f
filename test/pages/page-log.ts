// Runs as a classic script before all others on its page, and records errors and events.
{
  const pageLog = {
    violations: [] as string[],
    errors: [] as string[],
    warnings: [] as string[],
    ready: [] as string[],
    failed: [] as string[],
    /** Number of requests when the first card was ready. */
    requestsUntilReady: null as number | null,
    /** Times of changes of the session history, in milliseconds since 1970. */
    historyChanges: [] as number[],
  };
  Object.assign(window, { pageLog });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    pageLog.violations.push(`${violatedDirective}: ${blockedURI} ${sourceFile}`),
  );
  window.addEventListener('error', ({ message }) => pageLog.errors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => pageLog.errors.push(String(reason)));
  window.addEventListener('mentorship-ready', (event) => {
    if (!('variant' in event)) return;
    pageLog.ready.push(event.variant);
    pageLog.requestsUntilReady ??= performance.getEntriesByType('resource').length;
  });
  window.addEventListener('mentorship-error', (event) => {
    if ('error' in event) pageLog.failed.push((event.error as { code: string }).code);
  });
  for (const method of ['pushState', 'replaceState'] as const) {
    const change = history[method].bind(history);
    history[method] = (...entry) => {
      pageLog.historyChanges.push(Date.now());
      change(...entry);
    };
  }
  console.warn = console.error = (...data: unknown[]) => pageLog.warnings.push(data.join(' '));
}
