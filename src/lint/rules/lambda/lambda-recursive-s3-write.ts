import { awsCalls } from '../../../documents/python/awsClients';
import type { PyCall, PyExpression, PyFunction, PythonDocument } from '../../../documents/python/model';
import { handlersOf } from '../../../documents/python/languages';
import { resolved } from '../../../documents/python/names';
import { argumentOf, functionAt } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { isOfNotification } from './s3Events';

/** Where each call takes its bucket among the arguments without a name. */
const methods: Readonly<Record<string, number | undefined>> = {
  put_object: undefined,
  copy_object: undefined,
  copy: 1,
  upload_file: 1,
  upload_fileobj: 1,
};

/** A handler that puts objects where objects start it. */
export const lambdaRecursiveS3Write = defineRule({
  code: 'LAM03',
  id: 'lambda-recursive-s3-write',
  dialects: ['lambda'],
  severity: 'warning',
  title: 'Write to another bucket than the one that starts the function',
  why: 'Each object that the function writes into the bucket of its event may start it again, and each run is paid for. Lambda stops some such loops after about 16 rounds, but not all. A bucket of its own for what is written, or a filter by prefix at the trigger, keeps them apart. Where the function looks at the key first it is only pointed out.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  ],
  bad: `import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        s3.put_object(Bucket=bucket, Key="done/latest", Body=b"")
`,
  good: `import os

import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    for record in event["Records"]:
        s3.put_object(Bucket=os.environ["DONE_BUCKET"], Key="done/latest", Body=b"")
`,
  check: {
    lambda(document, { report }) {
      if (handlersOf(document).length === 0) return;
      for (const { call, method } of awsCalls(document, 's3', Object.keys(methods))) {
        const bucket = argumentOf(call, 'Bucket', methods[method])?.value;
        if (bucket === undefined || !isOfNotification(document, bucket, ['bucket', 'name'])) continue;
        const isGuarded = looksAtKey(document, functionAt(document, call.start));
        const key = argumentOf(call, 'Key', methods[method] === undefined ? undefined : 2)?.value;
        report(
          bucket,
          isReplaced(key && resolved(document, key))
            ? 'This bucket starts the function, and a key in which replace finds nothing stays as it was: the function starts itself again.'
            : 'This bucket starts the function: what is written here may start it again.',
          { severity: isGuarded ? 'information' : 'warning' },
        );
      }
    },
  },
});

function isReplaced(key: PyExpression | undefined): boolean {
  return key?.kind === 'call' && key.callee.kind === 'member' && key.callee.name === 'replace';
}

// `if not key.startswith("raw/"): continue`
function looksAtKey({ calls }: PythonDocument, around: PyFunction | undefined): boolean {
  const isInside = ({ start }: PyCall): boolean =>
    around === undefined || (around.start <= start && start < around.end);
  return calls.some((call) => {
    const { callee } = call;
    return callee.kind === 'member' && /^(?:startswith|endswith)$/.test(callee.name) && isInside(call);
  });
}
