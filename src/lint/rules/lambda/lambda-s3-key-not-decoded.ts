import type { Span, TextEdit } from '../../../base/text';
import type { PyCall, PyStatement, PySubscript, PythonDocument } from '../../../documents/python/model';
import { handlersOf } from '../../../documents/python/languages';
import { expressionsIn, functionAt, statementsAt } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { notifiedKeys } from './s3Events';

/** A key from an S3 event that is used as it came. */
export const lambdaS3KeyNotDecoded = defineRule({
  code: 'LAM01',
  id: 'lambda-s3-key-not-decoded',
  dialects: ['lambda'],
  severity: 'warning',
  title: 'Decode the key that an S3 event brings',
  why: 'In an event the key is encoded as in a URL: a space comes as +, an = as %3D. Used as it is, it names another object or none, for exactly those files that have such a name, among them all of the partitions year=2026. Events by EventBridge (detail.object.key) are not encoded.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  ],
  bad: `import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    for record in event["Records"]:
        key = record["s3"]["object"]["key"]
        s3.head_object(Bucket="bank-lake", Key=key)
`,
  good: `from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    for record in event["Records"]:
        key = unquote_plus(record["s3"]["object"]["key"])
        s3.head_object(Bucket="bank-lake", Key=key)
`,
  check: {
    lambda(document, { report }) {
      if (handlersOf(document).length === 0) return;
      for (const subscript of notifiedKeys(document)) {
        if (isDecoded(document, subscript) || isOnlyLogged(document, subscript)) continue;
        report(
          subscript,
          'This key is encoded as in a URL: decode it by unquote_plus, or names with spaces or = are not found.',
          {
            fixes: [{ title: 'Decode the key by unquote_plus', edits: decoded(document, subscript) }],
          },
        );
      }
    },
  },
});

/** Calls of `unquote_plus` and `unquote`, however they are imported. */
function decodersIn(document: PythonDocument): readonly PyCall[] {
  return document.calls.filter(({ callee }) => {
    const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
    const path = callee.kind === 'name' ? (document.imports.get(name) ?? name) : name;
    return /unquote(?:_plus)?$/.test(path);
  });
}

function isDecoded(document: PythonDocument, subscript: PySubscript): boolean {
  const decoders = decodersIn(document);
  if (decoders.some(({ start, end }) => start <= subscript.start && subscript.end <= end)) return true;
  const own = functionAt(document, subscript.start);
  // What another function decodes may be this key.
  if (decoders.some((call) => functionAt(document, call.start) !== own)) return true;
  const names = namesGiven(statementsAt(document, subscript.start).at(-1));
  return decoders.some(({ arguments: given }) =>
    given.some(({ value }) =>
      [...expressionsIn(value)].some((inner) => inner.kind === 'name' && names.includes(inner.name)),
    ),
  );
}

function namesGiven(statement: PyStatement | undefined): readonly string[] {
  const targets = statement?.kind === 'assign' ? statement.targets : [];
  return targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
}

// `print(event[…]["key"])`, or a name whose every other place is in such a call.
function isOnlyLogged(document: PythonDocument, subscript: PySubscript): boolean {
  if (isInLog(document, subscript)) return true;
  const statement = statementsAt(document, subscript.start).at(-1);
  const names = namesGiven(statement);
  const [name] = names;
  const around = functionAt(document, subscript.start);
  if (statement === undefined || around === undefined || name === undefined || names.length > 1) return false;
  const places = [...document.text.slice(around.start, around.end).matchAll(new RegExp(`\\b${name}\\b`, 'g'))]
    .map(({ index }) => around.start + index)
    .filter((at) => at < statement.start || at >= statement.end);
  return places.length > 0 && places.every((at) => isInLog(document, { start: at, end: at + name.length }));
}

function isInLog(document: PythonDocument, { start, end }: Span): boolean {
  return document.calls.some(({ callee, brackets }) => {
    if (start < brackets.start || end > brackets.end) return false;
    if (callee.kind === 'name') return callee.name === 'print';
    return callee.kind === 'member' && /^(?:debug|info|warning|error|exception|log)$/.test(callee.name);
  });
}

function decoded(document: PythonDocument, { start, end }: PySubscript): readonly TextEdit[] {
  const { imports } = document;
  const known = [...imports].find(([, path]) => path === 'urllib.parse.unquote_plus')?.[0];
  const module = [...imports].find(([, path]) => path === 'urllib.parse')?.[0];
  const name = known ?? (module === undefined ? 'unquote_plus' : `${module}.unquote_plus`);
  const wrapped = [
    { start, end: start, text: `${name}(` },
    { start: end, end, text: ')' },
  ];
  return known !== undefined || module !== undefined ? wrapped : [...importOf(document), ...wrapped];
}

// Behind the last import of the head; a file without one gets it in front of its first statement.
function importOf({ importSpans, body, text }: PythonDocument): readonly TextEdit[] {
  const line = 'from urllib.parse import unquote_plus';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const last = importSpans.findLast((span) => body.slice(0, 40).some(({ start }) => start === span.start));
  if (last !== undefined) return [{ start: last.end, end: last.end, text: `${lineBreak}${line}` }];
  const at = body[0]?.start ?? 0;
  return [{ start: at, end: at, text: `${line}${lineBreak}${lineBreak}` }];
}
