import {
  isUnknown,
  itemsOf,
  numberOf,
  propertiesOf,
  propertyOf,
  textOf,
  valueOf,
} from '../../../documents/data/access';
import { renameKey, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataNode } from '../../../documents/data/node';
import type { LifecycleRule, LifecycleTransition } from '../../../documents/lifecycle/model';
import { isStorageClass, storageClasses } from '../../../documents/lifecycle/storageClasses';
import { nearest } from '../../settings';
import { meantKey, partKeys, type Misfit } from './structure';

/** What inside the parts of a rule S3, or the command before it, does not take. */
export function partMisfits(data: DataDocument, rule: LifecycleRule): readonly Misfit[] {
  const { node, transitions, noncurrentTransitions, expiration, noncurrentExpiration, abort } = rule;
  return [
    ...unknownKeys(data, node),
    ...transitions.flatMap((move) => [
      ...whenMisfits(data, move.node, { days: move.daysNode, least: 0 }),
      ...classMisfits(data, move),
    ]),
    ...noncurrentTransitions.flatMap((move) => [
      ...dayCount(move.daysNode, { key: 'NoncurrentDays', least: 0 }),
      ...missing(move.daysNode, { node: move.node, key: 'NoncurrentDays' }),
      ...classMisfits(data, move),
    ]),
    ...(expiration === undefined ? [] : expirationMisfits(data, expiration)),
    ...(noncurrentExpiration === undefined
      ? []
      : [
          ...dayCount(noncurrentExpiration.daysNode, { key: 'NoncurrentDays', least: 1 }),
          ...missing(noncurrentExpiration.daysNode, {
            node: noncurrentExpiration.node,
            key: 'NoncurrentDays',
          }),
        ]),
    ...(abort === undefined
      ? []
      : [
          ...dayCount(abort.daysNode, { key: 'DaysAfterInitiation', least: 1 }),
          ...missing(abort.daysNode, { node: abort.node, key: 'DaysAfterInitiation' }),
        ]),
  ];
}

function unknownKeys(data: DataDocument, rule: DataNode): readonly Misfit[] {
  return Object.entries(partKeys).flatMap(([part, keys]) => {
    const value = part === 'And' ? valueOf(rule, 'Filter', 'And') : valueOf(rule, part);
    const objects = value?.kind === 'array' ? itemsOf(value) : [value];
    return objects
      .filter((object) => !isUnknown(object))
      .flatMap((object) =>
        propertiesOf(object).flatMap((property): readonly Misfit[] => {
          const { key, keySpan } = property;
          if (keys.includes(key)) return [];
          const near = meantKey(key, keys);
          const name = part.replace(/s$/, '');
          if (near === undefined)
            return [{ span: keySpan, message: `${name} has no ${key}: S3 rejects it.` }];
          return [
            {
              span: keySpan,
              message: `${name} has no ${key}; it is ${near}.`,
              ...(propertyOf(object, near) === undefined
                ? { fix: { title: `Write ${near}`, edits: renameKey(data, property, near) } }
                : {}),
            },
          ];
        }),
      );
  });
}

function expirationMisfits(
  data: DataDocument,
  { node, daysNode, deleteMarkers }: NonNullable<LifecycleRule['expiration']>,
): readonly Misfit[] {
  const marker = propertyOf(node, 'ExpiredObjectDeleteMarker');
  if (
    deleteMarkers &&
    marker !== undefined &&
    (daysNode !== undefined || propertyOf(node, 'Date') !== undefined)
  ) {
    return [
      {
        span: marker.keySpan,
        message:
          'ExpiredObjectDeleteMarker stands alone in an Expiration, without Days or Date: S3 rejects it as malformed.',
      },
    ];
  }
  return marker === undefined ? whenMisfits(data, node, { days: daysNode, least: 1 }) : [];
}

/** Days or Date, one of them, and each of its form. */
function whenMisfits(
  data: DataDocument,
  node: DataNode,
  { days, least }: { readonly days: DataNode | undefined; readonly least: number },
): readonly Misfit[] {
  const date = propertyOf(node, 'Date');
  if (days !== undefined && date !== undefined)
    return [
      { span: date.keySpan, message: 'Days and Date exclude each other: S3 rejects the rule as malformed.' },
    ];
  if (days !== undefined) return dayCount(days, { key: 'Days', least });
  if (date !== undefined) return dateMisfits(data, date.value);
  // A mistyped key is reported as such.
  if (propertiesOf(node).some(({ key }) => !/^(?:StorageClass|Days|Date)$/.test(key))) return [];
  return [
    { span: braceOf(node), message: 'Neither Days nor Date says when: S3 rejects the rule as malformed.' },
  ];
}

