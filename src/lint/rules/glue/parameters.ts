import type { PyExpression, PythonDocument } from '../../../documents/python/model';
import { definitionOf } from '../../../documents/python/names';
import { expressionsIn, wholeText } from '../../../documents/python/values';
import type { Link } from './chains';

const dateName =
  /(?:^|_)(?:date|day|dt|ds|year|month|hour|yyyymmdd|yesterday|today)(?:_|$)|^(?:date|day|month|year)\w*(?:date|day|month|year)?$|[a-z](?:Date|Day)$/;

/** Whether a name says that it is a day or a part of one: `execution_date`, `run_day`, `dt`. */
export function isDateName(name: string): boolean {
  return dateName.test(name) && !/update_?d?|date_?format|dateformat|data/i.test(name);
}

/** Whether the script is given a date: by `getResolvedOptions`, `argparse` or the environment. */
export function takesDate(document: PythonDocument): boolean {
  const { calls } = document;
  return calls.some(({ callee, arguments: given }) => {
    const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
    if (name === 'getResolvedOptions') {
      const list = given[1]?.value;
      const items = list?.kind === 'list' ? list.items : [];
      return items.some((item) => isDateName(wholeText(document, item) ?? ''));
    }
    const [first] = given;
    const isOption = name === 'add_argument' || name === 'getenv';
    return (
      isOption &&
      first !== undefined &&
      isDateName(wholeText(document, first.value)?.replace(/^-+/, '').replaceAll('-', '_') ?? '')
    );
  });
}

/** Whether a date of this run comes into one of the expressions, names followed. */
export function mentionsDate(
  document: PythonDocument,
  expressions: readonly PyExpression[],
  depth = 0,
): boolean {
  return expressions.some((expression) => {
    for (const inner of expressionsIn(expression)) {
      if (inner.kind === 'subscript' && inner.index !== undefined && inner.object.kind === 'name') {
        const key = wholeText(document, inner.index);
        if (
          key !== undefined &&
          /^(?:\w*_)?(?:args?|options|params|parameters|environ)$/i.test(inner.object.name) &&
          isDateName(key)
        )
          return true;
      }
      if (
        inner.kind === 'member' &&
        isDateName(inner.name) &&
        inner.object.kind === 'name' &&
        /args?$/.test(inner.object.name)
      )
        return true;
      if (inner.kind === 'name') {
        const value = definitionOf(inner);
        const isWritten = value !== undefined && wholeText(document, value) !== undefined;
        if (isDateName(inner.name) && !isWritten) return true;
        if (value !== undefined && depth < 8 && mentionsDate(document, [value], depth + 1)) return true;
      }
    }
    return false;
  });
}

/** The arguments of all calls in a chain. */
export function argumentsIn(links: readonly Link[]): readonly PyExpression[] {
  return links.flatMap(({ call }) => call?.arguments.map(({ value }) => value) ?? []);
}
