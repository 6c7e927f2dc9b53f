// Runs before everything else on the page and takes down what happens there.
window.witness = { violations: [], errors: [], warnings: [], ready: [], failed: [] };
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
  window.witness.violations.push(`${violatedDirective}: ${blockedURI} ${sourceFile}`),
);
window.addEventListener('error', ({ message }) => window.witness.errors.push(message));
window.addEventListener('unhandledrejection', ({ reason }) => window.witness.errors.push(String(reason)));
window.addEventListener('mentorship-ready', ({ variant }) => window.witness.ready.push(variant.kind));
window.addEventListener('mentorship-error', ({ error }) => window.witness.failed.push(error.code));
for (const method of ['warn', 'error'])
  console[method] = (...words) => window.witness.warnings.push(words.join(' '));
