/** A back end that a server may call, as far as a NetworkPolicy can say it. */
export type EgressPeer =
  | { kind: 'address'; cidr: string; port: number | undefined }
  /** A Service of the cluster. `pods` and `port` are the pods' own, where the Service is known. */
  | {
      kind: 'service';
      name: string;
      namespace: string;
      pods: Readonly<Record<string, string>> | undefined;
      port: number | undefined;
    }
  /** A host outside: a NetworkPolicy knows no names, so that only the port can be restricted. */
  | { kind: 'host'; host: string; port: number };
