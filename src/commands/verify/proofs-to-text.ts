import type { Proof } from '../../proof/types.ts';
import type { Style } from '../define-command.ts';

/** A line for each proof, and below it what is wrong and what to do. */
export function proofsToText(proofs: readonly Proof[], style: Style): string {
  const widths = [Math.max(...proofs.map(({ name }) => name.length)), Math.max(...proofs.map(({ url }) => url.length))];
  const [nameWidth = 0, urlWidth = 0] = widths;
  const lines = proofs.flatMap((proof) => {
    const { name, url } = proof;
    const head = `${proofMark(proof, style)} ${name.padEnd(nameWidth)}  ${style.dim(url.padEnd(urlWidth))}  ${proofSummary(proof)}`;
    return [head.trimEnd(), ...proofDetails(proof, style).map((line) => `    ${line}`)];
  });
  const proven = proofs.filter(({ verdict }) => verdict === 'proven').length;
  return proofs.length > 1 ? [...lines, `${proven} of ${proofs.length} proven`].join('\n') : lines.join('\n');
}

export function proofMark({ verdict, warnings }: Proof, style: Style): string {
  if (verdict === 'failed') return style.red('✗');
  return verdict === 'listed' || warnings.length > 0 ? style.yellow('!') : style.green('✓');
}

export function proofSummary({ verdict, assertion, tools, call, fault }: Proof): string {
  const count = `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  if (verdict === 'proven') {
    const how = assertion === 'content' ? 'proven by' : 'answers (nothing asserted):';
    return `${count}  ${how} ${call?.tool ?? ''}  ${call?.milliseconds ?? 0} ms`;
  }
  if (verdict === 'listed') {
    return call ? `listed ${count}, but ${call.tool} failed` : `listed ${count}; nothing was called`;
  }
  return fault?.message ?? 'failed';
}

export function proofDetails({ verdict, fault, warnings, call }: Proof, style: Style): string[] {
  const about = fault
    ? [
        ...(verdict === 'listed' ? [fault.message] : []),
        `Seen: ${fault.observed}`,
        fault.hint,
        style.dim(`More: berth explain ${fault.id}`),
      ]
    : [];
  const listed =
    verdict === 'listed' && !call ? ['Name a tool to call: --tool NAME, or the annotation mcp-berth.dev/canary'] : [];
  const warned = warnings.flatMap(({ id, message, hint }) => [
    `${style.yellow('warning')} ${message} (${id})`,
    `  ${hint}`,
  ]);
  return [...about, ...listed, ...warned];
}
