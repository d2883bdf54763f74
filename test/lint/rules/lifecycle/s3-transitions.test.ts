import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3ExpirationNotAfterTransition } from '../../../../src/lint/rules/lifecycle/s3-expiration-not-after-transition';
import { s3ExpireBeforeMinimum } from '../../../../src/lint/rules/lifecycle/s3-expire-before-minimum';
import { s3IaBefore30Days } from '../../../../src/lint/rules/lifecycle/s3-ia-before-30-days';
import { s3IaToArchiveGap } from '../../../../src/lint/rules/lifecycle/s3-ia-to-archive-gap';
import { s3TransitionOrder } from '../../../../src/lint/rules/lifecycle/s3-transition-order';
import { documentChecker } from '../../../support/documentChecker';
import { configuration, rule } from './lifecycleText';

test('a move to an infrequent access class before day 30 is an error, of noncurrent versions too', async () => {
  const check = documentChecker(s3IaBefore30Days, 's3-lifecycle');
  await check(
    configuration(
      rule('"Transitions": [{ "Days": «29», "StorageClass": "STANDARD_IA" }]'),
      rule('"NoncurrentVersionTransitions": [{ "NoncurrentDays": «7», "StorageClass": "ONEZONE_IA" }]'),
    ),
    'error: Objects may move to Standard-IA after 30 days',
    'error: Noncurrent versions may move to One Zone-IA',
  );
});

test('Intelligent-Tiering and the Glacier classes take objects from day 0, and days that are filled in are not judged', async () => {
  const check = documentChecker(s3IaBefore30Days, 's3-lifecycle');
  await check(
    configuration(
      rule('"Transitions": [{ "Days": 0, "StorageClass": "INTELLIGENT_TIERING" }]'),
      rule('"Transitions": [{ "Days": 0, "StorageClass": "GLACIER_IR" }]'),
      rule('"Transitions": [{ "Days": 1, "StorageClass": "GLACIER" }]'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]'),
      rule('"Transitions": [{ "Days": "${days}", "StorageClass": "STANDARD_IA" }]'),
      rule('"Transitions": [{ "Days": 3, "StorageClass": "${class}" }]'),
    ),
  );
  await check(
    '{ "Rules": [{ "Id": "x", "Transitions": [{ "TransitionInDays": 3, "StorageClass": "STANDARD_IA" }] }] }',
  );
});

test('an archive less than 30 days after an infrequent access class is an error within one rule', async () => {
  const check = documentChecker(s3IaToArchiveGap, 's3-lifecycle');
  await check(
    configuration(
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }, { "Days": «59», "StorageClass": "GLACIER" }]',
      ),
      rule(
        '"Transitions": [{ "Days": «40», "StorageClass": "ONEZONE_IA" }, { "Days": 30, "StorageClass": "STANDARD_IA" }]',
        'b/',
      ),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }, { "Days": «30», "StorageClass": "GLACIER_IR" }]',
        'c/',
      ),
    ),
    'error: after 29 days',
    'error: One Zone-IA follows Standard-IA after 10 days',
    'error: after 0 days',
  );
  await check(
    configuration(
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }, { "Days": 90, "StorageClass": "GLACIER" }]',
      ),
      rule(
        '"Transitions": [{ "Days": 5, "StorageClass": "GLACIER_IR" }, { "Days": 10, "StorageClass": "GLACIER" }]',
        'b/',
      ),
      // Upwards: another rule says so.
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }, { "Days": 40, "StorageClass": "STANDARD_IA" }]',
        'c/',
      ),
    ),
  );
  const fixed = await check.fixed(
    configuration(
      rule(
        '"Transitions": [{ "Days": 31, "StorageClass": "STANDARD_IA" }, { "Days": 40, "StorageClass": "GLACIER" }]',
      ),
    ),
  );
  assert.match(fixed, /"Days": 61, "StorageClass": "GLACIER"/);
});

