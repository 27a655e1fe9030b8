import { BerthError } from '../../errors.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { printManifest } from '../../scaffold/print-manifest.ts';
import { secretInstructions } from '../../scaffold/secret-instructions.ts';
import { serverDocuments } from '../../scaffold/server-documents.ts';
import type { Context } from '../define-command.ts';
import { type Answers, askAnswers } from './ask-answers.ts';
import { type WrittenFile, listedIn, writeChanged } from './changes.ts';
import { chooseNodePort } from './choose-node-port.ts';
import { expectAbsent } from './expect-absent.ts';
import { type NewSetting, loadSetting } from './load-setting.ts';
import { checkOptions, makeServer } from './make-server.ts';
import type { NewOptions } from './options.ts';
import { prepareImage } from './prepare-image.ts';
import { preparePython } from './prepare-python.ts';
import { prepareTypescript } from './prepare-typescript.ts';
import type { PreparedCode } from './prepared-code.ts';

export interface NewResult {
  name: string;
  pattern: 'image' | 'configmap';
  dryRun: boolean;
  written: readonly WrittenFile[];
  nodePort?: number;
  /** What somebody should know. */
  notes: readonly string[];
  /** What only a person can do, in order. */
  todo: readonly string[];
}

/** Makes a server that was not there. Everything is found to be in order before the first file is written. */
export async function createServer(options: NewOptions, context: Context): Promise<NewResult> {
  const setting = await loadSetting(options, context);
  const { platform, names, manifest } = setting;
  const namespace = platform.servers.namespace;
  // Its own manifest, when it is written once more, takes nothing away from itself.
  const others = new Map([...setting.repository.files].filter(([file]) => file !== manifest));
  const repository = readRepository(others);
  expectAbsent(repository, names, namespace);
  const answers = await askAnswers(options, await readsToken(options, setting, context), context);
  checkOptions(options, answers);
  const nodePort =
    answers.expose === 'nodeport' ? chooseNodePort(options.nodePort, { ...setting, repository }) : undefined;

  const prepared = await prepare(options, answers, setting, context);
  try {
    const server = makeServer(names.server, options, answers, prepared, { platform, repository, nodePort });
    const text = printManifest(server);
    const kustomization = await listedIn(setting, text, context.files);
    const kinds = serverDocuments(server).map((document) => ('kind' in document ? String(document.kind) : ''));
    const changes = [
      ...[...prepared.files].map(([file, source]) => ({ file, text: source, what: 'source' })),
      { file: manifest, text, what: `${kinds.join(', ')}${nodePort === undefined ? '' : `; NodePort ${nodePort}`}` },
      { file: kustomization.file, text: kustomization.text, what: 'one line' },
    ];
    await expectUntouched(changes, answers, options, context);
    const written = await writeChanged(changes, { files: context.files, dryRun: options.dryRun });
    await (options.dryRun ? prepared.discard : prepared.keep)?.();
    return {
      name: names.server,
      pattern: server.code.pattern,
      dryRun: options.dryRun,
      written,
      ...(nodePort === undefined ? {} : { nodePort }),
      notes: [
        ...prepared.notes,
        ...(kustomization.note === undefined ? [] : [kustomization.note]),
        ...sideEffects(server),
      ],
      todo: secretInstructions(server, platform.servers.directory),
    };
  } catch (error) {
    await prepared.discard?.();
    throw error;
  }
}

/** Whether the source that is there, or else the template, can check the token of its clients. */
async function readsToken({ tokenKey }: NewOptions, { folder }: NewSetting, { sources, root }: Context) {
  const source = await sources.read(`${root}/${folder}`);
  return !source || [...source.values()].some((text) => text.includes(tokenKey));
}

async function prepare(
  options: NewOptions,
  { pattern, given, tokenKey }: Answers,
  { platform, names, folder }: NewSetting,
  context: Context,
): Promise<PreparedCode> {
  const request = { name: names.server, platform, folder, given, tokenKey };
  switch (pattern) {
    case 'image':
      return prepareImage(given, options, context);
    case 'python':
      return preparePython(request, options, context);
    case 'typescript':
      return prepareTypescript({ ...request, add: options.requirement }, context);
  }
}

/** What people have, and what would be lost, is not written over. */
async function expectUntouched(
  changes: readonly { file: string; text: string; what: string }[],
  { given }: Answers,
  { name, force }: NewOptions,
  { files }: Context,
): Promise<void> {
  if (force) return;
  const own = changes.filter(({ what }) => (what === 'source' ? given !== '' : what !== 'one line'));
  for (const { file, text } of own) {
    const present = await files.read(file);
    if (present === undefined || present === text) continue;
    throw new BerthError('SERVER_EXISTS', `${file} is there already, and is another one`, {
      at: `${file}:1:1`,
      hint: `New code: berth new ${name} --update. All of it anew: --force.`,
    });
  }
}

function sideEffects({ exposure, tokenKey, egress, code }: ReturnType<typeof makeServer>): string[] {
  const applies = code.pattern === 'configmap' && code.content.serverSideApply;
  return [
    ...(exposure.kind === 'nodeport' && tokenKey === undefined
      ? ['Everybody who reaches a node can call its tools: it asks for no token (--token)']
      : []),
    ...(egress.length === 0 ? ['It may call any address; name its back ends to restrict that: --egress HOST'] : []),
    ...(applies ? ['Its ConfigMap is too large for a client-side apply, and is marked for a server-side one'] : []),
  ];
}
