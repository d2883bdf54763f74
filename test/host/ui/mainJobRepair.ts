import assert from 'node:assert/strict';
import { lakeCalls, waitForCall } from '../lakeControl';
import { answer, chooseInMenu, clickLens, waitForLenses } from './dialogs';
import { glue } from './lakeGlue';
import { editorText, expand, openLake, row, tree, type Session } from './workbench';

const broken = ['10', '11'];

/** Breaks partitions of the demo table behind the editor's back, and mends and unmends them in it. */
export async function repairJob(session: Session, say: (line: string) => void): Promise<void> {
  const { page, endpoint } = session;
  say('\nRepair: centralbank_data.customer_transactions');
  const { Errors } = await glue(endpoint, 'BatchDeletePartition', {
    DatabaseName: 'centralbank_data',
    TableName: 'customer_transactions',
    PartitionsToDelete: broken.map((day) => ({ Values: ['2024', '06', day] })),
  });
  assert.deepEqual(Errors, []);
  say(
    `  broken: 2024-06-${broken.join(' and 2024-06-')} taken out of the catalog, beside the 3 it lacks anyway`,
  );

  await openPlan(session);
  assert.match(await editorText(page), /## Add 5/);
  say('  plan: add 5, and remove 2 if you say so');

  const before = (await lakeCalls(endpoint)).length;
  await clickLens(page, 'Add 5');
  await letter(page, /# Repaired [\s\S]*- 5 partitions added/);
  const sent = (await waitForCall(endpoint, 'glue:BatchCreatePartition', before)).input?.[
    'PartitionInputList'
  ];
  assert.equal(Array.isArray(sent) && sent.length, 5);
  say('  added: the catalog got 5 partitions');

  await waitForLenses(page, ['Undo', 'Plan again']);
  await clickLens(page, 'Undo');
  await letter(page, /# Took back the repair of[\s\S]*- 5 partitions removed/);
  say('  undone: the 5 are gone again');

  await waitForLenses(page, ['Plan again']);
  await clickLens(page, 'Plan again');
  await waitForLenses(page, ['Add 5', 'Add 5, remove 2…', 'Copy SQL', 'Copy policy', 'Plan again']);
  await clickLens(page, 'Add 5, remove 2…');
  await answer(page, 'Add 5, remove 2');
  await letter(page, /# Repaired [\s\S]*- 5 partitions added/);
  say('  added again, and the 2 without files removed');

  await waitForLenses(page, ['Undo', 'Plan again']);
  await clickLens(page, 'Plan again');
  await letter(page, /They agree: there is nothing to do\./);
  say('  planned again: S3 and the catalog agree, there is nothing to do');
}

/** Opens the demo table's plan from its menu and waits until its lenses are drawn. */
export async function openPlan({ page }: Session): Promise<void> {
  await openLake(page);
  const catalog = tree(page, 'Catalog');
  await expand(catalog, 'centralbank_data');
  await chooseInMenu(row(catalog, 'customer_transactions'), 'Repair Partitions…');
  await letter(page, /# Repair [\s\S]*## /);
  await page.locator('.codelens-decoration a', { hasText: 'Plan again' }).waitFor();
}

async function letter(page: Session['page'], wanted: RegExp): Promise<void> {
  for (let tries = 0; !wanted.test(await editorText(page)); tries += 1) {
    if (tries > 150) assert.match(await editorText(page), wanted);
    await page.waitForTimeout(200);
  }
}
