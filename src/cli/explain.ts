import { rulePage } from '../lint/ruleDocs';
import { rules } from '../lint/rules/index';
import { findRule, nearestRuleName } from '../lint/settings';
import { wrongUse } from './arguments';
import { optionText, type Command } from './command';

/** `lake-workbench explain RULE`. */
export const command: Command = {
  name: 'explain',
  summary: 'why a rule is there, with a bad and a good example',
  usage: 'RULE',
  help: `
RULE is a code (ATH101) or an id (athena-missing-partition-filter).

--format json prints { "version": 1, "code", "id", "severity", "dialects", "title", "why", "sources",
"unconfirmed", "catalog", "bad", "good" }; what a rule does not have is left out.`,
  options: {},
  async run({ arguments: names, options, stdout }) {
    const [name] = names;
    if (name === undefined || names.length > 1) {
      throw wrongUse('explain needs the code or id of one rule: write lake-workbench explain ATH101.');
    }
    const rule = findRule(rules, name);
    if (rule === undefined) {
      const meant = nearestRuleName(rules, name);
      throw wrongUse(
        meant === undefined
          ? `No rule is called ${name}: docs/rules.md lists them.`
          : `No rule is called ${name}: did you mean ${meant}?`,
      );
    }
    const { on: _on, check: _check, ...facts } = rule;
    stdout.write(
      optionText(options, 'format') === 'json'
        ? `${JSON.stringify({ version: 1, ...facts }, undefined, 2)}\n`
        : `${rulePage(rule, { heading: '#' })}\n`,
    );
    return 0;
  },
};
