import { complain, expected, shown, peek, type Reader } from '../reader';
import { nearest } from '../../words';
import { athenaShapes } from './athena';
import { misfit, type Misfit } from './match';
import { shapesOf } from './notation';
import { redshiftObjects } from './redshiftObjects';
import { redshiftRights } from './redshiftRights';
import { redshiftSessions } from './redshiftSessions';

const shapes = {
  athena: shapesOf(athenaShapes),
  redshift: shapesOf(redshiftSessions, redshiftRights, redshiftObjects),
};
/** More choices than these say less than the words before the problem. */
const mostShown = 4;

/**
 * Says where the statement that begins at the token `from` stops to be one of its dialect. Says nothing of a
 * statement with a template or parameter in it, nor where something was said already; stands where it stood.
 */
export function checkShape(r: Reader, from: number): void {
  if (r.problems.length > 0 || r.silentFrom !== Infinity) return;
  for (let at = from; at < r.tokens.length; at++) if (explains(r, at)) return;
  const stands = r.at;
  r.at = from;
  const wrong = misfit(r, shapes[r.dialect]);
  if (wrong !== undefined) {
    r.at = wrong.at;
    complainOf(r, wrong);
  }
  r.at = stands;
}

/** A token that could stand for anything; the `:int` of `struct<a:int>` is read as a parameter too. */
function explains(r: Reader, at: number): boolean {
  const token = r.tokens[at];
  if (token?.kind === 'parameter') return r.dialect === 'redshift' || r.tokens[at - 1]?.end !== token.start;
  return token?.kind === 'template' || token?.kind === 'psql';
}

/** Says that the word here is one of those wanted, misspelt, when it is. */
function misspelt(r: Reader, wanted: readonly string[]): boolean {
  const token = peek(r);
  if (token.kind !== 'word') return false;
  const meant = nearest(
    token.upper,
    wanted.filter((word) => /^[A-Z_]+$/.test(word)),
  );
  if (meant === undefined) return false;
  complain(r, `Unknown word ${shown(r, token)}: did you mean ${meant}?`, meant);
  return true;
}

function complainOf(r: Reader, { wanted, before: earlier }: Misfit): void {
  const token = peek(r);
  if (misspelt(r, wanted)) return;
  r.at--;
  if (r.at >= 0 && misspelt(r, earlier)) return;
  r.at++;
  const before = r.tokens[r.at - 1];
  if (token.kind === 'word' && token.upper === before?.upper) {
    complain(r, `${shown(r, token)} stands here twice`);
    return;
  }
  const unlisted = wanted.filter((word) => word !== ',');
  const choices = unlisted.length === 0 ? wanted : unlisted;
  if (choices.length > mostShown)
    complain(r, `Unexpected ${shown(r, token)} after ${shown(r, before ?? token)}`);
  else
    expected(
      r,
      [choices.slice(0, -1).join(', '), choices.at(-1) ?? 'more'].filter((part) => part !== '').join(' or '),
    );
}
