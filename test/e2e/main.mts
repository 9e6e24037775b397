/**
 * The end-to-end run: the packed package in a real n8n, by the command line, by triggers and by a browser, each run compared with
 * what the local eSputnik received.
 *
 *     npm run e2e -- [--topic NAME] [--pictures]
 *
 * --topic runs one topic alone (installed, reader, example, triggers, deleting, killed, browser, credentials, commandLine); --pictures replaces docs/pictures by those of this run.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleWorkflow } from '../../scripts/realN8n/example.mts';
import { interruptSignal } from '../../scripts/realN8n/interrupt.mts';
import { browserWorkflows, inTheBrowser } from './browser/main.mts';
import { commandLine, commandLineWorkflows } from './commandLine.mts';
import { credentials } from './credentials/main.mts';
import { deleting } from './deleting.mts';
import { example } from './example.mts';
import { installed } from './installed.mts';
import { killed } from './killed.mts';
import { reader } from './reader.mts';
import { Cases } from './support/cases.mts';
import { writeFiles } from './support/files.mts';
import { setStage, type Stage } from './support/stage.mts';
import { CREDENTIAL } from './support/workflows.mts';
import { triggers } from './triggers.mts';

const { values } = parseArgs({
	options: { topic: { type: 'string' }, pictures: { type: 'boolean', default: false } },
});
const pictureFolder = join(
	process.cwd(),
	values.pictures ? 'docs/pictures' : '.cache/e2e/pictures',
);

const TOPICS: Record<string, (cases: Cases, stage: Stage) => Promise<void>> = {
	installed,
	reader,
	example,
	triggers,
	deleting,
	killed,
	browser: (cases, stage) => inTheBrowser(cases, stage, pictureFolder),
	credentials: (cases, stage) => credentials(cases, stage, pictureFolder),
	commandLine,
};

const cases = new Cases();
const interrupted = interruptSignal();
const stage = await setStage(
	async (files) => [
		await exampleWorkflow(join(files, 'sample.csv'), CREDENTIAL),
		...commandLineWorkflows(files),
		...browserWorkflows(files),
	],
	writeFiles,
	console.log,
	interrupted,
);
interrupted.addEventListener('abort', () => {
	void stage.close().finally(() => process.exit(130));
});
try {
	for (const [name, topic] of Object.entries(TOPICS))
		if (values.topic === undefined || values.topic === name)
			await cases.guard(name, () => topic(cases, stage));
} finally {
	await stage.close();
}
console.log(`\n${cases.passed} passed, ${cases.failed} failed`);
// A case that failed half-way may have left a server or a socket open, which must not keep the run from ending.
process.exit(cases.failed === 0 ? 0 : 1);
