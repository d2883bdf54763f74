import { formatBytes, formatCount } from '../base/format';
import type { Connection } from '../connection/connection';

/** Above so many objects a button is too easily pressed. */
const mostByButton = 100;

/** What must be answered before something is changed. */
export interface Confirmation {
  /** Names what is done, how much of it and where. */
  readonly message: string;
  readonly detail: string;
  /** The answer that goes ahead. */
  readonly button: string;
  /** Any of these must be typed; absent: the button is enough. */
  readonly typed?: readonly string[];
}

/** The question before a change: typed past 100 objects and over production connections. */
export function confirmationFor(change: {
  /** `Delete`, `Move`, `Overwrite`: begins the question and names the button. */
  readonly verb: string;
  readonly objects: number;
  /** Absent: not known. */
  readonly bytes?: number;
  /** What it is done to: `s3://bucket/prefix/`. */
  readonly target: string;
  readonly detail: string;
  readonly connection: Connection;
}): Confirmation {
  const { verb, objects, bytes, target, detail, connection } = change;
  const what = objects === 1 ? target : `${formatCount(objects)} objects of ${target}`;
  const message = `${verb} ${what}${bytes === undefined ? '' : ` (${formatBytes(bytes)})`}?`;
  const production = connection.production ? `${connection.name} is production. ` : '';
  const button = objects === 1 ? verb : `${verb} ${formatCount(objects)}`;
  const rest = { message, detail: `${production}${detail}`, button };
  return objects > mostByButton || connection.production
    ? { ...rest, typed: wordsOf(objects, target) }
    : rest;
}

/** True when one of the words was typed, whatever stands around it. */
export function isConfirmed({ typed = [] }: Confirmation, answer: string): boolean {
  return typed.includes(answer.trim());
}

/** What to type: `Type 1234 or raw/2024/ to delete 1,234 objects.` */
export function typePrompt({ typed = [], button }: Confirmation): string {
  return `Type ${typed.join(' or ')} to ${button.toLowerCase()}`;
}

/** The count, with and without its commas, and the name of the target, which is not typed by mistake. */
function wordsOf(objects: number, target: string): readonly string[] {
  const name = target.replace(/^s3:\/\//, '');
  const last = name.replace(/\/$/, '').split('/').at(-1) ?? name;
  return [...new Set([String(objects), formatCount(objects), last])].filter(
    (word) => word.trim() !== '' && (objects > 1 || word === last),
  );
}
