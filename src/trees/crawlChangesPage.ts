import { formatDuration } from '../base/format';
import { schemaDiffLines } from '../catalog/schemaDiff';
import type { CrawlChanges, TableChange } from '../crawlers/crawlChanges';
import type { Crawl } from '../crawlers/crawlerStore';
import { crawlSummary, summaryText } from '../crawlers/crawlSummary';
import { scheduleSentence, timeText } from '../crawlers/scheduleTimes';
import { cell, code, line, tableOfRows } from './tablePageMarkdown';

/** What a crawl changed as a page in Markdown; every name and text in it is escaped. */
export function crawlChangesPage(changes: CrawlChanges, now: Date): string {
  const { crawler, crawl, parts, tables, earlier, unread } = changes;
  const partitions = parts.filter(({ of }) => of === 'partition');
  const sections = [
    `# ${cell(crawler.name)}`,
    [
      line('Database', crawler.database),
      line('Looks at', crawler.targets.join(', ')),
      line('Schedule', scheduleLine(changes, now)),
      line('Runs as', crawler.role),
    ]
      .filter((part) => part !== '')
      .join('\n'),
    crawl === undefined ? 'It has not run yet.' : lastCrawl(crawl, summaryText(parts)),
    ...tables.map(tableSection),
    ...(partitions.length === 0
      ? []
      : [
          '## Partitions',
          ...partitions.map(({ change, count, names }) =>
            [
              `${count} ${change}${names.length === 0 ? '.' : ':'}`,
              ...names.slice(0, 20).map((name) => `- ${cell(name)}`),
              ...(names.length > 20 ? [`- and ${names.length - 20} more`] : []),
            ].join('\n'),
          ),
        ]),
    ...(unread.length === 0 ? [] : ['## Not read', unread.map((each) => `- ${cell(each)}`).join('\n')]),
    ...(earlier.length === 0
      ? []
      : ['## Crawls before', tableOfRows(['Started', 'Took', 'State', 'Changed'], earlier.map(crawlRow))]),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function scheduleLine({ crawler: { schedule, scheduleState } }: CrawlChanges, now: Date): string {
  if (schedule === undefined) return 'none, it runs on demand';
  const paused = scheduleState === 'paused' ? ' — paused' : '';
  return `${scheduleSentence(schedule, now)} — ${schedule}${paused}`;
}

function lastCrawl(crawl: Crawl, changed: string): string {
  const { startedAt, state, problem } = crawl;
  const begun = startedAt === undefined ? '' : ` of ${timeText(startedAt)}`;
  const lasted = tookText(crawl);
  return [
    `## Crawl${begun}`,
    `${state}${lasted === '' ? '' : ` after ${lasted}`}: ${changed}.`,
    ...(problem === undefined ? [] : [`> ${cell(problem)}`]),
  ].join('\n\n');
}

function tookText({ startedAt, endedAt }: Crawl): string {
  if (startedAt === undefined || endedAt === undefined) return '';
  return formatDuration(Math.max(0, endedAt.getTime() - startedAt.getTime()));
}

function crawlRow(crawl: Crawl): readonly string[] {
  const changed = crawl.problem ?? summaryText(crawlSummary(crawl.summary));
  return [
    crawl.startedAt === undefined ? '' : timeText(crawl.startedAt),
    tookText(crawl),
    crawl.state,
    cell(changed),
  ];
}

function tableSection(change: TableChange): string {
  switch (change.kind) {
    case 'deleted':
      return `## Table ${cell(change.name)} deleted`;
    case 'added': {
      const { table } = change;
      const columns = [...(table?.columns ?? []), ...(table?.partitionKeys ?? [])];
      return [
        `## Table ${cell(change.name)} added`,
        ...(table?.location === undefined ? [] : [code(table.location)]),
        ...(columns.length === 0
          ? []
          : [
              tableOfRows(
                ['Column', 'Type'],
                columns.map(({ name, type }) => [code(name), code(type)]),
              ),
            ]),
      ].join('\n\n');
    }
    case 'updated':
      return [`## Table ${cell(change.name)} updated`, ...diffText(change.diff)].join('\n\n');
  }
}

function diffText(diff: Extract<TableChange, { kind: 'updated' }>['diff']): readonly string[] {
  if (diff === 'none') return ['Glue kept no version of it from before the crawl to compare with.'];
  if (diff === 'unread') return ['Its versions could not be read, so what changed is not known.'];
  const lines = schemaDiffLines(diff);
  return [
    lines.length === 0
      ? 'Its columns, keys and properties are what they were.'
      : lines.map((each) => `- ${code(each)}`).join('\n'),
    ...diff.dangers.map((danger) => `**Danger:** ${cell(danger)}`),
  ];
}
