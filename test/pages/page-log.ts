// A classic script: it runs before everything else on its page, and takes down what happens there.
{
  const witness = {
    violations: [] as string[],
    errors: [] as string[],
    warnings: [] as string[],
    ready: [] as string[],
    failed: [] as string[],
  };
  Object.assign(window, { witness });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    witness.violations.push(`${violatedDirective}: ${blockedURI} ${sourceFile}`),
  );
  window.addEventListener('error', ({ message }) => witness.errors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => witness.errors.push(String(reason)));
  window.addEventListener('mentorship-ready', (event) => {
    if ('variant' in event) witness.ready.push(event.variant);
  });
  window.addEventListener('mentorship-error', (event) => {
    if ('error' in event) witness.failed.push((event.error as { code: string }).code);
  });
  console.warn = console.error = (...data: unknown[]) => witness.warnings.push(data.join(' '));
}
