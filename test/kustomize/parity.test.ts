import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { BerthError } from '../../src/errors.ts';
import { buildKustomization } from '../../src/kustomize/build-kustomization.ts';
import type { Case, Cases } from './cases.ts';
import { fieldCases } from './field-cases.ts';
import { generatorCases } from './generator-cases.ts';
import { labelCases } from './label-cases.ts';
import { layoutCases } from './layout-cases.ts';
import { oddCases } from './odd-cases.ts';
import { patchCases } from './patch-cases.ts';
import { installKustomize, runKustomize } from './real-kustomize.ts';
import { referenceCases } from './reference-cases.ts';
import { refusedCases, unsupportedCases } from './refused-cases.ts';
import { replacementCases } from './replacement-cases.ts';

const kustomize = await installKustomize();

const tables: Record<string, Cases> = {
  layout: layoutCases,
  namespaces: fieldCases,
  labels: labelCases,
  references: referenceCases,
  generators: generatorCases,
  patches: patchCases,
  replacements: replacementCases,
  'odd input': oddCases,
};

describe.skipIf(!kustomize)('kustomize and we build the same', () => {
  for (const [table, cases] of Object.entries(tables)) {
    describe(`in ${table}`, () => {
      test.each(Object.entries(cases))('%s', (_, { files, directory = '' }) => {
        const theirs = runKustomize(kustomize ?? '', files, directory);
        if ('refusal' in theirs) throw new Error(`kustomize refuses this: ${theirs.refusal}`);
        expect(ourObjects({ files, directory })).toEqual(objectsIn(theirs.output));
      });
    });
  }
});

describe.skipIf(!kustomize)('kustomize refuses what we refuse', () => {
  test.each(Object.entries(refusedCases))('%s', (_, { files, directory = '', error }) => {
    expect(placed(ourError({ files, directory }), error)).toBe(error);
    expect(runKustomize(kustomize ?? '', files, directory)).toHaveProperty('refusal');
  });
});

describe('what is left to kustomize is an error with a place and a hint', () => {
  test.each(Object.entries(unsupportedCases))('%s', (_, { files, directory = '', error }) => {
    expect(ourError({ files, directory })).toBe(error);
  });
});

/** As JSON with sorted keys: what both print is compared byte for byte. */
function ourObjects({ files, directory = '' }: Case): string[] {
  const { objects } = buildKustomization(new Map(Object.entries(files)), directory);
  return objects.map(({ value }) => canonical(value));
}

function objectsIn(output: string): string[] {
  const parsed = parseAllDocuments(output);
  return [...parsed].map((document) => canonical(document.toJS()));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function placed(actual: string, expected: string): string {
  return expected.endsWith('*') ? actual.replace(/\d+:\d+$/, '*') : actual;
}

function ourError({ files, directory = '' }: Case): string {
  try {
    buildKustomization(new Map(Object.entries(files)), directory);
    return 'built';
  } catch (error) {
    if (!(error instanceof BerthError)) throw error;
    return `${error.code} ${error.at ?? ''}`;
  }
}
