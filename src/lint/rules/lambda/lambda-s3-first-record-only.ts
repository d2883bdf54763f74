import type { PySubscript, PythonDocument } from '../../../documents/python/model';
import { handlersOf } from '../../../documents/python/languages';
import { expressionsIn } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { keysOf } from './s3Events';

/** A handler that takes the first record of an event and leaves the rest. */
export const lambdaS3FirstRecordOnly = defineRule({
  code: 'LAM02',
  id: 'lambda-s3-first-record-only',
  dialects: ['lambda'],
  severity: 'information',
  title: 'Process all records of an event',
  why: 'An event is a list. S3 itself sends one record at a time so far; queues and streams send many, and when the function ends well all of them count as done: those after the first are lost, a warning.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html',
  ],
  bad: `from urllib.parse import unquote_plus


def lambda_handler(event, context):
    record = event["Records"][0]
    return {"key": unquote_plus(record["s3"]["object"]["key"])}
`,
  good: `from urllib.parse import unquote_plus


def lambda_handler(event, context):
    return [unquote_plus(record["s3"]["object"]["key"]) for record in event["Records"]]
`,
  check: {
    lambda(document, { report }) {
      if (handlersOf(document).length === 0 || goesThrough(document)) return;
      const firsts = document.subscripts.filter((subscript) => {
        const keys = keysOf(document, subscript);
        return subscript.index?.kind === 'number' && keys.at(-1) === 0 && keys.at(-2) === 'Records';
      });
      const [first] = firsts;
      if (first === undefined) return;
      const loses = document.subscripts.some((subscript) => isOfBatch(document, subscript));
      report(
        first,
        loses
          ? 'Only the first record is processed: the others of the batch count as done, too, and are lost.'
          : 'Only the first record is processed: go through all of Records.',
        { severity: loses ? 'warning' : 'information' },
      );
    },
  },
});

// `event["Records"]` anywhere but under [0]: a loop, a count, a call that is given it.
function goesThrough(document: PythonDocument): boolean {
  const isRecords = (subscript: PySubscript): boolean =>
    subscript.index?.kind === 'string' && subscript.index.value === 'Records';
  const taken = new Set(
    document.subscripts.flatMap(({ object, index }) =>
      index?.kind === 'number' ? [...expressionsIn(object)] : [],
    ),
  );
  return (
    document.subscripts.some((subscript) => isRecords(subscript) && !taken.has(subscript)) ||
    /get\(\s*["']Records["']/.test(document.text)
  );
}

// Of SQS, Kinesis and DynamoDB; SNS sends one record.
function isOfBatch(document: PythonDocument, subscript: PySubscript): boolean {
  const keys = keysOf(document, subscript);
  const at = keys.indexOf('Records');
  return at !== -1 && keys[at + 1] === 0 && /^(?:body|kinesis|dynamodb)$/.test(String(keys[at + 2]));
}
