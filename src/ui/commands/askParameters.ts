import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { lineAround, placeholdersIn } from '../../language/placeholders';
import { literal } from '../../query/parameters';
import type { ParsedStatement } from '../../sql/ast';

const key = 'parameters';
/** So many statements are remembered, the last ones used. */
const most = 50;

type Kept = readonly (readonly [statement: string, values: readonly string[]])[];

/**
 * Values for the `?` of a statement, as literals: those given, else asked for one by one with the last ones proposed.
 * An empty list where it has none; undefined when a question was closed.
 */
export async function askParameters(
  statement: ParsedStatement,
  { state, given }: { readonly state: vscode.Memento; readonly given?: readonly string[] },
): Promise<readonly string[] | undefined> {
  const places = placeholdersIn(statement);
  if (given !== undefined && given.length !== places.length) {
    throw new Problem(
      `The statement has ${places.length} places for parameters and ${given.length} values were given: give one for each ?.`,
      'invalid',
    );
  }
  if (places.length === 0) return [];
  const values = given ?? (await ask(statement, { state, places }));
  return values?.map(literal);
}

async function ask(
  { text }: ParsedStatement,
  { state, places }: { readonly state: vscode.Memento; readonly places: ReturnType<typeof placeholdersIn> },
): Promise<readonly string[] | undefined> {
  const kept = state.get<Kept>(key) ?? [];
  const id = createHash('sha256').update(text).digest('base64url');
  const before = kept.find(([statement]) => statement === id)?.[1] ?? [];
  const values: string[] = [];
  for (const [index, place] of places.entries()) {
    const answer = await vscode.window.showInputBox({
      title: `Parameter ${index + 1} of ${places.length}`,
      prompt: lineAround(text, place),
      placeHolder: "A number, DATE '2025-01-31', NULL, or a text without quotes",
      value: before[index] ?? '',
      ignoreFocusOut: true,
    });
    if (answer === undefined) return undefined;
    values.push(answer);
  }
  const others = kept.filter(([statement]) => statement !== id);
  await state.update(key, [[id, values], ...others].slice(0, most));
  return values;
}
