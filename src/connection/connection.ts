/**
 * Where calls go and as whom: a plain value that every port receives and every node id carries,
 * so that several can be used side by side.
 */
export interface Connection {
  /** Unique among the connections known here; shown to the user. */
  readonly name: string;
  /** A profile of `~/.aws`; absent: what the environment gives (keys in variables, a container's role). */
  readonly profile?: string;
  readonly region: string;
  /** Replaces every AWS endpoint; absent: AWS itself, or what the profile and the environment configure. */
  readonly endpoint?: string;
  /** Where the configuration sends single services elsewhere: endpoint by service id (`s3`, `glue`…). */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Refuses everything that writes. */
  readonly readOnly: boolean;
  /** Shown in warning colour; writes ask once more. */
  readonly production: boolean;
}

/** The part of node ids, cache keys and file names that stands for a connection. */
export function connectionKey(connection: Connection): string {
  const single = Object.entries(connection.endpoints ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts = [connection.name, connection.region, connection.endpoint ?? '', ...single.flat()];
  return parts.map(encodeURIComponent).join('@');
}

/** Where calls to a service go (`s3`, `glue`, `athena`, `sts`); `undefined`: to AWS itself. */
export function endpointOf(connection: Connection, service: string): string | undefined {
  return connection.endpoint ?? connection.endpoints?.[service];
}
