import { join } from 'node:path';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { showAdvice, type AdviceWish } from './advice';
import { applyLifecycle, applyOnSave, discardDraft, type ApplyAnswer } from './applyLifecycle';
import { showEffects, type EffectsWish } from './effects';
import { LifecycleFiles } from './lifecycleFiles';
import { registerLifecycleLenses } from './lifecycleLenses';
import type { LifecycleAddress, LifecycleParts } from './lifecycleParts';
import { compareLifecycle, openLifecycle } from './openLifecycle';
import { restorePrevious } from './restorePrevious';

/** The files of lifecycles, and the commands over them and the cost of storage by their ids. */
export function makeLifecycles(parts: FeatureParts) {
  // In every workspace: what a bucket had before must be found wherever it is looked for.
  const folder = join(parts.context.globalStorageUri.fsPath, 'lifecycles');
  const files = parts.own(new LifecycleFiles(folder, () => parts.connections.current()));
  parts.own(registerLifecycleLenses(files));
  const own: LifecycleParts = { ...parts, files, folder, quiet: new Set() };
  parts.own(applyOnSave(own));
  const commands = {
    'lakeWorkbench.openLifecycle': (given?: NodeArgument) => openLifecycle(own, given),
    'lakeWorkbench.compareLifecycle': (given?: LifecycleAddress) => compareLifecycle(own, given),
    'lakeWorkbench.showLifecycleEffects': (given?: LifecycleAddress, wish?: EffectsWish) =>
      showEffects(own, given, wish),
    'lakeWorkbench.applyLifecycle': (given?: LifecycleAddress, answer?: ApplyAnswer) =>
      applyLifecycle(own, given, answer),
    'lakeWorkbench.restorePreviousLifecycle': (given?: LifecycleAddress, path?: string) =>
      restorePrevious(own, given, path),
    'lakeWorkbench.discardLifecycleDraft': (given?: LifecycleAddress) => discardDraft(own, given),
    'lakeWorkbench.showStorageAdvice': (given?: NodeArgument, wish?: AdviceWish) =>
      showAdvice(own, given, wish),
  } as const;
  return { files, commands };
}
