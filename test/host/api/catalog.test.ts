import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TreeNode } from '../../../src/trees/node';
import type { SearchResult } from '../../../src/ui/catalog/catalogCommands';
import { withFaults } from '../lakeControl';
import { until } from './editor';
import { childrenAt, labels, lakeApi, lakeEndpoint } from './lakeApi';

const partner = '4444-5555-6666';

function command<T>(name: string, ...given: readonly unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${name}`, ...given);
}

async function textOf(uri: vscode.Uri | undefined): Promise<string> {
  assert.ok(uri);
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** The text of a page once it is what it was read anew to be: an open document takes a moment to follow. */
async function textWith(uri: vscode.Uri, expected: RegExp): Promise<string> {
  return await until(
    () =>
      vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())?.getText() ?? '',
    (text) => expected.test(text),
  );
}

/** The labels of the first level once they hold one that a changed setting brings. */
async function firstLevel(expected: string): Promise<readonly string[]> {
  const { catalog } = await lakeApi();
  for (let tries = 0; tries < 50; tries += 1) {
    const found = labels(await catalog());
    if (found.includes(expected)) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${expected} did not come`);
}

async function nodeAt(path: readonly string[]): Promise<TreeNode> {
  const { catalog } = await lakeApi();
  const label = path.at(-1);
  const found = (await childrenAt(catalog, path.slice(0, -1))).find((node) => node.label === label);
  assert.ok(found, path.join(' / '));
  return found;
}

