import { invalid } from './kustomize-error.ts';

type Test = (labels: ReadonlyMap<string, string>) => boolean;

/** Reads what Kubernetes calls a label selector (`app=weather,tier in (a,b),!old`) into a test. */
export function parseLabelSelector(text: string): Test {
  const requirements = splitRequirements(text).map((part) => parseRequirement(part, text));
  return (labels) => requirements.every((holds) => holds(labels));
}

/** At the commas that stand outside of parentheses. */
function splitRequirements(text: string): string[] {
  if (text.trim() === '') return [];
  return text.split(/,(?![^(]*\))/);
}

function parseRequirement(part: string, whole: string): Test {
  const set = /^\s*([^\s!=<>(),]+)\s+(in|notin)\s*\(([^()]*)\)\s*$/.exec(part);
  if (set) {
    const [, key = '', operator = '', list = ''] = set;
    const values = new Set(list.split(',').map((value) => checkedValue(value.trim(), whole)));
    checkedKey(key, whole);
    return operator === 'in'
      ? (labels) => values.has(labels.get(key) ?? '') && labels.has(key)
      : (labels) => !labels.has(key) || !values.has(labels.get(key) ?? '');
  }

  const compared = /^\s*([^\s!=<>(),]+)\s*(==|=|!=|<|>)\s*([^\s!=<>(),]*)\s*$/.exec(part);
  if (compared) {
    const [, key = '', operator = '', value = ''] = compared;
    checkedKey(key, whole);
    checkedValue(value, whole);
    if (operator === '!=') return (labels) => labels.get(key) !== value;
    if (operator === '=' || operator === '==') return (labels) => labels.get(key) === value;
    return inequality(key, operator, value, whole);
  }

  const bare = /^\s*(!?)\s*([^\s!=<>(),]+)\s*$/.exec(part);
  if (!bare) throw refused(whole);
  const [, not = '', key = ''] = bare;
  checkedKey(key, whole);
  return (labels) => labels.has(key) === (not === '');
}

function inequality(key: string, operator: string, value: string, whole: string): Test {
  if (!/^[+-]?\d+$/.test(value)) throw refused(whole);
  return (labels) => {
    const label = labels.get(key);
    if (label === undefined || !/^[+-]?\d+$/.test(label)) return false;
    return operator === '>' ? BigInt(label) > BigInt(value) : BigInt(label) < BigInt(value);
  };
}

function checkedKey(key: string, whole: string): void {
  const [name = '', prefix] = key.split('/').toReversed();
  const goodPrefix = prefix === undefined || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(prefix);
  if (key.split('/').length > 2 || !goodPrefix || !/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(name))
    throw refused(whole);
}

function checkedValue(value: string, whole: string): string {
  if (value !== '' && !/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(value)) throw refused(whole);
  return value;
}

function refused(text: string): Error {
  return invalid(
    `"${text}" is no label selector`,
    undefined,
    'Write it as kubectl -l takes it: app=weather,tier in (a,b).',
  );
}
