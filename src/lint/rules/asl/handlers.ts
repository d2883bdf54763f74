import { itemsOf, textOf, valueOf } from '../../../documents/data/access';
import { reachedFrom } from '../../../documents/asl/graph';
import type { ErrorHandler, Machine, State } from '../../../documents/asl/model';
import { calls } from '../../../documents/asl/resource';

/** The names in `ErrorEquals`. */
export function errorNames({ errors }: ErrorHandler): readonly string[] {
  return itemsOf(errors).flatMap((item) => textOf(item) ?? []);
}

/** Whether a handler is for failures in general, and not for one that was foreseen, as the end of a wait is. */
export function isGeneral(handler: ErrorHandler): boolean {
  return errorNames(handler).some((name) => /^States\.(?:ALL|TaskFailed)$/.test(name));
}

/** Where a catcher leads, and all states behind it. */
export function handlerStates(machine: Machine, { node }: ErrorHandler): readonly State[] {
  const first = machine.states.get(textOf(valueOf(node, 'Next')) ?? '');
  return first === undefined ? [] : [...new Set([first, ...reachedFrom(machine, first)])];
}

/** Whether a state tells somebody: a topic, a queue, an event, a mail, or a function called so. */
export function notifies(state: State): boolean {
  if (calls(state, 'sns', 'publish') || calls(state, 'sqs', 'sendMessage')) return true;
  if (calls(state, 'events', 'putEvents') || calls(state, 'eventbridge', 'putEvents')) return true;
  if (calls(state, 'ses') || calls(state, 'sesv2')) return true;
  return state.type === 'Task' && /notif|alert|alarm|slack|pager|e?mail/i.test(state.name);
}
