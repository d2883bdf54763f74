import { formatDuration } from '../base/format';
import { Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import { scheduleSentence, scheduleShort } from '../crawlers/scheduleTimes';
import { kindOf, pipelineKinds } from '../pipelines/kinds/index';
import {
  isOver,
  runMs,
  type KindId,
  type Pipeline,
  type PipelineCalls,
  type PipelineKind,
  type Run,
  type RunState,
} from '../pipelines/pipeline';
import type { TreeNode } from './node';
import { escapeMarkdown, problemNode } from './notices';
import { pagedLists } from './pagedLists';
import type { Tree } from './tree';

const rootId = 'runs';

/** The node of a pipeline, below which its runs are listed; also of one that is not shown. */
export function pipelineNodeId(
  connection: Connection,
  pipeline: { readonly kind: KindId; readonly id: string },
): string {
  return `${rootId}/${connectionKey(connection)}/${pipeline.kind}/${encodeURIComponent(pipeline.id)}`;
}

/**
 * Runs: those started or followed in this window first, then each kind of pipeline with its pipelines and their
 * newest runs. Nothing is asked of AWS before a kind is opened, and then one page at a time.
 */
export function runsTree(options: {
  readonly calls: (kind: KindId) => Promise<PipelineCalls>;
  readonly connection: () => Promise<Connection>;
  /** Runs of this window, newest first. */
  readonly followed: (connection: Connection) => readonly Run[];
  readonly now?: () => Date;
}): Tree {
  const lists = pagedLists();
  const now = options.now ?? (() => new Date());

  const kindNode = (parentId: string, connection: Connection, kind: PipelineKind): TreeNode => {
    const id = `${parentId}/${kind.id}`;
    return {
      id,
      label: kind.plural,
      icon: kind.icon,
      menu: 'pipelines',
      children: (signal) =>
        lists.children(
          {
            parentId: id,
            connection,
            empty: `No ${kind.nouns} here`,
            load: async (next) => {
              const calls = await options.calls(kind.id);
              const page = await calls.list(connection, next === undefined ? {} : { next }, signal);
              const items = page.items.map((pipeline) => pipelineNode(connection, pipeline));
              return { items, ...(page.next === undefined ? {} : { next: page.next }) };
            },
          },
          signal,
        ),
    };
  };

  const pipelineNode = (connection: Connection, pipeline: Pipeline): TreeNode => {
    const kind = kindOf(pipeline.kind);
    const id = pipelineNodeId(connection, pipeline);
    return {
      id,
      label: pipeline.name,
      icon: kind.icon,
      ...(pipeline.schedule === undefined ? {} : { hint: scheduleShort(pipeline.schedule) }),
      tooltip: pipelineTooltip(pipeline, now()),
      spoken: `${kind.title} ${pipeline.name}`,
      menu: kind.id === 'crawler' ? 'pipeline.crawler' : 'pipeline',
      subject: { kind: 'pipeline', connection, pipeline },
      children: (signal) =>
        lists.children(
          {
            parentId: id,
            connection,
            empty: kind.id === 'lambda' ? 'No invocation in the log of the last day' : `No ${kind.run} yet`,
            load: async (next) => {
              const calls = await options.calls(kind.id);
              const request = { pipeline, limit: 20, ...(next === undefined ? {} : { next }) };
              const page = await calls.runs(connection, request, signal);
              const items = page.items.map((run) =>
                runNode(id, { connection, run, now: now(), named: false }),
              );
              return { items, ...(page.next === undefined ? {} : { next: page.next }) };
            },
          },
          signal,
        ),
    };
  };

  const root: TreeNode = {
    id: rootId,
    label: 'Runs',
    icon: 'rocket',
    children: async () => {
      let connection: Connection;
      try {
        connection = await options.connection();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return [problemNode(rootId, error)];
      }
      const parentId = `${rootId}/${connectionKey(connection)}`;
      return [
        ...options
          .followed(connection)
          .map((run) => runNode(`${parentId}/followed`, { connection, run, now: now(), named: true })),
        ...pipelineKinds.map((kind) => kindNode(parentId, connection, kind)),
      ];
    },
  };

  return {
    root,
    more: (parentId) => parentId === rootId || lists.more(parentId),
    forget: (parentId) => lists.forget(parentId === rootId ? undefined : parentId),
  };
}

/** What it is for, and when it runs by itself; nothing where neither is known. */
function pipelineTooltip({ description, schedule, targets = [] }: Pipeline, now: Date): string | undefined {
  const lines = [
    ...(description === undefined ? [] : [description]),
    ...(schedule === undefined ? [] : [`Runs ${scheduleSentence(schedule, now)}`, schedule]),
    ...targets.slice(0, 5),
  ];
  return lines.length === 0 ? undefined : lines.map(escapeMarkdown).join('  \n');
}

const looks: Readonly<Record<RunState, { readonly icon: string; readonly word: string }>> = {
  queued: { icon: 'clock', word: 'waiting' },
  running: { icon: 'sync', word: 'running' },
  stopping: { icon: 'debug-stop', word: 'stopping' },
  succeeded: { icon: 'pass', word: 'succeeded' },
  failed: { icon: 'error', word: 'failed' },
  stopped: { icon: 'circle-slash', word: 'stopped' },
  'timed-out': { icon: 'error', word: 'timed out' },
};

function runNode(
  parentId: string,
  from: { readonly connection: Connection; readonly run: Run; readonly now: Date; readonly named: boolean },
): TreeNode {
  const { connection, run, now, named } = from;
  const kind = kindOf(run.kind);
  const { icon, word } = looks[run.state];
  const begun = run.startedAt === undefined ? kind.run : startText(run.startedAt, now);
  const label = named ? run.pipeline : begun;
  const told = describeRun(run, now);
  // The side bar is narrow: what came of it first, the kind, which the icon of its list tells too, last.
  const hint = named ? `${begun}, ${told} · ${kind.noun}` : told;
  const stoppable = !isOver(run) && kind.canStop && run.state !== 'stopping';
  return {
    id: `${parentId}/${encodeURIComponent(run.id)}`,
    label,
    icon,
    hint,
    tooltip: tooltipOf(run, told),
    spoken: `${kind.title} ${run.pipeline}, ${word}, ${begun}, ${told}`,
    menu: isOver(run) ? 'run.over' : stoppable ? 'run.stoppable' : 'run.going',
    subject: { kind: 'run', connection, run },
  };
}

/** `failed after 11 min at RunGlueJob`, `40 s, +3 partitions`, `running for 4 min`. */
export function describeRun(run: Run, now: Date): string {
  const ms = runMs(run, now);
  const lasted = ms === undefined ? undefined : formatDuration(Math.max(0, ms));
  const after = lasted === undefined ? '' : ` after ${lasted}`;
  switch (run.state) {
    case 'succeeded':
      return [lasted ?? 'succeeded', run.outcome].filter((part) => part !== undefined).join(', ');
    case 'failed':
    case 'timed-out':
    case 'stopped':
      return `${looks[run.state].word}${after}${run.step === undefined ? '' : ` at ${run.step}`}`;
    case 'queued':
    case 'running':
    case 'stopping':
      break;
  }
  return `${looks[run.state].word}${lasted === undefined ? '' : ` for ${lasted}`}`;
}

/** The time today, with the date on other days. */
function startText(at: Date, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

function tooltipOf(run: Run, told: string): string {
  const lines = [
    `**${escapeMarkdown(run.pipeline)}** ${escapeMarkdown(told)}`,
    run.problem === undefined ? '' : escapeMarkdown(run.problem),
    run.startedAt === undefined ? '' : `Started ${run.startedAt.toISOString()}`,
    run.endedAt === undefined ? '' : `Ended ${run.endedAt.toISOString()}`,
    escapeMarkdown(run.id),
  ];
  return lines.filter((line) => line !== '').join('  \n');
}
