import { expect, test } from 'vitest';
import { bareProgram, imageRuntime } from './image-runtime.ts';

test.each([
  ['python:3.11-slim', { kind: 'python', minor: '3.11' }],
  ['python:3.12.4', { kind: 'python', minor: '3.12' }],
  ['python', { kind: 'python', minor: undefined }],
  ['docker.io/library/python:3.13-alpine@sha256:abc', { kind: 'python', minor: '3.13' }],
  ['localhost:5000/python:3.11', { kind: 'python', minor: '3.11' }],
  ['node:22-slim', { kind: 'node', major: 22 }],
  ['node:lts', { kind: 'node', major: undefined }],
  ['ghcr.io/astral-sh/uv:python3.11-bookworm-slim', { kind: 'uv', minor: '3.11' }],
  ['ghcr.io/astral-sh/uv:0.9.5-python3.12-alpine', { kind: 'uv', minor: '3.12' }],
  ['ghcr.io/astral-sh/uv:latest', { kind: 'uv', minor: undefined }],
  ['ghcr.io/someone/uv:latest', undefined],
  ['busybox:1.36', { kind: 'shell' }],
  ['ghcr.io/vortiago/mcp-outline:latest', undefined],
  ['grafana/mcp-grafana', undefined],
])('%s', (image, runtime) => {
  expect(imageRuntime(image)).toEqual(runtime);
});

test.each([
  ['/usr/local/bin/python3.11', 'python3.11'],
  ['/usr/local/bin/node', 'node'],
  ['python', 'python'],
  ['/app/node', 'node'],
  ['/bin/sh', '/bin/sh'],
  ['/usr/bin/nodejs-tool', '/usr/bin/nodejs-tool'],
])('%s is run as %s', (command, program) => {
  expect(bareProgram(command)).toBe(program);
});
