import { itemsOf, numberOf, propertiesOf, textOf, valueOf } from '../documents/data/access';
import { replaceValue } from '../documents/data/edits';
import type { DataNode } from '../documents/data/node';
import { partitionLevel } from '../zones/partitionPrefix';
import { parseS3Uri } from '../zones/s3Uri';
import { head, type Checking } from './configurationFinding';
import { exclusionProblem } from './exclusions';

/** The members of S3Target (AWS Glue API, "S3Target"). */
const members = new Set([
  'Path',
  'Exclusions',
  'ConnectionName',
  'SampleSize',
  'EventQueueArn',
  'DlqEventQueueArn',
]);

/** Looks over the places that a crawler looks at. */
export function checkTargets(checking: Checking): void {
  const { root, report } = checking;
  const targets = valueOf(root, 'Targets');
  if (targets === undefined) {
    report(head(root), {
      severity: 'error',
      message: 'Targets is missing: { "S3Targets": [{ "Path": "s3://bucket/prefix/" }] }.',
    });
    return;
  }
  const all = propertiesOf(targets).flatMap(({ value }) => itemsOf(value));
  if (all.length === 0)
    report(targets, { severity: 'error', message: 'A crawler needs at least one target.' });
  const list = itemsOf(valueOf(targets, 'S3Targets'));
  const behaviour = textOf(valueOf(root, 'RecrawlPolicy', 'RecrawlBehavior'));
  if (behaviour === 'CRAWL_NEW_FOLDERS_ONLY' && list.length < all.length) {
    report(targets, {
      severity: 'error',
      message: 'Only S3 has new folders: a crawler of new folders takes no other targets.',
    });
  }
  const seen: string[] = [];
  for (const target of list) {
    checkPath(checking, target, seen);
    checkMembers(checking, target, behaviour);
    checkExclusions(checking, target);
  }
}

function checkPath({ document, report }: Checking, target: DataNode, seen: string[]): void {
  const node = valueOf(target, 'Path');
  const text = textOf(node);
  if (node === undefined || text === undefined) {
    report(node ?? target, { severity: 'error', message: 'Path is missing: "s3://bucket/prefix/".' });
    return;
  }
  const place = parseS3Uri(text);
  if (place === undefined) {
    report(node, { severity: 'error', message: 'A path is a place in S3: s3://bucket/prefix/.' });
    return;
  }
  const folders = place.key.split('/').filter((part) => part !== '');
  const path = `${place.bucket}/${folders.map((part) => `${part}/`).join('')}`;
  const around = seen.find((other) => path.startsWith(other) || other.startsWith(path));
  seen.push(path);
  if (around !== undefined) {
    report(node, {
      severity: 'warning',
      message: `This lies in s3://${around} or around it, which is a target too: its files are crawled twice, and become two tables.`,
    });
  }
  const partition = folders.findIndex((part) => partitionLevel(part) !== undefined);
  if (partition >= 0) {
    const above = `s3://${place.bucket}/${folders
      .slice(0, partition)
      .map((part) => `${part}/`)
      .join('')}`;
    report(node, {
      severity: 'warning',
      message: `${folders[partition] ?? ''} is a folder of a partition: crawled from here its key is lost, and other partitions become tables of their own.`,
      fixes: [{ title: `Crawl ${above}`, edits: replaceValue(document, node, above) }],
    });
  } else if (folders.length === 0) {
    report(node, {
      severity: 'warning',
      message:
        'The whole bucket is crawled: folders that differ become a table each, and temporary ones too. Name the folder of the tables, or set TableLevelConfiguration.',
    });
  } else if (
    /\.(?:parquet|orc|avro|csv|tsv|json|jsonl|gz|zst|bz2)$/i.test(folders.at(-1) ?? '') &&
    !text.endsWith('/')
  ) {
    report(node, {
      severity: 'warning',
      message:
        'This looks like a file: a table lies in a folder, and Athena reads nothing from a location that is a file.',
    });
  }
}

function checkMembers({ report }: Checking, target: DataNode, behaviour: string | undefined): void {
  for (const { key, keySpan, value } of propertiesOf(target)) {
    if (!members.has(key)) report(keySpan, { severity: 'error', message: `A target in S3 has no ${key}.` });
    if (key === 'SampleSize') {
      const size = numberOf(value);
      if (size === undefined || !Number.isInteger(size) || size < 1 || size > 249) {
        report(value, {
          severity: 'error',
          message: 'SampleSize is a number of files in each folder, from 1 to 249.',
        });
      }
    }
    if (key === 'EventQueueArn' && behaviour !== 'CRAWL_EVENT_MODE') {
      report(keySpan, {
        severity: 'error',
        message: 'A queue of events goes with the RecrawlBehavior CRAWL_EVENT_MODE alone.',
      });
    }
  }
  if (behaviour === 'CRAWL_EVENT_MODE' && valueOf(target, 'EventQueueArn') === undefined) {
    report(head(target), {
      severity: 'error',
      message: 'CRAWL_EVENT_MODE needs the EventQueueArn of the queue that S3 tells of new objects.',
    });
  }
}

function checkExclusions({ document, report }: Checking, target: DataNode): void {
  for (const node of itemsOf(valueOf(target, 'Exclusions'))) {
    const pattern = textOf(node);
    if (pattern === undefined) {
      report(node, {
        severity: 'error',
        message: 'An exclusion is a text, a glob over the path below the target.',
      });
      continue;
    }
    const problem = exclusionProblem(pattern);
    if (problem === undefined) continue;
    const { severity, message, mended } = problem;
    const fixes =
      mended === undefined ? [] : [{ title: `Write ${mended}`, edits: replaceValue(document, node, mended) }];
    report(node, { severity, message, fixes });
  }
}
