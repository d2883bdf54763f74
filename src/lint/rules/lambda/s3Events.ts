import type { PyExpression, PySubscript, PythonDocument } from '../../../documents/python/model';
import { resolved } from '../../../documents/python/names';
import { wholeText } from '../../../documents/python/values';

/** The keys of a chain of subscripts, names followed: of `record["s3"]["object"]["key"]` they are s3, object, key. */
export function keysOf(document: PythonDocument, expression: PyExpression): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  let at = resolved(document, expression);
  for (let steps = 0; steps < 20; steps++) {
    const step = stepOf(document, at);
    if (step === undefined) return keys;
    keys.unshift(step.key);
    at = resolved(document, step.object);
  }
  return keys;
}

// `x["key"]` and `x.get("key")`
function stepOf(
  document: PythonDocument,
  expression: PyExpression,
): { readonly key: string | number; readonly object: PyExpression } | undefined {
  if (expression.kind === 'subscript') {
    const { index, object } = expression;
    const key = index?.kind === 'number' ? index.value : wholeText(document, index);
    return key === undefined ? undefined : { key, object };
  }
  if (expression.kind !== 'call' || expression.callee.kind !== 'member' || expression.callee.name !== 'get')
    return undefined;
  const key = wholeText(document, expression.arguments[0]?.value);
  return key === undefined ? undefined : { key, object: expression.callee.object };
}

/** Whether an expression is a part of an S3 notification: `s3`, then the keys. Those of EventBridge are under `detail`. */
export function isOfNotification(
  document: PythonDocument,
  expression: PyExpression,
  path: readonly string[],
): boolean {
  const keys = keysOf(document, expression);
  return keys.slice(-path.length - 1).join('/') === ['s3', ...path].join('/');
}

/** All places where a notification names the key of its object. */
export function notifiedKeys(document: PythonDocument): readonly PySubscript[] {
  return document.subscripts.filter(
    (subscript) =>
      wholeText(document, subscript.index) === 'key' &&
      isOfNotification(document, subscript, ['object', 'key']),
  );
}
