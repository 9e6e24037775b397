/**
 * The dates of the node against Luxon, `Intl` and V8: texts of every form that it reads, made from known instants, and texts damaged
 * by a letter. A difference ends with exit code 1.
 *
 *     npm run test:dates -- --count 1000000 --seed 1
 */
import { Command } from 'commander';
import { compareTexts } from '../support/dateTexts.mts';

const { count, seed } = new Command()
	.option('--count <number>', 'how many texts', Number, 1_000_000)
	.option('--seed <number>', 'the same one gives the same texts', Number, 1)
	.parse()
	.opts<{ count: number; seed: number }>();

const { texts, withLuxon, refused, ambiguous, differences } = compareTexts(seed, count);
for (const difference of differences.slice(0, 20)) console.log(difference);
console.log(
	[
		`${texts.toLocaleString('en')} texts, seed ${seed}`,
		`${withLuxon.toLocaleString('en')} of them against Luxon, too`,
		`${refused.toLocaleString('en')} damaged ones refused`,
		`${ambiguous.toLocaleString('en')} numbers refused as ambiguous`,
		`${differences.length.toLocaleString('en')} wrong`,
	].join('; '),
);
process.exitCode = differences.length === 0 ? 0 : 1;
