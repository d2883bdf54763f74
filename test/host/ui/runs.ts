import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lakeCalls, waitForCall } from '../lakeControl';
import { chooseInMenu, clickLens, notification, replaceText, waitForLenses } from './dialogs';
import { glue } from './lakeGlue';
import { editorText, expand, openLake, pick, row, runCommand, tree, type UiTest } from './workbench';

const machine = 'banking-data-etl';

/** Starting pipelines, following them to their end, stopping them. */
export const runTests: readonly UiTest[] = [
  {
    name: 'Runs lists each kind with its pipelines, once it is opened',
    async run({ page, pictures }) {
      await openLake(page);
      // Tables that are loaded here are those whose repair is offered after a run.
      await expand(tree(page, 'Catalog'), 'centralbank_data');
      const runs = tree(page, 'Runs');
      await expand(runs, 'State machines');
      await row(runs, machine).waitFor();
      await expand(runs, 'Glue jobs');
      await row(runs, 'migrate-legacy-data').waitFor();
      await page.screenshot({ path: `${pictures}/runs.png` });
    },
  },
  {
    name: 'a state machine is chosen, its input is checked while it is typed, and it runs to its end',
    async run(session) {
      const { page, endpoint, pictures } = session;
      await openInput(page);
      await waitForLenses(page, [`Start ${machine}`]);
      await replaceText(page, '{"execution_date": ');
      await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
      await replaceText(page, '{"execution_date": "2025-01-06"}');
      await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'detached' });
      await page.screenshot({ path: `${pictures}/run-input.png` });
      const before = (await lakeCalls(endpoint)).length;
      await clickLens(page, `Start ${machine}`);
      const start = await waitForCall(endpoint, 'states:StartExecution', before);
      assert.equal(start.input?.['input'], '{"execution_date": "2025-01-06"}');
      const told = notification(page, `The state machine ${machine} succeeded`);
      await told.waitFor();
      await page
        .locator('.monaco-list-row', { hasText: new RegExp(`${machine}.*, .*· state machine`) })
        .first()
        .waitFor();
      await page.screenshot({ path: `${pictures}/run-succeeded.png` });
      const starts = (await lakeCalls(endpoint)).slice(before);
      assert.equal(starts.filter((call) => call.action === 'states:StartExecution').length, 1);
    },
  },
  {
    name: 'a run that wrote a new day offers to repair its table',
    async run({ page }) {
      const told = notification(page, `The state machine ${machine} succeeded`);
      await told.getByRole('button', { name: /^Repair \d+ new partitions? of centralbank_data\./ }).click();
      await page
        .locator('.tab.active', { hasText: 'Repair centralbank_data.customer_transactions' })
        .waitFor();
      await page.locator('.codelens-decoration a', { hasText: /^Add \d+$/ }).waitFor();
      assert.match(await editorText(page), /year=2025\/month=0?1\/day=0?6/);
    },
  },
  {
    name: 'a run that fails says why, and its log is at hand',
    async run({ page, pictures }) {
      await openInput(page);
      // The last input is filled in.
      assert.match(await editorText(page), /"execution_date": "2025-01-06"/);
      await replaceText(page, '{"execution_date": "1999-01-01"}');
      await clickLens(page, `Start ${machine}`);
      const told = notification(page, new RegExp(`The state machine ${machine} failed`));
      await told.waitFor();
      await page.screenshot({ path: `${pictures}/run-failed.png` });
      await told.getByRole('button', { name: 'Show Log' }).click();
      await page.locator('.tab.active', { hasText: `${machine}.log` }).waitFor();
      await page.locator('.view-line', { hasText: '1999-01-01' }).first().waitFor();
      await page.screenshot({ path: `${pictures}/run-log.png` });
    },
  },
  {
    name: 'stopping a running job stops it on the server',
    async run({ page, endpoint, pictures }) {
      await createSleeper(endpoint);
      await runCommand(page, 'Lake: Run Pipeline');
      await pick(page, 'sleeper');
      await page.locator('.codelens-decoration a', { hasText: 'Start sleeper' }).waitFor();
      await replaceText(page, '{"--seconds": "120"}');
      const before = (await lakeCalls(endpoint)).length;
      await clickLens(page, 'Start sleeper');
      await waitForCall(endpoint, 'glue:StartJobRun', before);
      await openLake(page);
      const running = tree(page, 'Runs')
        .locator('.monaco-list-row', { hasText: /sleeper.*· Glue job/ })
        .first();
      await running.filter({ hasText: 'running' }).waitFor();
      await page.screenshot({ path: `${pictures}/run-running.png` });
      // A tree that is drawn again takes its menu away before anything was chosen: then it is opened anew.
      const asked = async () =>
        (await lakeCalls(endpoint)).slice(before).some((call) => call.action === 'glue:BatchStopJobRun');
      for (let tries = 0; tries < 4 && !(await asked()); tries += 1) {
        await chooseInMenu(running, 'Stop Run');
        await page.waitForTimeout(3000);
      }
      const stop = await waitForCall(endpoint, 'glue:BatchStopJobRun', before);
      assert.equal(stop.status, 200);
      await notification(page, 'The Glue job sleeper was stopped').waitFor();
      await running.filter({ hasText: 'stopped' }).waitFor();
      const ids = stop.input?.['JobRunIds'];
      const id: unknown = Array.isArray(ids) ? ids[0] : undefined;
      const { JobRun } = await glue(endpoint, 'GetJobRun', { JobName: 'sleeper', RunId: id });
      assert.equal((JobRun as { readonly JobRunState: string }).JobRunState, 'STOPPED');
    },
  },
];

async function openInput(page: Page): Promise<void> {
  await runCommand(page, 'Lake: Run Pipeline');
  await pick(page, machine);
  await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await page.locator('.codelens-decoration a', { hasText: `Start ${machine}` }).waitFor();
}

async function createSleeper(endpoint: string): Promise<void> {
  await glue(endpoint, 'CreateJob', {
    Name: 'sleeper',
    Role: 'arn:aws:iam::111122223333:role/glue',
    Command: { Name: 'glueetl', ScriptLocation: 's3://lake-scripts/sleep.py' },
  });
}
