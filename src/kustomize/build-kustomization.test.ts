import { describe, expect, test } from 'vitest';
import { readYaml } from '../yaml/read-yaml.ts';
import { buildKustomization } from './build-kustomization.ts';
import { kustomizationOf } from './kustomization-of.ts';
import { listedResources } from './listed-resources.ts';

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const files = new Map([
  ['apps/kustomization.yaml', 'resources:\n  - ../base\n  - ./own.yaml\ncomponents: [extra]\nnamePrefix: p-\n'],
  ['apps/own.yaml', `${configMap('own')}---\n${configMap('second')}`],
  ['apps/extra/kustomization.yaml', 'kind: Component\nconfigMapGenerator: [{ name: made, literals: [A=1] }]\n'],
  ['base/kustomization.yml', 'resources: [b.yaml]\n'],
  ['base/b.yaml', configMap('b')],
]);

describe('a build', () => {
  test('says where each object was written', () => {
    const { objects } = buildKustomization(files, 'apps');
    expect(objects.map(({ value, file, document }) => [value['metadata'], file, document])).toEqual([
      [{ name: 'p-b' }, 'base/b.yaml', 0],
      [{ name: 'p-made-89g4tffbfk' }, 'apps/extra/kustomization.yaml', 0],
      [{ name: 'p-own' }, 'apps/own.yaml', 0],
      [{ name: 'p-second' }, 'apps/own.yaml', 1],
    ]);
  });

  test('leaves alone what a reader remembers', () => {
    const remembered = new Map([...files].map(([file, text]) => [file, readYaml(file, text)]));
    const before = JSON.stringify([...remembered.values()].map(({ documents }) => documents.map(({ value }) => value)));
    const read = (file: string, text: string): ReturnType<typeof readYaml> =>
      remembered.get(file) ?? readYaml(file, text);

    expect(buildKustomization(files, 'apps', read)).toEqual(buildKustomization(files, './apps/', read));
    expect(JSON.stringify([...remembered.values()].map(({ documents }) => documents.map(({ value }) => value)))).toBe(
      before,
    );
  });

  test('of directories that double at every step ends', () => {
    const deep = new Map([['z/kustomization.yaml', 'resources: []\n']]);
    for (let level = 0; level < 40; level += 1) {
      const next = level === 39 ? 'z' : `d${level + 1}`;
      deep.set(`d${level}/kustomization.yaml`, `resources: [../${next}, ../${next}]\n`);
    }
    expect(() => buildKustomization(deep, 'd0')).toThrow(expect.objectContaining({ code: 'KUSTOMIZE_UNSUPPORTED' }));
  });
});

describe('a kustomization', () => {
  test('is found under its three names, and nowhere else', () => {
    expect(kustomizationOf(files, 'base')?.value).toMatchObject({ kind: 'Kustomization', resources: ['b.yaml'] });
    expect(kustomizationOf(files, 'apps/extra')?.value.kind).toBe('Component');
    expect(kustomizationOf(files, 'elsewhere')).toBeUndefined();
  });

  test('lists files and directories with their paths from the root', () => {
    expect(listedResources(files, 'apps')).toEqual([
      { entry: '../base', path: 'base', at: 'apps/kustomization.yaml:2:5' },
      { entry: './own.yaml', path: 'apps/own.yaml', at: 'apps/kustomization.yaml:3:5' },
      { entry: 'extra', path: 'apps/extra', at: 'apps/kustomization.yaml:4:14' },
    ]);
    expect(listedResources(files, 'elsewhere')).toEqual([]);
  });
});
