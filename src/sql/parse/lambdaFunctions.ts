import { readName } from './names';
import { eat, expected, is, next, parenthesised, peek, type Reader } from './reader';
import { readType } from './types';

/** `USING EXTERNAL FUNCTION f(x varchar) RETURNS varchar LAMBDA 'name' SELECT …`: Athena's functions in Lambda. */
export function readLambdaFunctions(r: Reader): void {
  next(r);
  do {
    eat(r, 'EXTERNAL');
    if (!eat(r, 'FUNCTION')) expected(r, 'EXTERNAL FUNCTION');
    readName(r, 'the name of a function');
    if (is(r, '(', ')')) r.at += 2;
    else
      parenthesised(r, () => {
        readName(r, 'a parameter');
        readType(r);
      });
    if (eat(r, 'RETURNS')) readType(r);
    else expected(r, 'RETURNS');
    if (eat(r, 'LAMBDA') && peek(r).kind === 'string') next(r);
    else expected(r, "LAMBDA and the function's name in quotes");
  } while (eat(r, ','));
}
