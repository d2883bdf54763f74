import * as vscode from 'vscode';
import { isCancel } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { Run } from '../../pipelines/pipeline';
import { endSentence } from '../../pipelines/runEnd';
import { planRepair } from '../../partitions/planRepair';
import { repairOffers, type RepairOffer } from '../../partitions/repairOffers';
import type { AwsPorts } from '../../ports/awsPorts';

/** Nobody waits for the offer, but the notification does. */
const planningMs = 20_000;

export interface RunEndParts {
  readonly ports: () => Promise<AwsPorts>;
  readonly tables: () => readonly Table[];
  readonly showLog: () => Promise<unknown>;
  readonly repair: (table: TableName) => Promise<unknown>;
}

/** Tells once that a run is over: why it failed with its log at hand, or what it left to repair. */
export async function tellEnd(parts: RunEndParts, connection: Connection, run: Run): Promise<void> {
  const sentence = endSentence(run);
  if (run.state === 'succeeded') {
    const offers = await offersOf(parts, connection, run);
    const picked = await vscode.window.showInformationMessage(sentence, ...offers.map(({ title }) => title));
    const offer = offers.find(({ title }) => title === picked);
    if (offer !== undefined) await parts.repair(offer.table);
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
  return await repairOffers({ ...run, targets }, parts.tables(), async (table) => {
    try {
      return await planRepair(ports, { connection, table }, signal);
    } catch (error) {
      // A time-out is an end like a cancel: what was found until then is offered.
      if (signal.aborted && !isCancel(error)) throw new DOMException('Planning took too long.', 'AbortError');
      throw error;
    }
  });
}
