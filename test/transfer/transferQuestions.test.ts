import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { DownloadItem } from '../../src/transfer/downloadPlan';
import {
  downloadQuestion,
  transferProgress,
  transferSummary,
  uploadQuestion,
} from '../../src/transfer/transferQuestions';
import type { UploadItem } from '../../src/transfer/uploadPlan';

const mebi = 1024 ** 2;
const file = (name: string, condition: UploadItem['condition']): UploadItem => ({
  path: `/home/${name}`,
  key: `raw/${name}`,
  bytes: 2 * mebi,
  changedAt: 0,
  condition,
});
const place = { bucket: 'box', prefix: 'raw/' };

test('an upload that overwrites nothing has one button, with counts and bytes', () => {
  const items = [file('a', { kind: 'new' }), file('b', { kind: 'new' })];
  assert.deepEqual(uploadQuestion({ ...place, items, existing: [], unseen: 0, left: [] }), {
    message: 'Upload 2 files (4 MB) to s3://box/raw/?',
    detail: '',
    buttons: [{ title: 'Upload 2', choice: 'keep' }],
  });
});

test('what would be overwritten is named, and keeping it stands first', () => {
  const items = [file('a', { kind: 'new' }), file('b', { kind: 'over', etag: 'x' })];
  const left = [{ path: '/home/c', why: 'a link to a folder' }];
  const asked = uploadQuestion({ ...place, items, existing: [{ key: 'raw/b', bytes: 5 }], unseen: 1, left });
  assert.deepEqual(
    asked.buttons.map(({ title }) => title),
    ['Upload 1, Keep 1', 'Upload 2, Overwrite 1'],
  );
  assert.match(asked.detail, /^1 object of that name is there: b\.\n\nOf 1 file it cannot be seen/);
  assert.match(asked.detail, /Left out: \/home\/c \(a link to a folder\)\.$/);
  const only = uploadQuestion({ ...place, items: items.slice(1), existing: [], unseen: 0, left: [] });
  assert.deepEqual(
    only.buttons.map(({ choice }) => choice),
    ['replace'],
  );
});

test('a download tells what the disk holds already and what it cannot hold', () => {
  const item: DownloadItem = { key: 'raw/a', bytes: mebi, path: '/out/a', replaces: true };
  const asked = downloadQuestion({
    source: { kind: 'prefix', bucket: 'box', prefix: 'raw/' },
    folder: '/out',
    items: [item],
    renamed: [{ kind: 'path', key: 'raw/..', path: '%2E%2E', renamed: true }],
    refused: [{ kind: 'refused', key: 'raw/A', problem: new Problem('raw/A was not written.', 'invalid') }],
    archived: 2,
  });
  assert.equal(asked.message, 'Download 1 file (1 MB) from s3://box/raw/ to /out?');
  for (const part of [
    /1 file of that name is there: \/out\/a/,
    /another name.*%2E%2E/,
    /raw\/A was not/,
    /2 objects are archived/,
  ])
    assert.match(asked.detail, part);
});

test('the end is told in a sentence: whole, with failures, or stopped', () => {
  const done = {
    verb: 'Uploaded',
    files: 3,
    total: 3,
    bytes: mebi,
    place: 'to s3://box/',
    kept: 'Parts stay.',
  } as const;
  assert.equal(transferSummary({ ...done, failed: [] }), 'Uploaded 3 files (1 MB) to s3://box/.');
  const failed = [1, 2].map((item) => ({ item, problem: new Problem('S3 denied it.', 'denied') }));
  assert.equal(
    transferSummary({ ...done, total: 5, failed }),
    'Uploaded 3 of 5 files (1 MB) to s3://box/. 2 failed, the first since: S3 denied it.',
  );
  assert.equal(
    transferSummary({ ...done, total: 5, failed: [], stopped: 'cancelled' }),
    'Stopped. Uploaded 3 of 5 files (1 MB) to s3://box/. Parts stay.',
  );
  assert.match(
    transferSummary({ ...done, failed: [], stopped: new Problem('Sign in again.', 'signed-out') }),
    /^Sign in again\. Uploaded 3 files/,
  );
  assert.equal(
    transferProgress({ files: 1, bytes: mebi }, [{ bytes: 2 * mebi }, { bytes: 0 }]),
    '1 MB of 2 MB · 1 of 2 files',
  );
});
