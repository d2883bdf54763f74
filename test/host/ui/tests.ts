import { connectionTests } from './connections';
import { editorTests } from './editor';
import { fileTests } from './files';
import { queryTests } from './queries';
import { repairTests } from './repair';
import { runTests } from './runs';
import { treeTests } from './trees';
import { workspaceCheckTests } from './workspaceCheck';

/** The UI suite, in the order it runs: all tests share one window. */
export const uiTests = [
  ...treeTests,
  ...editorTests,
  ...workspaceCheckTests,
  ...queryTests,
  ...fileTests,
  ...repairTests,
  ...runTests,
  ...connectionTests,
];
