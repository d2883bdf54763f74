import { numberOf, itemsOf, propertiesOf, textOf, valueOf } from '../documents/data/access';
import { insertProperty } from '../documents/data/edits';
import { readJson } from '../documents/data/json';
import type { DataNode } from '../documents/data/node';
import { parseS3Uri } from '../zones/s3Uri';
import { head, oneOf, type Checking } from './configurationFinding';

const merging = {
  Partitions: { AddOrUpdateBehavior: 'InheritFromTable' },
  Tables: { AddOrUpdateBehavior: 'MergeNewColumns' },
} as const;

/** Looks over Configuration, an object or the JSON text that Glue takes (AWS Glue Developer Guide, "Customizing crawler behavior"). */
export function checkOutput(checking: Checking): void {
  const { root, document, report } = checking;
  const node = valueOf(root, 'Configuration');
  const given = node?.kind === 'text' ? readJson(node.value).root : node;
  if (node !== undefined && given?.kind !== 'object') {
    report(node, {
      severity: 'error',
      message: 'Configuration is an object, or a text that holds one as JSON.',
    });
    return;
  }
  // Inside of a text places are not those of the document: it is pointed at as a whole.
  const at = (inner: DataNode): DataNode => (node?.kind === 'text' ? node : inner);
  const inner: Checking = {
    ...checking,
    report: (span, found) => report(node?.kind === 'text' ? node : span, found),
  };
  if (given !== undefined) {
    for (const { key, keySpan } of propertiesOf(given)) {
      if (!/^(?:Version|CrawlerOutput|Grouping|CreatePartitionIndex)$/.test(key)) {
        inner.report(keySpan, { severity: 'error', message: `Configuration has no ${key}.` });
      }
    }
    const version = valueOf(given, 'Version');
    if (numberOf(version) !== 1) {
      inner.report(version ?? head(given), {
        severity: 'error',
        message: 'Configuration needs "Version": 1.0.',
      });
    }
    checkGrouping(inner, given, at);
    oneOf(inner, valueOf(given, 'CrawlerOutput', 'Partitions', 'AddOrUpdateBehavior'), ['InheritFromTable']);
    oneOf(inner, valueOf(given, 'CrawlerOutput', 'Tables', 'AddOrUpdateBehavior'), ['MergeNewColumns']);
    positive(
      inner,
      valueOf(given, 'CrawlerOutput', 'Tables', 'TableThreshold'),
      'TableThreshold is the most tables that one crawl may make',
    );
  }
  const inherits = textOf(valueOf(given, 'CrawlerOutput', 'Partitions', 'AddOrUpdateBehavior'));
  const targets = valueOf(root, 'Targets');
  if (inherits === undefined && itemsOf(valueOf(targets, 'S3Targets')).length > 0) {
    const output = valueOf(given, 'CrawlerOutput');
    const edits =
      node === undefined
        ? insertProperty(document, root, {
            key: 'Configuration',
            value: { Version: 1.0, CrawlerOutput: merging },
          })
        : node.kind === 'object' && output === undefined
          ? insertProperty(document, node, { key: 'CrawlerOutput', value: merging })
          : undefined;
    report(node ?? head(root), {
      severity: 'information',
      message:
        'Each partition keeps columns of its own: where they come to differ from the table’s, queries fail with HIVE_PARTITION_SCHEMA_MISMATCH. InheritFromTable keeps them alike.',
      ...(edits === undefined
        ? {}
        : { fixes: [{ title: 'Let partitions take over the columns of the table', edits }] }),
    });
  }
}

function checkGrouping(checking: Checking, given: DataNode, at: (node: DataNode) => DataNode): void {
  const { root, report } = checking;
  const grouping = valueOf(given, 'Grouping');
  for (const { key, keySpan } of propertiesOf(grouping)) {
    if (key !== 'TableGroupingPolicy' && key !== 'TableLevelConfiguration') {
      report(keySpan, { severity: 'error', message: `Grouping has no ${key}.` });
    }
  }
  oneOf(checking, valueOf(grouping, 'TableGroupingPolicy'), ['CombineCompatibleSchemas']);
  const level = valueOf(grouping, 'TableLevelConfiguration');
  if (
    !positive(
      checking,
      level,
      'TableLevelConfiguration is the level of the tables, of which the bucket is the first',
    )
  )
    return;
  const wanted = numberOf(level) ?? 0;
  for (const target of itemsOf(valueOf(root, 'Targets', 'S3Targets'))) {
    const place = parseS3Uri(textOf(valueOf(target, 'Path')) ?? '');
    if (place === undefined || level === undefined) continue;
    const own = levelOf(place.key);
    if (wanted < own) {
      report(at(level), {
        severity: 'warning',
        message: `Level ${wanted} lies above s3://${place.bucket}/${place.key}, which is level ${own}: the bucket is the first.`,
      });
    } else if (wanted > own + 3) {
      report(at(level), {
        severity: 'warning',
        message: `Level ${wanted} lies ${wanted - own} folders below s3://${place.bucket}/${place.key}: each folder there becomes a table of its own.`,
      });
    }
  }
}

/** The level of a prefix, as TableLevelConfiguration counts: the bucket is the first. */
export function levelOf(prefix: string): number {
  return 1 + prefix.split('/').filter((part) => part !== '').length;
}

/** Whether a number is a whole one above zero; reported where it is another. */
function positive({ report }: Checking, node: DataNode | undefined, what: string): boolean {
  if (node === undefined) return false;
  const number = numberOf(node);
  if (number !== undefined && Number.isInteger(number) && number > 0) return true;
  report(node, { severity: 'error', message: `${what}: a whole number above 0.` });
  return false;
}
