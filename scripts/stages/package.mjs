// Builds and packs the extension; the build, the content of the package and its size count as one test.
import { buildProduct, megabytes, packExtension } from '../package.mjs';
import { tally } from './tally.mjs';

/** @returns {Promise<import('./tally.mjs').Tally & { vsix?: string }>} */
export async function packageStage() {
  try {
    await buildProduct();
    const { vsix, bytes, faults } = await packExtension();
    console.log(`  ${megabytes(bytes)} MB packed`);
    return { ...tally(faults.length > 0 ? 0 : 1, faults.length > 0 ? [faults.join('\n')] : []), vsix };
  } catch (error) {
    return tally(0, [String(error.message)]);
  }
}
