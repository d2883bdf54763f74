import type { KindId, Pipeline } from './pipeline';

/** What was started here before, newest first; kept between sessions. */
export interface RecentStarts {
  readonly version: 1;
  readonly starts: readonly RecentStart[];
}

export interface RecentStart {
  readonly connection: string;
  readonly kind: KindId;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const most = 50;

/** Reads what was kept; anything else (nothing, another version) is an empty list. */
export function readRecent(stored: unknown): RecentStarts {
  if (
    typeof stored === 'object' &&
    stored !== null &&
    'version' in stored &&
    stored.version === 1 &&
    'starts' in stored
  ) {
    return stored as RecentStarts;
  }
  return { version: 1, starts: [] };
}

export function remember(recent: RecentStarts, start: RecentStart): RecentStarts {
  const others = recent.starts.filter((one) => !same(one, start));
  return { version: 1, starts: [start, ...others].slice(0, most) };
}

/** The input a pipeline was last started with here. */
export function lastInput(recent: RecentStarts, connection: string, pipeline: Pipeline): string | undefined {
  return recent.starts.find((one) => same(one, { connection, kind: pipeline.kind, name: pipeline.name }))
    ?.input;
}

/** Pipelines in the order a launcher lists them: recently started ones first, then by name. */
export function recentFirst(
  recent: RecentStarts,
  connection: string,
  pipelines: readonly Pipeline[],
): readonly Pipeline[] {
  const rank = (pipeline: Pipeline): number => {
    const at = recent.starts.findIndex((one) =>
      same(one, { connection, kind: pipeline.kind, name: pipeline.name }),
    );
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return pipelines.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function same(
  a: Pick<RecentStart, 'connection' | 'kind' | 'name'>,
  b: Pick<RecentStart, 'connection' | 'kind' | 'name'>,
): boolean {
  return a.connection === b.connection && a.kind === b.kind && a.name === b.name;
}
