import { join } from 'node:path';
import { intentSigns, likelihood, type Sureness } from '../../src/modules/words/reading/learned/sureness.js';
import { shown } from './held-out.js';
import { peopleSet, scored } from './score-people.js';

interface Example {
  signs: readonly number[];
  isRight: boolean;
}

/**
 * How much each sign of certainty counts, from the people-style sentences that are not held out: logistic regression, few
 * signs and held near nothing, so that it follows how often and not which sentences were right.
 */
export function calibrate(): Sureness {
  const all = PEOPLE.flatMap((name) => shown(peopleSet(join(process.cwd(), 'data', 'eval', name)))).map((one) =>
    scored(one, RAW),
  );
  const points = all.flatMap((one) => one.points);
  const of = (part: 'name' | 'amount'): Example[] =>
    points.filter((point) => point.of === part).map(({ signs, isRight }) => ({ signs: signs[part], isRight }));
  const intents = all.flatMap(({ intentPoints }) => intentPoints.filter(({ by }) => by === 'tagger'));
  return {
    name: weightsOf(of('name')),
    amount: weightsOf(of('amount')),
    intent: weightsOf(intents.map(({ confidence, isRight }) => ({ signs: intentSigns(confidence), isRight }))),
  };
}
/** Sentences in the manner of people, two sets of them. */
const PEOPLE = ['words_people_dev.jsonl', 'words_people_two.jsonl'];
/** Of what is to be done, the raw certainty itself. */
const RAW: Sureness = { name: [0], amount: [0], intent: [0, 4] };

/** What pulls each weight but the first towards nothing, against one example. */
const PULL = 1;

function weightsOf(examples: readonly Example[]): number[] {
  const weights = (examples[0]?.signs ?? [1]).map(() => 0);
  for (let round = 0; round < 3000; round++) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : PULL * weight));
    for (const { signs, isRight } of examples) {
      const off = likelihood(signs, weights) - (isRight ? 1 : 0);
      for (let at = 0; at < weights.length; at++) slope[at]! += off * signs[at]!;
    }
    for (let at = 0; at < weights.length; at++) weights[at]! -= (0.5 * slope[at]!) / examples.length;
  }
  return weights.map((weight) => Number(weight.toFixed(3)));
}
