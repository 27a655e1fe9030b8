// Draws what a terminal showed as an SVG: `FORCE_COLOR=1 berth demo | node scripts/terminal-picture.mjs '$ npm start' > docs/images/demo.svg`.
// Knows the colours that src/cli/style.ts writes, and nothing else of a terminal.
import { readFileSync } from 'node:fs';

const [title = ''] = process.argv.slice(2);
const lines = [...(title === '' ? [] : [title]), ...readFileSync(0, 'utf8').trimEnd().split('\n')];
const [cell, leading, margin] = [8.4, 20, 20];
const width = Math.max(...lines.map((line) => plain(line).length)) * cell + 2 * margin;
const height = lines.length * leading + 2 * margin;

const colours = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 2: '#8b949e' };

console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" role="img">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
${lines.map((line, row) => `<text x="${margin}" y="${margin + (row + 0.75) * leading}">${spans(line)}</text>`).join('\n')}
</g>
</svg>`);

/** Text between escape sequences takes the look that stands before it. */
function spans(line) {
  let look = '';
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is read here
  return line.replaceAll(/(?:\u001B\[(\d*)m)|([^\u001B]+)/g, (_, code, text) => {
    if (text === undefined) {
      if (code === '1') look += ' font-weight="bold"';
      else look = colours[code] ? ` fill="${colours[code]}"` : '';
      return '';
    }
    // Spaces that no viewer folds.
    const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00A0');
    return `<tspan${look}>${shown}</tspan>`;
  });
}

function plain(line) {
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is read here
  return line.replaceAll(/\u001B\[\d*m/g, '');
}
