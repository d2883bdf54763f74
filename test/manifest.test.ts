import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultPatterns } from '../src/zones/zones';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}
interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus?: readonly { readonly id: string; readonly label: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly default: unknown; readonly scope?: string; readonly tags?: readonly string[] }
        >
      >;
    };
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly grammars: readonly { readonly scopeName: string; readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;
const settings = Object.keys(contributes.configuration.properties);
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));
const inEditor = source.filter(({ name }) => name.startsWith('ui') || name === 'extension.ts');

function all(files: readonly { readonly text: string }[], pattern: RegExp): string[] {
  return [
    ...new Set(files.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
  ].sort();
}

test('package.json and the code name the same commands', () => {
  assert.deepEqual(all(inEditor, /^\s*'(lakeWorkbench\.\w+)':/gm), commands.toSorted());
  for (const used of all(
    source,
    /'(lakeWorkbench\.(?!storage|files|freshness|partitions|zones|catalog|results|connection|run|query|lint|dialect|checked|notAthena|queryRunning|hasResult)\w+)'/g,
  )) {
    assert.ok(commands.includes(used), `${used} is used and is no command`);
  }
});

test('commands are of the category Lake, with a verb first in their id and their title', () => {
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, 'Lake', command);
    const verb = /^lakeWorkbench\.([a-z]+)/.exec(command)?.[1] ?? '';
    assert.equal(title.split(' ')[0]?.replace('…', '').toLowerCase(), verb, `${command}: ${title}`);
  }
});

test('menus, keys and welcome texts name commands and views that exist', () => {
  const items: readonly MenuItem[] = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const submenus = (contributes.submenus ?? []).map(({ id }) => id);
  for (const { command, submenu = '' } of items) {
    if (command === undefined) assert.ok(submenus.includes(submenu), submenu);
    else assert.ok(commands.includes(command), command);
  }
  // Every submenu is shown somewhere, and holds something.
  for (const id of submenus) {
    assert.ok(
      items.some(({ submenu }) => submenu === id),
      id,
    );
    assert.ok((contributes.menus[id] ?? []).length > 0, id);
  }
  for (const { view, contents } of contributes.viewsWelcome) {
    assert.ok(
      views.some(({ id }) => id === view),
      view,
    );
    for (const [, command = ''] of contents.matchAll(/\(command:([^)]+)\)/g))
      assert.ok(commands.includes(command), command);
  }
  for (const { when = '' } of items) {
    for (const [, view] of when.matchAll(/\bview == (\S+)/g))
      assert.ok(
        views.some(({ id }) => id === view),
        when,
      );
  }
});

test('what a menu asks of a node is what some node of that view is, and every alternative of it', () => {
  const asked = contributes.menus['view/item/context'] ?? [];
  assert.ok(asked.length > 0);
  for (const { when = '' } of asked) {
    const view = /view == lakeWorkbench\.(\w+)/.exec(when)?.[1];
    const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
    assert.ok(view && pattern, when);
    // A tree whose nodes stand in a file of their own names it after itself: `zonesNodes.ts`.
    const tree = source.filter(({ name }) =>
      [`${view}Tree.ts`, `${view}Nodes.ts`].some((file) => name === join('trees', file)),
    );
    const items = all(
      tree.flatMap(({ text }) =>
        [...text.matchAll(/menu: (.*),$/gm)].map((match) => ({ text: match[1] ?? '' })),
      ),
      /'([\w.]+)'/g,
    );
    const alternatives = /^\^\((.*)\)\$$/.exec(pattern)?.[1]?.split('|') ?? [];
    assert.ok(alternatives.length > 0, when);
    for (const alternative of alternatives) {
      assert.ok(
        items.some((item) => new RegExp(`^${alternative}$`).test(item)),
        `${view} has no ${alternative}: ${items.join()}`,
      );
    }
  }
});

