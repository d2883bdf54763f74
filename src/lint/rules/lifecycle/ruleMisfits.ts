import { isUnknown, propertiesOf, propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { insertProperty, renameKey, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataObject } from '../../../documents/data/node';
import type { LifecycleRule } from '../../../documents/lifecycle/model';
import { nearest } from '../../settings';
import { partMisfits } from './partMisfits';
import { ruleKeys, type Misfit } from './structure';

const actions: readonly string[] = ruleKeys.slice(4);

/** What of one rule S3, or the command before it, does not take. */
export function ruleMisfits(data: DataDocument, rule: LifecycleRule): readonly Misfit[] {
  const { node } = rule;
  return [
    ...keyMisfits(data, node),
    ...statusMisfits(data, rule),
    ...missingFilter(data, node),
    ...filterMisfits(rule),
    ...partMisfits(data, rule),
    ...actionMisfits(rule),
  ];
}

function keyMisfits(data: DataDocument, node: DataObject): readonly Misfit[] {
  return propertiesOf(node).flatMap((property): readonly Misfit[] => {
    const { key, keySpan, value } = property;
    if (ruleKeys.includes(key)) return [];
    // `Transition` was the withdrawn put-bucket-lifecycle's: one action where there is a list of them now.
    const plural = `${key}s`;
    if (ruleKeys.includes(plural) && propertyOf(node, plural) === undefined && value.kind === 'object') {
      const { start, end } = value;
      const edits =
        data.format === 'json'
          ? [
              ...renameKey(data, property, plural),
              { start, end: start, text: '[' },
              { start: end, end, text: ']' },
            ]
          : [];
      return [
        {
          span: keySpan,
          message: `A rule has no ${key}, but a list of ${plural}.`,
          ...(edits.length === 0 ? {} : { fix: { title: `Make it a list of ${plural}`, edits } }),
        },
      ];
    }
    const near = nearest(key, ruleKeys);
    if (near === undefined) return [{ span: keySpan, message: `A rule has no ${key}: S3 rejects it.` }];
    const isFree = propertyOf(node, near) === undefined;
    return [
      {
        span: keySpan,
        message: `A rule has no ${key}; it is ${near}.`,
        ...(isFree ? { fix: { title: `Write ${near}`, edits: renameKey(data, property, near) } } : {}),
      },
    ];
  });
}

function statusMisfits(data: DataDocument, { node, span }: LifecycleRule): readonly Misfit[] {
  const status = valueOf(node, 'Status');
  if (status === undefined) {
    return [
      {
        span,
        message: 'The rule has no Status; S3 wants Enabled or Disabled.',
        fix: {
          title: 'Add Status',
          edits: insertProperty(data, node, { key: 'Status', value: 'Enabled' }),
          scaffold: true,
        },
      },
    ];
  }
  const text = textOf(status);
  if (isUnknown(status) || text === 'Enabled' || text === 'Disabled') return [];
  const wanted = ['Enabled', 'Disabled'].find((word) => word.toLowerCase() === (text ?? '').toLowerCase());
  return [
    {
      span: status,
      message: 'Status is Enabled or Disabled, written so.',
      ...(wanted === undefined
        ? {}
        : { fix: { title: `Write ${wanted}`, edits: replaceValue(data, status, wanted) } }),
    },
  ];
}

// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html, under Filter.
function missingFilter(data: DataDocument, node: DataObject): readonly Misfit[] {
  const named = propertiesOf(node).find(({ key }) => /filter|prefix/i.test(key));
  const status = propertyOf(node, 'Status');
  // Merged, computed or misspelt keys may bring one.
  if (named !== undefined || status === undefined || isUnknown(node)) return [];
  return [
    {
      span: { start: node.start, end: node.start + 1 },
      message: 'A rule has a Filter, an empty one for all objects: S3 rejects it without.',
      fix: {
        title: 'Add an empty Filter, for all objects',
        edits: insertProperty(data, node, { key: 'Filter', value: {}, after: status }),
        scaffold: true,
      },
    },
  ];
}

function filterMisfits({ node, filter, abort, expiration }: LifecycleRule): readonly Misfit[] {
  const found: Misfit[] = [];
  const property = propertyOf(node, 'Filter');
  const prefix = propertyOf(node, 'Prefix');
  if (property !== undefined && prefix !== undefined) {
    found.push({
      span: prefix.keySpan,
      message: 'A rule has a Filter or the old Prefix, not both: S3 rejects it as malformed.',
    });
  }
  if (property !== undefined && property.value.kind !== 'object' && !isUnknown(property.value)) {
    found.push({
      span: property.value,
      message: 'A Filter is an object: Prefix, Tag, a size, or several of them in And.',
    });
  }
  const conditions = propertiesOf(property?.value);
  const second = conditions[1];
  if (second !== undefined) {
    const names = conditions.map(({ key }) => key).join(' and ');
    found.push({
      span: second.keySpan,
      message: `A Filter has one condition; ${names} belong in And: S3 rejects it as malformed.`,
    });
  }
  const { greaterThan, lessThan } = filter;
  if (greaterThan !== undefined && lessThan !== undefined && greaterThan >= lessThan) {
    found.push({
      span: filter.node ?? node,
      message: `No object is larger than ${greaterThan} and smaller than ${lessThan} bytes.`,
    });
  }
  if (abort !== undefined && filter.tags.length > 0) {
    found.push({
      span: propertyOf(node, 'AbortIncompleteMultipartUpload')?.keySpan ?? abort.node,
      message: 'A rule with tags in its filter cannot end uploads, which have no tags: S3 rejects it.',
    });
  }
  if (expiration?.deleteMarkers === true && filter.tags.length > 0) {
    found.push({
      span: propertyOf(expiration.node, 'ExpiredObjectDeleteMarker')?.keySpan ?? expiration.node,
      message:
        'A rule with tags in its filter cannot clear delete markers, which have no tags: S3 rejects it.',
    });
  }
  return found;
}

function actionMisfits({ node, span, transitions, expiration }: LifecycleRule): readonly Misfit[] {
  const keys = propertiesOf(node).map(({ key }) => key);
  const hasAction = keys.some((key) => actions.includes(key) || actions.includes(`${key}s`));
  // A key that is none may have been meant as the action; that is said of it.
  if (!hasAction && keys.every((key) => ruleKeys.includes(key)))
    return [{ span, message: 'The rule does nothing: S3 wants at least one action.' }];
  const dated = [...transitions, ...(expiration === undefined ? [] : [expiration])];
  const byDate = dated.find(({ node: action }) => propertyOf(action, 'Date') !== undefined);
  const byDays = dated.find(({ node: action }) => propertyOf(action, 'Days') !== undefined);
  if (byDate === undefined || byDays === undefined || byDate === byDays) return [];
  return [
    {
      span: propertyOf(byDate.node, 'Date')?.keySpan ?? byDate.node,
      message: 'One rule counts by Days or by Date, not by both: S3 rejects it.',
    },
  ];
}

/** Rules that bear the same ID, and IDs that are too long. */
export function idMisfits(rules: readonly LifecycleRule[]): readonly Misfit[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id, span }): readonly Misfit[] => {
    if (id === undefined || /\$\{|\{\{/.test(id)) return [];
    if (id.length > 255) return [{ span, message: `The ID has ${id.length} characters; S3 takes 255.` }];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ span, message: `Two rules have the ID ${id}: S3 rejects the configuration.` }];
  });
}
