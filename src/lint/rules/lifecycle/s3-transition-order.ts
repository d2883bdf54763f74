import type { TextEdit } from '../../../base/text';
import { replaceValue } from '../../../documents/data/edits';
import type { DataDocument } from '../../../documents/data/node';
import { mayMove, storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { downwards, versionActions, type DatedMove } from './lifecycleActions';

/** Moves that S3 does not make: upwards, or back to where objects came from. */
export const s3TransitionOrder = defineRule({
  code: 'S3L03',
  id: 's3-transition-order',
  dialects: ['s3-lifecycle'],
  severity: 'error',
  title: 'Move objects only towards colder classes',
  why: 'Lifecycle rules move objects one way. Nothing moves to Standard or Reduced Redundancy; Intelligent-Tiering not to Standard-IA; One Zone-IA and Glacier Instant Retrieval only to the two archive classes; Glacier Flexible Retrieval only to Deep Archive, and nothing leaves that. S3 rejects a rule that asks for more.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "claims",
      "Status": "Enabled",
      "Filter": { "Prefix": "claims/" },
      "Transitions": [
        { "Days": 60, "StorageClass": "DEEP_ARCHIVE" },
        { "Days": 240, "StorageClass": "STANDARD_IA" }
      ]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "claims",
      "Status": "Enabled",
      "Filter": { "Prefix": "claims/" },
      "Transitions": [
        { "Days": 60, "StorageClass": "STANDARD_IA" },
        { "Days": 240, "StorageClass": "DEEP_ARCHIVE" }
      ]
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules }, { report }) {
      for (const rule of rules) {
        for (const { storageClass, classNode } of [...rule.transitions, ...rule.noncurrentTransitions]) {
          if (
            classNode === undefined ||
            (storageClass !== 'STANDARD' && storageClass !== 'REDUCED_REDUNDANCY')
          )
            continue;
          report(classNode, `No rule moves objects to ${storageClass}: S3 rejects the configuration.`);
        }
        for (const { transitions } of versionActions(rule)) checkOrder(transitions);
      }

      function checkOrder(all: readonly DatedMove[]): void {
        const moves = all.filter(({ storageClass }) => storageClass !== 'STANDARD');
        const wrong = moves.flatMap((move, at) => {
          const before = moves[at - 1];
          return before === undefined || mayMove(before.storageClass, move.storageClass)
            ? []
            : [{ before, move }];
        });
        const fixes = sorted(data, moves);
        for (const [at, { before, move }] of wrong.entries()) {
          const [from, to] = [
            storageClasses[before.storageClass].title,
            storageClasses[move.storageClass].title,
          ];
          report(
            move.classNode ?? move.node,
            from === to
              ? `Objects are in ${from} since day ${before.days} already: S3 rejects a second move to it.`
              : `Objects in ${from}, where they are from day ${before.days}, do not move to ${to}: S3 rejects the rule.`,
            at === 0 && fixes.length > 0
              ? { fixes: [{ title: 'Sort the classes from warm to cold', edits: fixes }] }
              : {},
          );
        }
      }
    },
  },
});

// The days stay where they are; the classes are dealt out to them anew.
function sorted(data: DataDocument, moves: readonly DatedMove[]): readonly TextEdit[] {
  const classes = moves
    .map(({ storageClass }) => storageClass)
    .toSorted((a, b) => downwards.indexOf(a) - downwards.indexOf(b));
  const isWay = classes.every((to, at) => {
    const from = classes[at - 1];
    return from === undefined || mayMove(from, to);
  });
  if (!isWay) return [];
  return moves.flatMap(({ classNode, storageClass }, at) => {
    const wanted = classes[at];
    return classNode === undefined || wanted === undefined || wanted === storageClass
      ? []
      : replaceValue(data, classNode, wanted);
  });
}
