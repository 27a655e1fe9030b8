import { isWithin, joinPath } from '../../paths.ts';
import type { KubernetesClusterConfig } from '../../platform/types.ts';
import type { Manifest, Repository } from '../types.ts';
import { listAt, textAt, valueAt } from '../value-at.ts';
import { isLive } from './survey-folders.ts';

export interface GitopsSurvey {
  gitops: KubernetesClusterConfig['gitops'];
  /** Where the object sends manifests that name no namespace. */
  targetNamespace?: string;
}

/** Which Argo CD Application or Flux Kustomization applies a directory; the engine alone where none of them does. */
export function surveyGitops(repository: Repository, directory: string): GitopsSurvey | undefined {
  const applications = repository
    .manifestsOf('Application')
    .filter(({ apiVersion }) => apiVersion.startsWith('argoproj.io/'))
    .filter(({ file }) => isLive(file));
  const sets = repository.manifestsOf('ApplicationSet').filter(({ file }) => isLive(file));
  if (applications.length > 0 || sets.length > 0) {
    return surveyOf('argocd', nearest(applications, directory, pathsOfApplication), ['destination', 'namespace']);
  }
  const kustomizations = repository
    .manifestsOf('Kustomization')
    .filter(({ apiVersion }) => apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    .filter(({ file }) => isLive(file));
  if (kustomizations.length === 0) return undefined;
  return surveyOf('flux', nearest(kustomizations, directory, pathsOfFlux), ['targetNamespace']);
}

function surveyOf(engine: 'argocd' | 'flux', found: Manifest | undefined, target: readonly string[]): GitopsSurvey {
  if (!found) return { gitops: { engine } };
  const targetNamespace = textAt(found.value, 'spec', ...target);
  return {
    gitops: {
      engine,
      application: found.name,
      ...(found.namespace === undefined ? {} : { namespace: found.namespace }),
    },
    ...(targetNamespace ? { targetNamespace } : {}),
  };
}

/** The one whose path is the directory, or leads there by the shortest way. */
function nearest(
  manifests: readonly Manifest[],
  directory: string,
  pathsOf: (manifest: Manifest) => readonly unknown[],
): Manifest | undefined {
  const distances = manifests.flatMap((manifest) =>
    pathsOf(manifest).flatMap((path) => {
      const folder = typeof path === 'string' ? joinPath('', path) : undefined;
      return folder !== undefined && isWithin(directory, folder)
        ? [{ manifest, distance: directory.length - folder.length }]
        : [];
    }),
  );
  return distances.toSorted((a, b) => a.distance - b.distance)[0]?.manifest;
}

const pathsOfApplication = ({ value }: Manifest): readonly unknown[] => [
  valueAt(value, 'spec', 'source', 'path'),
  ...listAt(value, 'spec', 'sources').map((source) => valueAt(source, 'path')),
];

const pathsOfFlux = ({ value }: Manifest): readonly unknown[] => [valueAt(value, 'spec', 'path')];
