import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { crawlChanges } from '../../crawlers/crawlChanges';
import { crawlChangesPage } from '../../trees/crawlChangesPage';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { applyCrawler, editCrawler, type ApplyWish } from './applyCrawler';
import { changeSchedule, type ScheduleChange } from './changeSchedule';
import { ConfigurationDocuments } from './configurationDocuments';
import { createCrawler } from './createCrawler';

/** A crawler's node or run, or its name on the connection in use. */
type CrawlerTarget = NodeArgument | { readonly crawler: string; readonly connection?: Connection };

/** The commands of crawlers by their ids. */
export function crawlerCommandsOf(parts: FeatureParts) {
  const documents = parts.own(new ConfigurationDocuments());
  return {
    'lakeWorkbench.createCrawler': (given?: NodeArgument | string) => createCrawler(parts, documents, given),
    'lakeWorkbench.applyCrawler': (address?: string, rest?: Omit<ApplyWish, 'address'>) =>
      applyCrawler(parts, documents, { ...rest, ...(address === undefined ? {} : { address }) }),
    'lakeWorkbench.editCrawler': async (given?: CrawlerTarget) =>
      editCrawler(parts, documents, await targetOf(parts, given)),
    'lakeWorkbench.changeCrawlerSchedule': async (
      given?: CrawlerTarget,
      change?: ScheduleChange | readonly unknown[],
    ) =>
      // A menu passes the chosen nodes behind the node.
      changeSchedule(parts, await targetOf(parts, given), isChange(change) ? change : undefined),
    'lakeWorkbench.showCrawlChanges': async (given?: CrawlerTarget) =>
      showChanges(parts, await targetOf(parts, given)),
  } as const;
}

function isChange(given: ScheduleChange | readonly unknown[] | undefined): given is ScheduleChange {
  return given !== undefined && !Array.isArray(given);
}

/** Shows what the newest crawl of a crawler changed; returns the page's address. */
async function showChanges(
  parts: FeatureParts,
  target: { readonly connection: Connection; readonly name: string },
): Promise<vscode.Uri> {
  const { connection, name } = target;
  const ports = await parts.ports();
  const changes = await withCancel(`Reading what ${name} changed`, (_, signal) =>
    crawlChanges(ports, { connection, name }, signal),
  );
  const text = crawlChangesPage(changes, new Date());
  return await parts.pages.show({ connection, path: `${name}.crawls.md`, text });
}

async function targetOf(
  parts: FeatureParts,
  given: CrawlerTarget | undefined,
): Promise<{ readonly connection: Connection; readonly name: string }> {
  if (given !== undefined && 'crawler' in given) {
    return { connection: given.connection ?? (await parts.workbench.use()), name: given.crawler };
  }
  const subject = subjectOf(given);
  if (subject.kind === 'pipeline' && subject.pipeline.kind === 'crawler') {
    return { connection: subject.connection, name: subject.pipeline.name };
  }
  if (subject.kind === 'run' && subject.run.kind === 'crawler') {
    return { connection: subject.connection, name: subject.run.pipeline };
  }
  throw new Problem('This is no crawler: choose one in the Runs view.', 'invalid');
}
