import { readRepository } from '../../repository/read-repository.ts';
import type { NewServer } from '../../scaffold/new-server.ts';
import { printManifest } from '../../scaffold/print-manifest.ts';
import { secretInstructions } from '../../scaffold/secret-instructions.ts';
import { serverDocuments } from '../../scaffold/server-documents.ts';
import type { Context } from '../define-command.ts';
import { type Answers, askAnswers } from './ask-answers.ts';
import { type Change, type WrittenFile, expectUntouched, listedIn, writeChanged } from './changes.ts';
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
    const changes = changesFor(server, { setting, text, kustomization, source: prepared.files, answers });
    if (!options.force) await expectUntouched(changes, names.server, context.files);
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
        ...(kustomization?.note === undefined ? [] : [kustomization.note]),
        ...sideEffects(server),
      ],
      todo: secretInstructions(server, {
        directory: platform.servers.directory,
        local: setting.cluster.kind === 'local',
      }),
    };
  } catch (error) {
    await prepared.discard?.();
    throw error;
  }
}

function changesFor(
  server: NewServer,
  {
    setting,
    text,
    kustomization,
    source,
    answers,
  }: {
    setting: NewSetting;
    text: string;
    kustomization: { file: string; text: string } | undefined;
    source: ReadonlyMap<string, string>;
    answers: Answers;
  },
): Change[] {
  const kinds = serverDocuments(server).map((document) => ('kind' in document ? String(document.kind) : ''));
  const port = server.exposure.kind === 'nodeport' ? `; NodePort ${server.exposure.nodePort}` : '';
  return [
    // Source that was read from its own place is the people's already.
    ...[...source].map(([file, code]) => ({ file, text: code, what: 'source', precious: answers.given !== '' })),
    { file: setting.manifest, text, what: `${kinds.join(', ')}${port}`, precious: true },
    ...(kustomization ? [{ ...kustomization, what: 'one line', precious: false }] : []),
  ];
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

function sideEffects({ exposure, tokenKey, egress, code }: NewServer): string[] {
  const applies = code.pattern === 'configmap' && code.content.serverSideApply;
  return [
    ...(exposure.kind === 'nodeport' && tokenKey === undefined
      ? ['Everybody who reaches a node can call its tools: it asks for no token (--token)']
      : []),
    ...(egress.length === 0 ? ['It may call any address; name its back ends to restrict that: --egress HOST'] : []),
    ...(applies ? ['Its ConfigMap is too large for a client-side apply, and is marked for a server-side one'] : []),
  ];
}
