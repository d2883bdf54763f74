import { randomUUID } from 'node:crypto';
import { AwsError } from '../service';
import { child, childrenOf, childText, malformedXml, type XmlElement } from '../wire/xmlReader';

const actions = [
  'Expiration',
  'Transition',
  'NoncurrentVersionTransition',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
];
const ruleMembers = ['ID', 'Filter', 'Prefix', 'Status', ...actions];
// From the warmest on: objects only go down. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
const classes = ['STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];
const infrequent = new Set(['STANDARD_IA', 'ONEZONE_IA']);

/**
 * The rules of a lifecycle configuration as S3 keeps them, a rule without a name with one. What S3 refuses is refused
 * with its codes: MalformedXML where its schema says no, InvalidArgument for a value, InvalidRequest for what does not
 * go together. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function checkedRules(configuration: XmlElement): readonly XmlElement[] {
  if (configuration.children.some(({ name }) => name !== 'Rule')) throw malformedXml();
  const rules = childrenOf(configuration, 'Rule');
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  const names = new Set<string>();
  return rules.map((rule) => {
    checkShape(rule);
    const id = childText(rule, 'ID') ?? '';
    if (id.length > 255) throw invalid('ID length should not exceed allowed limit of 255');
    if (id !== '' && names.has(id))
      throw invalid('Rule ID must be unique. Found same ID for more than one rule');
    names.add(id);
    const filter = filterOf(rule);
    checkExpiration(rule, filter);
    checkTransitions(rule, filter);
    checkNoncurrent(rule);
    checkAbort(rule, filter);
    if (id !== '') return rule;
    const made = { name: 'ID', children: [], text: randomUUID() };
    return { ...rule, children: [made, ...rule.children.filter(({ name }) => name !== 'ID')] };
  });
}

function checkShape(rule: XmlElement): void {
  if (rule.children.some(({ name }) => !ruleMembers.includes(name))) throw malformedXml();
  const status = childText(rule, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml();
  // One of the two says what the rule is for.
  if ((child(rule, 'Filter') === undefined) === (child(rule, 'Prefix') === undefined)) throw malformedXml();
  if (!rule.children.some(({ name }) => actions.includes(name)))
    throw request('At least one action needs to be specified in a rule');
}

interface Filter {
  /** As messages write it: `(prefix=logs/)`. */
  readonly text: string;
  readonly tagged: boolean;
  readonly sized: boolean;
}

function filterOf(rule: XmlElement): Filter {
  const whole = child(rule, 'Filter');
  if (whole === undefined)
    return { text: `(prefix=${childText(rule, 'Prefix') ?? ''})`, tagged: false, sized: false };
  const and = child(whole, 'And');
  const holder = and ?? whole;
  const known = ['Prefix', 'Tag', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];
  if (holder.children.some(({ name }) => !known.includes(name))) throw malformedXml();
  // Several predicates stand in an And, and an And holds several.
  if (and === undefined ? whole.children.length > 1 : whole.children.length > 1 || and.children.length < 2)
    throw malformedXml();
  const tags = childrenOf(holder, 'Tag').map((tag) => childText(tag, 'Key') ?? '');
  if (new Set(tags).size < tags.length) throw request('Duplicate Tag Keys are not allowed.');
  const more = childText(holder, 'ObjectSizeGreaterThan');
  const less = childText(holder, 'ObjectSizeLessThan');
  for (const size of [more, less]) if (size !== undefined && !/^\d+$/.test(size)) throw malformedXml();
  if (more !== undefined && less !== undefined && Number(less) <= Number(more))
    throw request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
  return {
    text: `(prefix=${childText(holder, 'Prefix') ?? ''})`,
    tagged: tags.length > 0,
    sized: more !== undefined || less !== undefined,
  };
}

function checkExpiration(rule: XmlElement, { tagged, sized }: Filter): void {
  const [expiration, second] = childrenOf(rule, 'Expiration');
  if (expiration === undefined) return;
  if (second !== undefined || expiration.children.length !== 1) throw malformedXml();
  const [{ name, text } = { name: '', text: '' }] = expiration.children;
  switch (name) {
    case 'Days':
      if (wholeNumber(text) < 1) throw invalid("'Days' for Expiration action must be a positive integer");
      return;
    case 'Date':
      return checkDate(text);
    case 'ExpiredObjectDeleteMarker':
      if (tagged) throw request('Tag based filter cannot be used with ExpiredObjectDeleteMarker.');
      if (sized) throw request('Object size based filter cannot be used with ExpiredObjectDeleteMarker.');
      return;
    default:
      throw malformedXml();
  }
}

