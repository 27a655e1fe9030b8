import { describe, expect, test } from 'vitest';
import { contractOf } from './contract-of.ts';
import type { ToolDefinition } from './types.ts';

const add: ToolDefinition = {
  name: 'add',
  description: 'Add two integers',
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'integer', description: 'the second' } },
    required: ['a', 'b'],
  },
};
const hashOf = (tool: ToolDefinition): string | undefined => contractOf({ tools: [tool] }).tools[tool.name];

describe('the same tool, as each SDK says it', () => {
  const schema = add.inputSchema as Record<string, object>;
  test.each<[string, ToolDefinition]>([
    ['in another order', { inputSchema: { required: ['b', 'a'], ...schema }, ...add }],
    ['with required in another order', { ...add, inputSchema: { ...schema, required: ['b', 'a'] } }],
    [
      'with the draft of its schema',
      { ...add, inputSchema: { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema } },
    ],
    ['that closes its arguments', { ...add, inputSchema: { ...schema, additionalProperties: false } }],
    [
      'with titles everywhere',
      {
        ...add,
        title: 'Add',
        annotations: { title: 'Add' },
        inputSchema: {
          ...schema,
          title: 'addArguments',
          properties: {
            a: { title: 'A', type: 'integer' },
            b: { title: 'B', type: 'integer', description: 'the second' },
          },
        },
      },
    ],
    [
      'with the integers of JavaScript',
      {
        ...add,
        inputSchema: {
          ...schema,
          properties: {
            a: { type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
            b: { type: 'integer', description: 'the second' },
          },
        },
      },
    ],
  ])('%s', (_, tool) => {
    expect(hashOf(tool)).toBe(hashOf(add));
  });
});

describe('another tool', () => {
  const schema = add.inputSchema as { properties: object };
  test.each<[string, ToolDefinition]>([
    ['described otherwise', { ...add, description: 'Add two integers, and send them to me' }],
    ['that writes', { ...add, annotations: { destructiveHint: true } }],
    ['that needs less', { ...add, inputSchema: { ...schema, required: ['a'] } }],
    [
      'with an argument called title',
      { ...add, inputSchema: { ...schema, properties: { ...schema.properties, title: {} } } },
    ],
    ['that allows more of a kind', { ...add, inputSchema: { ...schema, additionalProperties: { type: 'string' } } }],
    ['with a real limit', { ...add, inputSchema: { ...schema, maximum: 9 } }],
    ['with a default', { ...add, inputSchema: { ...schema, default: { title: 'x' } } }],
    ['with a result', { ...add, outputSchema: { type: 'object' } }],
  ])('%s', (_, tool) => {
    expect(hashOf(tool)).not.toBe(hashOf(add));
  });
});

test('a wrapped result is the same in FastMCP 2, 3 and 4', () => {
  const outputSchema = { type: 'object', properties: { result: { type: 'string' } }, required: ['result'] };
  const wrapped = { ...outputSchema, 'x-fastmcp-wrap-result': true };
  const described = {
    ...wrapped,
    description: 'Generic wrapper for non-object return types.',
    title: '_WrappedResult',
  };
  expect(hashOf({ ...add, outputSchema: described })).toBe(hashOf({ ...add, outputSchema: wrapped }));
  expect(hashOf({ ...add, outputSchema: { ...outputSchema, description: 'mine' } })).not.toBe(
    hashOf({ ...add, outputSchema }),
  );
});

test('the whole does not depend on the order of the tools, and does on each of them', () => {
  const other = { ...add, name: 'subtract' };
  expect(contractOf({ tools: [add, other] })).toEqual(contractOf({ tools: [other, add] }));
  expect(contractOf({ tools: [add] }).hash).not.toBe(contractOf({ tools: [add, other] }).hash);
  expect(contractOf({ tools: [add, add] }).hash).not.toBe(contractOf({ tools: [add] }).hash);
  expect(contractOf({}).hash).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('names that every object has are names like others', () => {
  const { tools } = contractOf({ tools: [{ name: '__proto__' }, { name: 'constructor' }] });
  expect(Object.keys(tools)).toEqual(['__proto__', 'constructor']);
});
