import { commandLine, commandLineWorkflows } from './commandLine.mts';
import { installed } from './installed.mts';
import { Cases } from './support/cases.mts';
import { writeFiles } from './support/files.mts';
import { setStage } from './support/stage.mts';
import { triggers } from './triggers.mts';

// Usage: npm run e2e [-- --only=TEXT] [--pictures]
//   --only=TEXT  runs nothing but the cases whose title contains the text
//   --pictures   replaces the pictures in docs/pictures by those of this run
const options = process.argv.slice(2);
const only = options.find((option) => option.startsWith('--only='))?.slice('--only='.length);

const cases = new Cases(only);
const stage = await setStage(commandLineWorkflows, writeFiles, console.log);
try {
	await installed(cases, stage);
	await triggers(cases, stage);
	await commandLine(cases, stage);
} finally {
	await stage.close();
}
console.log(`\n${cases.passed} passed, ${cases.failed} failed`);
process.exitCode = cases.failed === 0 ? 0 : 1;
