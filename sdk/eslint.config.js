import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Names that say nothing about what a file is for; architecture.md, convention 10. */
const EMPTY_NAMES = /(^|[-.])(utils?|helpers?|misc|common|manager)([-.]|$)/;

const meaningfulFileNames = {
  meta: { type: 'problem', schema: [], messages: { empty: 'Name this file for what it does.' } },
  create: (context) => ({
    Program(node) {
      const name = context.filename.split(/[\\/]/).pop();
      if (EMPTY_NAMES.test(name)) context.report({ node, messageId: 'empty' });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist/', 'adapters/*/dist/', 'target/', 'node_modules/', 'player/', 'ci/', 'demo/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { retrospec: { rules: { 'meaningful-file-names': meaningfulFileNames } } },
    rules: {
      'retrospec/meaningful-file-names': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ClassDeclaration', message: 'State lives in closures here.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
      ],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'debug'] }],
    },
  },
  {
    files: ['src/tools/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/browser/**', '**/domain/**', '**/transport/**', '**/boot/**'],
              message: 'tools know nobody.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/browser/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/domain/**', '**/transport/**', '**/boot/**'],
              message: 'browser uses tools only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/domain/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/transport/**', '**/boot/**'],
              message: 'The domain knows neither wire nor wiring.',
            },
          ],
        },
      ],
    },
  },
  {
    // What a script gives to a browser runs there.
    files: ['scripts/record-clean-pages.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        window: 'readonly',
        document: 'readonly',
        NodeFilter: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    // React knows error boundaries as classes only.
    files: ['adapters/react/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // A framework without an error handler of the page logs what fails.
    files: ['adapters/vue/**'],
    rules: { 'no-console': 'off' },
    languageOptions: { globals: { console: 'readonly' } },
  },
  {
    files: ['scripts/**', 'build.mjs', 'adapters/build.mjs', '*.config.*', 'test/**'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
);
