const path = require('node:path');

/** What all tests have in common. */
const common = {
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '\\.m?ts$': '<rootDir>/test/support/jestTransform.js' },
};

/** The tests in which n8n's engine has a say. They run in the last n8n 1.x, too, with the n8n-workflow and the Luxon that it brings. */
const WHERE_THE_ENGINE_MATTERS =
	'{agentTool,calls,credentials,delete,examples,importContacts,liveEvents,onError,secondRun,send,stop}';

/** n8n-core 1.x and the packages beside it, in place of those of 2.x. */
function engine1() {
	const root = path.dirname(require.resolve('n8n-core-1/package.json'));
	const beside = (name) => require.resolve(name, { paths: [root] });
	return {
		'^n8n-core$': require.resolve('n8n-core-1'),
		'^n8n-core/(.*)$': path.join(root, '$1'),
		'^n8n-workflow(/dist/cjs/index.js)?$': beside('n8n-workflow'),
		'^luxon$': beside('luxon'),
		'^@n8n/di$': beside('@n8n/di'),
		'^@n8n/backend-common$': beside('@n8n/backend-common'),
	};
}

const n8n2 = {
	...common,
	displayName: 'n8n 2',
	testMatch: ['<rootDir>/test/{unit,engine}/**/*.test.mts'],
};

const n8n1 = {
	...common,
	displayName: 'n8n 1',
	testMatch: [`<rootDir>/test/engine/${WHERE_THE_ENGINE_MATTERS}.test.mts`],
	moduleNameMapper: engine1(),
};

/** @type {import('jest').Config} */
module.exports = {
	projects: [n8n2, n8n1],
	// One more than the smallest machine has cores: some tests wait.
	maxWorkers: 3,
	// No test waits for long; a busy machine may.
	testTimeout: 60_000,
};
