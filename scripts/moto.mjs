// `npm run moto`: the contract suite of the local lake against moto_server, where that is installed (pip install 'moto[server]').
import { ensureDependencies } from './setup/dependencies.mjs';
import { importBundled } from './stages/bundle.mjs';

await ensureDependencies();
// Which SDK runs is the lock file's business.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { motoAbsent, motoContract, motoServer } = await importBundled('test/contract/moto.ts');
const program = motoServer();
if (program === undefined) console.log(motoAbsent);
else {
  const { passed, different, wrong } = await motoContract(program);
  console.log(`moto: ${passed} tests agree, ${different} differ.`);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exitCode = 1;
}
