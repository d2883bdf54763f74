import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { scheduleShort } from '../../crawlers/scheduleTimes';
import { pipelineKinds } from '../../pipelines/kinds/index';
import type { KindId, Pipeline, PipelineCalls, PipelineKind } from '../../pipelines/pipeline';
import { recentFirst, type RecentStarts } from '../../pipelines/recent';

/** A kind that takes longer than this to list is not waited for, milliseconds. */
const patienceMs = 1500;

type Item = vscode.QuickPickItem & { readonly pipeline?: Pipeline };

/**
 * Asks which pipeline to run: recently started ones first. Pages are loaded while the list is open and can be typed
 * in; a kind that cannot be listed says so in its place. `undefined` when the list was closed.
 */
export async function pickPipeline(request: {
  readonly connection: Connection;
  readonly calls: (kind: KindId) => Promise<PipelineCalls>;
  readonly recent: RecentStarts;
}): Promise<Pipeline | undefined> {
  const { connection, recent } = request;
  const key = connectionKey(connection);
  const list = vscode.window.createQuickPick<Item>();
  const stop = new AbortController();
  /** In the order they are listed; only added to, so that nothing moves under the pointer. */
  const listed: Pipeline[] = [];
  let waiting: Pipeline[] = [];
  const problems: { readonly kind: PipelineKind; readonly problem: Problem }[] = [];
  const started = new Set(
    recent.starts.filter((one) => one.connection === key).map((one) => `${one.kind}/${one.name}`),
  );
  const draw = (): void => {
    if (stop.signal.aborted) return;
    listed.push(...recentFirst(recent, key, waiting));
    waiting = [];
    const isRecent = (one: Pipeline | undefined): boolean =>
      one !== undefined && started.has(`${one.kind}/${one.name}`);
    const others = listed.findIndex((one) => !isRecent(one));
    const active = list.activeItems[0]?.pipeline;
    list.items = [
      ...(isRecent(listed[0]) ? [separator('recently started')] : []),
      ...listed.flatMap((one, index) =>
        index === others && index > 0 ? [separator('all others'), itemOf(one)] : [itemOf(one)],
      ),
      ...problems.map(problemItem),
    ];
    const again = list.items.find((item) => item.pipeline !== undefined && item.pipeline === active);
    if (again !== undefined) list.activeItems = [again];
  };
  list.title = `Run Pipeline on ${connection.name}`;
  list.placeholder = 'State machine, Glue job, crawler or function to start';
  list.matchOnDescription = true;
  list.busy = true;
  try {
    const chosen = new Promise<Pipeline | undefined>((resolve) => {
      list.onDidAccept(() => {
        const pipeline = list.selectedItems[0]?.pipeline;
        if (pipeline !== undefined) resolve(pipeline);
      });
      list.onDidHide(() => resolve(undefined));
    });
    list.show();
    // The first page of every kind is shown at once, recent ones first; later ones, and those of a slow kind, follow.
    let left = pipelineKinds.length;
    let patient = true;
    const settled = (): void => {
      left -= 1;
      if (left === 0 || !patient) draw();
    };
    const impatience = setTimeout(() => {
      patient = false;
      draw();
    }, patienceMs);
    stop.signal.addEventListener('abort', () => clearTimeout(impatience));
    const load = async (kind: PipelineKind): Promise<void> => {
      let first = true;
      try {
        const calls = await request.calls(kind.id);
        let next: string | undefined;
        do {
          const page = await calls.list(connection, next === undefined ? {} : { next }, stop.signal);
          waiting.push(...page.items);
          if (first) settled();
          else if (left === 0 || !patient) draw();
          first = false;
          next = page.next;
        } while (next !== undefined);
      } catch (error) {
        if (isCancel(error) || stop.signal.aborted) return;
        if (!(error instanceof Problem)) throw error;
        problems.push({ kind, problem: error });
        if (first) settled();
        else draw();
      }
    };
    const loaded = Promise.all(pipelineKinds.map(load)).then(() => {
      if (!stop.signal.aborted) {
        list.busy = false;
        if (listed.length === 0 && problems.length === 0)
          list.placeholder = `${connection.name} has no state machine, Glue job, crawler or function`;
      }
      return undefined;
    });
    // A fault of ours ends the question; an answer does not wait for the rest of the pages.
    return await Promise.race([chosen, loaded.then(() => chosen)]);
  } finally {
    stop.abort();
    list.dispose();
  }
}

function itemOf(pipeline: Pipeline): Item {
  const kind = pipelineKinds.find(({ id }) => id === pipeline.kind);
  const { schedule } = pipeline;
  const detail = [kind?.noun, schedule === undefined ? undefined : scheduleShort(schedule)].filter(
    (part) => part !== undefined,
  );
  return {
    label: pipeline.name,
    description: detail.join(' · '),
    iconPath: new vscode.ThemeIcon(kind?.icon ?? 'rocket'),
    pipeline,
  };
}

function problemItem({ kind, problem }: { readonly kind: PipelineKind; readonly problem: Problem }): Item {
  return {
    label: `${kind.plural} are not listed`,
    detail: problem.message,
    iconPath: new vscode.ThemeIcon('warning'),
    alwaysShow: true,
  };
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
