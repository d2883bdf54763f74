import type { DataDocument } from './data/node';
import type { DocumentLanguage } from './language';
import type { DocumentModels } from './models';

/** A text read as one language: what that language's rules are handed. */
export type ReadModel = {
  readonly [L in DocumentLanguage]: { readonly language: L; readonly model: DocumentModels[L] };
}[DocumentLanguage];

/** In which way a text is written. */
export type TextFormat = 'json' | 'yaml' | 'python';

/** A text read as all that it is checked as. */
export interface ReadText {
  readonly models: readonly ReadModel[];
  /** For JSON and YAML: the plain data that the models were made of. */
  readonly data?: DataDocument;
}

/** Reads a text as each of the languages; each reader is loaded when it is first used. Never rejects because of the text. */
export async function readModels(
  text: string,
  { format, languages }: { readonly format: TextFormat; readonly languages: readonly DocumentLanguage[] },
): Promise<ReadText> {
  if (format === 'python') return { models: await pythonModels(text, languages) };
  const data =
    format === 'json'
      ? (await import('./data/json')).readJson(text)
      : (await import('./data/yaml')).readYaml(text);
  const models: ReadModel[] = [];
  for (const language of languages) models.push(...(await dataModels(language, data)));
  return { models, data };
}

/** A Python text as each of the languages, whether it is of them or not. */
async function pythonModels(
  text: string,
  languages: readonly DocumentLanguage[],
): Promise<readonly ReadModel[]> {
  const model = (await import('./python/document')).readPython(text);
  return languages.flatMap((language): readonly ReadModel[] =>
    language === 'glue' || language === 'lambda' ? [{ language, model }] : [],
  );
}

/** A Python text as what it says that it is: a Glue script, a Lambda handler, both or neither. */
export async function ownPythonModels(text: string): Promise<readonly ReadModel[]> {
  const model = (await import('./python/document')).readPython(text);
  const { languagesOf } = await import('./python/languages');
  return languagesOf(model).map((language) => ({ language, model }));
}

/** JSON or YAML as one language; nothing for a language that is never written so. */
export async function dataModels(
  language: DocumentLanguage,
  data: DataDocument,
): Promise<readonly ReadModel[]> {
  switch (language) {
    case 'asl':
      return [{ language, model: (await import('./asl/document')).readAsl(data) }];
    case 's3-lifecycle':
      return [{ language, model: (await import('./lifecycle/document')).readLifecycle(data) }];
    case 'redshift-wlm':
      return [{ language, model: (await import('./wlm/document')).readWlm(data) }];
    case 'glue':
    case 'lambda':
      return [];
  }
}