suite('the catalog', () => {
  test('the catalog of another account stands beside the own, and its tables are queried by its name', async () => {
    const { catalog } = await lakeApi();
    try {
      await command('addCatalog', partner);
      assert.deepEqual(await firstLevel('444455556666'), [
        'AwsDataCatalog',
        '444455556666',
        'Other catalogs',
      ]);
      const path = ['444455556666', 'market_reference', 'exchange_rates'];
      const rates = await nodeAt(path);
      const text = await textOf(await command<vscode.Uri>('newQuery', rates));
      assert.match(
        text,
        /FROM "glue:arn:aws:glue:us-east-1:444455556666:catalog"\.market_reference\.exchange_rates/,
      );
      assert.match(await textOf(await command('showTable', rates)), /\*\*Catalog\*\*: 444455556666/);
      const found = await command<SearchResult>('searchCatalog', { text: 'quote_currency' });
      assert.deepEqual(
        found.hits.map((hit) => (hit.kind === 'column' ? hit.table.name : hit.kind)),
        ['exchange_rates'],
      );
      // The view finds the own tables one level down.
      await command('revealTable', { database: 'centralbank_data', table: 'customers' });
    } finally {
      for (const node of await catalog()) {
        if (node.menu === 'catalog.added') await command('removeCatalog', node);
      }
    }
    await firstLevel('centralbank_data');
  });

  test('another connection stands beside the active one until it is removed', async () => {
    const { catalog } = await lakeApi();
    await command('addConnectionToCatalog', { profile: 'lake-demo', region: 'eu-west-1', name: 'second' });
    try {
      const [active, second] = await catalog();
      assert.deepEqual(
        [active?.menu, second?.menu, second?.label],
        ['connection', 'connection.added', 'second'],
      );
      assert.ok(second);
      assert.ok(labels(await catalog(second)).includes('centralbank_data'));
      await command('revealTable', { database: 'centralbank_data', table: 'customers' });
    } finally {
      for (const node of await catalog()) {
        if (node.menu === 'connection.added') await command('removeConnectionFromCatalog', node);
      }
    }
    assert.ok(labels(await catalog()).includes('centralbank_data'));
  });

  test('other catalogs are found below a node of their own, and one that is denied hides no other', async () => {
    const { catalog } = await lakeApi();
    await command('refresh');
    await withFaults(lakeEndpoint(), [{ action: 's3tables:*', kind: 'denied' }], async () => {
      const denied = await childrenAt(catalog, ['Other catalogs', 'S3 table buckets']);
      assert.deepEqual(labels(denied), ['Not permitted']);
      const athena = await childrenAt(catalog, ['Other catalogs', 'Data catalogs of Athena']);
      assert.deepEqual(labels(athena), ['market_data']);
    });
    await command('refresh');
    const columns = [
      'Other catalogs',
      'S3 table buckets',
      'centralbank-tables',
      'risk',
      'exposures',
      'columns',
    ];
    assert.ok(labels(await childrenAt(catalog, columns)).includes('loan_id'));
  });

  test('tables and columns are searched for, said of how many, and the filter of a database is the server’s', async () => {
    const found = await command<SearchResult>('searchCatalog', { text: 'customer' });
    assert.ok(found.tables >= 5 && found.hits.length > 1, `${found.hits.length} of ${found.tables}`);
    assert.deepEqual(found.unread, []);
    const { catalog } = await lakeApi();
    const database = await nodeAt(['centralbank_data']);
    try {
      await command('filterTables', database, 'transactions');
      const shown = labels(await childrenAt(catalog, ['centralbank_data']));
      assert.ok(shown.length > 0 && shown.every((label) => label.includes('transactions')), shown.join(', '));
      // What is revealed is shown, whatever the list is narrowed to.
      await command('revealTable', { database: 'centralbank_data', table: 'loan_events' });
      assert.ok(labels(await childrenAt(catalog, ['centralbank_data'])).includes('loan_events'));
    } finally {
      await command('filterTables', await nodeAt(['centralbank_data']), '');
    }
    assert.ok(labels(await childrenAt(catalog, ['centralbank_data'])).includes('customers'));
  });

  test('a description is edited, the version before it compared, and Iceberg is refused', async () => {
    const { catalog } = await lakeApi();
    const path = ['centralbank_data', 'customers'];
    const [column] = await childrenAt(catalog, [...path, 'columns']);
    assert.ok(column);
    assert.equal(await command('editComment', column, 'Number of the customer'), true);
    const [described] = await childrenAt(catalog, [...path, 'columns']);
    assert.match(described?.tooltip ?? '', /Number of the customer/);
    const table = await nodeAt(path);
    const page = await textOf(await command('showTableVersions', table, {}));
    const id = /\| `(\d+)` \|/.exec(page)?.[1];
    assert.ok(id, page);
    const diff = await textOf(await command('showTableVersions', table, { versions: [id] }));
    assert.match(diff, /comment: .* → Number of the customer/);
    const ddl = await command<vscode.Uri>('showTableVersions', table, { versions: [id], as: 'ddl' });
    assert.match(await textOf(ddl), /Number of the customer/);
    const { subject } = table;
    assert.ok(subject?.kind === 'table');
    const closed = { ...subject, connection: { ...subject.connection, readOnly: true } };
    assert.equal(
      await command('editComment', closed, 'x'),
      undefined,
      'a read-only connection writes nothing',
    );
    assert.equal(
      await command('editComment', await nodeAt(['centralbank_data', 'loan_events']), 'x'),
      undefined,
    );
  });

  test('a table’s page says what may not be read, and its location is measured when it is asked for', async () => {
    const table = await nodeAt(['centralbank_data', 'customers']);
    await withFaults(lakeEndpoint(), [{ action: 'lakeformation:*', kind: 'denied' }], async () => {
      const page = await textOf(await command('showTable', table));
      assert.match(
        page,
        /## Not read\n\n- Lake Formation denied lakeformation:ListPermissions on centralbank\\_data\.customers/,
      );
      assert.match(page, /\*\*Not measured\*\*: Lake: Measure Location/);
    });
    // On its page, commands need no node.
    await until(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '',
      (label) => label.endsWith('centralbank_data.customers.md'),
    );
    const uri = await command<vscode.Uri>('measureLocation');
    const measured = await textWith(uri, /## Grants[\s\S]*DataAnalyst/);
    assert.match(measured, /\*\*Objects\*\*: \d/);
    assert.match(measured, /\*\*Measured\*\*: /);
  });

  test('a question that is closed, and versions that are denied, change nothing', async () => {
    const table = await nodeAt(['centralbank_data', 'customers']);
    const iceberg = await nodeAt(['centralbank_data', 'loan_events']);
    const questions: readonly (readonly [string, unknown?])[] = [
      ['searchCatalog'],
      ['addCatalog'],
      ['showTableVersions', table],
      ['editComment', table],
      ['filterTables', await nodeAt(['centralbank_data'])],
      ['showIcebergFiles', iceberg],
    ];
    for (const [name, ...given] of questions) {
      let ended = false;
      const asked = Promise.resolve(command(name, ...given)).then((answer) => {
        ended = true;
        return answer;
      });
      // The question comes when what it needs is read; closing nothing is no harm.
      while (!ended) {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        await new Promise((next) => setTimeout(next, 50));
      }
      assert.ok([undefined, false].includes((await asked) as undefined | false), name);
    }
    await withFaults(lakeEndpoint(), [{ action: 'glue:GetTableVersions', kind: 'denied' }], async () => {
      assert.equal(await command('showTableVersions', table, {}), undefined);
    });
    assert.match(await textOf(await command('showTable', table)), /## Columns/);
  });

  test('the files of an Iceberg snapshot are summed up by partition', async () => {
    const table = await nodeAt(['centralbank_data', 'loan_events']);
    const history = await textOf(await command('showIceberg', table));
    const id = /\*\*Current snapshot\*\*: (\d+)/.exec(history)?.[1];
    const page = await textOf(await command('showIcebergFiles', table, id));
    assert.match(page, /\*\*Data files\*\*: 3, .* 143 rows/);
    assert.match(page, /happened\\_on\\_month=2024-03/);
    const query = await textOf(await command('newQuery', table));
    assert.match(query, /WHERE happened_on >= DATE '2024-03-01'/);
  });
});
