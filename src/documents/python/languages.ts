import { serviceOf } from './awsClients';
import type { PyFunction, PythonDocument } from './model';

/** Whether a Python text is one of Glue's: a job's script, or one that defines and starts jobs. */
export function isGlueScript(document: PythonDocument): boolean {
  const { imports, calls, text } = document;
  for (const path of imports.values()) {
    if (/^(?:awsglue|pyspark)(?:\.|$)/.test(path)) return true;
  }
  // Only a hint: a text without the word has no such client.
  return /glue/i.test(text) && calls.some((call) => serviceOf(document, call) === 'glue');
}

/** The handlers of a Lambda function: they take an event and a context. */
export function handlersOf({ functions }: PythonDocument): readonly PyFunction[] {
  return functions.filter(
    ({ parameters: [event, context, ...more] }) =>
      more.length === 0 &&
      /^_*event$/.test(event ?? '') &&
      /^_*(?:lambda_)?(?:context|ctx)$/.test(context ?? ''),
  );
}

/** What a Python text is checked as; nothing where it does not say. */
export function languagesOf(document: PythonDocument): readonly ('glue' | 'lambda')[] {
  return [
    ...(isGlueScript(document) ? (['glue'] as const) : []),
    ...(handlersOf(document).length > 0 ? (['lambda'] as const) : []),
  ];
}
