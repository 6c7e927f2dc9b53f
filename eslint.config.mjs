import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'site', 'node_modules', 'test/recordings', 'test/types', 'custom-elements.json'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      lit.configs['flat/recommended'],
      wc.configs['flat/best-practice'],
      jsdoc.configs['flat/contents-typescript-error'],
    ],
    plugins: { 'lit-a11y': litA11y },
    languageOptions: { parserOptions: { projectService: true } },
    settings: {
      jsdoc: { tagNamePreference: { attribute: 'attr', property: 'prop' } },
    },
    rules: {
      ...litA11y.configs.recommended.rules,
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Overloading Event and listeners is checked by the compiler already.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An async function turns what it throws into a rejection, which is what its callers expect.
      '@typescript-eslint/require-await': 'off',
      // A rest omits its siblings, which is their use.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'jsdoc/match-description': 'off',
      'jsdoc/informative-docs': 'off',
      'wc/guard-super-call': 'off',
      'no-useless-rename': 'error',
      'object-shorthand': ['error', 'properties'],
    },
  },
  {
    files: ['test/**/*.ts', 'demo/**/*.ts'],
    rules: {
      // node:test and mocha hand their promises to the runner.
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': [
        'error',
        {
          name: '@open-wc/testing',
          importNames: ['aTimeout'],
          message: 'Wait for a condition, or for idle() from test/element-helpers.ts.',
        },
      ],
    },
  },
  {
    // Old wikis accept ES5 only.
    files: ['src/gadget/loader.js', 'src/gadget/settings.js', 'examples/**/*.js'],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: 'script',
      globals: {
        window: 'readonly',
        document: 'readonly',
        location: 'readonly',
        customElements: 'readonly',
        fetch: 'readonly',
        localStorage: 'readonly',
        mw: 'readonly',
        console: 'readonly',
      },
    },
    // ES5 has no `catch` without a name.
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
  {
    // Modules of ResourceLoader.
    files: ['examples/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { $: 'readonly', mw: 'readonly', getComputedStyle: 'readonly' },
    },
    rules: { 'no-var': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/bundlers/**/*.js'],
    languageOptions: {
      parserOptions: { ecmaFeatures: { jsx: true } },
      globals: Object.fromEntries(
        ['URL', 'addEventListener', 'document', 'location'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.mjs', 'tools/repeat'],
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_$' }] },
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'setTimeout',
          'clearTimeout',
          'fetch',
          'Response',
          'Request',
          'Buffer',
          'AbortController',
          'Event',
          'document',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
