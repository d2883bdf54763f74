import type { Dialect } from '../sql/ast';
import { itemsOf, propertiesOf, propertyOf, textOf, valueOf } from './data/access';
import type { DataDocument, DataNode, DataProperty, DataText } from './data/node';
import { textContent } from './data/textContent';
import type { EmbeddedSql } from './embedded';
import { cut, embeddedSql, hole, joined, standingFor, type MappedText } from './mappedText';

/**
 * The SQL that a state machine sends to Athena (`QueryString`) and to Redshift (`Sql`, `Sqls`).
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html, …/supported-services-awssdk.html
 */
export function sqlInStates(data: DataDocument): readonly EmbeddedSql[] {
  const found: EmbeddedSql[] = [];
  const visit = (node: DataNode): void => {
    if (node.kind === 'array') for (const item of node.items) visit(item);
    if (node.kind !== 'object') return;
    const call = callOf(textOf(valueOf(node, 'Resource')));
    if (call !== undefined) found.push(...sqlOfTask(data, node, call));
    for (const { value } of node.properties) visit(value);
  };
  if (data.root !== undefined) visit(data.root);
  return found;
}

interface Call {
  readonly dialect: Dialect;
  readonly key: string;
}

function callOf(resource: string | undefined): Call | undefined {
  const action = /^arn:[\w-]+:states:::(?:aws-sdk:)?([\w-]+:\w+)/.exec(resource ?? '')?.[1]?.toLowerCase();
  switch (action) {
    case 'athena:startqueryexecution':
      return { dialect: 'athena', key: 'QueryString' };
    case 'redshiftdata:executestatement':
      return { dialect: 'redshift', key: 'Sql' };
    case 'redshiftdata:batchexecutestatement':
      return { dialect: 'redshift', key: 'Sqls' };
    case undefined:
    default:
      return undefined;
  }
}

function sqlOfTask(data: DataDocument, task: DataNode, { dialect, key }: Call): readonly EmbeddedSql[] {
  return propertiesOf(task)
    .filter((property) => property.key === 'Parameters' || property.key === 'Arguments')
    .flatMap(({ value }) => textsOf(value, key))
    .flatMap(({ node, isExpression }) => {
      const { mapped, reserved } = textContent(data, node);
      const sql = isExpression ? formatted(mapped) : literal(mapped);
      // Braces and quotes mean something to the intrinsic too.
      const kept = isExpression ? `${reserved}'{}\\` : reserved;
      return sql === undefined ? [] : [embeddedSql(sql, { dialect, reserved: kept, file: data.text })];
    });
}

function textsOf(
  parameters: DataNode,
  key: string,
): readonly { readonly node: DataText; readonly isExpression: boolean }[] {
  const of = (property: DataProperty | undefined, isExpression: boolean) =>
    property === undefined
      ? []
      : [property.value, ...itemsOf(property.value)].flatMap((value) => {
          const node = propertyOf(value, 'Fn::Sub')?.value ?? value;
          return node.kind === 'text' ? [{ node, isExpression }] : [];
        });
  return [...of(propertyOf(parameters, key), false), ...of(propertyOf(parameters, `${key}.$`), true)];
}

// A JSONata expression is a program, and no text that could be read as SQL.
function literal(mapped: MappedText): MappedText | undefined {
  return mapped.text.trimStart().startsWith('{%') ? undefined : mapped;
}

/** The template of `States.Format('…{}…', …)`; undefined for every other expression. */
function formatted(mapped: MappedText): MappedText | undefined {
  const { text } = mapped;
  const head = /^\s*States\.Format\(\s*'/.exec(text)?.[0];
  if (head === undefined) return undefined;
  const pieces: MappedText[] = [];
  for (let at = head.length; at < text.length;) {
    const letter = text.charAt(at);
    if (letter === "'") return joined(pieces);
    const unit = cut(mapped, at, at + 1);
    const place = unit.at[0] ?? { start: 0, end: 0 };
    const next = mapped.at[at + 1];
    if (letter === '\\' && next !== undefined) {
      pieces.push(standingFor(text.charAt(at + 1), { start: place.start, end: next.end }));
      at += 2;
    } else if (text.startsWith('{}', at) && next !== undefined) {
      pieces.push(hole({ start: place.start, end: next.end }));
      at += 2;
    } else {
      pieces.push(unit);
      at++;
    }
  }
  return undefined;
}