/** Without a node the first refreshes everything, and the others ask which one is meant. */
const withoutNode = [
  'refresh',
  'createTable',
  'createCrawler',
  'repairPartitions',
  'repairDatabase',
  'runPipeline',
  'searchObjects',
  'addCatalog',
  'newQuery',
  'showTableVersions',
  'editComment',
  'measureLocation',
  'browsePartitions',
  'checkFreshness',
  'setFreshness',
  'authorProjection',
  'checkProjection',
  'listPartitionIndexes',
  'createPartitionIndex',
  'deletePartitionIndex',
].map((name) => `lakeWorkbench.${name}`);

test('a command that needs a node is hidden from the palette', () => {
  const palette = contributes.menus['commandPalette'] ?? [];
  const onNodes = new Set((contributes.menus['view/item/context'] ?? []).map(({ command }) => command));
  for (const command of onNodes) {
    if (command === undefined || withoutNode.includes(command)) continue;
    assert.equal(palette.find((item) => item.command === command)?.when, 'false', command);
  }
});

test('every setting that is read is declared, and every declared one is read', () => {
  const read = inEditor.flatMap(({ text }) => {
    const found: string[] = [];
    for (const [, section = '', after = ''] of text.matchAll(
      /getConfiguration\('lakeWorkbench\.(\w+)'[^)]*\)([\s\S]*?)(?=getConfiguration\(|$)/g,
    )) {
      for (const [, name = ''] of after.matchAll(/(?:\.get<[^>(]*>|\blisted)\('(\w+)'\)/g))
        found.push(`lakeWorkbench.${section}.${name}`);
    }
    return found;
  });
  assert.deepEqual([...new Set(read)].sort(), settings.toSorted());
});

test('settings that decide where calls and results go are ignored in an untrusted workspace', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  for (const setting of settings.filter((name) => /\.(connection|query)\./.test(name))) {
    assert.ok(restrictedConfigurations.includes(setting), setting);
  }
  for (const setting of restrictedConfigurations) assert.ok(settings.includes(setting), setting);
});

test('settings of the connection belong to the machine, and those that reach a service say so', () => {
  for (const [name, { scope, tags = [] }] of Object.entries(contributes.configuration.properties)) {
    assert.ok(scope, `${name} has no scope`);
    if (name.includes('.connection.')) assert.equal(scope, 'machine-overridable', name);
    if (/\.(profile|region|endpoint|workGroup|outputLocation)$/.test(name))
      assert.ok(tags.includes('usesOnlineServices'), name);
  }
});

test('the zones that the setting starts with are those of the code', () => {
  assert.deepEqual(
    contributes.configuration.properties['lakeWorkbench.zones.patterns']?.default,
    defaultPatterns,
  );
});

test('views are provided by the code, and the other way round', () => {
  const provided = all(
    inEditor,
    /(?:registerWebviewViewProvider|createTreeView|\bview)\(\s*'(lakeWorkbench\.\w+)'/g,
  );
  assert.deepEqual(provided, views.map(({ id }) => id).toSorted());
});

test('every file that package.json names is there', () => {
  const paths = [
    manifest.icon,
    ...Object.values(contributes.viewsContainers)
      .flat()
      .map(({ icon }) => icon),
    ...views.map(({ icon }) => icon),
    ...contributes.jsonValidation.map(({ url }) => url),
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.snippets.map(({ path }) => path),
  ];
  for (const path of paths) assert.ok(existsSync(path), path);
  assert.deepEqual(
    readdirSync('syntaxes')
      .map((name) => `./syntaxes/${name}`)
      .sort(),
    contributes.grammars.map(({ path }) => path).sort(),
  );
  assert.deepEqual(
    readdirSync('snippets')
      .map((name) => `./snippets/${name}`)
      .sort(),
    contributes.snippets.map(({ path }) => path).sort(),
  );
});

test('the icon is a PNG of 128 by 128 pixels', () => {
  const bytes = readFileSync(manifest.icon);
  assert.deepEqual(
    [bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)],
    ['PNG', 128, 128],
  );
});

test('only a view, a file that may hold something of ours or one of S3 activates the extension', () => {
  const languages = ['sql', 'json', 'jsonc', 'yaml', 'python'];
  assert.deepEqual(manifest.activationEvents, [
    ...languages.map((language) => `onLanguage:${language}`),
    'onFileSystem:s3',
    'onFileSystem:lake-lifecycle',
  ]);
});
