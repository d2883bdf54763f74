import * as vscode from 'vscode';
import { allItems } from '../../base/page';
import { isCancel, Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { Run } from '../../pipelines/pipeline';
import { endSentence } from '../../pipelines/runEnd';
import { planRepair } from '../../partitions/planRepair';
import { repairOffers, type RepairOffer } from '../../partitions/repairOffers';
import type { AwsPorts } from '../../ports/awsPorts';

/** Nobody waits for the offer, but the notification does. */
const planningMs = 20_000;

const showChanges = 'Show Changes';

export interface RunEndParts {
  readonly ports: () => Promise<AwsPorts>;
  readonly tables: () => readonly Table[];
  readonly showLog: () => Promise<unknown>;
  readonly repair: (table: TableName) => Promise<unknown>;
  /** How a table's directories lie, where somebody has said so. */
  readonly template: (connection: Connection, table: TableName) => string | undefined;
}

/** Tells once that a run is over: why it failed with its log at hand, or what it left to repair. */
export async function tellEnd(parts: RunEndParts, connection: Connection, run: Run): Promise<void> {
  const sentence = endSentence(run);
  if (run.state === 'succeeded') {
    const offers = await offersOf(parts, connection, run);
    const changed = run.kind === 'crawler' && run.outcome !== undefined ? [showChanges] : [];
    const titles = [...changed, ...offers.map(({ title }) => title)];
    const picked = await vscode.window.showInformationMessage(sentence, ...titles);
    const offer = offers.find(({ title }) => title === picked);
    if (offer !== undefined) await parts.repair(offer.table);
    else if (picked === showChanges) {
      await vscode.commands.executeCommand('lakeWorkbench.showCrawlChanges', {
        kind: 'run',
        connection,
        run,
      });
    }
  } else if (run.state === 'stopped') {
    await vscode.window.showInformationMessage(sentence);
  } else {
    const picked = await vscode.window.showErrorMessage(sentence, 'Show Log');
    if (picked !== undefined) await parts.showLog();
  }
}

async function offersOf(
  parts: RunEndParts,
  connection: Connection,
  run: Run,
): Promise<readonly RepairOffer[]> {
  if (connection.readOnly) return [];
  const signal = AbortSignal.timeout(planningMs);
  const ports = await parts.ports();
  // A log tells where a run wrote, which its input may not.
  const lines = await ports.pipelines[run.kind].log(connection, { run, limit: 200 }, signal).catch(() => []);
  const targets = [...(run.targets ?? []), ...lines.map(({ text }) => text)];
  const known = [...parts.tables(), ...(await crawledTables(ports, { connection, run }, signal))];
  return await repairOffers({ ...run, targets }, known, async (table) => {
    try {
      const template = parts.template(connection, table);
      const wish = { connection, table, ...(template === undefined ? {} : { template }) };
      return await planRepair(ports, wish, signal);
    } catch (error) {
      // A time-out is an end like a cancel: what was found until then is offered.
      if (signal.aborted && !isCancel(error)) throw new DOMException('Planning took too long.', 'AbortError');
      throw error;
    }
  });
}

/** The tables of a crawler's database, which nobody may have looked at in this window; none where they may not be read. */
async function crawledTables(
  ports: AwsPorts,
  { connection, run }: { readonly connection: Connection; readonly run: Run },
  signal: AbortSignal,
): Promise<readonly Table[]> {
  if (run.kind !== 'crawler') return [];
  try {
    const { database } = await ports.crawlers.describe(connection, { name: run.pipeline }, signal);
    if (database === undefined) return [];
    const tables: Table[] = [];
    const pages = allItems((next) =>
      ports.catalog.tables(connection, { database, ...(next === undefined ? {} : { next }) }, signal),
    );
    for await (const table of pages) tables.push(table);
    return tables;
  } catch (error) {
    // Nobody asked for an offer: without these tables there is none of them.
    if (error instanceof Problem || isCancel(error)) return [];
    throw error;
  }
}
