import type { ColumnDefinition, Option, TypeName } from '../../../sql/ast';

/** The longest that a VARCHAR may be, in bytes; `MAX` means the same. */
export const longestVarchar = 65_535;

/** True for CHAR, VARCHAR and their other names, whatever their length. */
export function isCharacter(type: TypeName | undefined): boolean {
  return /^(varchar|char|character|nvarchar|nchar|bpchar|text|string)$/.test(type?.base ?? '');
}

/** The declared bytes of a VARCHAR or CHAR; undefined when it is of another type or says no length. */
export function characterLength(type: TypeName | undefined): number | undefined {
  if (type === undefined || !isCharacter(type)) return undefined;
  const [length] = type.arguments;
  if (length === undefined) return undefined;
  if (/^max$/i.test(length)) return longestVarchar;
  return /^\d+$/.test(length) ? Number(length) : undefined;
}

/** True for VARCHAR by any name: what may be as long as each value is. */
export function isVarying(type: TypeName | undefined): boolean {
  return type !== undefined && /^(varchar|nvarchar|(character|char|nchar) varying)\b/.test(type.text);
}

/** True for whole numbers, decimals, days and moments: what AZ64 can encode. */
export function isNumberOrMoment(type: TypeName | undefined): boolean {
  return /^(smallint|int2|integer|int|int4|bigint|int8|decimal|numeric|date|timestamp|timestamptz|time|timetz)$/.test(
    type?.base ?? '',
  );
}

/** The ENCODE of a column. */
export function encoding({ options }: ColumnDefinition): Option | undefined {
  return options.find(({ key }) => key === 'ENCODE');
}

/** The IDENTITY clause of a column, in any of its forms. */
export function identity({ options }: ColumnDefinition): Option | undefined {
  return options.find(({ key }) => /(^| )IDENTITY$/.test(key));
}
