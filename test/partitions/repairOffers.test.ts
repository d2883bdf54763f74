import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { planRepair } from '../../src/partitions/planRepair';
import { repairOffers } from '../../src/partitions/repairOffers';
import { tableOf } from '../support/fakes';
import { memoryConnection, memoryLake } from '../support/memoryLake';

const signal = new AbortController().signal;
const payments = tableOf('bank.payments(id bigint) by day string', { location: 's3://lake/payments/' });
const run = { input: '{"--target":"s3://lake/payments/"}' };

test('a run that wrote new prefixes under a table offers their repair, and after it nothing', async () => {
  const lake = memoryLake({
    table: payments,
    keys: ['payments/day=1/a', 'payments/day=2/a', 'payments/day=3/a'],
    partitions: [{ values: ['1'], location: 's3://lake/payments/day=1/' }],
  });
  const plan = () =>
    planRepair(lake, { connection: memoryConnection, table: { database: 'bank', name: 'payments' } }, signal);
  assert.deepEqual(await repairOffers(run, [payments], plan), [
    {
      table: { database: 'bank', name: 'payments' },
      count: 2,
      title: 'Repair 2 new partitions of bank.payments',
    },
  ]);
  lake.registered.set('["2"]', { values: ['2'], location: 's3://lake/payments/day=2/', record: {} });
  lake.registered.set('["3"]', { values: ['3'], location: 's3://lake/payments/day=3/', record: {} });
  assert.deepEqual(await repairOffers(run, [payments], plan), []);
});

test('a crawl of a place above or below a table offers the repair of what the crawler did not register', async () => {
  const lake = memoryLake({ table: payments, keys: ['payments/day=1/a'], partitions: [] });
  const plan = () =>
    planRepair(lake, { connection: memoryConnection, table: { database: 'bank', name: 'payments' } }, signal);
  for (const target of ['s3://lake/payments', 's3://lake/payments/day=1/']) {
    const offers = await repairOffers({ targets: [target] }, [payments], plan);
    assert.deepEqual(
      offers.map(({ title }) => title),
      ['Repair 1 new partition of bank.payments'],
    );
  }
  // A bucket alone says nothing: every table of it would be planned.
  assert.deepEqual(await repairOffers({ targets: ['s3://lake/'] }, [payments], plan), []);
});

test('a plan that fails or is cancelled is no offer, and a fault of ours is not hidden', async () => {
  const failing = (error: Error) =>
    repairOffers(run, [payments], async () => {
      throw error;
    });
  assert.deepEqual(await failing(new Problem('Denied.', 'denied')), []);
  assert.deepEqual(await failing(new DOMException('Stopped.', 'AbortError')), []);
  await assert.rejects(failing(new TypeError('ours')), TypeError);
});

test('a run that names no known table plans nothing', async () => {
  let planned = 0;
  await repairOffers({ input: '{"x":"s3://elsewhere/a/"}' }, [payments], async () => {
    planned += 1;
    throw new Problem('Not asked for.', 'other');
  });
  assert.equal(planned, 0);
});
