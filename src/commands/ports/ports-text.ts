import type { NodePortClaim } from '../../repository/node-port-claims.ts';

/** Who has which node port on one cluster. */
export interface PortRegister {
  cluster: string;
  claims: readonly NodePortClaim[];
  /** Ports that more than one wants. */
  conflicts: readonly number[];
  reserved: Readonly<Record<string, string>>;
  /** What the next server gets; null where the range is used up. */
  next: number | null;
}

/** By this line berth knows the file again that it may overwrite. */
export const firstLine = '# Node ports, written by "berth ports --write": change the manifests instead.';

interface Row {
  text: string;
  conflict: boolean;
}

/** One line a claim, in columns, reserved ports among them. */
export function portRows({ claims, conflicts, reserved }: PortRegister): readonly Row[] {
  const rows = [
    ...claims.map(({ port, protocol, owner, position }) => ({
      port,
      cells: [`${port}`, protocol, owner, `${position.file}:${position.line}`],
      conflict: conflicts.includes(port),
    })),
    ...Object.entries(reserved).map(([port, use]) => ({
      port: Number(port),
      cells: [port, '', use, 'reserved in berth.yaml'],
      conflict: false,
    })),
  ].toSorted((a, b) => a.port - b.port);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  return rows.map(({ cells, conflict }) => ({
    text: cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
    conflict,
  }));
}

/** The register as a file for people. */
export function portsFile(registers: readonly PortRegister[]): string {
  const sections = registers.map((register) => {
    const rows = portRows(register).map(({ text, conflict }) => `${text}${conflict ? '  TAKEN TWICE' : ''}\n`);
    const next = register.next === null ? 'none: the range is used up' : `${register.next}`;
    return `\n${register.cluster}\n${rows.join('')}next free: ${next}\n`;
  });
  return `${firstLine}\n${sections.join('')}`;
}
