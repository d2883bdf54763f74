import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { crawlChanges, versionsAround, type ChangePorts } from '../../src/crawlers/crawlChanges';
import { crawlSummary, summaryText } from '../../src/crawlers/crawlSummary';
import type { Crawl } from '../../src/crawlers/crawlerStore';
import { crawlChangesPage } from '../../src/trees/crawlChangesPage';
import { connection, fakeCatalog, fault, tableOf } from '../support/fakes';

const { signal } = new AbortController();
const at = (minute: number): Date => new Date(Date.UTC(2024, 0, 15, 4, minute));

/** As ListCrawls writes it. */
function summaryOf(
  parts: Readonly<Record<string, Readonly<Record<string, readonly string[] | number>>>>,
): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(parts).map(([what, changes]) => [
        what,
        JSON.stringify(
          Object.fromEntries(
            Object.entries(changes).map(([change, names]) => [
              change,
              typeof names === 'number'
                ? { Count: names }
                : { Details: JSON.stringify({ names }), Count: names.length },
            ]),
          ),
        ),
      ]),
    ),
  );
}

const crawl: Crawl = {
  id: '2',
  state: 'succeeded',
  startedAt: at(0),
  endedAt: at(2),
  summary: summaryOf({
    TABLE: { ADD: ['visits'], UPDATE: ['cards'], DELETE: ['old'] },
    PARTITION: { ADD: ['visits: 2024-01-14', 'visits: 2024-01-15'] },
  }),
};

const visits = tableOf('bank.visits(id bigint) by day string', { location: 's3://lake/visits/' });
const before = tableOf('bank.cards(id bigint, amount bigint)', { format: 'csv', updatedAt: at(-500) });
const after = tableOf('bank.cards(id bigint, note string, amount string)', {
  format: 'csv',
  updatedAt: at(1),
});

function ports(given: {
  readonly crawls?: readonly Crawl[] | Error;
  readonly versions?: readonly Table[] | Error;
  readonly tables?: readonly Table[];
  readonly describe?: Error;
}): ChangePorts {
  const { crawls = [crawl], versions = [after, before], describe } = given;
  return {
    crawlers: {
      describe: async () => {
        if (describe !== undefined) throw describe;
        const targets = ['s3://lake/'];
        return {
          name: 'nightly',
          role: 'crawler',
          database: 'bank',
          targets,
          schedule: 'cron(0 4 * * ? *)',
          scheduleState: 'running',
        };
      },
      crawls: async () => {
        if (crawls instanceof Error) throw crawls;
        return crawls;
      },
    },
    catalog: fakeCatalog({ tables: given.tables ?? [visits, after] }),
    details: {
      versions: async () => {
        if (versions instanceof Error) throw versions;
        return { items: versions.map((table, index) => ({ id: String(9 - index), table })) };
      },
    },
  };
}

async function page(given: Parameters<typeof ports>[0]): Promise<string> {
  const changes = await crawlChanges(ports(given), { connection, name: 'nightly' }, signal);
  return crawlChangesPage(changes, at(30));
}

test('the page tells new tables with their columns, updated ones with what changed and its danger, and partitions', async () => {
  const text = await page({});
  assert.match(text, /^# nightly\n\n- \*\*Database\*\*: bank\n/);
  assert.match(text, /Schedule\*\*: every day at 04:00 UTC, next at 2024-01-16 04:00 UTC/);
  assert.match(
    text,
    /## Crawl of 2024-01-15 04:00 UTC\n\nsucceeded after 2 min: 1 table added, 1 table updated, 1 table deleted, 2 partitions added\./,
  );
  assert.match(text, /## Table visits added\n\n`s3:\/\/lake\/visits\/`\n\n\| Column \| Type \|/);
  assert.match(text, /## Table cards updated\n\n- `\+ note string`\n- `~ amount: bigint → string`/);
  assert.match(text, /\*\*Danger:\*\* note was added before others/);
  assert.match(text, /## Table old deleted/);
  assert.match(text, /## Partitions\n\n2 added:\n- visits: 2024-01-14\n- visits: 2024-01-15/);
});

test('where Glue gives counts alone, the tables are found by the mark of the crawler and the time', async () => {
  const marked = { parameters: { UPDATED_BY_CRAWLER: 'nightly' } };
  const text = await page({
    crawls: [{ ...crawl, summary: summaryOf({ TABLE: { ADD: 1, UPDATE: 1 } }) }],
    tables: [
      { ...visits, ...marked, createdAt: at(1), updatedAt: at(1) },
      { ...after, ...marked, createdAt: at(-9000) },
      tableOf('bank.others(id int)', { parameters: { UPDATED_BY_CRAWLER: 'other' }, updatedAt: at(1) }),
      tableOf('bank.earlier(id int)', { ...marked, updatedAt: at(-600) }),
    ],
  });
  assert.match(text, /## Table visits added/);
  assert.match(text, /## Table cards updated/);
  assert.doesNotMatch(text, /Table (others|earlier)/);
});

test('a denied part is told and the rest is there', async () => {
  const text = await page({ versions: fault('denied', 'Not allowed: glue:GetTableVersions on bank.cards.') });
  assert.match(text, /## Table cards updated\n\nIts versions could not be read/);
  assert.match(text, /## Not read\n\n- Not allowed: glue:GetTableVersions on bank\.cards\./);
  const blind = await page({ describe: fault('denied', 'Not allowed: glue:GetCrawler on nightly.') });
  assert.match(blind, /Not allowed: glue:GetCrawler/);
  assert.match(blind, /1 table added/);
  await assert.rejects(page({ describe: fault('denied'), crawls: fault('denied') }), { kind: 'denied' });
  await assert.rejects(page({ versions: fault('signed-out') }), { kind: 'signed-out' });
});

test('a table without an earlier version says that there is nothing to compare with', async () => {
  assert.match(await page({ versions: [after] }), /## Table cards updated\n\nGlue kept no version/);
});

test('a crawler that never ran, and one that failed, say so', async () => {
  assert.match(await page({ crawls: [] }), /It has not run yet\./);
  const failed: Crawl = {
    id: '1',
    state: 'failed',
    startedAt: at(0),
    endedAt: at(1),
    problem: 'No *such* bucket',
  };
  const text = await page({ crawls: [failed, crawl] });
  assert.match(text, /failed after 1 min: nothing changed\.\n\n> No \\\*such\\\* bucket/);
  assert.match(text, /## Crawls before\n\n\| Started \| Took \| State \| Changed \|/);
});

test('a summary that cannot be read is no change', () => {
  assert.equal(summaryText(crawlSummary(undefined)), 'nothing changed');
  for (const text of [
    '',
    '{',
    '[]',
    '{"TABLE":"{"}',
    '{"TABLE":{"ADD":{"Count":0}}}',
    '{"OTHER":{"ADD":{"Count":1}}}',
  ]) {
    assert.deepEqual(crawlSummary(text), [], text);
  }
});

test('the versions before and after a crawl are those by their times', () => {
  const version = (minute: number, id: string) => ({
    id,
    table: tableOf('t(a int)', { updatedAt: at(minute) }),
  });
  const versions = [version(90, '4'), version(1, '3'), version(-10, '2'), version(-90, '1')];
  const pair = versionsAround(versions, crawl);
  assert.deepEqual([pair?.before.id, pair?.after.id], ['2', '3']);
  assert.equal(versionsAround([version(1, '3')], crawl), undefined, 'nothing from before');
  assert.equal(versionsAround([version(-10, '2')], crawl), undefined, 'nothing new');
});
