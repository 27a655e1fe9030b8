/** Small documents of everything that manifests are written with, and of what stands at the edge of it. */
export const yamlSamples: readonly string[] = [
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: weather-mcp # the name\n  labels: {app: weather, "a/b": \'c\'}\nspec:\n  ports:\n    - port: 8080\n      targetPort: http\n    - {port: 81, name: "x y"}\n',
  'kind: ConfigMap\ndata:\n  server.py: |\n    def f(x: int):\n        return {"a": x}  # c\n\n    if f(1):\n      print("x: y")\n  empty: ""\n---\nkind: Deployment\nspec:\n  template:\n  - a\n  - b: 1\n    c:\n    - d\n',
  '# head\n---\n# more\na: 1\n\n---\n---\nb: -1.5e3\nc: ~\nd:\ne: null # x\n',
  'command: ["python", "/app/x.py", \'it\'\'s\', --flag=a:b, -1]\nargs: []\nenv: [{name: A, value: "1"}, [a, [b]], {}]\n',
  '- - a\n  - b\n-\n  - c\n- d: e\n  f:\n- g:\n  - h\n  i: j\n- |-\n  x\n   y\n- >\n  p\n  q\n\n  r\n   s\n',
  'a: >-\n  folded text\n  goes on\n\n    deeper\n  back\n\n\n  end\n\nb: |\n\n  first\n\n\nc: "x\\ty\\u00e9 \\"q\\""\nd: \'\'\n',
  '"quoted key": 1\n\'single\': two\nkey with spaces: v\nurl: http://a.b:80/c?d#e\ntime: 12:30:45\nwin: c:\\d\nneg: -x\nq: ?x\n',
  'a:\n    b:\n        - c:\n              d: e # f\n          # between\n          g: h\n    i: |\n        # no comment\n        --- no marker\n    # comment\n    j: k\n',
  'a: &x {b: c}\nd: *x\ne: !!str 5\nf:\n  <<: *x\n  g: |2\n     h\n? i\n: j\nk: l\n  m\nn: "o\n  p"\n...\nq: r\n',
  '{"apiVersion": "v1", "kind": "List", "items": [{"a": [1, 2.5, true, null]}], "b":"c"}\n',
];

/** Pieces that change how a line is read. */
const pieces = [
  ' ',
  '  ',
  '\n',
  '\n\n',
  ':',
  ': ',
  ' #',
  '#',
  '- ',
  '-',
  '|',
  '|\n',
  '>-',
  '>\n',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ', ',
  '&a ',
  '*a',
  '!',
  '%',
  '@',
  '`',
  '?',
  '? ',
  '\\',
  '	',
  '---',
  '\n---\n',
  '\n...\n',
  'a',
  'a: b',
  '\n  ',
  '\n    ',
  '~',
  '<<',
  '0',
  '\r\n',
  '\r',
  '﻿',
  '\u2028',
  '',
  '+',
  '2',
  '\n\n\n',
  '   \n',
  '\\n',
];

/** Numbers that are the same in every run: mulberry32. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A sample with one to three things changed. */
export function mutated(random: (below: number) => number): string {
  let text = yamlSamples[random(yamlSamples.length)] ?? '';
  for (let changes = random(3) + 1; changes > 0; changes -= 1) text = changed(text, random);
  return text;
}

function changed(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const piece = pieces[random(pieces.length)] ?? '';
  switch (random(7)) {
    case 0:
      return text.slice(0, at) + piece + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(3));
    case 2:
      return text.slice(0, at) + piece + text.slice(at + piece.length);
    case 3:
      return text.slice(0, at);
    case 4:
      return changedLine(text, random, (line) => ' '.repeat(random(4)) + line.trimStart());
    case 5:
      return changedLine(text, random, (line, lines) => `${line}\n${lines[random(lines.length)] ?? ''}`);
    default:
      return changedLine(text, random, (line) => (random(2) === 0 ? ` ${line}` : line + piece));
  }
}

function changedLine(
  text: string,
  random: (below: number) => number,
  change: (line: string, lines: readonly string[]) => string,
): string {
  const lines = text.split('\n');
  const index = random(lines.length);
  return lines.with(index, change(lines[index] ?? '', lines)).join('\n');
}