test('two rules that do so are accepted and pay twice: a warning, unless they are for different objects', async () => {
  const check = documentChecker(s3IaToArchiveGap, 's3-lifecycle');
  await check(
    configuration(
      rule('"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]', 'cards/'),
      rule('"Transitions": [{ "Days": «40», "StorageClass": "GLACIER" }]', 'cards/closed/'),
      rule('"Transitions": [{ "Days": 40, "StorageClass": "GLACIER" }]', 'ledger/'),
      rule('"Transitions": [{ "Days": 40, "StorageClass": "GLACIER" }]', 'cards/').replace(
        'Enabled',
        'Disabled',
      ),
    ),
    'warning: billed in full',
  );
});

test('a move to a warmer class is an error, in whatever order the text has them, and sorting mends it', async () => {
  const check = documentChecker(s3TransitionOrder, 's3-lifecycle');
  await check(
    configuration(
      rule(
        '"Transitions": [{ "Days": 90, "StorageClass": «"GLACIER_IR"» }, { "Days": 30, "StorageClass": "ONEZONE_IA" }]',
      ),
      rule('"Transitions": [{ "Days": 30, "StorageClass": «"STANDARD"» }]'),
      rule(
        '"NoncurrentVersionTransitions": [{ "NoncurrentDays": 1, "StorageClass": "INTELLIGENT_TIERING" }, { "NoncurrentDays": 40, "StorageClass": «"STANDARD_IA"» }]',
      ),
      rule(
        '"Transitions": [{ "Days": 90, "StorageClass": "DEEP_ARCHIVE" }, { "Days": 30, "StorageClass": "STANDARD_IA" }]',
      ),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }, { "Days": 60, "StorageClass": «"GLACIER"» }]',
      ),
    ),
    'error: do not move to Glacier Instant Retrieval',
    'error: STANDARD',
    'error: Intelligent-Tiering',
    'error: since day 30 already',
  );
  const fixed = await check.fixed(
    configuration(
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }, { "Days": 90, "StorageClass": "STANDARD_IA" }]',
      ),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "ONEZONE_IA" }, { "Days": 90, "StorageClass": "GLACIER_IR" }]',
      ),
    ),
  );
  assert.match(
    fixed,
    /"Days": 30, "StorageClass": "STANDARD_IA" \}, \{ "Days": 90, "StorageClass": "GLACIER"/,
  );
  assert.match(
    fixed,
    /"Days": 30, "StorageClass": "ONEZONE_IA" \}, \{ "Days": 90, "StorageClass": "GLACIER_IR"/,
  );
});

test('equal days in different rules are not an order', async () => {
  await documentChecker(
    s3TransitionOrder,
    's3-lifecycle',
  )(
    configuration(
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }]'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]'),
    ),
  );
});

test('a deletion before the minimum says what each TB costs for nothing', async () => {
  const check = documentChecker(s3ExpireBeforeMinimum, 's3-lifecycle');
  await check(
    configuration(
      // 60 of 90 days at $0.0036 for 1,024 GB.
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }], "Expiration": { "Days": «60» }'),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "DEEP_ARCHIVE" }], "Expiration": { "Days": «209» }',
      ),
      rule(
        '"NoncurrentVersionTransitions": [{ "NoncurrentDays": 30, "StorageClass": "STANDARD_IA" }], "NoncurrentVersionExpiration": { "NoncurrentDays": «45» }',
      ),
    ),
    'warning: 30 of the 90 days that Glacier Flexible Retrieval bills: each TB costs $7.37',
    'warning: 179 of the 180 days',
    'warning: 15 of the 30 days',
  );
  await check(
    configuration(
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }], "Expiration": { "Days": 120 }'),
      rule(
        '"Transitions": [{ "Days": 0, "StorageClass": "INTELLIGENT_TIERING" }], "Expiration": { "Days": 1 }',
      ),
      // Not later than the move: another rule says so.
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }], "Expiration": { "Days": 30 }'),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }], "Expiration": { "Date": "2027-01-01T00:00:00Z" }',
      ),
    ),
  );
});

test('a deletion on the day of the last move or before it is a warning, of one rule only', async () => {
  const check = documentChecker(s3ExpirationNotAfterTransition, 's3-lifecycle');
  await check(
    configuration(
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER_IR" }], "Expiration": { "Days": «30» }'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER_IR" }], "Expiration": { "Days": 31 }'),
      rule('"Transitions": [{ "Days": 90, "StorageClass": "GLACIER_IR" }]'),
    ),
    'warning: they never do',
  );
});
