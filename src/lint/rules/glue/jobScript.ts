import type { PyCall, PythonDocument } from '../../../documents/python/model';
import { pathOf, resolved } from '../../../documents/python/names';

/**
 * Whether bookmarks are on, where the file says so: in a comment (`# job argument: --job-bookmark-option
 * job-bookmark-enable`) or in the definition of the job.
 */
export function bookmarksOf({ text }: PythonDocument): 'on' | 'off' | undefined {
  if (text.includes('job-bookmark-enable')) return 'on';
  return /job-bookmark-(?:disable|pause)/.test(text) ? 'off' : undefined;
}

/** The calls of a job's object: `job.init(…)`, `job.commit()`. */
export interface JobCalls {
  readonly inits: readonly PyCall[];
  readonly commits: readonly PyCall[];
  /** Whether the object is handed on to other code, which may do anything with it. */
  readonly isHandedOn: boolean;
}

/** What is done to the `Job` of awsglue in the file. */
export function jobCallsOf(document: PythonDocument): JobCalls {
  const inits: PyCall[] = [];
  const commits: PyCall[] = [];
  let isHandedOn = false;
  for (const call of document.calls) {
    const { callee } = call;
    if (callee.kind === 'member' && (callee.name === 'init' || callee.name === 'commit')) {
      const value = resolved(document, callee.object);
      const isJob = value.kind === 'call' && isJobClass(document, value);
      const isNamedJob =
        value.kind !== 'call' && callee.object.kind !== 'call' && /job$/i.test(lastName(callee.object));
      if (callee.name === 'init' && isJob) inits.push(call);
      if (callee.name === 'commit' && (isJob || isNamedJob)) commits.push(call);
    }
    for (const { value } of call.arguments) {
      const given = value.kind === 'name' || value.kind === 'member' ? resolved(document, value) : undefined;
      if (given?.kind === 'call' && isJobClass(document, given)) isHandedOn = true;
    }
  }
  return { inits, commits, isHandedOn };
}

function isJobClass(document: PythonDocument, call: PyCall): boolean {
  return pathOf(document, call.callee) === 'awsglue.job.Job';
}

function lastName(expression: { readonly kind: string; readonly name?: string }): string {
  return expression.name ?? '';
}

/** Whether the script is a streaming job, whose state is kept by checkpoints. */
export function isStreaming({ text }: PythonDocument): boolean {
  return /\b(?:readStream|writeStream|forEachBatch|from_kinesis|from_kafka|DataStream|gluestreaming|StreamingContext)\b/i.test(
    text,
  );
}

/** Whether the text is of a notebook: magics of Glue's interactive sessions, or its cells. */
export function isNotebook({ text }: PythonDocument): boolean {
  return /^#\s*(?:%%?|In\[|%?(?:idle_timeout|glue_version|worker_type|number_of_workers|additional_python_modules|session_id_prefix|iam_role)\b)/m.test(
    text,
  );
}
