/**
 * The packed package in each n8n that the README promises, by the command line and by a schedule, each run compared with what the local
 * eSputnik received.
 *
 *     npm run compat -- [VERSION …]
 *
 * Each n8n is installed into the cache folder once. Without a version all of COMPAT_VERSIONS run, and a table of the results is printed,
 * for the README.
 */
import { parseArgs } from 'node:util';
import { installVersion } from '../../scripts/realN8n/install.mts';
import { interruptSignal } from '../../scripts/realN8n/interrupt.mts';
import { COMPAT_VERSIONS } from '../../scripts/realN8n/versions.mts';
import { Cases, Transcript } from '../e2e/support/cases.mts';
import { TOPICS, runTopics, type Topic } from './topics.mts';

const { positionals } = parseArgs({ allowPositionals: true });
const versions = positionals.length > 0 ? positionals : COMPAT_VERSIONS;
const interrupted = interruptSignal();
const transcript = new Transcript();
const passedTopics = new Map<string, ReadonlySet<Topic>>();
let failed = 0;

for (const version of versions) {
	const n8n = await installVersion(version, console.log, interrupted);
	const passed = new Set<Topic>();
	const cases = new Cases(transcript);
	cases.topic(`n8n ${version}`);
	const run = async (topic: Topic, body: () => Promise<void> | void) => {
		const before = cases.passed;
		await cases.run(topic, body);
		if (cases.passed > before) passed.add(topic);
	};
	await cases.guard('Preparing', () => runTopics(n8n, interrupted, run));
	passedTopics.set(version, passed);
	failed += cases.failed;
}

console.log(`\n| n8n | ${TOPICS.join(' | ')} |\n|---|${'---|'.repeat(TOPICS.length)}`);
for (const [version, passed] of passedTopics) {
	const cells = TOPICS.map((topic) => (passed.has(topic) ? '✓' : 'fails'));
	console.log(`| ${version} | ${cells.join(' | ')} |`);
}
const passedCases = [...passedTopics.values()].reduce((sum, { size }) => sum + size, 0);
console.log(`\n${passedCases} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
