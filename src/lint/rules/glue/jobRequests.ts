import { awsCalls } from '../../../documents/python/awsClients';
import type { PyCall, PyDict, PyExpression, PythonDocument } from '../../../documents/python/model';
import {
  argumentOf,
  dictOf,
  entryOf,
  isOpenCall,
  statementsAt,
  wholeText,
} from '../../../documents/python/values';

/** A job that is defined, or a run that is started, through boto3. */
export interface JobRequest {
  readonly kind: 'job' | 'run';
  readonly call: PyCall;
  /** For `update_job`, the definition inside the call. */
  readonly update: PyDict | undefined;
  /** Undefined where it is not written out. */
  readonly name: string | undefined;
  /** Whether parts of it come in that cannot be seen. */
  readonly isOpen: boolean;
  readonly value: (key: string) => PyExpression | undefined;
}

/** All definitions and starts of Glue jobs in a Python text. */
export function jobRequestsOf(document: PythonDocument): readonly JobRequest[] {
  return awsCalls(document, 'glue', ['create_job', 'update_job', 'start_job_run']).map(({ call, method }) => {
    const update =
      method === 'update_job' ? dictOf(document, argumentOf(call, 'JobUpdate')?.value) : undefined;
    const value = (key: string): PyExpression | undefined =>
      method === 'update_job' ? entryOf(document, update, key)?.value : argumentOf(call, key)?.value;
    const isUnseen = method === 'update_job' && (update === undefined || update.isOpen);
    return {
      kind: method === 'start_job_run' ? ('run' as const) : ('job' as const),
      call,
      update,
      name: wholeText(document, argumentOf(call, method === 'create_job' ? 'Name' : 'JobName')?.value),
      isOpen: isOpenCall(call) || isUnseen,
      value,
    };
  });
}

/** What a job's command is: `glueetl`, `pythonshell`, `gluestreaming`; undefined where it does not say. */
export function commandOf(document: PythonDocument, request: JobRequest): string | undefined {
  const command = dictOf(document, request.value('Command'));
  return wholeText(document, entryOf(document, command, 'Name')?.value);
}

/** The comments on the lines directly above a call's statement, and on its own first line. */
export function commentsAt(document: PythonDocument, { start, end }: PyCall): string {
  const { text, comments } = document;
  const statement = statementsAt(document, start).at(-1);
  let from = statement?.start ?? start;
  const found = comments.filter((comment) => comment.start >= from && comment.end <= lineEnd(text, end));
  for (const comment of comments.filter((one) => one.end <= from).toReversed()) {
    const isAlone = text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start).trim() === '';
    const between = text.slice(comment.end, from);
    if (!isAlone || between.trim() !== '' || between.split('\n').length > 2) break;
    found.push(comment);
    from = comment.start;
  }
  return found.map((comment) => text.slice(comment.start, comment.end)).join('\n');
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

const patient =
  /\b(?:not|non)[-_ ]?(?:time[-_ ]?)?(?:urgent|critical)\b|(?:^|[^a-z])(?:nightly|backfill|test|dev|flex)(?:[^a-z]|$)/i;
const pressing = /(?:^|[^a-z])(?:urgent|critical|real[-_ ]?time|sla|streaming)(?:[^a-z]|$)/i;

/** Whether the texts say that a job can wait, and none says that it cannot. */
export function canWait(texts: readonly (string | undefined)[]): boolean {
  const all = texts.filter((text) => text !== undefined).join('\n');
  return (
    patient.test(all) &&
    !pressing.test(all.replace(/\b(?:not|non)[-_ ]?(?:time[-_ ]?)?(?:urgent|critical)\b/gi, ''))
  );
}

/** `4.0` as a number; undefined where it is not written out. */
export function versionOf(document: PythonDocument, request: JobRequest): number | undefined {
  const version = Number(wholeText(document, request.value('GlueVersion')));
  return Number.isFinite(version) ? version : undefined;
}

/** Workers that Flex takes (https://docs.aws.amazon.com/glue/latest/dg/add-job.html). */
export const flexWorkers: readonly string[] = ['G.1X', 'G.2X'];
