import { test } from 'node:test';
import { redshiftCopyOpenPrefix } from '../../../../src/lint/rules/redshift/redshift-copy-open-prefix';
import { redshiftDistributionNotChosen } from '../../../../src/lint/rules/redshift/redshift-distribution-not-chosen';
import { redshiftPartialEncodeDisablesAuto } from '../../../../src/lint/rules/redshift/redshift-partial-encode-disables-auto';
import { redshiftSortkeyNotChosen } from '../../../../src/lint/rules/redshift/redshift-sortkey-not-chosen';
import { redshiftTruncateCommits } from '../../../../src/lint/rules/redshift/redshift-truncate-commits';
import { redshiftUnloadNoEscape } from '../../../../src/lint/rules/redshift/redshift-unload-no-escape';
import { redshiftUnloadStaleFiles } from '../../../../src/lint/rules/redshift/redshift-unload-stale-files';
import { redshiftUnloadText } from '../../../../src/lint/rules/redshift/redshift-unload-text';
import { ruleChecker } from '../../../support/ruleChecker';

test('an option that a template may hold is not called missing', () => {
  ruleChecker(redshiftUnloadText)("UNLOAD ('SELECT 1') TO 's3://b/lake/t/' IAM_ROLE default {{ format }};");
  ruleChecker(redshiftUnloadNoEscape)(
    "UNLOAD ('SELECT * FROM t') TO 's3://b/t/' IAM_ROLE default ${options};",
  );
  ruleChecker(redshiftUnloadStaleFiles)(
    "UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default ALLOWOVERWRITE {{ more }};",
  );
  ruleChecker(redshiftCopyOpenPrefix)("COPY t FROM 's3://b/x/t' IAM_ROLE default {{ options }};");
  for (const rule of [redshiftDistributionNotChosen, redshiftSortkeyNotChosen]) {
    ruleChecker(rule)('CREATE TABLE {{ schema }}.t (id INT, n INT) {{ dist }} {{ sort }};');
  }
  ruleChecker(redshiftPartialEncodeDisablesAuto)('CREATE TABLE t (id INT ENCODE az64, n {{ type }});');
});

test('a template inside a string, or in the name, hides no option', () => {
  ruleChecker(redshiftUnloadStaleFiles)(`
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE '{{ role }}' ALLOWOVERWRITE;
    --                                                       ^^^^^^^^^^^^^^ warning
  `);
  ruleChecker(redshiftCopyOpenPrefix)(`
    COPY t FROM 's3://b/x/t' IAM_ROLE '{{ role }}' CSV;
    --          ^^^^^^^^^^^^ warning
  `);
  ruleChecker(redshiftDistributionNotChosen)(`
    CREATE TABLE {{ schema }}.t (id INT, n INT);
    --           ^^^^^^^^^^^^^^ information
  `);
});

test('a BEGIN that a template may leave out opens nothing', () => {
  ruleChecker(redshiftTruncateCommits)('{% if whole %} BEGIN; {% endif %} TRUNCATE t;');
});
