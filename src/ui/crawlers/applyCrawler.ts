import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { checkConfiguration } from '../../crawlers/checkConfiguration';
import type { CrawlerInput } from '../../crawlers/crawlerStore';
import { changedMembers, updateInput } from '../../crawlers/editConfiguration';
import { crawlerInput } from '../../crawlers/proposal';
import type { FeatureParts } from '../featureParts';
import { tell } from '../guard';
import { withStatus } from '../withCancel';
import type { ConfigurationDocuments } from './configurationDocuments';

/** Opens the configuration of a crawler there is; changes nothing. Its address and its text. */
export async function editCrawler(
  parts: FeatureParts,
  documents: ConfigurationDocuments,
  { connection, name }: { readonly connection: Connection; readonly name: string },
): Promise<{ readonly uri: string; readonly text: string }> {
  const { crawlers } = await parts.ports();
  const text = await withStatus(`Reading the crawler ${name}…`, (signal) =>
    crawlers.configuration(connection, { name }, signal),
  );
  const uri = await documents.open({ connection, before: text }, text);
  return { uri: uri.toString(), text };
}

export interface ApplyWish {
  /** Of the document; that of the active editor where it is absent. */
  readonly address?: string;
  /** Stands for the confirmation. */
  readonly confirmed?: true;
}

/** Creates or changes the crawler of a document once the user said yes; its name, or `undefined` for a no. */
export async function applyCrawler(
  parts: FeatureParts,
  documents: ConfigurationDocuments,
  wish: ApplyWish,
): Promise<string | undefined> {
  const found = await documents.at(wish.address);
  if (found === undefined) {
    throw new Problem(
      'This is no configuration of a crawler: run Create Crawler from Prefix first.',
      'invalid',
    );
  }
  const { text, target, uri } = found;
  const connection = target?.connection ?? (await parts.workbench.use());
  const input = crawlerInput(text);
  const wrong = checkConfiguration(text).find(({ severity }) => severity === 'error');
  if (input === undefined || wrong !== undefined) {
    throw new Problem(
      `The crawler is not sent as long as there are errors in it. ${wrong?.message ?? ''}`.trim(),
      'invalid',
    );
  }
  refuseReadOnly(connection, input.Name);
  // Under another name it is another crawler.
  const before = target?.before === undefined ? undefined : crawlerInput(target.before);
  const changed = before?.Name === input.Name ? before : undefined;
  const done =
    changed === undefined
      ? await create(parts, connection, { input, text, wish })
      : await update(parts, connection, { before: changed, input, text, wish });
  if (!done) return undefined;
  documents.done(uri, { connection, before: text });
  const undone = (): void => documents.done(uri, { connection, before: target?.before ?? text });
  parts.views.runs.tree.refresh();
  const after =
    changed === undefined
      ? offerRun(input.Name, connection)
      : offerUndo(parts, connection, { before: changed, input, undone });
  // Not awaited: the notification may stay for hours, and the command is over.
  after.catch((error: unknown) => tell(error, parts.log));
  return input.Name;
}

function refuseReadOnly(connection: Connection, name: string): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `${connection.name} is read only by lakeWorkbench.connection.readOnly: the crawler ${name} is left as it is.`,
    'denied',
  );
}

async function create(
  parts: FeatureParts,
  connection: Connection,
  { input, text, wish }: { readonly input: CrawlerInput; readonly text: string; readonly wish: ApplyWish },
): Promise<boolean> {
  const yes = 'Create Crawler';
  const lines = [
    `It writes tables into ${shown(input['DatabaseName'])} on ${connection.name} (${connection.region}).`,
    ...(typeof input['Schedule'] === 'string' ? [`It runs by itself: ${input['Schedule']}.`] : []),
  ];
  if (!(await confirmed({ title: `Create the crawler ${input.Name}?`, lines, yes, text, connection, wish })))
    return false;
  const { crawlers } = await parts.ports();
  await withStatus(`Creating the crawler ${input.Name}…`, (signal) =>
    crawlers.create(connection, { input }, signal),
  );
  return true;
}

async function update(
  parts: FeatureParts,
  connection: Connection,
  {
    before,
    input,
    text,
    wish,
  }: {
    readonly before: CrawlerInput;
    readonly input: CrawlerInput;
    readonly text: string;
    readonly wish: ApplyWish;
  },
): Promise<boolean> {
  const lines = changedMembers(before, input);
  if (lines.length === 0) {
    throw new Problem(
      `Nothing was changed in the configuration of ${input.Name}, so nothing is sent.`,
      'invalid',
    );
  }
  const yes = 'Update Crawler';
  const title = `Update the crawler ${input.Name} on ${connection.name}?`;
  if (!(await confirmed({ title, lines, yes, text, connection, wish }))) return false;
  await send(parts, connection, updateInput(before, input));
  return true;
}

async function send(parts: FeatureParts, connection: Connection, input: CrawlerInput): Promise<void> {
  const { crawlers } = await parts.ports();
  await withStatus(`Updating the crawler ${input.Name}…`, (signal) =>
    crawlers.update(connection, { input }, signal),
  );
}

async function confirmed(question: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly yes: string;
  readonly text: string;
  readonly connection: Connection;
  readonly wish: ApplyWish;
}): Promise<boolean> {
  const { title, lines, yes, text, connection, wish } = question;
  if (wish.confirmed === true) return true;
  const warnings = checkConfiguration(text).filter(({ severity }) => severity === 'warning');
  const detail = [
    ...lines,
    ...(connection.production ? [`${connection.name} is production.`] : []),
    ...warnings.map(({ message }) => message),
  ].join('\n');
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, yes)) === yes;
}

async function offerRun(name: string, connection: Connection): Promise<void> {
  const picked = await vscode.window.showInformationMessage(
    `The crawler ${name} was created; it has not run yet.`,
    'Run',
  );
  if (picked === undefined) return;
  const pipeline = { kind: 'crawler', name, id: name };
  await vscode.commands.executeCommand('lakeWorkbench.runPipeline', {
    kind: 'pipeline',
    connection,
    pipeline,
  });
}

async function offerUndo(
  parts: FeatureParts,
  connection: Connection,
  {
    before,
    input,
    undone,
  }: { readonly before: CrawlerInput; readonly input: CrawlerInput; readonly undone: () => void },
): Promise<void> {
  const undo = 'Undo';
  const picked = await vscode.window.showInformationMessage(`The crawler ${input.Name} was updated.`, undo);
  if (picked !== undo) return;
  await send(parts, connection, updateInput(input, before));
  undone();
  parts.views.runs.tree.refresh();
  await vscode.window.showInformationMessage(`The crawler ${input.Name} is what it was before.`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
