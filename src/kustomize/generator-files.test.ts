import { expect, test } from 'vitest';
import { readYaml } from '../yaml/read-yaml.ts';
import { generatorFiles } from './generator-files.ts';

test('files of generators are found beside their kustomizations', () => {
  const text = `configMapGenerator:
  - name: code
    files: [server.py, config.json=files/prod.json]
secretGenerator:
  - name: keys
    envs: [../keys.env]
    env: own.env
`;
  const other = 'configMapGenerator:\n  - name: x\n    files: [x.txt]\n';
  expect(generatorFiles([readYaml('apps/kustomization.yaml', text), readYaml('apps/values.yaml', other)])).toEqual([
    'apps/server.py',
    'apps/files/prod.json',
    'keys.env',
    'apps/own.env',
  ]);
});
