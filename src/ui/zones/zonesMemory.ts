import type * as vscode from 'vscode';
import { connectionKey, type Connection } from '../../connection/connection';
import type { KeptPlace } from '../../trees/zonesTree';
import type { KeptStatistics, StatisticsSummary } from '../../zones/keptStatistics';
import { summaryOf } from '../../zones/keptStatistics';
import type { ZonePlace } from '../../zones/zones';

const favouritesKey = 'lakeWorkbench.zones.favourites';
const openedKey = 'lakeWorkbench.zones.opened';
const statisticsKey = 'lakeWorkbench.zones.statistics';

/** Opened places of one connection that are remembered. */
const mostOpened = 12;
/** Counted places whose figures are remembered, over all connections. */
const mostSummaries = 500;

type ByConnection = Readonly<Record<string, readonly KeptPlace[]>>;
/** A moment as milliseconds: mementos hold JSON. */
type StoredSummary = Omit<StatisticsSummary, 'at'> & { readonly at: number };

/** What VS Code remembers of the Zones view: favourites and figures for all workspaces, opened places for this one. */
export class ZonesMemory {
  readonly #global: vscode.Memento;
  readonly #workspace: vscode.Memento;

  constructor(memory: { readonly global: vscode.Memento; readonly workspace: vscode.Memento }) {
    this.#global = memory.global;
    this.#workspace = memory.workspace;
  }

  favourites(connection: Connection): readonly KeptPlace[] {
    return this.#global.get<ByConnection>(favouritesKey)?.[connectionKey(connection)] ?? [];
  }

  /** Adds a favourite, or removes one that is; tells whether it is one now. */
  async toggleFavourite(connection: Connection, place: KeptPlace): Promise<boolean> {
    const before = this.favourites(connection);
    const without = before.filter((one) => !samePlace(one, place));
    const added = without.length === before.length;
    const all = this.#global.get<ByConnection>(favouritesKey) ?? {};
    await this.#global.update(favouritesKey, {
      ...all,
      [connectionKey(connection)]: added ? [...without, place] : without,
    });
    return added;
  }

  opened(connection: Connection): readonly KeptPlace[] {
    return this.#workspace.get<ByConnection>(openedKey)?.[connectionKey(connection)] ?? [];
  }

  /** Puts a place first among the opened ones. */
  async open(connection: Connection, place: KeptPlace): Promise<void> {
    const others = this.opened(connection).filter((one) => !samePlace(one, place));
    await this.#setOpened(connection, [place, ...others].slice(0, mostOpened));
  }

  async clearOpened(connection: Connection): Promise<void> {
    await this.#setOpened(connection, []);
  }

  /** The figures of a place that was counted. */
  summary(connection: Connection, place: ZonePlace): StatisticsSummary | undefined {
    const stored = this.#summaries()[statisticsId(connection, place)];
    return stored === undefined ? undefined : { ...stored, at: new Date(stored.at) };
  }

  /** Remembers what was counted; the oldest give way. */
  async remember(connection: Connection, kept: KeptStatistics): Promise<void> {
    const { at, ...figures } = summaryOf(kept);
    const id = statisticsId(connection, kept.place);
    const all = { ...this.#summaries(), [id]: { ...figures, at: at.getTime() } };
    const newest = Object.entries(all).toSorted(([, a], [, b]) => b.at - a.at);
    await this.#global.update(statisticsKey, Object.fromEntries(newest.slice(0, mostSummaries)));
  }

  #summaries(): Readonly<Record<string, StoredSummary>> {
    return this.#global.get<Readonly<Record<string, StoredSummary>>>(statisticsKey) ?? {};
  }

  async #setOpened(connection: Connection, places: readonly KeptPlace[]): Promise<void> {
    const all = this.#workspace.get<ByConnection>(openedKey) ?? {};
    await this.#workspace.update(openedKey, { ...all, [connectionKey(connection)]: places });
  }
}

/** What statistics of a place are remembered by. */
export function statisticsId(connection: Connection, { bucket, prefix }: ZonePlace): string {
  return JSON.stringify([connectionKey(connection), bucket, prefix]);
}

/** True for one place, whether it is told as a folder or as a key. */
export function samePlace(a: KeptPlace, b: KeptPlace): boolean {
  return a.bucket === b.bucket && a.key === b.key && a.kind === b.kind;
}
