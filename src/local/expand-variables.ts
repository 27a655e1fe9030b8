/**
 * `$(NAME)` as the kubelet expands it: `$$` is a `$` that begins no variable, and what is not known stays as it is
 * written.
 */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (written, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? written),
  );
}
