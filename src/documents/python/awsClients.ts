import type { PyCall, PyExpression, PythonDocument } from './model';
import { resolved } from './names';
import { argumentOf, wholeText } from './values';

/** The service of a boto3 client or resource: `boto3.client("glue")`; undefined for anything else. */
export function serviceOf(document: PythonDocument, expression: PyExpression): string | undefined {
  const value = resolved(document, expression);
  if (value.kind !== 'call' || value.callee.kind !== 'member') return undefined;
  if (value.callee.name !== 'client' && value.callee.name !== 'resource') return undefined;
  return wholeText(document, argumentOf(value, 'service_name', 0)?.value);
}

/** A call of an AWS service. */
export interface AwsCall {
  readonly call: PyCall;
  readonly method: string;
}

/**
 * All calls of a service's methods through boto3: on a client that is made in the file, or on one from elsewhere whose
 * name says which it is (`self.glue_client`).
 */
export function awsCalls(
  document: PythonDocument,
  service: string,
  methods: readonly string[],
): readonly AwsCall[] {
  return document.calls.flatMap((call): readonly AwsCall[] => {
    const { callee } = call;
    if (callee.kind !== 'member' || !methods.includes(callee.name)) return [];
    const value = resolved(document, callee.object);
    const known = serviceOf(document, value);
    const isOfService = known === undefined ? isNamed(value, service) : known === service;
    return isOfService ? [{ call, method: callee.name }] : [];
  });
}

function isNamed(expression: PyExpression, service: string): boolean {
  const name =
    expression.kind === 'name' || expression.kind === 'member' ? expression.name.toLowerCase() : '';
  return name.split('_').includes(service);
}
