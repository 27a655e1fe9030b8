import { type Node, findNodeAtLocation, parseTree } from 'jsonc-parser';

type Path = readonly [string, ...string[]];

/** The text with a value at a path; what is missing on the way is made, in the style of its surroundings. */
export function setValue(text: string, path: Path, value: unknown): string {
  const root = treeOf(text);
  const existing = findNodeAtLocation(root, [...path]);
  if (existing) return replace(text, existing, printed(value, text, existing.offset));
  const key = path.at(-1) ?? '';
  const [first, ...rest] = path.slice(0, -1);
  const parent = first === undefined ? root : findNodeAtLocation(root, [first, ...rest]);
  return parent ? insert(text, parent, key, value) : setValue(text, [first ?? key, ...rest], { [key]: value });
}

/** The text without what stands at a path; the properties around it keep every byte. */
export function removeValue(text: string, path: Path): string {
  const property = findNodeAtLocation(treeOf(text), [...path])?.parent;
  const object = property?.parent;
  if (!property || !object) return text;
  const siblings = object.children ?? [];
  const index = siblings.indexOf(property);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (before) return text.slice(0, endOf(before)) + text.slice(endOf(property));
  return after ? text.slice(0, property.offset) + text.slice(after.offset) : replace(text, object, '{}');
}

function insert(text: string, object: Node, key: string, value: unknown): string {
  const [first, last] = [object.children?.[0], object.children?.at(-1)];
  const name = JSON.stringify(key);
  if (first && last && !startsItsLine(text, first.offset)) {
    return `${text.slice(0, endOf(last))}, ${name}: ${JSON.stringify(value)}${text.slice(endOf(last))}`;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = indentAt(text, object.offset);
  const inner = first ? indentAt(text, first.offset) : outer + unitOf(text);
  const property = `${eol}${inner}${name}: ${printedWith(value, inner, unitOf(text), eol)}`;
  if (!last) return replace(text, object, `{${property}${eol}${outer}}`);
  return `${text.slice(0, endOf(last))},${property}${text.slice(endOf(last))}`;
}

function printed(value: unknown, text: string, offset: number): string {
  return printedWith(value, indentAt(text, offset), unitOf(text), text.includes('\r\n') ? '\r\n' : '\n');
}

function printedWith(value: unknown, indent: string, unit: string, eol: string): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

function treeOf(text: string): Node {
  const root = parseTree(text);
  if (!root) throw new Error('the text was checked before it is edited');
  return root;
}

const endOf = ({ offset, length }: Node): number => offset + length;
const replace = (text: string, node: Node, by: string): string =>
  text.slice(0, node.offset) + by + text.slice(endOf(node));

const lineBefore = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
const startsItsLine = (text: string, offset: number): boolean => lineBefore(text, offset).trim() === '';
const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(lineBefore(text, offset))?.[0] ?? '';
/** What one level is indented by. */
const unitOf = (text: string): string => /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
