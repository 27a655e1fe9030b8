// Writes .oxlintrc.json from the one table of who may import whom; `--check` only compares.
// The table stands once, here: a folder of src/ that it does not name fails the test beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

/** The core, in the order of the data's way: a folder may import those before it. */
export const core = [
  'yaml',
  'platform',
  'repository',
  'kustomize',
  'rules',
  'check',
  'local',
  'proof',
  'faults',
  'lock',
  'clients',
  'scaffold',
  'plan',
  'report',
];
const doors = ['cli', 'mcp'];
export const folders = [...core, 'effects', 'commands', ...doors];

const outside = ['@kubernetes/*', '@modelcontextprotocol/*', 'esbuild', 'yargs-parser'];
// Hashing and compression are pure, whoever ships them.
const nodeModules = {
  group: ['node:*', '!node:crypto', '!node:zlib'],
  message: 'Only effects/ and the doors touch Node.',
};
const yamlLibraries = { group: ['yaml', 'js-yaml'], message: 'yaml/ hides its parser.' };
const impure = ['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'Date', 'performance'];

const forbid = (names, message) => ({ group: names.map((name) => `**/${name}/**`), message });
const override = (files, patterns, globals = []) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns }],
    ...(globals.length > 0 ? { 'no-restricted-globals': ['error', ...globals] } : {}),
  },
});

const coreOverrides = core.map((folder, index) =>
  override(
    [`src/${folder}/**`],
    [
      forbid(
        [...core.slice(index + 1), 'effects', 'commands', ...doors],
        'The data flows the other way: see scripts/boundaries.mjs.',
      ),
      { group: outside, message: 'The core is pure: effects/ talks to the world.' },
      nodeModules,
      ...(folder === 'yaml' ? [] : [yamlLibraries]),
    ],
    impure,
  ),
);

const config = {
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'import', 'node', 'vitest', 'unicorn'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'import/no-cycle': 'error',
    'no-console': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': 'error',
    'no-await-in-loop': 'off',
    'no-underscore-dangle': ['error', { allow: ['_meta'] }],
    // The compiler checks this, and knows an exhaustive switch.
    'consistent-return': 'off',
    // Parsed JSON and schema results are narrowed by hand where they enter; the reader sees the type there.
    'typescript/no-unsafe-type-assertion': 'off',
  },
  overrides: [
    ...coreOverrides,
    override(
      ['src/effects/**'],
      [
        forbid(
          ['commands', ...doors, 'rules', 'check', 'scaffold', 'plan', 'lock', 'clients', 'report'],
          'effects/ carries out; it does not decide.',
        ),
        yamlLibraries,
      ],
    ),
    override(
      ['src/commands/**'],
      [
        forbid(doors, 'A command knows no door.'),
        { group: outside, message: 'A command reaches the world through its context.' },
        nodeModules,
        yamlLibraries,
      ],
      ['process', 'console', 'fetch'],
    ),
    override(
      doors.map((door) => `src/${door}/**`),
      [forbid(['rules', 'check', 'plan', 'scaffold'], 'A door knows the commands only.'), yamlLibraries],
    ),
    { files: ['src/cli/main.ts', 'scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
    { files: ['**/*.test.ts'], rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' } },
  ],
  ignorePatterns: ['dist', 'test/fixtures'],
};

const file = new URL('../.oxlintrc.json', import.meta.url);
if (process.argv[1] === new URL(import.meta.url).pathname) {
  if (process.argv.includes('--check')) {
    if (!isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), config)) {
      console.error('.oxlintrc.json differs from scripts/boundaries.mjs. Run "node scripts/boundaries.mjs".');
      process.exitCode = 1;
    }
  } else writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`);
}
