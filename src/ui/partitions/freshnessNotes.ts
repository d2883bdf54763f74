import * as vscode from 'vscode';
import { formatDuration } from '../../base/format';
import { Problem } from '../../base/problem';
import { freshness, type Freshness } from '../../catalog/freshness';
import { connectionKey } from '../../connection/connection';
import type { FeatureParts } from '../featureParts';
import { expectedOf } from './expectedFreshness';
import type { PartitionTarget } from './partitionTarget';

/** Whether a table's data is as new as expected; `unexpected` where nothing is. */
export interface NotedFreshness {
  readonly kind: Freshness['kind'] | 'unexpected';
  readonly sentence: string;
}

/** How far the data of tables reaches, as far as somebody asked: it stands on their nodes. */
export class FreshnessNotes implements vscode.Disposable {
  readonly #parts: Pick<FeatureParts, 'workbench' | 'views'>;
  readonly #known = new Map<string, readonly [PartitionTarget, Date]>();
  readonly #own: vscode.Disposable;

  constructor(parts: Pick<FeatureParts, 'workbench' | 'views'>) {
    this.#parts = parts;
    this.#own = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('lakeWorkbench.freshness')) return;
      for (const [target, dataEnd] of this.#known.values()) this.learn(target, dataEnd);
    });
  }

  /** The same as `note` for what nobody asked for just now: an expectation that cannot be read changes nothing. */
  learn(target: PartitionTarget, dataEnd: Date | undefined): void {
    try {
      this.note(target, dataEnd);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** Says whether data that reaches so far is as new as expected, and writes it onto the table's node. */
  note(target: PartitionTarget, dataEnd: Date | undefined): NotedFreshness {
    const { connection, table } = target;
    const expected = expectedOf(table);
    const now = new Date();
    const noted: NotedFreshness =
      expected === undefined && dataEnd !== undefined
        ? {
            kind: 'unexpected',
            sentence: `Data reaches to ${dataEnd.toISOString().slice(0, 16).replace('T', ' ')} UTC; how new it should be is not set.`,
          }
        : freshness({ dataEnd, expectedMs: expected?.ms ?? 0, now });
    if (dataEnd === undefined) return noted;
    this.#known.set(JSON.stringify([connectionKey(connection), table.database, table.name]), [
      target,
      dataEnd,
    ]);
    const age = ageText(Math.max(0, now.getTime() - dataEnd.getTime()));
    this.#parts.workbench.catalogShown.note(connection, table, {
      hint: noted.kind === 'late' ? `late: data is ${age} old` : `data is ${age} old`,
      sentence: noted.sentence,
    });
    this.#parts.views.catalog.tree.drawWhere(
      ({ subject }) =>
        subject?.kind === 'table' &&
        subject.catalog === undefined &&
        connectionKey(subject.connection) === connectionKey(connection) &&
        subject.database === table.database &&
        subject.table === table.name,
    );
    return noted;
  }

  dispose(): void {
    this.#own.dispose();
  }
}

function ageText(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${days} days` : formatDuration(ms);
}
