import { blockLeftAt } from './block-left.ts';
import type { LineIndex } from './line-index.ts';
import { startOfLine } from './lines.ts';
import type { ProblemAt } from './node.ts';
import type { YamlProblem } from './types.ts';

/** A problem in the words of who wrote the file: what is wrong, where, what to do. */
export function problemOf(text: string, problem: ProblemAt, lines: LineIndex): YamlProblem {
  const left = blockLeftAt(text, problem);
  if (left) {
    const began = lines.positionOf(left.began);
    return {
      message: `this line ends the block that began at line ${began.line}, and is no YAML outside it`,
      position: lines.positionOf(left.offset),
      hint: `Indent it by ${left.indent} spaces, as the first line of the block.`,
      began,
    };
  }
  const [message, hint] = explain(problem, text);
  return { message, position: lines.positionOf(problem.offset), ...(hint === undefined ? {} : { hint }) };
}

function explain({ code, message, offset }: ProblemAt, text: string): readonly [string, string?] {
  switch (code) {
    case 'TAB_AS_INDENT':
      return ['a tab stands where YAML wants spaces', 'Indent with spaces.'];
    case 'CONTROL_CHARACTER':
      return [
        `the control character ${codeOf(text, offset, 'U+').toUpperCase()} may not stand in YAML`,
        `Take it out: in double quotes it can be written as ${codeOf(text, offset, String.raw`\u`)}.`,
      ];
    case 'TOO_LARGE':
      return ['the file is too large to be read to its end', 'Split it.'];
    case 'UNCLOSED':
      return /["']/.test(message)
        ? [`a text in ${message === '"' ? 'double' : 'single'} quotes is never closed`, `Close it with ${message}.`]
        : [`this ${message} is never closed`, `Close it with ${message === '[' ? ']' : '}'}.`];
    case 'DUPLICATE_KEY':
      return [
        `the key ${shown(message)} stands here a second time`,
        'Keep one of them: readers disagree which counts.',
      ];
    case 'TOO_DEEP':
      return [
        'lists and maps are nested too deeply',
        'No manifest needs that: look for a bracket that is never closed.',
      ];
    case 'ALIASES_TOO_LARGE':
      return [`the alias *${shown(message)} makes the document too large`, 'Write out what is meant.'];
    case 'ALIAS_WITHIN_ITSELF':
      return [`the alias *${shown(message)} stands within what it names`, 'Write out what is meant.'];
    case 'BAD_ALIAS':
      return /^[^\s:]+$/.test(message)
        ? [`nothing above is called &${shown(message)}`, 'Put a text that begins with * in quotes.']
        : ['a text that begins with * names nothing', 'Put it in quotes.'];
    case 'KEY_NO_TEXT':
      return ['a list or map stands where a key must', 'Put {{ … }} and the like in quotes.'];
    case 'MERGE_NO_MAP':
      return ['<< wants a map, or a list of maps', 'Name one with *.'];
    case 'TAG_MISFIT':
      return [shown(message), 'Take the tag out, or write a value that fits it.'];
    case 'BAD_DIRECTIVE':
      return ['a line that begins with % is a directive here', 'Put --- below the directives, or take the line out.'];
    case 'BAD_SCALAR_START':
      return [`a text cannot begin with ${shown(text.charAt(offset))}`, 'Put it in quotes.'];
    case 'BAD_DQ_ESCAPE':
      return ['this is no escape that YAML knows', 'Write \\\\ for a backslash, or use single quotes.'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'a key and its value stand within the value of another key',
        'Put a text that contains ": " in quotes, or begin a new line.',
      ];
    case 'MULTILINE_IMPLICIT_KEY':
      if (/^-\s/.test(text.slice(offset, offset + 2))) {
        return ['a list item stands among the keys of a map', 'Indent it below the key that it belongs to.'];
      }
      return [
        'a text that goes on over lines cannot be a key',
        'Indent the lines below their key, or put a text that contains ": " in quotes.',
      ];
    case 'BAD_INDENT':
      return ['this line is indented as no line above it', 'Align it with the keys or items that it belongs to.'];
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'BAD_PROP_ORDER':
    case 'ALIAS_PROPS':
      return ['a value takes one anchor (&) and one tag (!)', 'Put a text that begins with & or ! in quotes.'];
    default:
      return explainMessage(message, text, offset);
  }
}

/** The library has one code for several mistakes. */
function explainMessage(message: string, text: string, offset: number): readonly [string, string] {
  if (/map keys|map values/i.test(message)) {
    return [
      'a text stands where "key: value" is expected',
      'Write a colon and a space behind the key, or indent the line with the text that it goes on with.',
    ];
  }
  if (message.includes('at node end')) {
    const alone = text.slice(startOfLine(text, offset), offset).trim() === '';
    return alone
      ? ['this line goes on with nothing above it', 'Align it with the keys or items that it belongs to.']
      : ['a value goes on behind its end', 'Put the whole value in quotes.'];
  }
  const close = /^[\]}]/.exec(text.slice(offset, offset + 1))?.[0];
  if (close) return [`this ${close} closes nothing`, 'Take it out, or put the text in quotes.'];
  const known = message === '' ? 'this is no YAML' : message.charAt(0).toLowerCase() + message.slice(1, 200);
  return [known, 'Check quotes, brackets and indentation here and above.'];
}

function shown(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

function codeOf(text: string, offset: number, prefix: string): string {
  return `${prefix}${text.charCodeAt(offset).toString(16).padStart(4, '0')}`;
}