function checkTransitions(rule: XmlElement, { text }: Filter): void {
  const transitions = childrenOf(rule, 'Transition').map((transition) => {
    const into = childText(transition, 'StorageClass') ?? '';
    const days = childText(transition, 'Days');
    const date = childText(transition, 'Date');
    if (!classes.includes(into) || (days === undefined) === (date === undefined)) throw malformedXml();
    if (date !== undefined) checkDate(date);
    if (days !== undefined && wholeNumber(days) < 0)
      throw invalid("'Days' in Transition action must be nonnegative");
    if (days !== undefined && infrequent.has(into) && Number(days) < 30) {
      throw invalid(
        `'Days' in Transition action must be greater than or equal to 30 for storageClass '${into}'`,
      );
    }
    return { into, rank: classes.indexOf(into), days: days === undefined ? undefined : Number(days), date };
  });
  const expiration = child(rule, 'Expiration');
  const expiryDays = expiration === undefined ? undefined : childText(expiration, 'Days');
  const expiryDate = expiration === undefined ? undefined : childText(expiration, 'Date');
  const dated = transitions.some(({ date }) => date !== undefined) || expiryDate !== undefined;
  const counted = transitions.some(({ days }) => days !== undefined) || expiryDays !== undefined;
  if (dated && counted) {
    throw request(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '${text}'`,
    );
  }
  const ordered = transitions.toSorted((a, b) => a.rank - b.rank);
  for (const [at, next] of ordered.entries()) {
    const before = ordered[at - 1];
    if (before === undefined) continue;
    if (before.into === next.into)
      throw request(
        `'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '${text}'`,
      );
    if (before.days === undefined || next.days === undefined) continue;
    if (infrequent.has(before.into) && next.days < before.days + 30) {
      throw invalid(
        `'Days' in the 'Transition' action for StorageClass '${next.into}' for filter '${text}' must be 30 days more than 'filter '${text}' in the 'Transition' action for StorageClass '${before.into}'`,
      );
    }
    if (next.days <= before.days) {
      throw invalid(
        `'Days' in the 'Transition' action for StorageClass '${next.into}' for filter '${text}' must be greater than 'Days' in the 'Transition' action for StorageClass '${before.into}'`,
      );
    }
  }
  if (expiryDays === undefined) return;
  for (const { days } of transitions) {
    if (days === undefined || Number(expiryDays) > days) continue;
    throw invalid(
      `'Days' in the Expiration action for filter '${text}' must be greater than 'Days' in the Transition action`,
    );
  }
}

function checkNoncurrent(rule: XmlElement): void {
  const days = (action: XmlElement): number => {
    const given = childText(action, 'NoncurrentDays');
    if (given === undefined) throw malformedXml();
    return wholeNumber(given);
  };
  for (const action of childrenOf(rule, 'NoncurrentVersionTransition')) {
    const into = childText(action, 'StorageClass') ?? '';
    if (!classes.includes(into)) throw malformedXml();
    if (days(action) < 0)
      throw invalid("'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative");
    if (infrequent.has(into) && days(action) < 30) {
      throw invalid(
        `'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30 for storageClass '${into}'`,
      );
    }
    checkNewer(action);
  }
  const [expiration, second] = childrenOf(rule, 'NoncurrentVersionExpiration');
  if (expiration === undefined) return;
  if (second !== undefined) throw malformedXml();
  if (days(expiration) < 1)
    throw invalid("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
  checkNewer(expiration);
  for (const action of childrenOf(rule, 'NoncurrentVersionTransition')) {
    if (days(expiration) > days(action)) continue;
    throw invalid(
      "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action",
    );
  }
}

// 1 to 100: https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html
function checkNewer(action: XmlElement): void {
  const newer = childText(action, 'NewerNoncurrentVersions');
  if (newer === undefined) return;
  if (wholeNumber(newer) < 1 || wholeNumber(newer) > 100)
    throw invalid("'NewerNoncurrentVersions' must be a positive integer of at most 100");
}

function checkAbort(rule: XmlElement, { tagged, sized }: Filter): void {
  const abort = child(rule, 'AbortIncompleteMultipartUpload');
  if (abort === undefined) return;
  const days = childText(abort, 'DaysAfterInitiation');
  if (days === undefined) throw malformedXml();
  if (wholeNumber(days) < 1)
    throw invalid(
      "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    );
  if (tagged) throw request('AbortIncompleteMultipartUpload cannot be specified with Tags.');
  if (sized) throw request('AbortIncompleteMultipartUpload cannot be specified with Object Size.');
}

function checkDate(date: string): void {
  if (Number.isNaN(Date.parse(date))) throw malformedXml();
  if (Date.parse(date) % 86_400_000 !== 0) throw invalid("'Date' must be at midnight GMT");
}

function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text.trim())) throw malformedXml();
  return Number(text);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidArgument', message);
}

function request(message: string): AwsError {
  return new AwsError('InvalidRequest', message);
}