function dateMisfits(data: DataDocument, value: DataNode): readonly Misfit[] {
  const text = textOf(value);
  if (isUnknown(value)) return [];
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    text ?? '',
  );
  const day = parts?.[1];
  if (day === undefined || Number.isNaN(Date.parse(day)))
    return [{ span: value, message: 'A Date is written in ISO 8601, as 2027-01-31T00:00:00Z.' }];
  if (parts?.[2] === undefined || (/^[0:.]+$/.test(parts[2]) && /^(?:Z|[+-]00:?00)?$/.test(parts[3] ?? '')))
    return [];
  return [
    {
      span: value,
      message: 'A Date of a lifecycle rule must be at midnight UTC: S3 rejects any other time.',
      fix: { title: 'Write midnight UTC', edits: replaceValue(data, value, `${day}T00:00:00Z`) },
    },
  ];
}

function classMisfits(
  data: DataDocument,
  { node, classNode, storageClass }: LifecycleTransition,
): readonly Misfit[] {
  if (classNode === undefined)
    return propertiesOf(node).some(({ key }) => nearest(key, ['StorageClass']) !== undefined)
      ? []
      : [
          {
            span: braceOf(node),
            message: 'The transition names no StorageClass: S3 rejects the rule as malformed.',
          },
        ];
  // Moves upwards are another rule's.
  if (isUnknown(classNode) || isStorageClass(storageClass) || storageClass === 'REDUCED_REDUNDANCY')
    return [];
  const names = Object.keys(storageClasses).filter((name) => name !== 'STANDARD');
  const near =
    consoleNames[(storageClass ?? '').toLowerCase().replace(/[^a-z]+/g, '')] ??
    nearest(storageClass ?? '', names);
  return [
    {
      span: classNode,
      message: `There is no storage class ${storageClass ?? 'of this form'}${near === undefined ? '' : `; it is ${near}`}.`,
      ...(near === undefined
        ? {}
        : { fix: { title: `Write ${near}`, edits: replaceValue(data, classNode, near) } }),
    },
  ];
}

/** Names that the console and the documentation use, without spaces and signs. */
const consoleNames: Readonly<Record<string, string>> = {
  ia: 'STANDARD_IA',
  standardia: 'STANDARD_IA',
  onezoneia: 'ONEZONE_IA',
  glacierir: 'GLACIER_IR',
  glacierinstantretrieval: 'GLACIER_IR',
  glacierflexibleretrieval: 'GLACIER',
  glacierdeeparchive: 'DEEP_ARCHIVE',
  deeparchive: 'DEEP_ARCHIVE',
  intelligenttiering: 'INTELLIGENT_TIERING',
};

function dayCount(
  node: DataNode | undefined,
  { key, least }: { readonly key: string; readonly least: number },
): readonly Misfit[] {
  if (node === undefined || isUnknown(node)) return [];
  const days = numberOf(node);
  // Some tools write numbers as text, and the command turns them into numbers.
  if (days === undefined && /^\d+$/.test(textOf(node) ?? '')) return [];
  if (days !== undefined && Number.isInteger(days) && days >= least) return [];
  return [
    {
      span: node,
      message: `${key} is a whole number of days, ${least === 0 ? '0 or more' : 'more than 0'}: S3 rejects the rule.`,
    },
  ];
}

function missing(
  value: DataNode | undefined,
  { node, key }: { readonly node: DataNode; readonly key: string },
): readonly Misfit[] {
  if (value !== undefined) return [];
  if (propertiesOf(node).some((property) => meantKey(property.key, [key]) !== undefined)) return [];
  return [{ span: braceOf(node), message: `${key} is missing: S3 rejects the rule as malformed.` }];
}

function braceOf({ start, end }: DataNode): { readonly start: number; readonly end: number } {
  return { start, end: Math.min(end, start + 1) };
}
