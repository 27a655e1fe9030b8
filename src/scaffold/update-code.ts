import { codeHash } from '../repository/code-hash.ts';
import type { Manifest, McpServer } from '../repository/types.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { removeValue } from '../yaml/remove-value.ts';
import { setValue } from '../yaml/set-value.ts';
import type { Edit, YamlDocument, YamlPath } from '../yaml/types.ts';
import type { ServerCode } from './new-server.ts';

type Code = Extract<ServerCode, { pattern: 'configmap' }>;
type Change = (document: YamlDocument) => Edit | undefined;

/**
 * The manifests of a server with new code and its hash in them, by file. All else stays as people wrote it, byte by
 * byte; where nothing differs the map is empty.
 */
export function updateCode({ code: configMap, workload }: McpServer, code: Code): ReadonlyMap<string, string> {
  const { content } = code;
  const texts = new Map<string, string>();
  const edit = (manifest: Manifest, change: Change): void => {
    const { file, index, text } = manifest.document;
    const before = texts.get(file) ?? text;
    const document = readYaml(file, before).documents.find((one) => one.index === index);
    const made = document && change(document);
    if (made) texts.set(file, applyEdits(before, [made]));
  };

  if (!configMap) return texts;
  for (const change of contentChanges(configMap, content)) edit(configMap, change);
  edit(workload, set(['spec', 'template', 'metadata', 'annotations', 'mcp-berth.dev/code-sha256'], codeHash(content)));
  edit(workload, (document) => commandChange(document, code));
  return texts;
}

function contentChanges(configMap: Manifest, { data, binaryData, serverSideApply }: Code['content']): Change[] {
  return [
    ...Object.entries({ data, binaryData }).flatMap(([key, wanted]) => [
      ...Object.entries(wanted).map(([name, text]) => set([key, name], text)),
      ...goneFrom(configMap, key, wanted),
    ]),
    ...(serverSideApply
      ? [set(['metadata', 'annotations', 'argocd.argoproj.io/sync-options'], 'ServerSideApply=true')]
      : []),
  ];
}

/** Files that the code does not have any more. */
function goneFrom(configMap: Manifest, key: string, wanted: Readonly<Record<string, string>>): Change[] {
  const present = configMap.fieldAt([key])?.value;
  if (typeof present !== 'object' || present === null) return [];
  const gone = Object.keys(present).filter((name) => !(name in wanted));
  if (Object.keys(wanted).length === 0) return [(document) => removeValue(document, [key])];
  return gone.map((name) => (document) => removeValue(document, [key, name]));
}

/** A bundle that has become too large, or small enough, is started in another way. */
function commandChange(document: YamlDocument, { content, command }: Code): Edit | undefined {
  const containers = document.fieldAt(['spec', 'template', 'spec', 'containers'])?.value;
  const index = Array.isArray(containers)
    ? containers.findIndex((container: { name?: unknown } | null) => container?.name === 'mcp-server')
    : -1;
  const path = ['spec', 'template', 'spec', 'containers', Math.max(0, index), 'command'];
  const present = document.fieldAt(path)?.value;
  const files = Object.keys({ ...content.data, ...content.binaryData });
  const starts = Array.isArray(present) && files.some((file) => present.includes(`/app/${file}`));
  return starts ? undefined : set(path, command)(document);
}

const set =
  (path: YamlPath, value: unknown): Change =>
  (document) =>
    JSON.stringify(document.fieldAt(path)?.value) === JSON.stringify(value)
      ? undefined
      : setValue(document, path, value);
